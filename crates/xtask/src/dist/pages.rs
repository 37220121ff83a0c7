//! Finishes the HTML pages: adds preload hints and removes leftovers of the build.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::bundle::Preloads;

/// Rewrites the HTML files in the root of the site.
pub(super) fn finish(site: &Path, preloads: &Preloads) -> Result<()> {
    for entry in fs::read_dir(site).with_context(|| format!("reading {}", site.display()))? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "html") {
            let html =
                fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
            fs::write(&file, finished(&html, preloads))
                .with_context(|| format!("writing {}", file.display()))?;
        }
    }
    Ok(())
}

fn finished(html: &str, preloads: &Preloads) -> String {
    let mut html = html.to_owned();
    // Trunk leaves its own `<link>` for the module in the page when it must not inject scripts.
    while let Some(from) = html.find("<link data-trunk ") {
        let Some(length) = html[from..].find('>') else { break };
        html.replace_range(from..=from + length, "");
    }
    for (entry, imports) in preloads {
        let script = format!("<script type=\"module\" src=\"{entry}\">");
        let mut hints = String::new();
        for import in imports {
            write!(hints, "<link rel=\"modulepreload\" href=\"{import}\">").ok();
        }
        html = html.replace(&script, &format!("{hints}{script}"));
    }
    html
}

#[cfg(test)]
mod tests {
    use super::{Preloads, finished};

    #[test]
    fn imports_are_fetched_with_the_script_that_needs_them() {
        let preloads = Preloads::from([("main.js".into(), vec!["elements/shared-X.js".into()])]);
        let page = "<link data-trunk rel=\"rust\" data-wasm-opt=\"z\" /><script type=\"module\" src=\"main.js\"></script>";
        assert_eq!(
            finished(page, &preloads),
            "<link rel=\"modulepreload\" href=\"elements/shared-X.js\"><script type=\"module\" src=\"main.js\"></script>"
        );
    }
}
