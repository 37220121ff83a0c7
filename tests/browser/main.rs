//! The browser tests: every case of these modules runs in every engine found.

mod smoke;

use std::process::ExitCode;

fn main() -> ExitCode {
    downhill_tests::run(&[smoke::CASES])
}
