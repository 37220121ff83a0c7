//! Bundles and minifies scripts and styles.
//!
//! During development each module is a file, but on a slow connection each level of imports costs a
//! round trip. So the modules behind each entry become one file, and what entries share becomes
//! another.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::project;
use crate::run::{command, run};

/// The scripts that pages, including those of embedders, refer to. They keep their names.
const ENTRIES: [&str; 3] = ["main.js", "embed.js", DEFINE];

/// What pages begin with.
const DEFINE: &str = "elements/define.js";

/// The files that each entry imports.
pub(super) type Preloads = BTreeMap<String, Vec<String>>;

/// Bundles and minifies in place.
pub(super) fn bundle(site: &Path) -> Result<Preloads> {
    let output = project::root().join("target/bundle");
    fs::remove_dir_all(&output).ok();
    let entries: Vec<&str> =
        ENTRIES.into_iter().filter(|entry| site.join(entry).is_file()).collect();
    let metafile = output.join("meta.json");
    let esbuild = || {
        let mut bundling = command("esbuild");
        bundling
            .args(&entries)
            .args([
                "--bundle",
                "--splitting",
                "--format=esm",
                "--minify",
                "--charset=utf8",
                "--log-level=warning",
            ])
            // Shared code locates the style sheet and the wasm module relative to itself, so it
            // stays in elements/.
            .args(["--chunk-names=elements/shared-[hash]", "--outbase=."])
            .arg(format!("--outdir={}", output.display()))
            .arg(format!("--metafile={}", metafile.display()))
            .current_dir(site);
        bundling
    };
    let report = || -> Result<Value> {
        let text = fs::read_to_string(&metafile).context("reading esbuild's report")?;
        Ok(serde_json::from_str(&text)?)
    };
    run("finding the modules", &mut esbuild())?;
    import_what_is_there(site, &report()?)?;
    fs::remove_dir_all(&output).context("removing the first bundle")?;
    run("bundling the modules", &mut esbuild())?;
    let meta = report()?;
    let inputs = meta["inputs"].as_object().context("esbuild reports no inputs")?;
    for input in inputs.keys() {
        fs::remove_file(site.join(input)).with_context(|| format!("removing {input}"))?;
    }
    minify(site)?;
    let outputs = meta["outputs"].as_object().context("esbuild reports no outputs")?;
    let mut preloads = Preloads::new();
    for (path, about) in outputs {
        let name = below(path, "target/bundle").context("esbuild wrote elsewhere")?;
        let place = site.join(&name);
        fs::create_dir_all(place.parent().context("a file lies in a folder")?)?;
        fs::copy(output.join(&name), place).with_context(|| format!("copying {name}"))?;
        let imports = about["imports"].as_array().into_iter().flatten();
        let imports = imports.filter(|import| import["kind"] == "import-statement");
        preloads.insert(
            name,
            imports.filter_map(|import| below(import["path"].as_str()?, "target/bundle")).collect(),
        );
    }
    Ok(preloads)
}

/// Makes the modules that are imported later import what is there by then. esbuild divides what is
/// shared by who needs it, and would make half a dozen files of it, each a request that the first
/// pictures wait for; now all need the same.
fn import_what_is_there(site: &Path, meta: &Value) -> Result<()> {
    let outputs = meta["outputs"].as_object().context("esbuild reports no outputs")?;
    let modules = outputs.values().filter_map(|about| about["entryPoint"].as_str());
    for module in modules.filter(|module| !ENTRIES.contains(module)) {
        let file = site.join(module);
        let up = "../".repeat(module.matches('/').count());
        let text = fs::read_to_string(&file).with_context(|| format!("reading {module}"))?;
        fs::write(&file, format!("import \"./{up}{DEFINE}\";\n{text}"))
            .with_context(|| format!("writing {module}"))?;
    }
    Ok(())
}

/// Minifies every script and style, file by file.
fn minify(site: &Path) -> Result<()> {
    let mut sources = Vec::new();
    collect(site, &mut sources)?;
    run(
        "minifying scripts and styles",
        command("esbuild")
            .args(&sources)
            .args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"])
            .args(["--allow-overwrite", "--outbase=.", "--outdir=."])
            .current_dir(site),
    )
}

/// Collects the scripts and styles in a folder, recursively.
fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "js" || extension == "css")
        {
            into.push(path);
        }
    }
    Ok(())
}

/// The part of a path below a folder, with forward slashes.
fn below(path: &str, folder: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    path.split_once(&format!("{folder}/")).map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn paths_below_a_folder() {
        assert_eq!(
            below("../../target/bundle/elements/a.js", "target/bundle").as_deref(),
            Some("elements/a.js")
        );
        assert_eq!(below("elsewhere/a.js", "target/bundle"), None);
    }
}
