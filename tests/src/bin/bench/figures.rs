//! Measures the figures' own work beside plain JavaScript, in one page, and the command beside the
//! same JavaScript.

use std::path::Path;

use downhill_tests::{Bench, Engine, Page, Screen, Session, Site, site_folder};
use serde_json::{Map, Value};

use crate::host::Host;
use crate::native;

/// The rows of the figures, and those of the command.
pub(crate) fn measure(command: &Path, host: &mut Host) -> Result<(Value, Value), String> {
    let site = Site::isolated()?;
    let session = Session::start(Engine::Chromium, Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    let bench = Bench::open(&page)?;
    let mut figures = Map::new();
    for row in bench.rows()? {
        figures.insert(row.clone(), bench.measure(&row)?);
    }
    let native = native::measure(command, &bench, host)?;
    bench.shipped(&site_folder())?;
    Ok((figures.into(), native))
}
