//! `cargo xtask dist`: the deployable site in `dist/site/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project;
use crate::run::{command, run};
use crate::setup;

/// Installs what is missing and builds.
pub(crate) fn dist() -> Result<()> {
    setup::for_site()?;
    build()
}

/// Builds the site with the tools there are.
pub(crate) fn build() -> Result<()> {
    let site = project::root().join("dist/site");
    run("building the site", command("trunk").args(["build", "--release", "--dist"]).arg(&site))?;
    minify(&site)
}

/// Shortens scripts and styles in place; modules stay separate files under their own names.
fn minify(site: &Path) -> Result<()> {
    let mut sources = Vec::new();
    collect(site, &mut sources)?;
    run(
        "minifying scripts and styles",
        command("esbuild")
            .args(&sources)
            .arg("--minify")
            .args([
                "--log-level=warning",
                "--allow-overwrite",
                "--charset=utf8",
                "--legal-comments=none",
            ])
            .arg("--outbase=.")
            .arg("--outdir=.")
            .current_dir(site),
    )
}

/// The scripts and styles below a folder.
fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "js" || extension == "css")
        {
            into.push(path);
        }
    }
    Ok(())
}
