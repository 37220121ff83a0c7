//! Opens the benchmark's page in Chromium and prints what it measured: `cargo xtask bench`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use downhill_tests::{Engine, Page, Screen, Session, Site};

/// A busy machine takes many times as long as an idle one.
const PATIENCE: Duration = Duration::from_mins(5);

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

fn measure(folder: PathBuf) -> Result<String, String> {
    let site = Site::of(folder)?;
    let session = Session::start(Engine::Chromium, Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    page.open("index.html");
    let started = Instant::now();
    loop {
        let state =
            page.script("return { done: window.measured ?? null, error: window.failed ?? null }");
        if let Some(error) = state["error"].as_str() {
            return Err(error.to_owned());
        }
        if !state["done"].is_null() {
            return Ok(state["done"].to_string());
        }
        if started.elapsed() > PATIENCE {
            return Err("the page has not finished measuring".into());
        }
        thread::sleep(Duration::from_millis(200));
    }
}
