//! `cargo xtask bench`: measures the budgeted tasks natively and in Chromium.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::options::Options;
use crate::run::{cargo, command, run, say};
use crate::{dist, project, setup};

/// A limit on the ratio of two measured times.
struct Budget {
    what: &'static str,
    ratio: f64,
    limit: f64,
    /// Whether the ratio has to stay below the limit or above it.
    below: bool,
}

impl Budget {
    fn is_held(&self) -> bool {
        if self.below { self.ratio <= self.limit } else { self.ratio >= self.limit }
    }

    fn line(&self) -> String {
        let sign = if self.below { "≤" } else { "≥" };
        let held = if self.is_held() { "held" } else { "MISSED" };
        format!("{:<52} {:>7.2} ×   {sign} {:.1} ×  {held}", self.what, self.ratio, self.limit)
    }
}

/// Measures, prints a table, and writes `target/bench.json`. With `--check`, exceeding a budget is
/// a failure.
pub(crate) fn bench(options: &mut Options) -> Result<()> {
    let check = options.flag("--check");
    options.finish()?;
    setup::for_bench()?;
    let page = build()?;
    dist::build()?;
    say(
        "measuring natively and in Chromium; only the ratios matter, and a busy machine blurs even those",
    );
    let native =
        printed(cargo().args(["run", "--quiet", "--release", "--package", "downhill-bench"]))?;
    let browser = printed(
        cargo()
            .args(["run", "--quiet", "--package", "downhill-tests", "--bin", "bench", "--"])
            .arg(&page),
    )?;
    let budgets = budgets(&native, &browser);
    print!("{}", table(&native, &browser));
    print!("{}", lesson(&browser));
    for budget in &budgets {
        println!("{}", budget.line());
    }
    write(&native, &browser, &budgets)?;
    if check && !budgets.iter().all(Budget::is_held) {
        bail!("a budget is missed");
    }
    Ok(())
}

/// Puts the benchmark page and everything it loads into a folder.
fn build() -> Result<PathBuf> {
    run(
        "building the benchmark",
        cargo().args(["build", "--quiet", "--release", "--package", "downhill-bench"]),
    )?;
    run(
        "building it as WebAssembly",
        cargo()
            .args(["build", "--quiet", "--release", "--package", "downhill-bench", "--lib"])
            .args(["--target", "wasm32-unknown-unknown"]),
    )?;
    let root = project::root();
    let page = root.join("target/bench");
    fs::create_dir_all(&page)?;
    // The same flags that optimize the site.
    run(
        "optimising it",
        command("wasm-opt")
            .args(["-O3", "--enable-bulk-memory", "--enable-nontrapping-float-to-int"])
            .args(["--enable-sign-ext", "--enable-mutable-globals", "--enable-reference-types"])
            .args(["--enable-multivalue", "--enable-simd"])
            .arg(root.join("target/wasm32-unknown-unknown/release/downhill_bench.wasm"))
            .arg("-o")
            .arg(page.join("downhill_bench.wasm")),
    )?;
    let own = root.join("crates/downhill-bench/page");
    for file in ["index.html", "bench.js", "plain.js"] {
        copy(&own.join(file), &page)?;
    }
    copy(&root.join("node_modules/fmin/build/fmin.js"), &page)?;
    Ok(page)
}

fn copy(file: &Path, folder: &Path) -> Result<()> {
    let name = file.file_name().context("a file has a name")?;
    fs::copy(file, folder.join(name)).with_context(|| format!("copying {}", file.display()))?;
    Ok(())
}

/// Runs a program and parses its output as JSON.
fn printed(program: &mut std::process::Command) -> Result<Value> {
    let output = program.stderr(Stdio::inherit()).output().context("starting a measurement")?;
    if !output.status.success() {
        bail!("a measurement failed ({})", output.status);
    }
    serde_json::from_slice(&output.stdout).context("reading what was measured")
}

fn budgets(native: &Value, browser: &Value) -> Vec<Budget> {
    let time = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    vec![
        Budget {
            what: "basin map, plain JavaScript / WebAssembly",
            ratio: time(&browser["map"]["javascript"]) / time(&browser["map"]["wasm"]),
            limit: 4.0,
            below: false,
        },
        Budget {
            what: "Rosenbrock run, WebAssembly / native",
            ratio: time(&browser["rosenbrock"]["wasm"]) / time(&native["rosenbrock"]),
            limit: 1.5,
            below: true,
        },
    ]
}

fn table(native: &Value, browser: &Value) -> String {
    let mut text = format!(
        "{:<34} {:>10} {:>12} {:>12} {:>10}\n",
        "", "native", "WebAssembly", "JavaScript", "fmin"
    );
    let rows = [
        ("Rosenbrock, one step (ns)", "rosenbrock", 1.0),
        ("Himmelblau, 256×256×200 (ms)", "map", 1e-6),
        ("the same, stopping at 10⁻⁶ (ms)", "stopping", 1e-6),
    ];
    for (what, key, unit) in rows {
        let cell =
            |value: &Value| value.as_f64().map_or("–".into(), |ns| format!("{:.1}", ns * unit));
        let there = &browser[key];
        text += &format!(
            "{what:<34} {:>10} {:>12} {:>12} {:>10}\n",
            cell(&native[key]),
            cell(&there["wasm"]),
            cell(&there["javascript"]),
            cell(&there["fmin"]),
        );
    }
    text
}

/// Formats the measurements of the lesson's figures beside their targets.
fn lesson(browser: &Value) -> String {
    let (phone, gesture) = (&browser["phone"], &browser["gesture"]);
    let number = |value: &Value| value.as_f64();
    let above =
        number(&gesture["drag"]).zip(number(&gesture["idle"])).map(|(drag, idle)| drag - idle);
    let rows = [
        ("slow phone, largest paint (ms)", number(&phone["paint"]), "aim: under 890"),
        ("slow phone, blocking time (ms)", number(&phone["blocking"]), "aim: under 200"),
        ("slow phone, layout shift", number(&phone["shift"]), "0"),
        ("one event of α on the ravine (ms)", above, "aim: at most 4"),
        ("α over basins, longest task (ms)", number(&browser["basins"]), "aim: under 20"),
        ("32 marbles, script a frame (ms)", number(&browser["marbles"]), "aim: at most 8"),
    ];
    let line = |(what, value, aim): (&str, Option<f64>, &str)| {
        let value = value.map_or("–".into(), |value| format!("{value:.1}"));
        format!("{what:<37} {value:>8}   {aim}\n")
    };
    rows.into_iter().map(line).collect()
}

fn write(native: &Value, browser: &Value, budgets: &[Budget]) -> Result<()> {
    let budgets: Vec<Value> = budgets
        .iter()
        .map(|budget| {
            json!({
                "what": budget.what, "ratio": budget.ratio, "limit": budget.limit,
                "held": budget.is_held(),
            })
        })
        .collect();
    let all = json!({ "unit": "ns", "native": native, "browser": browser, "budgets": budgets });
    let file = project::root().join("target/bench.json");
    fs::write(&file, format!("{all:#}\n"))
        .with_context(|| format!("writing {}", file.display()))?;
    say("all numbers are in target/bench.json");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_held_on_their_own_side_of_the_limit() {
        let native = json!({ "rosenbrock": 10.0 });
        let browser = |wasm: f64, map: f64| json!({ "rosenbrock": { "wasm": wasm }, "map": { "wasm": map, "javascript": 100.0 } });
        let held = |wasm, map| -> Vec<bool> {
            budgets(&native, &browser(wasm, map)).iter().map(Budget::is_held).collect()
        };
        assert_eq!(held(15.0, 25.0), [true, true]);
        assert_eq!(held(15.1, 25.1), [false, false]);
        // A missing measurement does not pass.
        assert!(!budgets(&json!({}), &json!({})).iter().any(Budget::is_held));
    }
}
