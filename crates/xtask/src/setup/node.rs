//! Checks for Node and installs the npm tools pinned by `package-lock.json`.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::project;
use crate::run::{answer, command, run_logged};

const OLDEST_NODE: u32 = 20;

/// Installs npm's tools unless they were installed from the current lock file.
pub(super) fn ensure() -> Result<()> {
    let root = project::root();
    let lock = fs::read(root.join("package-lock.json")).context("reading package-lock.json")?;
    let stamp = root.join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    check_version()?;
    run_logged(
        "installing npm's tools (wasm-opt, TypeScript, esbuild, axe-core, cspell)",
        command("npm").args(["ci", "--no-audit", "--no-fund"]),
        &project::tools().join("logs/npm.log"),
    )?;
    fs::write(stamp, lock).context("noting what npm installed")
}

/// Installs what the projects of `tests/packages/` need, beside where they are tried.
pub(super) fn ensure_projects() -> Result<()> {
    let (from, to) =
        (project::root().join("tests/packages"), project::root().join("target/packages"));
    let lock =
        fs::read(from.join("package-lock.json")).context("reading the lock of the projects")?;
    let stamp = to.join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    check_version()?;
    fs::create_dir_all(&to).context("creating target/packages")?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(from.join(file), to.join(file)).with_context(|| format!("copying {file}"))?;
    }
    run_logged(
        "installing what tries the package (Vite, React, Astro, reveal.js)",
        command("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&to),
        &project::tools().join("logs/npm-projects.log"),
    )?;
    fs::write(stamp, lock).context("noting what npm installed")
}

fn check_version() -> Result<()> {
    let version = answer(command("node").arg("--version")).with_context(|| {
        format!("Node is missing; install version {OLDEST_NODE} or newer from https://nodejs.org")
    })?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < OLDEST_NODE) {
        bail!(
            "Node is {}, but {OLDEST_NODE} or newer is needed; see https://nodejs.org",
            version.trim()
        );
    }
    Ok(())
}
