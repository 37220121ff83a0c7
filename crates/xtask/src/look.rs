//! `cargo xtask look`: a screenshot of a page of the built site.

use anyhow::Result;

use crate::options::Options;
use crate::run::cargo;
use crate::setup;

pub(crate) fn look(options: &mut Options) -> Result<()> {
    setup::for_tests()?;
    let status = cargo()
        .args(["run", "--quiet", "--package", "downhill-tests", "--bin", "look", "--"])
        .args(options.rest())
        .status()?;
    anyhow::ensure!(status.success(), "no picture was taken");
    Ok(())
}
