//! Installs Python: with NumPy, with which the tests run the lesson's listings, and in environments
//! of its own for the package of notebooks and its tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::project;
use crate::run::{command, run_logged};

/// Interpreters to try: the one on `PATH` may lack what the system's package manager installs.
const INTERPRETERS: [&str; 2] = ["python3", "/usr/bin/python3"];

/// Debian's package of NumPy, which depends on Python.
const PACKAGE: &str = "python3-numpy";

/// An interpreter that can import a module.
pub(crate) fn with(module: &str) -> Option<&'static str> {
    INTERPRETERS.into_iter().find(|interpreter| {
        let import = format!("import {module}");
        let mut python = Command::new(interpreter);
        python.args(["-c", &import]).stdout(Stdio::null()).stderr(Stdio::null());
        python.status().is_ok_and(|status| status.success())
    })
}

/// Instructions for installing what is missing.
pub(crate) fn how_to_get() -> String {
    let command = if apt::is_there() {
        format!("sudo apt-get install {PACKAGE}")
    } else {
        "python3 -m pip install numpy".to_owned()
    };
    format!("Python with NumPy is missing; install it with `{command}`")
}

/// Installs Python and NumPy if the process may; otherwise reports what is missing and how to get
/// it.
///
/// # Errors
/// If they are missing and cannot be installed.
pub(crate) fn ensure() -> Result<()> {
    if with("numpy").is_none() && apt::may_install() {
        apt::install(&[PACKAGE])?;
    }
    if with("numpy").is_none() {
        bail!(how_to_get());
    }
    Ok(())
}

/// The interpreter of an environment below `target/tools` with what a file of requirements lists. It
/// is made anew if the file has changed.
///
/// # Errors
/// If Python is missing and cannot be installed, or pip fails.
pub(crate) fn environment(name: &str, requirements: &str) -> Result<PathBuf> {
    let folder = project::tools().join(name);
    let python = ["bin/python", "Scripts/python.exe"].map(|file| folder.join(file));
    let interpreter = || python.iter().find(|file| file.is_file()).cloned();
    let list = project::root().join(requirements);
    let wanted = fs::read(&list).with_context(|| format!("reading {requirements}"))?;
    let stamp = folder.join("installed-from");
    if let Some(python) = interpreter()
        && fs::read(&stamp).is_ok_and(|installed| installed == wanted)
    {
        return Ok(python);
    }
    let system = base()?;
    fs::remove_dir_all(&folder).ok();
    let log = project::tools().join(format!("logs/{name}.log"));
    let mut making = command(system);
    run_logged(
        &format!("making an environment for {name}"),
        making.args(["-m", "venv"]).arg(&folder),
        &log,
    )?;
    let python = interpreter().context("the environment has no interpreter")?;
    run_logged(
        &format!("installing what {requirements} lists"),
        pip(&python).arg("--requirement").arg(list),
        &log,
    )?;
    fs::write(stamp, wanted).context("noting what pip installed")?;
    Ok(python)
}

/// Whether there is Python with what makes environments, or it can be installed.
pub(crate) fn is_obtainable() -> bool {
    with("ensurepip").is_some() || apt::may_install()
}

/// `pip install` in an environment.
pub(crate) fn pip(python: &Path) -> Command {
    let mut pip = command(&python.display().to_string());
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input"]);
    pip
}

/// An interpreter that can make environments.
fn base() -> Result<&'static str> {
    // Debian has them apart.
    if with("ensurepip").is_none() && apt::may_install() {
        apt::install(&["python3-venv"])?;
    }
    let how = if apt::is_there() {
        "install it with `sudo apt-get install python3-venv`"
    } else {
        "see https://www.python.org"
    };
    with("ensurepip").with_context(|| format!("Python with its module venv is missing; {how}"))
}
