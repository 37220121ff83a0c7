//! Reads the programs of the code cell: listings in several languages, their outputs, and the
//! formula they implement.
//!
//! `www/programs/` has one set of files per program: `fit.py`, `fit.numpy.py` and `fit.pytorch.py`
//! run as they are, and beside each is its interpreter's output (`fit.txt`, …). A comment
//! `#: gradient step` at the end of a line names the parts of `fit.formula` that the line
//! implements; it is removed before the listing is shown. `descent.check.py` judges a reader's own
//! run.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::math::{self, Place};

/// The programs, in the order of the cell's menu.
pub(crate) const NAMES: [&str; 5] = ["descent", "until-flat", "fit", "minibatch", "adam"];

/// A language's name in URLs, its display name, and the suffix of its files.
const LANGUAGES: [(&str, &str, &str); 3] =
    [("python", "Python", ""), ("numpy", "NumPy", ".numpy"), ("pytorch", "PyTorch", ".pytorch")];

/// Marks the comment that names the parts implemented by a line.
const MARK: &str = "#:";

/// A program in one language.
#[derive(Debug)]
pub(crate) struct Listing {
    language: &'static str,
    title: &'static str,
    source: String,
    /// For each line the parts that it implements, separated by spaces.
    parts: Vec<String>,
    /// The output of its interpreter.
    output: String,
}

/// A program with its formula, listings and check.
#[derive(Debug)]
pub(crate) struct Program {
    name: &'static str,
    /// Rows of pieces, each with the name of its part (empty if it has none) and its MathML.
    formula: Vec<Vec<(String, String)>>,
    listings: Vec<Listing>,
    check: Option<String>,
}

/// Reads all programs in `www/programs`.
///
/// # Errors
/// If a file is missing, a formula is wrong, or a part of it occurs in no line of a listing.
pub(crate) fn read(root: &Path) -> Result<Vec<Program>, String> {
    NAMES.into_iter().map(|name| Program::read(&root.join("www/programs"), name)).collect()
}

impl Program {
    /// Reads one program.
    ///
    /// # Errors
    /// As for [`read`].
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

    /// The JSON that the element fetches.
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

    /// The listings with their outputs, for pages without scripts.
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

/// Splits off the part comments: the lines without them, and the parts that they name.
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

/// Parses rows of pieces; a piece is LaTeX, prefixed by the name of its part and a colon if it has
/// one.
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
