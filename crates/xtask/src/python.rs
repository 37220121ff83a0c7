//! Builds the code cell's Python: npm's MicroPython with a time limit compiled into its loops.
//!
//! `www/micropython/limit.wat` has the reason and the limit. The result goes to `www/generated/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::project;
use crate::run::{command, run};

const ORIGINAL: &str =
    "node_modules/@micropython/micropython-webassembly-pyscript/micropython.wasm";
const LIMIT: &str = "www/micropython/limit.wat";
const LIMITED: &str = "www/generated/micropython.wasm";

/// The WebAssembly features of MicroPython. All features known to binaryen would include some that
/// browsers lack.
const FEATURES: [&str; 5] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the interpreter with the limit, unless it is newer than its sources.
///
/// # Errors
/// If one of binaryen's programs is missing or fails.
pub(crate) fn build() -> Result<()> {
    let root = project::root();
    if is_fresh(&root.join(LIMITED), &[&root.join(ORIGINAL), &root.join(LIMIT)]) {
        return Ok(());
    }
    let scratch = project::target().join("micropython");
    fs::create_dir_all(&scratch).with_context(|| format!("creating {}", scratch.display()))?;
    let (watched, limit) = (scratch.join("watched.wasm"), scratch.join("limit.wasm"));
    run(
        "letting MicroPython's loops call the limit",
        command("wasm-opt")
            .arg(ORIGINAL)
            .args(FEATURES)
            .args(["--log-execution", "--pass-arg=log-execution@limit", "-o"])
            .arg(&watched),
    )?;
    run("assembling the limit", command("wasm-as").arg(LIMIT).arg("-o").arg(&limit))?;
    run(
        "merging MicroPython and the limit",
        command("wasm-merge")
            .arg(&watched)
            .arg("micropython")
            .arg(&limit)
            .arg("limit")
            .args(FEATURES)
            .args(["-o", LIMITED]),
    )
}

/// Whether a file exists and is newer than all of its sources.
fn is_fresh(file: &Path, sources: &[&Path]) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).ok();
    time(file).is_some_and(|made| {
        sources.iter().all(|source| time(source).is_some_and(|changed| changed < made))
    })
}
