//! `cargo xtask lesson`: the parts of the page that are made before it is built.

use std::path::Path;

use anyhow::Result;

/// Writes `www/generated/`.
pub(crate) fn build(root: &Path) -> Result<()> {
    std::fs::create_dir_all(root.join("www/generated"))?;
    Ok(())
}
