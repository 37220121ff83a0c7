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
