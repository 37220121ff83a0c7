//! `cargo xtask dist`: builds the deployable site in `dist/site/`, the package for bundlers in
//! `dist/npm/`, pages in one file in `dist/single/`, and the wheel for notebooks in `dist/python/`.

mod bundle;
mod figures;
mod names;
mod npm;
mod pages;
mod release;
mod single;
mod split;

use anyhow::{Result, ensure};

use crate::options::Options;
use crate::project;
use crate::run::{command, run};
use crate::setup;

/// Installs missing tools and builds the site, for this address if it is known.
pub(crate) fn dist(options: &mut Options) -> Result<()> {
    let at = options.value("--at")?;
    options.finish()?;
    if let Some(at) = &at {
        ensure!(
            at.starts_with("http") && at.ends_with('/'),
            "--at must be the address of the site’s folder, with a slash at its end"
        );
    }
    setup::for_site()?;
    build()?;
    // Again, with the address.
    figures::write(&project::root().join("dist/site"), at.as_deref())
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
    npm::write(&site)?;
    release::prepare(&site)?;
    let preloads = bundle::bundle(&site)?;
    pages::finish(&site, &preloads)?;
    single::write(&stage, &site)?;
    single::wheel::write(&stage, &site)?;
    release::settle(&site)?;
    figures::write(&site, None)
}
