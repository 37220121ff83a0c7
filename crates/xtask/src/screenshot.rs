//! `cargo xtask screenshot`: takes a screenshot of a page of the built site.

use anyhow::Result;

use crate::options::Options;
use crate::run::cargo;
use crate::setup;

pub(crate) fn screenshot(options: &mut Options) -> Result<()> {
    setup::for_tests()?;
    let status = cargo()
        .args(["run", "--quiet", "--package", "downhill-tests", "--bin", "screenshot", "--"])
        .args(options.rest())
        .status()?;
    anyhow::ensure!(status.success(), "no picture was taken");
    Ok(())
}
