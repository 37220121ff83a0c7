//! `cargo xtask check`: formatting, lints, docs, types, spelling, arrows.

use anyhow::Result;

use crate::run::{cargo, run};
use crate::setup;

pub(crate) fn check() -> Result<()> {
    setup::for_checks()?;
    run("formatting", cargo().args(["fmt", "--all", "--check"]))
}
