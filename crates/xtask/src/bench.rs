//! `cargo xtask bench`: what the budgets are about, measured.

use anyhow::Result;

use crate::options::Options;

pub(crate) fn bench(options: &mut Options) -> Result<()> {
    options.finish()?;
    Ok(())
}
