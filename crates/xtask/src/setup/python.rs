//! Installs Python and NumPy, with which the tests run the lesson's listings.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use super::apt;

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
