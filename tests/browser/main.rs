//! The browser tests: every case of these modules runs in every engine found.

mod harness;
mod smoke;

use std::process::ExitCode;

fn main() -> ExitCode {
    downhill_tests::run(&[harness::CASES, smoke::CASES])
}
