//! `cargo xtask`: all developer commands.
//!
//! Every command first installs whatever it needs and does not find, and reports it; the second run
//! starts at once.

mod bench;
mod check;
mod contract;
mod dist;
mod lesson;
mod measure_heights;
mod notebooks;
mod options;
mod project;
mod python;
mod run;
mod screenshot;
mod serve;
mod setup;
mod test;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use options::Options;

const USAGE: &str = "\
cargo xtask <command>

  serve [--no-open] [--port 8080]   build the lesson, serve it, rebuild on change
  test [--no-browsers] [-- filter]  run every test, in every browser found
  dist [--at https://host/folder/]  the deployable site, an npm package, figures as single files, packages for courses: dist/
  check                             formatting, lints, docs, types, spelling, arrows
  bench [--page | --check]          measure what the budgets are about, or the page's alone; fail if one is missed
  lesson                            write www/generated/ (prose, stills, palette, the cell's Python)
  measure-heights                   measure the figures' heights and write www/style/reserved-heights.css
  screenshot PATH OUT.png [...]     a screenshot of a page; `cargo xtask screenshot --help`";

#[derive(Clone, Copy)]
enum Command {
    Serve,
    Test,
    Dist,
    Check,
    Bench,
    Lesson,
    MeasureHeights,
    Screenshot,
    Help,
}

impl Command {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "serve" => Self::Serve,
            "test" => Self::Test,
            "dist" => Self::Dist,
            "check" => Self::Check,
            "bench" => Self::Bench,
            "lesson" => Self::Lesson,
            "measure-heights" => Self::MeasureHeights,
            "screenshot" => Self::Screenshot,
            "" | "help" | "--help" | "-h" => Self::Help,
            _ => return None,
        })
    }

    fn run(self, options: &mut Options) -> Result<()> {
        match self {
            Self::Serve => serve::serve(options),
            Self::Test => test::test(options),
            Self::Dist => dist::dist(options),
            Self::Check => options.finish().and_then(|()| check::check()),
            Self::Bench => bench::bench(options),
            Self::Lesson => options
                .finish()
                .and_then(|()| lesson::build(&project::root()))
                .and_then(|()| python::build()),
            Self::MeasureHeights => {
                options.finish().and_then(|()| measure_heights::measure_heights())
            }
            Self::Screenshot => screenshot::screenshot(options),
            Self::Help => {
                println!("{USAGE}");
                Ok(())
            }
        }
    }

    /// Whether it says how long it took. Trunk's hook runs `lesson` inside other commands, which
    /// report their own time.
    fn is_timed(self) -> bool {
        match self {
            Self::Serve | Self::Test | Self::Dist | Self::Check | Self::Bench => true,
            Self::MeasureHeights => true,
            Self::Lesson | Self::Screenshot | Self::Help => false,
        }
    }
}

fn main() -> ExitCode {
    let started = Instant::now();
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let Some(command) = Command::parse(&name) else {
        eprintln!("cargo xtask: there is no command {name:?}\n\n{USAGE}");
        return ExitCode::from(2);
    };
    match command.run(&mut Options::new(arguments)) {
        Ok(()) => {
            if command.is_timed() {
                run::say(&format!("{name} took {}", run::seconds(started.elapsed())));
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cargo xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
