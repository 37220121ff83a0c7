//! Tools that come from crates.io: Trunk, the wasm-bindgen CLI and geckodriver.

use std::fs;

use anyhow::{Context, Result};

use crate::project;
use crate::run::{answer, cargo, command, run_logged};

/// A program from crates.io in one exact version.
pub(super) struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// Whether any version will do that is there already.
    any_version: bool,
    flags: &'static [&'static str],
}

/// What builds the site.
pub(super) fn site() -> Result<Vec<Tool>> {
    Ok(vec![wasm_bindgen()?, trunk()])
}

/// Writes the JavaScript and the types around the wasm module; it must be of the library's version exactly.
pub(super) fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: project::locked_version("wasm-bindgen")?,
        any_version: false,
        // Not `--locked`: a dependency that its lock file names cannot be had any more. The default
        // features fetch drivers for tests in browsers, which run otherwise here.
        flags: &["--no-default-features"],
    })
}

/// Puts the page together and serves it. 0.22 wants a newer Rust than the project's.
fn trunk() -> Tool {
    // A debug build takes half as long to install and is fast enough for this site; Trunk's
    // default features are for downloading tools, which `xtask` does.
    Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".into(),
        any_version: false,
        flags: &["--locked", "--no-default-features", "--debug"],
    }
}

/// Drives Firefox.
pub(super) fn geckodriver() -> Tool {
    Tool {
        package: "geckodriver",
        program: "geckodriver",
        version: "0.37.1".into(),
        any_version: true,
        flags: &["--locked", "--debug"],
    }
}

impl Tool {
    fn is_there(&self) -> bool {
        let Some(file) = project::find(self.program) else { return false };
        let version = answer(command(&file.to_string_lossy()).arg("--version")).unwrap_or_default();
        // "trunk 0.21.14", "wasm-bindgen 0.2.130", "geckodriver 0.37.1 (…)".
        let version = version.split_whitespace().nth(1);
        version == Some(&self.version) || (self.any_version && version.is_some())
    }

    fn install(&self) -> Result<()> {
        let tools = project::tools();
        run_logged(
            &format!("installing {} {} into target/tools", self.package, self.version),
            cargo()
                .args(["install", self.package, "--version", &self.version, "--force"])
                .args(self.flags)
                .arg("--root")
                .arg(&tools)
                .arg("--target-dir")
                .arg(tools.join("build"))
                // Nobody debugs these, and without symbols they compile faster.
                .env("CARGO_PROFILE_DEV_DEBUG", "0")
                // Faster to install than it could ever win back on a module of this size.
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .env_remove("RUSTFLAGS"),
            &tools.join(format!("logs/{}.log", self.package)),
        )
        .with_context(|| {
            format!(
                "to install it by hand: cargo install {} --version {} {}",
                self.package,
                self.version,
                self.flags.join(" ")
            )
        })
    }
}

/// Installs those that are missing, one after another: each build keeps every core busy by itself.
pub(super) fn ensure(tools: &[Tool]) -> Result<()> {
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !tool.is_there()).collect();
    for tool in &missing {
        tool.install()?;
    }
    if !missing.is_empty() {
        // The object files take a gigabyte and are never used again.
        fs::remove_dir_all(project::tools().join("build")).ok();
    }
    Ok(())
}
