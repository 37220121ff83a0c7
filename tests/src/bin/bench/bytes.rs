//! The bytes that a reader loads.

use downhill_tests::{Engine, Page, Screen, Session, Site, Weight};
use serde_json::{Value, json};

/// The first load and the modules of the whole lesson.
pub(crate) fn measure() -> Result<Value, String> {
    let site = Site::start()?;
    let session = Session::start(Engine::Chromium, Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    Ok(
        json!({ "first": Weight::of_first_load(&page).sum(), "modules": Weight::of_modules(&page).sum() }),
    )
}
