//! Puts what changes with a release into a folder named by its content.
//!
//! Browsers keep files for as long as a host lets them, each for itself: an old page with a new module, or a new page
//! with an old one, is a figure that stands still. So only pages, and the script that tags begin with, keep their
//! addresses. All that they name lies in a folder that another release does not touch: whatever a browser has kept
//! finds its own files, as long as the host keeps the folders of earlier releases.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest as _, Sha256};

use crate::lesson::stills;

/// The script that tags begin with.
const DEFINE: &str = "elements/define.js";

/// What is at the top besides pages: pages in one file.
const SINGLE: &str = "single";

/// A page that only scripts read.
const QUESTIONS: &str = "questions.html";

/// Where scripts find the pages: beside the folder of elements, and from now on beside the folder around it.
const BESIDE: &str = "const PAGES = \"../\";";
const ABOVE: &str = "const PAGES = \"../../\";";

/// Letters of the name of a release.
const LETTERS: usize = 10;

/// Tells the scripts where the pages will be. They must not have been bundled yet.
pub(super) fn prepare(site: &Path) -> Result<()> {
    let file = site.join("elements/files.js");
    let script = fs::read_to_string(&file).context("reading elements/files.js")?;
    ensure!(script.contains(BESIDE), "elements/files.js has no `{BESIDE}`");
    fs::write(&file, script.replace(BESIDE, ABOVE)).context("writing elements/files.js")
}

/// Moves the files of a finished site, and returns the name of the folder.
pub(super) fn settle(site: &Path) -> Result<String> {
    let mut files = BTreeMap::new();
    collect(site, "", &mut files)?;
    files.retain(|name, _| !stays(name));
    ensure!(files.contains_key(DEFINE), "the site has no {DEFINE}");
    let release = name(&files);
    let folder = site.join(&release);
    for (name, bytes) in &files {
        let place = folder.join(name);
        fs::create_dir_all(place.parent().context("a file lies in a folder")?)?;
        fs::write(&place, bytes).with_context(|| format!("writing {release}/{name}"))?;
        if !keeps_a_copy(name) {
            fs::remove_file(site.join(name)).with_context(|| format!("removing {name}"))?;
        }
    }
    remove_empty(site)?;
    for entry in fs::read_dir(site).context("reading the site")? {
        let page = entry?.path();
        if page.is_file() {
            let html = fs::read_to_string(&page)?;
            fs::write(&page, led_to(&html, &release, &|name| files.contains_key(name)))
                .with_context(|| format!("writing {}", page.display()))?;
        }
    }
    let define = site.join(DEFINE);
    fs::create_dir_all(define.parent().context("a script lies in a folder")?)?;
    fs::write(define, format!("export * from \"../{release}/{DEFINE}\";\n"))
        .context("writing the script that tags begin with")?;
    Ok(release)
}

/// Whether a file keeps its address.
fn stays(name: &str) -> bool {
    let is_page = !name.contains('/') && name.ends_with(".html") && name != QUESTIONS;
    is_page || name.split('/').next() == Some(SINGLE)
}

/// Whether a file can be had under its old address too: the stills of figures by their names alone, which host pages
/// show. Those of the lesson have their state in their names.
fn keeps_a_copy(name: &str) -> bool {
    name.strip_prefix("stills/").is_some_and(stills::is_default)
}

/// The name of a release: a hash of its files.
fn name(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut all = Sha256::new();
    for (name, bytes) in files {
        all.update(format!("{name} {}\n", bytes.len()));
        all.update(bytes);
    }
    let mut name = String::new();
    for byte in all.finalize() {
        write!(name, "{byte:02x}").ok();
    }
    name.truncate(LETTERS);
    name
}

/// A page whose addresses of these files lead into the folder of the release.
fn led_to(html: &str, release: &str, is_moved: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::new();
    let mut parts = html.split('"');
    out += parts.next().unwrap_or_default();
    for part in parts {
        out.push('"');
        let names_one = ["href=\"", "src=\"", "srcset=\""].iter().any(|start| out.ends_with(start));
        if names_one && is_moved(part) {
            write!(out, "{release}/").ok();
        }
        out += part;
    }
    out
}

/// The files below a folder by their paths.
fn collect(site: &Path, below: &str, into: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    let folder = site.join(below);
    for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let name = if below.is_empty() { file.into_owned() } else { format!("{below}/{file}") };
        if path.is_dir() {
            collect(site, &name, into)?;
        } else {
            into.insert(
                name,
                fs::read(&path).with_context(|| format!("reading {}", path.display()))?,
            );
        }
    }
    Ok(())
}

/// Removes the folders in which nothing is left.
fn remove_empty(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_empty(&path)?;
            // It refuses where something is left.
            fs::remove_dir(&path).ok();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{keeps_a_copy, led_to, prepare, settle};
    use crate::project;

    fn folder(name: &str) -> PathBuf {
        let folder = project::target().join("release").join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    /// A site as the steps before leave it, with this module.
    fn site(name: &str, module: &str) -> PathBuf {
        let site = folder(name);
        let page = "<link href=\"style/a.css\"><script src=\"still.js\"></script><a href=\"./\"></a><script type=\"module\" src=\"embed.js\"></script>";
        for (file, text) in [
            ("embed.html", page),
            ("questions.html", "<p>"),
            ("single/bowl.html", "<p>"),
            ("style/a.css", "a{}"),
            ("still.js", "1"),
            ("embed.js", "import \"./elements/define.js\""),
            ("elements/define.js", "export const figures=[]"),
            ("stills/bowl-narrow-dark.svg", "<svg>"),
            ("stills/bowl-33d0d1-light.svg", "<svg>"),
            ("downhill-web_bg.wasm", module),
        ] {
            let file = site.join(file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        site
    }

    fn copy(from: &Path, to: &Path) {
        for entry in fs::read_dir(from).expect("a folder") {
            let path = entry.expect("an entry").path();
            let place = to.join(path.file_name().expect("a name"));
            if path.is_dir() {
                fs::create_dir_all(&place).expect("a folder");
                copy(&path, &place);
            } else {
                fs::copy(&path, &place).expect("a copy");
            }
        }
    }

    /// The files that a page of the site, or the script of tags, names.
    fn named(text: &str) -> Vec<String> {
        let all = text.split('"').filter(|word| word.ends_with(".js") || word.ends_with(".css"));
        all.map(|word| word.trim_start_matches("../").to_owned()).collect()
    }

    #[test]
    fn what_a_browser_has_kept_finds_its_own_files() {
        let (old, new) = (site("old", "1"), site("new", "2"));
        let (before, after) = (settle(&old).unwrap(), settle(&new).unwrap());
        assert_ne!(before, after, "another module is another release");
        let kept = ["embed.html", "elements/define.js"]
            .map(|file| fs::read_to_string(old.join(file)).expect("a file"));
        // What a host publishes: the new files over the old ones, of which none is removed.
        copy(&new, &old);
        for text in kept {
            let files = named(&text);
            assert!(!files.is_empty(), "{text}");
            for file in files {
                assert!(file.starts_with(&format!("{before}/")), "{file}");
                assert!(old.join(&file).is_file(), "{file} is gone");
            }
        }
        let module = |release: &str| {
            fs::read_to_string(old.join(release).join("downhill-web_bg.wasm")).expect("a module")
        };
        assert_eq!((module(&before), module(&after)), ("1".into(), "2".into()));
        let page = fs::read_to_string(old.join("embed.html")).expect("a page");
        assert!(named(&page).iter().all(|file| file.starts_with(&after)), "{page}");
    }

    #[test]
    fn only_pages_and_what_others_name_keep_their_addresses() {
        let site = site("one", "1");
        let release = settle(&site).unwrap();
        let mut top: Vec<_> = fs::read_dir(&site)
            .expect("the site")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        top.sort();
        let mut wanted = vec!["elements", "embed.html", "single", "stills", &*release];
        wanted.sort_unstable();
        assert_eq!(top, wanted);
        assert!(site.join("stills/bowl-narrow-dark.svg").is_file());
        assert!(!site.join("stills/bowl-33d0d1-light.svg").exists());
        assert!(site.join(release).join("stills/bowl-33d0d1-light.svg").is_file());
    }

    #[test]
    fn the_same_files_are_the_same_release() {
        assert_eq!(settle(&site("a", "1")).unwrap(), settle(&site("b", "1")).unwrap());
    }

    #[test]
    fn addresses_of_other_things_stay() {
        let page =
            "<a href=\"a.js\">a.js</a><a href=\"b.js\" title=\"a.js\"></a><img srcset=\"a.js\">";
        assert_eq!(
            led_to(page, "R", &|name| name == "a.js"),
            "<a href=\"R/a.js\">a.js</a><a href=\"b.js\" title=\"a.js\"></a><img srcset=\"R/a.js\">"
        );
    }

    #[test]
    fn stills_are_told_apart_by_their_names() {
        assert!(
            keeps_a_copy("stills/bowl-light.svg") && keeps_a_copy("stills/race-narrow-dark.svg")
        );
        assert!(!keeps_a_copy("stills/bowl-bcdfae-light.svg") && !keeps_a_copy("still.js"));
    }

    #[test]
    fn scripts_are_told_where_the_pages_are() {
        let site = folder("files");
        fs::create_dir_all(site.join("elements")).unwrap();
        let file = site.join("elements/files.js");
        fs::copy(project::root().join("www/elements/files.js"), &file).unwrap();
        prepare(&site).unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains("const PAGES = \"../../\";"));
        assert!(prepare(&site).is_err(), "twice");
    }
}
