//! Projects of `tests/packages/` that use the published package, as its users have it: from the packed tarball.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::program::{self, Running};

/// How many projects were copied.
static COPIES: AtomicU32 = AtomicU32::new(0);

/// Where the projects are tried, beside what they need from npm.
fn bench() -> PathBuf {
    program::root().join("target/packages")
}

/// A copy of one of the projects, with the package installed.
#[derive(Debug)]
pub struct Project {
    folder: PathBuf,
}

impl Project {
    /// Copies a project afresh.
    ///
    /// # Errors
    /// If the package cannot be packed or installed, or the project not be copied.
    pub fn new(name: &str) -> Result<Self, String> {
        static INSTALLED: OnceLock<Result<(), String>> = OnceLock::new();
        INSTALLED.get_or_init(install).clone()?;
        // Two tests at a time may try the same project.
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let folder = bench().join("projects").join(format!("{name}-{number}"));
        copy(&program::root().join("tests/packages").join(name), &folder)?;
        Ok(Self { folder })
    }

    /// The project's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a tool of the project, or of this repository, and returns what it printed.
    ///
    /// # Errors
    /// If it fails: then with what it printed.
    pub fn run(&self, tool: &str, arguments: &[&str]) -> Result<String, String> {
        run(tool_of(tool).args(arguments).current_dir(&self.folder))
    }

    /// Starts the development server of Vite.
    ///
    /// # Errors
    /// If it does not start.
    pub fn serve(&self) -> Result<Served, String> {
        let port = program::free_port();
        let mut command = tool_of("vite");
        command.args(["--host", "127.0.0.1", "--strictPort", "--port", &port.to_string()]);
        command.current_dir(&self.folder).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Running::start(&mut command)?.listening_on(port)?;
        Ok(Served { address: format!("http://127.0.0.1:{port}/"), _server: server })
    }
}

/// A development server, stopped on drop.
#[derive(Debug)]
pub struct Served {
    /// Its address, with a slash at its end.
    pub address: String,
    _server: Running,
}

/// The folder of a package that the projects need.
///
/// # Errors
/// If it is not installed.
pub fn installed(package: &str) -> Result<PathBuf, String> {
    let folder = bench().join("node_modules").join(package);
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(format!("{package} is missing; `cargo xtask test` installs it"))
    }
}

/// Packs the package and installs it beside the projects, where `cargo xtask test` has installed the rest.
fn install() -> Result<(), String> {
    let (bench, package) = (bench(), program::root().join("dist/npm"));
    if !bench.join("node_modules/vite").is_dir() {
        return Err(
            "the packages that the projects need are missing; `cargo xtask test` installs them"
                .into(),
        );
    }
    // What earlier runs have left: their copies, and what Vite had prepared for them.
    for left in ["projects", "node_modules/.vite"] {
        fs::remove_dir_all(bench.join(left)).ok();
    }
    let npm = program::find(&["npm", "npm.cmd"]).ok_or("npm is missing")?;
    let packed = run(Command::new(npm)
        .args(["pack", "--silent", "--pack-destination"])
        .arg(&bench)
        .current_dir(&package))?;
    // What npm would do with it, without asking it about all the others again.
    let installed = bench.join("node_modules/downhill-lesson");
    fs::remove_dir_all(&installed).ok();
    fs::create_dir_all(&installed).map_err(|error| format!("{}: {error}", installed.display()))?;
    let tarball = packed.lines().last().unwrap_or_default().trim();
    run(Command::new("tar")
        .args(["-xzf", tarball, "--strip-components=1", "-C"])
        .arg(&installed)
        .current_dir(&bench))?;
    Ok(())
}

/// A command of a tool that npm installed.
fn tool_of(name: &str) -> Command {
    let places = [bench(), program::root().to_path_buf()];
    let file = places.map(|place| place.join("node_modules/.bin").join(name));
    let found = file.iter().find(|file| file.exists()).unwrap_or(&file[1]);
    let mut command = Command::new(found);
    // It reports to its makers otherwise.
    command.env("ASTRO_TELEMETRY_DISABLED", "1").stdin(Stdio::null());
    command
}

fn run(command: &mut Command) -> Result<String, String> {
    let what = format!("{command:?}");
    let output = command.output().map_err(|error| format!("starting {what}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    Err(format!("{what}:\n{text}{}", String::from_utf8_lossy(&output.stderr)))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("copying {}: {error}", from.display());
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &place)?;
        } else {
            fs::copy(&path, &place).map_err(failed)?;
        }
    }
    Ok(())
}
