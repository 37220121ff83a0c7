//! Adds components to the Rust toolchain: the WebAssembly target, clippy and rustfmt.

use std::path::Path;

use anyhow::{Context, Result};

use crate::run::{answer, cargo, command, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the WebAssembly target to the current toolchain; without rustup, reports what is missing.
pub(super) fn ensure_target() -> Result<()> {
    let libraries = answer(command("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .context("rustc does not run; install rustup from https://rustup.rs")?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    add("target", TARGET)
}

/// Adds the components that `cargo xtask check` runs.
pub(super) fn ensure_components() -> Result<()> {
    for (component, subcommand) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        if answer(cargo().args([subcommand, "--version"])).is_none() {
            add("component", component)?;
        }
    }
    Ok(())
}

fn add(kind: &str, name: &str) -> Result<()> {
    run(&format!("adding Rust's {kind} {name}"), command("rustup").args([kind, "add", name]))
        .with_context(|| format!("{name} is missing; install it with `rustup {kind} add {name}`"))
}
