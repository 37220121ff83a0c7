//! Bundles the scripts of a page into one, which is no module: a page opened from a disk cannot
//! import any.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::stage::Stage;
use crate::project;
use crate::run::command;

/// The script of the page of one figure.
pub(super) fn figure(stage: &Stage, name: &str, is_text: bool) -> Result<String> {
    let code = if is_text {
        let class = if name == "code" { "cell" } else { name };
        format!(", () => import(\"./elements/{name}/{class}.js\")")
    } else {
        String::new()
    };
    let entry = format!(
        "import {{ register }} from \"./elements/register.js\";\n\
         import {{ showFigure }} from \"./frame/figure.js\";\n\
         import {{ report }} from \"./frame/scorm.js\";\n\
         register(\"{name}\"{code});\n\
         report(showFigure([\"{name}\"], \"{name}\"));\n"
    );
    let file = format!("{name}.js");
    fs::write(stage.folder.join(&file), entry).context("writing the script of a page")?;
    bundled(&stage.folder, &file)
}

/// The script of the lesson.
pub(super) fn lesson(stage: &Stage) -> Result<String> {
    bundled(&stage.folder, "single/lesson.js")
}

/// The script of the worker that runs Python.
pub(super) fn worker(stage: &Stage) -> Result<String> {
    bundled(&stage.folder, "single/worker.js")
}

/// The script that unpacks the others.
pub(super) fn unpack(stage: &Stage) -> Result<String> {
    bundled(&stage.folder, "single/unpack.js")
}

/// The script of a notebook's widget: a module, which exports it.
pub(super) fn module(stage: &Stage, entry: &str) -> Result<String> {
    bundled_as("esm", &stage.folder, entry)
}

/// A style without blanks and comments.
pub(super) fn minified_style(style: &str) -> Result<String> {
    let file = project::target().join("single/style.css");
    fs::write(&file, style).context("writing a style")?;
    esbuild(&project::root(), &[&file.display().to_string(), "--minify", "--charset=utf8"])
}

fn bundled(folder: &Path, entry: &str) -> Result<String> {
    bundled_as("iife", folder, entry)
}

fn bundled_as(format: &str, folder: &Path, entry: &str) -> Result<String> {
    let script = esbuild(
        folder,
        &[
            entry,
            "--bundle",
            &format!("--format={format}"),
            "--minify",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
            // Nothing lies beside a script that is part of a page.
            "--define:import.meta.url=\"\"",
            // MicroPython runs in Node too.
            "--define:process=undefined",
            "--external:module",
            "--external:fs",
            "--external:path",
            "--external:url",
        ],
    )?;
    // The page would end there.
    ensure!(!script.contains("</script"), "{entry} writes the end of a script");
    Ok(script)
}

fn esbuild(folder: &Path, arguments: &[&str]) -> Result<String> {
    let output = command("esbuild")
        .args(arguments)
        .current_dir(folder)
        .output()
        .context("starting esbuild")?;
    let problems = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success() && problems.is_empty(), "esbuild: {problems}");
    String::from_utf8(output.stdout).context("esbuild's output is no text")
}
