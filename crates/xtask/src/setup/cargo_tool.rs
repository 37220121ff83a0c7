//! Installs the tools from crates.io: Trunk, the wasm-bindgen CLI and geckodriver.

use std::fs;

use anyhow::{Context, Result};

use crate::project;
use crate::run::{answer, cargo, command, run_logged};

/// A program from crates.io at an exact version.
pub(super) struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// Whether any installed version will do.
    any_version: bool,
    flags: &'static [&'static str],
}

/// The tools that build the site.
pub(super) fn site() -> Result<Vec<Tool>> {
    Ok(vec![wasm_bindgen()?, trunk()])
}

/// Generates the JavaScript and types around the wasm module; its version must match the library's
/// exactly.
pub(super) fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: project::locked_version("wasm-bindgen")?,
        any_version: false,
        // Not `--locked`: a dependency in its lock file is no longer available. The default
        // features fetch browser drivers for its own tests, which are not needed here.
        flags: &["--no-default-features"],
    })
}

/// Assembles and serves the page. Version 0.22 needs a newer Rust than the project's.
fn trunk() -> Tool {
    // A debug build installs in half the time and is fast enough for this site; Trunk's default
    // features download tools, which `xtask` does.
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
                // Without debug symbols they compile faster.
                .env("CARGO_PROFILE_DEV_DEBUG", "0")
                // Higher optimization would cost more install time than it saves on a module of
                // this size.
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

/// Installs the missing tools one after another, since each build uses all cores by itself.
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
