//! The browser tests: every case of these modules runs in every engine found.

mod budgets;
mod harness;
mod smoke;

use std::process::ExitCode;

fn main() -> ExitCode {
    downhill_tests::run(&[budgets::CASES, harness::CASES, smoke::CASES])
}
