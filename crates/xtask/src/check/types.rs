//! Type-checks the JavaScript, and the wasm module against its declared interface.

use std::fs;

use anyhow::{Context, Result};

use crate::project;
use crate::run::{cargo, command, run};

/// Fails to compile if the generated module does not match `www/boundary.d.ts`.
const PROMISE: &str = "\
import type { Boundary } from \"../../www/boundary.js\";
import * as generated from \"./downhill-web.js\";
export const boundary: Boundary = generated;
";

const SETTINGS: &str = "\
{
  \"extends\": \"../../www/tsconfig.json\",
  \"compilerOptions\": { \"lib\": [\"es2023\", \"esnext.disposable\", \"dom\", \"dom.iterable\"] },
  \"include\": [\"promise.ts\"]
}
";

/// Checks the modules in `www/`, then the wasm boundary.
pub(super) fn check() -> Result<()> {
    run("types of the page", command("tsc").args(["--project", "www/tsconfig.json"]))?;
    run(
        "building the module for its types",
        cargo().args([
            "rustc",
            "--quiet",
            "--package",
            "downhill-web",
            // The page never loads all figures as one module, so this build requests it explicitly.
            "--crate-type",
            "cdylib",
            "--target",
            "wasm32-unknown-unknown",
        ]),
    )?;
    let types = project::root().join("target/types");
    let built = project::target().join("wasm32-unknown-unknown/debug/downhill_web.wasm");
    run(
        "types of the module",
        command("wasm-bindgen")
            .args(["--target", "web", "--out-name", "downhill-web", "--out-dir"])
            .arg(&types)
            .arg(built),
    )?;
    fs::write(types.join("promise.ts"), PROMISE).context("writing target/types")?;
    fs::write(types.join("tsconfig.json"), SETTINGS).context("writing target/types")?;
    run(
        "the module keeps what boundary.d.ts promises",
        command("tsc").args(["--project", "target/types"]),
    )
}
