//! Tests of the Python package as it is installed: the wheel of `dist/python/` in an environment in
//! which the browser tests find it too.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::project;
use crate::run::{command, run};
use crate::setup::python;

/// What the environment has besides the wheel.
const REQUIREMENTS: &str = "tests/notebooks/requirements.txt";

/// Installs the environment, without the wheel.
pub(crate) fn ensure() -> Result<PathBuf> {
    python::environment("notebooks", REQUIREMENTS)
}

/// Installs the wheel, checks its types and runs its own tests, which need no page.
pub(crate) fn test() -> Result<()> {
    let interpreter = ensure()?;
    let wheel = wheel()?;
    // What it depends on is there.
    run(
        "installing the wheel",
        python::pip(&interpreter).args(["--quiet", "--force-reinstall", "--no-deps"]).arg(wheel),
    )?;
    let python = || command(&interpreter.display().to_string());
    run(
        "types of the Python package",
        python()
            .args(["-m", "mypy", "--config-file", "python/pyproject.toml", "--cache-dir"])
            .arg(project::target().join("mypy"))
            .arg("python/src"),
    )?;
    run(
        "testing the Python package",
        python().args(["-B", "-m", "pytest", "--quiet", "-p", "no:cacheprovider", "python/tests"]),
    )
}

/// The wheel that `cargo xtask dist` has made.
fn wheel() -> Result<PathBuf> {
    let folder = project::root().join("dist/python");
    let entries = fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|file| file.extension().is_some_and(|extension| extension == "whl"))
        .context("dist/python/ has no wheel; `cargo xtask dist` makes it")
}
