//! Rust's standard library for WebAssembly.

use anyhow::{Context, Result};

use crate::run::{answer, command, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target to the toolchain in use; without rustup, says what is missing.
pub(super) fn ensure() -> Result<()> {
    let libraries = answer(command("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .context("rustc does not run; install rustup from https://rustup.rs")?;
    if std::path::Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    run("adding Rust's WebAssembly target", command("rustup").args(["target", "add", TARGET]))
        .with_context(|| {
            format!("the target {TARGET} is missing; install it with `rustup target add {TARGET}`")
        })
}
