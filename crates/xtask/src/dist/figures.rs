//! A page for each figure that tells who shares its address what it is: Open Graph for previews of links, and oEmbed
//! for sites that turn an address into a frame.
//!
//! It is `embed.html` with a figure of its own: `bowl.html?alpha=0.9`. Both standards ask for whole addresses, so what
//! needs one is written only if it is known where the site will be.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use downhill_figures::NAMES;
use serde_json::json;

use crate::contract::{self, Element};
use crate::run::{cargo, run};

/// What is enough for every figure in a frame 700 px wide; figures are at most this high there.
const FRAME_PX: (u32, u32) = (700, 720);

const SITE: &str = "Downhill, a lesson on gradient descent";

/// The width of a picture for previews, in CSS pixels, of which each has two by two dots.
const PICTURE_PX: u32 = 600;

/// Writes the pages of all figures, and if it is known where the site will be, their answers to oEmbed and the pictures
/// for previews, both of which are told by whole addresses.
pub(super) fn write(site: &Path, at: Option<&str>) -> Result<()> {
    write_with(site, at, &picture)
}

/// Draws a figure without its page.
fn picture(name: &str, file: &Path) -> Result<()> {
    run(
        &format!("drawing {name} for previews"),
        cargo()
            .args(["run", "--quiet", "--package", "downhill-cli", "--", "figure", name])
            .args(["--theme", "light", "--bare", "--width", &PICTURE_PX.to_string(), "--output"])
            .arg(file),
    )
}

fn write_with(
    site: &Path,
    at: Option<&str>,
    picture: &dyn Fn(&str, &Path) -> Result<()>,
) -> Result<()> {
    let embed = fs::read_to_string(site.join("embed.html")).context("reading embed.html")?;
    for element in contract::elements()? {
        // A question is nothing without its name.
        if element.name == "quiz" {
            continue;
        }
        let page = page(&embed, &element, at)?;
        fs::write(site.join(format!("{}.html", element.name)), page)
            .with_context(|| format!("writing {}.html", element.name))?;
        let Some(at) = at else { continue };
        let folder = site.join("oembed");
        fs::create_dir_all(&folder).context("creating the folder of oEmbed")?;
        fs::write(folder.join(format!("{}.json", element.name)), oembed(&element, at))
            .context("writing an answer to oEmbed")?;
        if is_drawn(element.name) {
            picture(element.name, &folder.join(format!("{}.png", element.name)))?;
        }
    }
    Ok(())
}

/// Whether a figure has a picture: programs have none.
fn is_drawn(name: &str) -> bool {
    NAMES.contains(&name)
}

fn page(embed: &str, element: &Element, at: Option<&str>) -> Result<String> {
    let Element { name, title, .. } = element;
    let title = escaped(title);
    let mut head = format!(
        "<title>{title}</title>\
         <meta name=\"description\" content=\"{title}: a figure from {SITE}\" />\
         <meta property=\"og:type\" content=\"website\" />\
         <meta property=\"og:site_name\" content=\"Downhill\" />\
         <meta property=\"og:title\" content=\"{title}\" />\
         <meta property=\"og:description\" content=\"A figure from {SITE}\" />"
    );
    if let Some(at) = at {
        head += &format!(
            "<meta property=\"og:url\" content=\"{at}{name}.html\" />\
             <link rel=\"alternate\" type=\"application/json+oembed\" href=\"{at}oembed/{name}.json\" title=\"{title}\" />"
        );
    }
    if let (Some(at), true) = (at, is_drawn(name)) {
        head += &format!(
            "<meta property=\"og:image\" content=\"{at}oembed/{name}.png\" />\
             <meta property=\"og:image:alt\" content=\"{title}\" />"
        );
    }
    let replace = |text: &str, old: &str, new: &str| {
        ensure!(text.contains(old), "embed.html has no {old}");
        Ok(text.replace(old, new))
    };
    let page = replace(
        embed,
        "<html lang=\"en\">",
        &format!("<html lang=\"en\" data-figure=\"{name}\">"),
    )?;
    let page = replace(&page, "<meta name=\"robots\" content=\"noindex\" />", "")?;
    let page = replace(&page, "<h1>A figure from Downhill</h1>", &format!("<h1>{title}</h1>"))?;
    replace(&page, "<title>A figure from Downhill</title>", &head)
}

fn oembed(element: &Element, at: &str) -> String {
    let (width, height) = FRAME_PX;
    let title = escaped(&element.title);
    let frame = format!(
        "<iframe src=\"{at}embed.html?figure={}\" title=\"{title}\" width=\"{width}\" height=\"{height}\" frameborder=\"0\"></iframe>",
        element.name
    );
    json!({
        "version": "1.0",
        "type": "rich",
        "provider_name": "Downhill",
        "provider_url": at,
        "title": element.title,
        "html": frame,
        "width": width,
        "height": height,
    })
    .to_string()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{oembed, page, write_with};
    use crate::contract::elements;
    use crate::project;

    #[test]
    fn a_site_with_an_address_has_answers_and_pictures() {
        let site = project::target().join("figures");
        fs::remove_dir_all(&site).ok();
        fs::create_dir_all(&site).expect("a folder");
        fs::write(site.join("embed.html"), include_str!("../../../../www/embed.html"))
            .expect("a file");
        let draw = |name: &str, file: &std::path::Path| Ok(fs::write(file, name)?);
        write_with(&site, None, &draw).expect("pages");
        let read = |file: &str| fs::read_to_string(site.join(file)).expect("a file");
        assert!(!site.join("oembed").exists() && !read("race.html").contains("og:image"));
        // Again, as `dist --at` does.
        write_with(&site, Some("https://your.host/"), &draw).expect("pages");
        assert_eq!(read("oembed/race.png"), "race");
        assert!(read("oembed/race.json").contains("https://your.host/embed.html?figure=race"));
        let race = read("race.html");
        for told in [
            "<meta property=\"og:image\" content=\"https://your.host/oembed/race.png\" />",
            "href=\"https://your.host/oembed/race.json\"",
        ] {
            assert!(race.contains(told), "{race}");
        }
        assert!(!site.join("oembed/code.png").exists() && !read("code.html").contains("og:image"));
        assert!(!site.join("quiz.html").exists());
        fs::remove_dir_all(&site).ok();
    }

    #[test]
    fn a_figure_says_what_it_is() {
        let embed = include_str!("../../../../www/embed.html");
        let elements = elements().expect("the elements");
        let bowl = elements.iter().find(|element| element.name == "bowl").expect("a bowl");
        let plain = page(embed, bowl, None).expect("a page");
        assert!(plain.contains("data-figure=\"bowl\"") && plain.contains("og:title"));
        assert!(!plain.contains("oembed") && !plain.contains("noindex"));
        let at = "https://your.host/downhill/";
        let known = page(embed, bowl, Some(at)).expect("a page");
        assert!(known.contains("href=\"https://your.host/downhill/oembed/bowl.json\""));
        let answer = oembed(bowl, at);
        let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!((&answer["type"], &answer["version"]), (&"rich".into(), &"1.0".into()));
        assert!(
            answer["html"].as_str().is_some_and(|html| html.contains("embed.html?figure=bowl"))
        );
    }
}
