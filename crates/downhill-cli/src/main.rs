//! The `downhill` command: the lesson's computations as text, CSV and JSON.
//!
//! There is one module per subcommand. Wrong usage exits with status 2 and one line on standard
//! error that names the parameter, the given value and what is allowed.

mod basins;
mod figure;
mod fit;
mod handout;
mod losses;
mod output;
mod parameters;
mod pdf;
mod png;
mod progress;
mod refusal;
mod rules;
mod run;
mod sweep;
mod trace;
mod train;
mod weights;

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use refusal::Refusal;

/// Gradient descent, step by step.
#[derive(Parser)]
#[command(name = "downhill", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Trace(trace::Trace),
    Sweep(sweep::Sweep),
    Basins(basins::Basins),
    Fit(fit::Fit),
    Train(train::Train),
    Figure(figure::Figure),
    Handout(handout::Handout),
    Losses(losses::Losses),
    Rules(rules::Rules),
}

impl Command {
    /// Runs the subcommand and returns its standard output.
    fn run(&self) -> Result<String, Refusal> {
        match self {
            Self::Trace(trace) => trace.run(),
            Self::Sweep(sweep) => sweep.run(),
            Self::Basins(basins) => basins.run(),
            Self::Fit(fit) => fit.run(),
            Self::Train(train) => train.run(),
            Self::Figure(figure) => figure.run(),
            Self::Handout(handout) => handout.run(),
            Self::Losses(losses) => losses.run(),
            Self::Rules(rules) => rules.run(),
        }
    }
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            return refuse(&Refusal::from(error));
        }
        Err(help) => return print(&help.to_string()),
    };
    match arguments.command.run() {
        Ok(text) => print(&text),
        Err(refusal) => refuse(&refusal),
    }
}

fn refuse(refusal: &Refusal) -> ExitCode {
    // If standard error is closed, there is nowhere left to report to.
    let _ = writeln!(io::stderr(), "downhill: {refusal}");
    // Printed at a terminal only; programs get just the one line.
    if let Some(picture) = refusal.picture()
        && io::stderr().is_terminal()
    {
        let _ = writeln!(io::stderr(), "{picture}");
    }
    ExitCode::from(2)
}

fn print(text: &str) -> ExitCode {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader such as `head` may close the pipe early.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "downhill: standard output: {error}");
            ExitCode::FAILURE
        }
    }
}
