//! The measurements of `cargo xtask bench` in Chromium, printed as JSON.

mod kernels;
mod lesson;

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("bench FOLDER: the folder with the benchmark's page");
        return ExitCode::from(2);
    };
    match measure(folder) {
        Ok(measured) => {
            println!("{measured}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn measure(folder: PathBuf) -> Result<Value, String> {
    let mut all = kernels::measure(folder)?;
    all["phone"] = lesson::on_a_slow_phone()?;
    all["gesture"] = lesson::of_a_gesture()?;
    all["basins"] = lesson::of_basins()?;
    all["marbles"] = lesson::of_marbles()?;
    Ok(json!(all))
}
