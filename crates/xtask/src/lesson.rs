//! `cargo xtask lesson`: renders the prose in `www/lesson/*.md` as HTML fragments that `index.html`
//! includes.
//!
//! The prose is Markdown with formulas between dollar signs, numbers computed by the `downhill`
//! crate between double braces ([`placeholder`]), and figures, questions, notes and exercises as
//! fenced blocks ([`block`]). All output goes to `www/generated/`, which is not in git:
//!
//! - `lesson/NN-name.html`, one fragment per file, and `contents.html`;
//! - `stills/*.svg`, the still pictures of each figure in light and dark;
//! - `still.js`, which shows one in a frame;
//! - `palette.css`, the colours shared by figures and page, and `palette.json`, the same
//!   for scripts;
//! - `landscapes.json`, the typeset formulas of the landscapes;
//! - `questions.html`, all questions, for pages that include one by name;
//! - `programs/*.json`, the listings of the code cell.

mod block;
mod call;
mod contents;
mod deep_network;
mod exercise;
mod fault;
mod figure;
mod fit;
mod iterates;
mod loss;
mod math;
mod network;
mod number;
mod placeholder;
mod programs;
mod quantity;
mod quiz;
mod render;
pub(crate) mod stills;
mod write;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use self::fault::Fault;
use self::figure::FigureUse;
pub(crate) use self::programs::NAMES as PROGRAMS;
use self::programs::Program;
use self::render::{Passage, Rendered};
use self::write::Output;
use crate::project;
use crate::run::say;

/// Builds the lesson of the repository at `root` and reports what changed.
///
/// # Errors
/// If the prose has an error, with file and line, or if a file cannot be read or written.
pub(crate) fn build(root: &Path) -> Result<()> {
    let pages = read(root)?;
    let programs = programs::read(root).map_err(|fault| anyhow!("www/programs: {fault}"))?;
    let mut output = Output::new(&root.join("www/generated"));
    write(&pages, &programs, &mut output)?;
    let changed =
        output.finish(&["lesson", "stills", "programs"]).context("clearing www/generated")?;
    if changed > 0 {
        let figures: usize = pages.iter().map(|page| page.rendered.figures.len()).sum();
        let sections = pages.len();
        say(&format!(
            "lesson: {sections} files of prose, {figures} figures, {changed} files changed"
        ));
    }
    Ok(())
}

/// A rendered prose file.
struct Page {
    name: String,
    rendered: Rendered,
}

/// Reads and renders all prose files in order of their names.
fn read(root: &Path) -> Result<Vec<Page>> {
    let directory = root.join("www/lesson");
    let mut files: Vec<PathBuf> = fs::read_dir(&directory)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .with_context(|| format!("reading {}", directory.display()))?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    let mut pages = Vec::new();
    for (index, path) in files.iter().enumerate() {
        let text =
            fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let rendered = section(path.strip_prefix(root).unwrap_or(path), &text, index == 0)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        pages.push(Page { name, rendered });
    }
    let headings: Vec<_> = pages.iter().flat_map(|page| page.rendered.headings.clone()).collect();
    contents::check(&headings)?;
    Ok(pages)
}

/// Renders one file; the first is the page's title, each other one a section.
fn section(file: &Path, text: &str, first: bool) -> Result<Rendered, Fault> {
    let text = placeholder::expand(file, text)?;
    let mut rendered = render::render(Passage { file, line: 1, text: &text, first_screen: first })?;
    let top =
        rendered.headings.first().filter(|heading| heading.level == if first { 1 } else { 2 });
    let Some(top) = top else {
        let wanted = if first { "`# Title {#anchor}`" } else { "`## Title {#anchor}`" };
        return Err(Fault::new(file, 1, format!("the file has to start with {wanted}")));
    };
    rendered.html = if first {
        format!("<div class=\"title\">\n{}</div>\n", rendered.html)
    } else {
        format!("<section aria-labelledby=\"{}\">\n{}</section>\n", top.id, rendered.html)
    };
    Ok(rendered)
}

/// All questions of the lesson, as a page that only scripts read.
fn questions(pages: &[Page]) -> String {
    let all = pages.iter().flat_map(|page| &page.rendered.questions);
    let all: String = all.map(|question| question.html.as_str()).collect();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Questions</title>\n{all}</html>\n"
    )
}

/// Writes all output files.
fn write(pages: &[Page], programs: &[Program], output: &mut Output) -> Result<()> {
    let mut put = |path: &str, content: &str| {
        output.put(path, content).with_context(|| format!("writing www/generated/{path}"))
    };
    for page in pages {
        put(&format!("lesson/{}.html", page.name), &page.rendered.html)?;
    }
    let headings = pages.iter().flat_map(|page| &page.rendered.headings);
    put("contents.html", &contents::html(headings))?;
    put("palette.css", &stills::palette_css())?;
    put("palette.json", &stills::palette_json())?;
    put("landscapes.json", &stills::landscapes_json().context("typesetting the landscapes")?)?;
    put("questions.html", &questions(pages))?;
    for program in programs {
        put(&format!("programs/{}.json", program.name()), &program.json().to_string())?;
    }
    for still in pages.iter().flat_map(|page| &page.rendered.figures).flat_map(FigureUse::stills) {
        put(&format!("stills/{}", still.file), &still.svg)?;
    }
    for still in stills::defaults().map_err(|fault| anyhow!(fault))? {
        put(&format!("stills/{}", still.file), &still.svg)?;
    }
    let script = project::root().join("www/still.js");
    let script =
        fs::read_to_string(&script).with_context(|| format!("reading {}", script.display()))?;
    put("still.js", &stills::frame_script(&script))?;
    Ok(())
}

#[cfg(test)]
mod tests;
