//! `cargo xtask bench`: measures the built site, and the command as installed, beside plain
//! JavaScript.

mod limits;
mod table;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::options::Options;
use crate::run::{cargo, run, say};
use crate::{dist, project, setup};
use limits::LIMITS;

/// Builds the site and the command, measures, prints tables, and writes `target/bench.json`. With
/// `--check`, a ratio beyond its limit is a failure. With `--page`, only what the page costs is
/// measured.
pub(crate) fn bench(options: &mut Options) -> Result<()> {
    let check = options.flag("--check");
    let page = options.flag("--page");
    options.finish()?;
    if check && page {
        bail!("--check is about ratios, which --page does not measure");
    }
    setup::for_bench()?;
    dist::build()?;
    let command = if page { None } else { Some(install()?) };
    say("measuring for some minutes; a busy machine blurs even the ratios");
    let measured = measure(command.as_deref())?;
    if page {
        print!("{}", table::measured_limits(&measured));
        return Ok(());
    }
    let tables = [table::sides, table::limits, table::notes].map(|table| table(&measured));
    print!("{}", tables.join("\n"));
    write(&measured)?;
    if check { limits::check(&measured) } else { Ok(()) }
}

/// Installs the command as a user would, below `target/`.
fn install() -> Result<PathBuf> {
    let root = project::target().join("bench");
    run(
        "installing the command",
        cargo()
            .args([
                "install",
                "--quiet",
                "--locked",
                "--force",
                "--path",
                "crates/downhill-cli",
                "--root",
            ])
            .arg(&root),
    )?;
    Ok(root.join("bin").join(format!("downhill{}", env::consts::EXE_SUFFIX)))
}

/// The output of the measuring program, which measures the page alone if it is given no command.
fn measure(command: Option<&Path>) -> Result<Value> {
    let output = cargo()
        .args(["run", "--quiet", "--package", "downhill-tests", "--bin", "bench", "--"])
        .args(command)
        .stderr(Stdio::inherit())
        .output()
        .context("starting the measurement")?;
    if !output.status.success() {
        bail!("the measurement failed ({})", output.status);
    }
    serde_json::from_slice(&output.stdout).context("reading what was measured")
}

fn write(measured: &Value) -> Result<()> {
    let limits: Vec<Value> = LIMITS
        .iter()
        .map(|limit| {
            json!({
                "what": limit.what, "found": limit.found(measured), "limit": limit.words(),
                "held": limit.is_held(measured),
            })
        })
        .collect();
    let all = json!({ "measured": measured, "limits": limits });
    let file = project::target().join("bench.json");
    fs::write(&file, format!("{all:#}\n"))
        .with_context(|| format!("writing {}", file.display()))?;
    say("all numbers are in target/bench.json");
    Ok(())
}
