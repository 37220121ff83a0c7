//! Notebooks with the built wheel in them: the servers of JupyterLab and marimo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::program::{self, Running};

/// How long a server may take to start: it reads a thousand files of Python, on a busy machine too.
const START: Duration = Duration::from_secs(120);

/// A notebook on a server of its own, in a folder of its own. Both are gone on drop.
#[derive(Debug)]
pub struct Notebook {
    /// The first field, so that the server stops before its folder is removed.
    _server: Running,
    address: String,
    _folder: Folder,
}

/// A folder that is removed on drop.
#[derive(Debug)]
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

impl Notebook {
    /// A notebook in JupyterLab, with these cells.
    ///
    /// # Errors
    /// If the environment with the wheel is not there, or the server does not start.
    pub fn jupyterlab(cells: &[&str]) -> Result<Self, String> {
        let cells: Vec<_> = cells
            .iter()
            .enumerate()
            .map(|(index, source)| {
                json!({
                    "cell_type": "code", "id": format!("cell-{index}"), "source": source.trim_end(),
                    "metadata": {}, "outputs": [], "execution_count": null,
                })
            })
            .collect();
        let kernel = json!({ "name": "python3", "display_name": "Python 3", "language": "python" });
        let notebook = json!({
            "cells": cells, "metadata": { "kernelspec": kernel }, "nbformat": 4, "nbformat_minor": 5,
        });
        let folder = folder()?;
        write(&folder.join("work/notebook.ipynb"), &notebook.to_string())?;
        // It would ask a server for its news.
        write(
            &folder.join("config/labconfig/page_config.json"),
            r#"{ "disabledExtensions": { "@jupyterlab/apputils-extension:announcements": true } }"#,
        )?;
        let port = program::free_port();
        let mut command = python(&folder)?;
        command.args(["-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"]);
        command.args(["--ServerApp.port_retries=0", "--IdentityProvider.token="]);
        command.arg(format!("--port={port}"));
        command.arg(format!("--ServerApp.root_dir={}", folder.join("work").display()));
        let address = format!("http://127.0.0.1:{port}/lab/tree/notebook.ipynb");
        Self::served(&mut command, port, address, folder)
    }

    /// A notebook in marimo, by its source.
    ///
    /// # Errors
    /// As for [`jupyterlab`](Self::jupyterlab).
    pub fn marimo(source: &str) -> Result<Self, String> {
        let folder = folder()?;
        let file = folder.join("work/notebook.py");
        write(&file, source)?;
        let port = program::free_port();
        let mut command = python(&folder)?;
        command.args(["-m", "marimo", "run", "--headless", "--no-token", "--host", "127.0.0.1"]);
        command.args(["--port", &port.to_string()]).arg(file);
        Self::served(&mut command, port, format!("http://127.0.0.1:{port}/"), folder)
    }

    fn served(
        command: &mut Command,
        port: u16,
        address: String,
        folder: PathBuf,
    ) -> Result<Self, String> {
        let server = Running::start(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
        Ok(Self {
            _server: server.listening_within(port, START)?,
            address,
            _folder: Folder(folder),
        })
    }

    /// The URL of the notebook.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// The Python of the environment that has the wheel, with a home of its own: nothing of the reader's
/// settings counts.
fn python(home: &Path) -> Result<Command, String> {
    let environment = program::root().join("target/tools/notebooks");
    let python = ["bin/python", "Scripts/python.exe"].map(|file| environment.join(file));
    let python = python.into_iter().find(|file| file.is_file()).ok_or_else(|| {
        format!("{} is not there; `cargo xtask test` makes it", environment.display())
    })?;
    let mut command = Command::new(python);
    command
        .current_dir(home)
        .env("HOME", home)
        .env("JUPYTER_CONFIG_DIR", home.join("config"))
        .env("JUPYTER_DATA_DIR", home.join("data"))
        .env("JUPYTER_RUNTIME_DIR", home.join("runtime"))
        .env("JUPYTERLAB_SETTINGS_DIR", home.join("settings"))
        .env("JUPYTERLAB_WORKSPACES_DIR", home.join("workspaces"))
        .env("IPYTHONDIR", home.join("ipython"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_STATE_HOME", home.join("state"));
    Ok(command)
}

fn folder() -> Result<PathBuf, String> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("downhill-notebook-{}-{count}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder)
        .map_err(|error| format!("creating {}: {error}", folder.display()))?;
    Ok(folder)
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    let parent = file.parent().unwrap_or(file);
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(file, text))
        .map_err(|error| format!("writing {}: {error}", file.display()))
}
