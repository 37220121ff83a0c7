//! The HTML of a page that has everything in itself.

use std::fs;

use anyhow::{Context, Result};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use super::archive::Archive;
use super::scripts;
use super::stage::Stage;
use crate::project;

/// The page of one figure.
pub(super) struct Page<'a> {
    pub(super) name: &'a str,
    pub(super) title: &'a str,
    pub(super) style: &'a str,
    /// The picture that is there without scripts too, if there is one.
    pub(super) still: Option<&'a str>,
}

impl Page<'_> {
    pub(super) fn html(&self, stage: &Stage, files: &Archive) -> Result<String> {
        let template = project::root().join("www/single/figure.html");
        let template = fs::read_to_string(template).context("reading the page of a figure")?;
        let script = scripts::unpack(stage)?;
        let style = scripts::minified_style(self.style)?;
        let main = files.get("main.js").context("the page has no script")?;
        let policy = policy(&[script.as_bytes(), main], &style, self.name == "code");
        Ok(filled(
            &template,
            &[
                ("figure", self.name),
                ("policy", &policy),
                ("title", self.title),
                ("icon", &icon()?),
                ("style", &style),
                ("still", &self.still.map(image).unwrap_or_default()),
                ("files", &files.packed()?),
                ("script", &script),
            ],
        ))
    }
}

/// A picture as an image that has it in its address.
fn image(svg: &str) -> String {
    let escaped = [("%", "%25"), ("#", "%23"), ("'", "%27"), ("&", "%26"), ("\n", "")];
    let address = escaped.iter().fold(svg.to_owned(), |text, (from, to)| text.replace(from, to));
    format!("<img src='data:image/svg+xml,{address}' alt=\"\" />")
}

/// What the page allows itself: its own scripts and style, by their hashes, and nothing from
/// anywhere.
pub(super) fn policy(scripts: &[&[u8]], style: &str, has_workers: bool) -> String {
    let scripts: String = scripts.iter().map(|script| format!("{} ", hash(script))).collect();
    let workers = if has_workers { "worker-src blob:; " } else { "" };
    format!(
        "default-src 'none'; script-src {scripts}'wasm-unsafe-eval'; style-src {}; img-src data: blob:; {workers}base-uri 'none'; form-action 'none'",
        hash(style.as_bytes())
    )
}

/// The hash by which a policy names an inline script or style.
fn hash(text: &[u8]) -> String {
    format!("'sha256-{}'", base64::prelude::BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// The icon as an address, or a browser would ask the host for one.
pub(super) fn icon() -> Result<String> {
    let icon = fs::read(project::root().join("www/style/icon.svg")).context("reading the icon")?;
    let icon = base64::prelude::BASE64_STANDARD.encode(icon);
    Ok(format!("data:image/svg+xml;base64,{icon}"))
}

/// A template with each `{name}` replaced; what is put in is left as it is.
pub(super) fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let found = values.iter().find_map(|(name, value)| {
            let end = after[1..].strip_prefix(name)?.strip_prefix('}')?;
            Some((end, value))
        });
        (rest, _) = match found {
            Some((end, value)) => (end, out.push_str(value)),
            None => (&after[1..], out.push('{')),
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{filled, image, policy};

    #[test]
    fn what_is_put_in_is_not_read_again() {
        let values = [("a", "{b}"), ("b", "2")];
        assert_eq!(filled("x {a} {b} {c} {", &values), "x {b} 2 {c} {");
    }

    #[test]
    fn a_picture_does_not_end_its_address() {
        let image = image("<svg font-family=\"'A', B\" fill=\"#123\">50 % &amp;\n</svg>");
        let wanted = "<img src='data:image/svg+xml,<svg font-family=\"%27A%27, B\" fill=\"%23123\">50 %25 %26amp;</svg>' alt=\"\" />";
        assert_eq!(image, wanted);
    }

    #[test]
    fn the_policy_names_its_scripts() {
        let policy = policy(&[b"alert(1)"], "", false);
        assert!(
            policy.contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"),
            "{policy}"
        );
        assert!(!policy.contains("worker-src") && !policy.contains("unsafe-inline"), "{policy}");
    }
}
