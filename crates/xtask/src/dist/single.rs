//! Pages in one file: each figure, and the lesson, with everything that they need. A notebook has
//! the same in a script.
//!
//! They work where nothing can be fetched: opened from a disk, in a sandboxed frame, mailed, or
//! uploaded to a course. Scripts, styles, modules and data are compressed together and unpacked by a
//! script of a few lines (`www/single/unpack.js`). In `dist/scorm/` are the same pages for course
//! systems, to which they tell what the reader has done.

mod archive;
mod lesson;
mod page;
mod scorm;
mod scripts;
mod stage;
pub(super) mod wheel;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use downhill_figures::{Locale, NAMES};

use self::archive::Archive;
use self::page::Page;
use self::scorm::Item;
pub(super) use self::stage::Stage;
use super::split;
use crate::lesson::stills;
use crate::project;
use crate::run::say;

/// The figures without a module, and the titles of their pages.
const TEXTS: [(&str, &str); 2] =
    [("code", "Gradient descent as a program"), ("quiz", "A question")];

/// The largest page of a figure that is drawn, in bytes: what a mail or a course takes without complaint.
const LARGEST: usize = 350_000;

/// Writes the pages to `dist/single/`, and packages of them to `dist/scorm/`.
pub(super) fn write(stage: &Stage, site: &Path) -> Result<()> {
    let (single, scorm) = (empty_folder("dist/single")?, empty_folder("dist/scorm")?);
    // The dialog of each figure offers its file.
    let beside = empty_folder("dist/site/single")?;
    for name in NAMES.iter().copied().chain(TEXTS.map(|(name, _)| name)) {
        let text = TEXTS.iter().find(|(text, _)| *text == name);
        let mut files = files(stage, site, name)?;
        let (title, still) = match text {
            Some((_, title)) => ((*title).to_owned(), None),
            None => drawn(name).map(|(title, still)| (title, Some(still)))?,
        };
        let style = style(site, &["palette.css", "embed.css"])?;
        files.add("main.js", scripts::figure(stage, name, text.is_some())?);
        let page = Page { name, title: &title, style: &style, still: still.as_deref() };
        let mut html = page.html(stage, &files)?;
        if let Some(still) = &still
            && html.len() > LARGEST
        {
            // Compressed with the rest it takes a fifth, and is seen only where scripts are.
            files.add("still.svg", still.clone());
            html = Page { still: None, ..page }.html(stage, &files)?;
        }
        say(&format!("dist/single/{name}.html: {} B", html.len()));
        for folder in [&single, &beside] {
            fs::write(folder.join(format!("{name}.html")), &html)
                .with_context(|| format!("writing the page of {name}"))?;
        }
        let items = if name == "quiz" { questions(site)? } else { vec![whole(name, &title)] };
        let html = html.replacen("<html ", "<html data-course ", 1);
        let package = scorm::package(name, &title, &items, &html)?;
        fs::write(scorm.join(format!("{name}.zip")), package)
            .with_context(|| format!("writing the package of {name}"))?;
    }
    let html = lesson::html(stage, site)?;
    say(&format!("dist/single/lesson.html: {} B", html.len()));
    fs::write(single.join("lesson.html"), html).context("writing the lesson in one file")
}

fn empty_folder(path: &str) -> Result<PathBuf> {
    let folder = project::root().join(path);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).with_context(|| format!("creating {path}"))?;
    Ok(folder)
}

/// What a page has in it besides its script.
fn files(stage: &Stage, site: &Path, name: &str) -> Result<Archive> {
    let mut files = Archive::default();
    for file in needed(name) {
        files.add(file, stage.or_site(site, file)?);
    }
    if NAMES.contains(&name) {
        files.add("downhill-web_bg.wasm", split::alone(&stage.module()?, name)?);
    }
    if name == "code" {
        for program in stage.names("programs")? {
            files.add(&program, stage.or_site(site, &program)?);
        }
        files.add("worker.js", scripts::worker(stage)?);
    }
    Ok(files)
}

/// The style of a page: these of the site's, and what pages in one file add.
fn style(site: &Path, names: &[&str]) -> Result<String> {
    let own = project::root().join("www/single/stills.css");
    let files = names.iter().map(|name| site.join("style").join(name)).chain([own]);
    files
        .map(|file| {
            fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
        })
        .collect()
}

/// The one thing in the package of a figure.
fn whole(name: &str, title: &str) -> Item {
    Item { name: name.to_owned(), title: title.to_owned(), parameters: String::new() }
}

/// The questions of the lesson. Each is a thing of its own in a course, with its own score.
fn questions(site: &Path) -> Result<Vec<Item>> {
    let page = fs::read_to_string(site.join("questions.html")).context("reading the questions")?;
    let names = page.split("<gd-quiz id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let item = |name: &str| {
        let mut title = name.replace('-', " ");
        title[..1].make_ascii_uppercase();
        Item { name: name.to_owned(), title, parameters: format!("?question={name}") }
    };
    let items: Vec<Item> = names.map(item).collect();
    ensure!(!items.is_empty(), "questions.html has no question with a name");
    Ok(items)
}

/// The files that a figure needs besides its script and its module.
fn needed(figure: &str) -> Vec<&'static str> {
    let mut files = vec!["elements/figure.css", "elements/embed/dialog.css"];
    let has_loss = downhill_figures::figure(figure, Locale::default())
        .is_ok_and(|mut figure| figure.field_names().contains(&"loss"));
    if has_loss {
        files.extend(["downhill-formulas_bg.wasm", "style/landscapes.json"]);
    }
    match figure {
        "code" => files.extend([
            "elements/code/code.css",
            "style/palette.json",
            "micropython/micropython.wasm",
        ]),
        "quiz" => {
            files.extend(["elements/quiz/quiz.css", "style/palette.json", "questions.html"]);
            // It reads the numbers of answers.
            files.push("downhill-formulas_bg.wasm");
        }
        _ => {}
    }
    files
}

/// The title of a figure and its picture.
fn drawn(name: &str) -> Result<(String, String)> {
    let mut figure = stills::start(name, &[]).map_err(anyhow::Error::msg)?;
    let title = figure.declaration().name;
    let image = downhill_figures::StaticImage {
        width_px: f64::from(stills::WIDE),
        theme: downhill_figures::Theme::Light,
    };
    Ok((title, downhill_figures::static_svg(&mut figure, image)))
}
