//! The Python package for notebooks, in `dist/python/`: a wheel with the script of the widget, which
//! has everything in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use downhill_figures::NAMES;

use super::archive::Archive;
use super::stage::{Stage, copy_folder};
use super::{TEXTS, needed, scripts};
use crate::dist::split;
use crate::project;
use crate::run::{command, run, say};
use crate::setup::python;

/// The largest wheel, in bytes.
const WHEEL: u64 = 1_500_000;

/// What the wheel is made of besides the script, and where it lies in it.
const SOURCES: [(&str, &str); 5] = [
    ("python/pyproject.toml", "pyproject.toml"),
    ("python/README.md", "README.md"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("www/micropython/LICENSE", "LICENSE-MICROPYTHON"),
];

/// The time of the files in the wheel, so that the same files give the same bytes: 2020.
const TIME: &str = "1577836800";

/// Writes the wheel to `dist/python/`.
pub(in crate::dist) fn write(stage: &Stage, site: &Path) -> Result<()> {
    let output = project::root().join("dist/python");
    fs::remove_dir_all(&output).ok();
    if !python::is_obtainable() {
        say("Python with its module venv is missing; the wheel for notebooks is left out");
        return Ok(());
    }
    let package = package(&script(stage, site)?)?;
    let builder = python::environment("wheel", "python/requirements-build.txt")?;
    fs::create_dir_all(&output).context("creating dist/python")?;
    run(
        "building the wheel for notebooks",
        command(&builder.display().to_string())
            .args(["-m", "flit_core.wheel", "--outdir"])
            .args([&output, &package])
            .env("SOURCE_DATE_EPOCH", TIME),
    )?;
    for entry in fs::read_dir(&output).context("reading dist/python")? {
        let entry = entry?;
        let (name, size) = (entry.file_name(), entry.metadata()?.len());
        say(&format!("dist/python/{}: {size} B", name.display()));
        ensure!(size <= WHEEL, "the wheel has {size} B of at most {WHEEL} B");
    }
    Ok(())
}

/// The script of the widget.
fn script(stage: &Stage, site: &Path) -> Result<String> {
    let mut files = Archive::default();
    for name in NAMES.iter().copied().chain(TEXTS.map(|(name, _)| name)) {
        for file in needed(name) {
            files.add(file, stage.or_site(site, file)?);
        }
    }
    for program in stage.names("programs")? {
        files.add(&program, stage.or_site(site, &program)?);
    }
    files.add("worker.js", scripts::worker(stage)?);
    files.add("downhill-web_bg.wasm", split::whole(&stage.module()?)?);
    // Unlike a page, the script unpacks its files when they are needed.
    let packed = format!("export const packed = \"{}\";\n", files.packed()?);
    fs::write(stage.folder.join("packed.js"), packed).context("writing the packed files")?;
    let own = project::root().join("www/notebook");
    copy_folder(&own, &stage.folder.join("notebook"))?;
    fs::copy(own.join("files.js"), stage.folder.join("elements/files.js"))
        .context("copying the files of the widget")?;
    scripts::module(stage, "notebook/widget.js")
}

/// The folder from which the wheel is built.
fn package(script: &str) -> Result<PathBuf> {
    let folder = project::target().join("python");
    fs::remove_dir_all(&folder).ok();
    let own = folder.join("src/downhill");
    fs::create_dir_all(&own).context("creating the folder of the package")?;
    for (from, to) in SOURCES {
        fs::copy(project::root().join(from), folder.join(to))
            .with_context(|| format!("copying {from}"))?;
    }
    for entry in fs::read_dir(project::root().join("python/src/downhill"))? {
        let file = entry?.path();
        // Not what Python leaves behind.
        if file.is_file() {
            fs::copy(&file, own.join(file.file_name().unwrap_or_default()))
                .with_context(|| format!("copying {}", file.display()))?;
        }
    }
    fs::write(own.join("widget.js"), script).context("writing the script of the widget")?;
    Ok(folder)
}
