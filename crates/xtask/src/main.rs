//! `cargo xtask`: all developer commands.
//!
//! Every command first installs whatever it needs and does not find, and reports it; the second run
//! starts at once.

mod bench;
mod check;
mod dist;
mod lesson;
mod measure_heights;
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

use options::Options;

const USAGE: &str = "\
cargo xtask <command>

  serve [--no-open] [--port 8080]   build the lesson, serve it, rebuild on change
  test [--no-browsers] [-- filter]  run every test, in every browser found
  dist                              put the deployable site into dist/site/
  check                             formatting, lints, docs, types, spelling, arrows
  bench [--check]                   measure what the budgets are about; fail if one is missed
  lesson                            write www/generated/ (prose, stills, palette, the cell's Python)
  measure-heights                   measure the figures' heights and write www/style/reserved-heights.css
  screenshot PATH OUT.png [...]     a screenshot of a page; `cargo xtask screenshot --help`";

fn main() -> ExitCode {
    let started = Instant::now();
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let mut options = Options::new(arguments);
    let done = match command.as_str() {
        "serve" => serve::serve(&mut options),
        "test" => test::test(&mut options),
        "dist" => options.finish().and_then(|()| dist::dist()),
        "check" => options.finish().and_then(|()| check::check()),
        "bench" => bench::bench(&mut options),
        "lesson" => options
            .finish()
            .and_then(|()| lesson::build(&project::root()))
            .and_then(|()| python::build()),
        "measure-heights" => options.finish().and_then(|()| measure_heights::measure_heights()),
        "screenshot" => screenshot::screenshot(&mut options),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        unknown => {
            eprintln!("cargo xtask: there is no command {unknown:?}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => {
            // Trunk's hook runs `lesson` inside other commands, which report their own time.
            if command != "lesson" && command != "screenshot" {
                run::say(&format!("{command} took {}", run::seconds(started.elapsed())));
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cargo xtask {command}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
