//! Times the same computations in WebAssembly, in plain JavaScript and with `fmin`, on one page.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use downhill_tests::{Engine, Page, Screen, Session, Site};
use serde_json::Value;

/// Generous, since a busy machine takes many times as long as an idle one.
const PATIENCE: Duration = Duration::from_mins(5);

/// The polling interval, long enough not to disturb the measurement.
const PAUSE: Duration = Duration::from_millis(200);

/// The results of the benchmark page in this folder.
pub(crate) fn measure(folder: PathBuf) -> Result<Value, String> {
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
            return Ok(state["done"].clone());
        }
        if started.elapsed() > PATIENCE {
            return Err("the page has not finished measuring".into());
        }
        thread::sleep(PAUSE);
    }
}
