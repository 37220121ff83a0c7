//! `cargo xtask check`: formatting, lints, docs, types, spelling, and dependencies between crates.

mod arrows;
mod types;

use anyhow::{Context, Result, bail, ensure};

use crate::run::{cargo, command, run, say};
use crate::{project, setup};

/// The most lines that a reader takes in at one sitting.
const LONGEST_ARCHITECTURE: usize = 200;

const WASM: [&str; 4] = ["--package", "downhill-web", "--target", "wasm32-unknown-unknown"];

/// Runs all checks and reports at the end which of them failed.
pub(crate) fn check() -> Result<()> {
    setup::for_checks()?;
    let checks: [(&str, &dyn Fn() -> Result<()>); 9] = [
        ("formatting", &|| run("formatting", cargo().args(["fmt", "--all", "--check"]))),
        ("arrows", &|| arrows::check(&arrows::workspace()?)),
        ("architecture", &architecture),
        ("lints", &|| {
            run("lints", clippy().args(project::HOST).args(["--all-targets", "--", "-Dwarnings"]))
        }),
        ("lints for wasm", &|| {
            run("lints for wasm", clippy().args(WASM).args(["--", "-Dwarnings"]))
        }),
        ("docs", &|| run("docs", doc().args(project::HOST))),
        ("docs for wasm", &|| run("docs for wasm", doc().args(WASM))),
        ("types", &types::check),
        ("spelling", &spelling),
    ];
    let mut failed = Vec::new();
    for (name, check) in checks {
        if let Err(error) = check() {
            say(&format!("{error:#}"));
            failed.push(name);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("these checks failed: {}", failed.join(", "))
}

fn clippy() -> std::process::Command {
    let mut clippy = cargo();
    clippy.args(["clippy", "--quiet"]);
    clippy
}

fn doc() -> std::process::Command {
    let mut doc = cargo();
    doc.args(["doc", "--quiet", "--no-deps"]).env("RUSTDOCFLAGS", "-Dwarnings");
    doc
}

/// Checks that ARCHITECTURE.md stays short.
fn architecture() -> Result<()> {
    let text = std::fs::read_to_string(project::root().join("ARCHITECTURE.md"))
        .context("reading ARCHITECTURE.md")?;
    let lines = text.lines().count();
    ensure!(
        lines < LONGEST_ARCHITECTURE,
        "ARCHITECTURE.md has {lines} lines; it is to stay below {LONGEST_ARCHITECTURE}"
    );
    Ok(())
}

/// Spell-checks prose, comments and names; the project's own words are in `words.txt`.
fn spelling() -> Result<()> {
    run(
        "spelling",
        command("cspell").args(["lint", "--no-progress", "--no-summary", "--gitignore"]),
    )
}
