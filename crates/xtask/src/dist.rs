//! `cargo xtask dist`: builds the deployable site in `dist/site/`, and pages in one file in
//! `dist/single/`.

mod bundle;
mod names;
mod pages;
mod single;
mod split;

use anyhow::Result;

use crate::project;
use crate::run::{command, run};
use crate::setup;

/// Installs missing tools and builds the site.
pub(crate) fn dist() -> Result<()> {
    setup::for_site()?;
    build()
}

/// Builds the site with the tools already installed.
pub(crate) fn build() -> Result<()> {
    let site = project::root().join("dist/site");
    run(
        "building the site",
        command("trunk")
            .args(["build", "--release", "--dist"])
            .arg(&site)
            .env(split::RELOCATIONS, "1"),
    )?;
    split::optimize(&site)?;
    names::shorten(&site)?;
    let stage = single::Stage::copy(&site)?;
    split::split(&site)?;
    let preloads = bundle::bundle(&site)?;
    pages::finish(&site, &preloads)?;
    single::write(&stage, &site)
}
