//! Shortens the import and export names between each WebAssembly module and its script.
//! wasm-bindgen's names are long, end in hashes, appear in both files, and would be a twentieth of
//! the download.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::run::command;

/// The WebAssembly features used by the modules beyond the baseline; the Trunk options in
/// `index.html` list the same ones.
pub(super) const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// Shortens the names of every module of the site, in place.
pub(super) fn shorten(site: &Path) -> Result<()> {
    for entry in fs::read_dir(site).with_context(|| format!("reading {}", site.display()))? {
        let module = entry?.path();
        let name = module.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix("_bg.wasm") else { continue };
        let report = command("wasm-opt")
            .args(FEATURES)
            .args(["--minify-imports-and-exports-and-modules", "--debuginfo", "-o"])
            .args([&module, &module])
            .output()
            .context("starting wasm-opt")?;
        ensure!(report.status.success(), "{}", String::from_utf8_lossy(&report.stderr));
        let names: Value = serde_json::from_slice(&report.stdout)
            .with_context(|| format!("reading the names of {name}"))?;
        let script = site.join(format!("{name}.js"));
        let text =
            fs::read_to_string(&script).with_context(|| format!("reading {}", script.display()))?;
        fs::write(&script, renamed(&text, name, &names)?)
            .with_context(|| format!("writing {}", script.display()))?;
    }
    Ok(())
}

/// Applies the renaming reported by wasm-opt to a module's script. The report is
/// `{"imports": [[module, name, new], …], "exports": [[name, new], …]}`; the one module that
/// functions are imported from becomes `a`.
fn renamed(script: &str, module: &str, names: &Value) -> Result<String> {
    let mut script = script.replace(&format!("\"./{module}_bg.js\""), "\"a\"");
    let rows = |kind: &str| names[kind].as_array().cloned().unwrap_or_default();
    let text = |row: &Value, at: usize| row[at].as_str().unwrap_or_default().to_owned();
    for row in rows("imports") {
        let (name, new) = (text(&row, 1), text(&row, 2));
        ensure!(script.contains(&name), "the script of {module} does not give {name}");
        script = with_word(&script, &name, &new);
    }
    for row in rows("exports") {
        let (name, new) = (text(&row, 0), text(&row, 1));
        script = with_word(&script, &format!("wasm.{name}"), &format!("wasm.{new}"));
    }
    Ok(script)
}

/// Replaces every occurrence of a word, except at the beginning of a longer one.
fn with_word(text: &str, word: &str, new: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let whole = !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        out.push_str(before);
        out.push_str(if whole { new } else { word });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::renamed;

    #[test]
    fn script_and_module_agree_on_the_new_names() {
        let names = json!({
            "imports": [["./figures_bg.js", "__wbg_beginPath_1a2b", "A"]],
            "exports": [["memory", "B"], ["figure_act", "C"], ["figure_action", "D"]],
        });
        let script = "const import0 = { __wbg_beginPath_1a2b: function(x) {}, };
            return { \"./figures_bg.js\": import0 };
            wasm.memory.buffer; wasm.figure_act(1); wasm.figure_action(2); pass(wasm.memory, 3);";
        let short = renamed(script, "figures", &names).unwrap();
        assert!(short.contains("{ A: function(x) {}, }"), "{short}");
        assert!(short.contains("\"a\": import0"), "{short}");
        assert!(short.contains("wasm.B.buffer; wasm.C(1); wasm.D(2); pass(wasm.B, 3);"), "{short}");
        let missing = json!({ "imports": [["./figures_bg.js", "__wbg_fill_9f", "A"]] });
        assert!(renamed(script, "figures", &missing).is_err(), "a name that nobody gives");
    }
}
