//! The programs of the code cell: listings in several languages, what each printed, and the formula they follow.
//!
//! `www/programs/` has one file for each: `fit.py`, `fit.numpy.py` and `fit.pytorch.py` are programs that run as
//! they are; beside each stands what its interpreter printed (`fit.txt`, …). A comment `#: gradient step` at the
//! end of a line names the parts of `fit.formula` that the line carries out; it is taken out of what is shown.
//! `descent.check.py` looks at what a reader's own run has left behind.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::math::{self, Place};

/// The programs, in the order of the cell's menu.
pub(crate) const NAMES: [&str; 5] = ["descent", "until-flat", "fit", "minibatch", "adam"];

/// A language's name in addresses, its name in words, and the end of its files' names.
const LANGUAGES: [(&str, &str, &str); 3] =
    [("python", "Python", ""), ("numpy", "NumPy", ".numpy"), ("pytorch", "PyTorch", ".pytorch")];

/// What marks the end of a line that carries out parts of the formula.
const MARK: &str = "#:";

/// A program in one language.
#[derive(Debug)]
pub(crate) struct Listing {
    language: &'static str,
    title: &'static str,
    source: String,
    /// For each line the parts that it carries out, between spaces.
    parts: Vec<String>,
    /// What its interpreter printed.
    output: String,
}

/// A program with all that belongs to it.
#[derive(Debug)]
pub(crate) struct Program {
    name: &'static str,
    /// Rows of pieces, each with the name of its part, if it has one, and its MathML.
    formula: Vec<Vec<(String, String)>>,
    listings: Vec<Listing>,
    check: Option<String>,
}

/// Reads all programs below `www/programs`.
///
/// # Errors
/// Where a file is missing, a formula is wrong, or a part of it is in no line of a listing.
pub(crate) fn read(root: &Path) -> Result<Vec<Program>, String> {
    NAMES.into_iter().map(|name| Program::read(&root.join("www/programs"), name)).collect()
}

impl Program {
    /// Reads one program.
    ///
    /// # Errors
    /// As [`read`].
    pub(crate) fn read(folder: &Path, name: &str) -> Result<Self, String> {
        let name = NAMES.into_iter().find(|known| *known == name).ok_or_else(|| {
            format!("there is no program `{name}`; there are {}", NAMES.join(", "))
        })?;
        let text = |file: &str| {
            fs::read_to_string(folder.join(file)).map_err(|error| format!("{file}: {error}"))
        };
        let formula = formula(&text(&format!("{name}.formula"))?)?;
        let mut listings = Vec::new();
        for (language, title, end) in LANGUAGES {
            let (source, parts) = unmarked(&text(&format!("{name}{end}.py"))?);
            let output = text(&format!("{name}{end}.txt"))?;
            for (part, _) in formula.iter().flatten().filter(|(part, _)| !part.is_empty()) {
                if !parts.iter().any(|line| line.split(' ').any(|word| word == part)) {
                    return Err(format!("no line of {name}{end}.py carries out `{part}`"));
                }
            }
            listings.push(Listing { language, title, source, parts, output });
        }
        let check = text(&format!("{name}.check.py")).ok();
        Ok(Self { name, formula, listings, check })
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// What the element fetches.
    pub(crate) fn json(&self) -> Value {
        let listings: Vec<Value> = self
            .listings
            .iter()
            .map(|Listing { language, title, source, parts, output }| {
                json!({ "language": language, "title": title, "source": source, "parts": parts, "output": output })
            })
            .collect();
        json!({ "name": self.name, "formula": self.formula, "listings": listings, "check": self.check })
    }

    /// The listings with what they printed, for where no script runs.
    pub(crate) fn html(&self) -> String {
        let mut html = String::from("<div class=\"listings\">");
        for Listing { title, source, output, .. } in &self.listings {
            html += &format!(
                "<p class=\"label\">{title}</p><pre><code>{}</code></pre><p class=\"label\">prints</p><pre><samp>{}</samp></pre>\n",
                escape(source),
                escape(output)
            );
        }
        html + "</div>"
    }
}

/// The lines without their marks, and the parts that those name.
fn unmarked(text: &str) -> (String, Vec<String>) {
    let mut parts = Vec::new();
    let mut source = String::new();
    for line in text.lines() {
        let (code, names) = line.split_once(MARK).unwrap_or((line, ""));
        source += code.trim_end();
        source.push('\n');
        parts.push(names.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    (source, parts)
}

/// Rows of pieces; a piece is LaTeX, with the name of its part and a colon before it if it is one.
fn formula(text: &str) -> Result<Vec<Vec<(String, String)>>, String> {
    let piece = |piece: &str| {
        let (part, latex) = piece
            .split_once(": ")
            .filter(|(part, _)| part.chars().all(|letter| letter.is_ascii_lowercase()))
            .unwrap_or(("", piece));
        Ok((part.to_owned(), math::mathml(latex.trim(), Place::Inline)?))
    };
    text.lines().map(|row| row.split(" | ").map(|text| piece(text.trim())).collect()).collect()
}

fn escape(text: &str) -> String {
    text.trim_end().replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests;
