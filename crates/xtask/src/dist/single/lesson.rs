//! The whole lesson in one file. Its prose is HTML, to be read without scripts; all that its figures need is packed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use downhill_figures::NAMES;

use super::archive::Archive;
use super::page::{filled, icon, policy};
use super::stage::Stage;
use super::{TEXTS, needed, scripts};
use crate::dist::split;
use crate::project;

/// The largest file, in bytes: what mail systems still take.
const LARGEST: usize = 900_000;

/// Of the four pictures of a figure, the one in the file.
const STILL: &str = "-light.svg";

pub(super) fn html(stage: &Stage, site: &Path) -> Result<String> {
    let page = fs::read_to_string(site.join("index.html")).context("reading the lesson")?;
    let (title, body) =
        (between(&page, "<title>", "</title>")?, between(&page, "<body>", "</body>")?);
    let (body, stills) = alone(body)?;
    let files = files(stage, site, &stills)?;
    let style = ["palette.css", "page.css", "reserved-heights.css"];
    let style = scripts::minified_style(&super::style(site, &style)?)?;
    let early = String::from_utf8(stage.or_site(site, "page/early.js")?)?;
    let script = scripts::unpack(stage)?;
    let main = files.get("main.js").context("the lesson has no script")?;
    let policy = policy(&[early.as_bytes(), script.as_bytes(), main], &style, false);
    let template = project::root().join("www/single/lesson.html");
    let template = fs::read_to_string(template).context("reading the page of the lesson")?;
    let html = filled(
        &template,
        &[
            ("policy", &policy),
            ("title", title),
            ("icon", &icon()?),
            ("style", &style),
            ("early", &early),
            ("body", &body),
            ("files", &files.packed()?),
            ("script", &script),
        ],
    );
    ensure!(html.len() <= LARGEST, "lesson.html has {} B of at most {LARGEST} B", html.len());
    Ok(html)
}

/// All that the figures need, but Python.
fn files(stage: &Stage, site: &Path, stills: &[String]) -> Result<Archive> {
    let mut files = Archive::default();
    let figures = NAMES.iter().copied().chain(TEXTS.map(|(name, _)| name));
    // The questions stand in the page.
    let is_packed = |file: &&str| !file.starts_with("micropython/") && *file != "questions.html";
    for file in figures.flat_map(needed).filter(is_packed) {
        files.add(file, stage.or_site(site, file)?);
    }
    // For a figure that is shown alone.
    for name in ["palette.css", "embed.css"] {
        files.add(&format!("style/{name}"), style_of(site, name)?);
    }
    for program in stage.names("programs")? {
        files.add(&program, stage.or_site(site, &program)?);
    }
    for still in stills {
        files.add(&format!("stills/{still}"), stage.or_site(site, &format!("stills/{still}"))?);
    }
    files.add("downhill-web_bg.wasm", split::whole(&stage.module()?)?);
    files.add("main.js", scripts::lesson(stage)?);
    Ok(files)
}

fn style_of(site: &Path, name: &str) -> Result<String> {
    fs::read_to_string(site.join("style").join(name)).with_context(|| format!("reading {name}"))
}

/// The content of the lesson's page with nothing beside it, and the stills that it shows: each picture in one form, which
/// a script puts in, links to figures lead to this file, and the way to the scripts is gone.
fn alone(body: &str) -> Result<(String, Vec<String>)> {
    let (mut out, mut stills) = (String::new(), Vec::new());
    let mut parts = body.split("<picture>");
    out += parts.next().unwrap_or_default();
    for part in parts {
        let (picture, after) = part.split_once("</picture>").context("a picture has no end")?;
        let (_, image) =
            picture.split_once("<img src=\"stills/").context("a picture has no image")?;
        let (still, attributes) = image.split_once('"').context("an image has no address")?;
        ensure!(still.ends_with(STILL), "{still} is not the picture for all screens");
        out += &format!(
            "<img data-still=\"{still}\"{}{after}",
            attributes.replace(" loading=\"lazy\"", "")
        );
        stills.push(still.to_owned());
    }
    let silent = "The pictures and the text are the whole lesson all the same.";
    ensure!(out.contains(silent), "the lesson does not say what is there without scripts");
    let out = out
        .replace("so the figures stand still", "so the figures are missing")
        .replace(
            silent,
            "The text is the whole lesson all the same, and says what each of them shows.",
        )
        .replace("href=\"embed.html?", "href=\"?");
    Ok((out, stills))
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Result<&'a str> {
    let found = text.split_once(start).and_then(|(_, rest)| rest.split_once(end));
    Ok(found.with_context(|| format!("the lesson has no {start}"))?.0)
}

#[cfg(test)]
mod tests {
    use super::alone;

    const SILENT: &str = "<noscript>JavaScript is off, so the figures stand still. The pictures and the text are the whole lesson all the same.</noscript>";

    #[test]
    fn nothing_lies_beside_it() {
        let picture = "<picture><source srcset=\"stills/a-dark.svg\" media=\"m\"><img src=\"stills/a-light.svg\" width=\"5\" loading=\"lazy\" alt=\"A\"></picture>";
        let body = format!("{SILENT}{picture}, <a href=\"embed.html?figure=a\">a</a>");
        let (body, stills) = alone(&body).unwrap();
        assert_eq!(stills, ["a-light.svg"]);
        let rest = body.split_once("</noscript>").unwrap().1;
        assert_eq!(
            rest,
            "<img data-still=\"a-light.svg\" width=\"5\" alt=\"A\">, <a href=\"?figure=a\">a</a>"
        );
    }

    #[test]
    fn a_page_that_is_another_is_refused() {
        assert!(alone("<p>No word about scripts.</p>").is_err());
        let dark = format!("{SILENT}<picture><img src=\"stills/a-dark.svg\"></picture>");
        assert!(alone(&dark).unwrap_err().to_string().contains("a-dark.svg"));
    }
}
