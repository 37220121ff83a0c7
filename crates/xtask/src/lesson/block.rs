//! Parses fenced blocks: figures, exercises, side notes, questions, tables of iterates and others.

use super::call::Call;

/// The kind of a fenced block.
#[derive(Debug)]
pub(crate) enum Block {
    /// ```` ```figure bowl alpha=0.9 ````, its first line `alt: …`, then the caption.
    Figure(Call),
    /// ```` ```try ````: an exercise for the reader.
    Try,
    /// ```` ```note Title ````: a side note.
    Note(String),
    /// ```` ```details Title ````: a collapsed derivation.
    Details(String),
    /// ```` ```glossary ````: entries `term: definition`, each linked to where the prose introduces
    /// the term.
    Glossary,
    /// ```` ```sources ````: entries `key: reference`, cited by links to `#cite-key`.
    Sources,
    /// ```` ```loop ````: stations `- Name :: description`, on the way back `- < Name ::
    /// …`, a line `---`, then the caption.
    Loop,
    /// ```` ```quiz name ````: a question with its answers; see [`quiz`](super::quiz).
    Quiz(String),
    /// ```` ```iterates start=10 alpha=0.1 rows=0,1,2 ````: a table, with its caption.
    Iterates(Call),
    /// Any other fence: a listing in that language.
    Listing(String),
}

impl Block {
    /// Parses the info string after the opening fence.
    ///
    /// # Errors
    /// If the info string is not of the form that the block expects.
    pub(crate) fn parse(info: &str) -> Result<Self, String> {
        let (kind, rest) = info.trim().split_once(' ').unwrap_or((info.trim(), ""));
        match kind {
            "figure" => Ok(Self::Figure(Call::parse(rest)?)),
            "iterates" => Ok(Self::Iterates(Call::parse(&format!("iterates {rest}"))?)),
            "note" if rest.is_empty() => Err("a note needs a title: ```note Title".to_owned()),
            "note" => Ok(Self::Note(rest.trim().to_owned())),
            "details" if rest.is_empty() => {
                Err("a disclosure needs a title: ```details Title".to_owned())
            }
            "details" => Ok(Self::Details(rest.trim().to_owned())),
            "try" | "loop" | "glossary" | "sources" if !rest.is_empty() => {
                Err(format!("`{kind}` takes no `{rest}`"))
            }
            "try" => Ok(Self::Try),
            "loop" => Ok(Self::Loop),
            "glossary" => Ok(Self::Glossary),
            "sources" => Ok(Self::Sources),
            "check" => Err("a check is written as a quiz: ```quiz its-name".to_owned()),
            "quiz" => named(rest.trim()).map(Self::Quiz),
            language => Ok(Self::Listing(language.to_owned())),
        }
    }
}

/// The name of a question, under which pages can include it.
fn named(name: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return Err("a quiz needs a name of letters and hyphens: ```quiz its-name".to_owned());
    }
    Ok(name.to_owned())
}

/// Splits the body of a figure into its text alternative and its caption.
///
/// # Errors
/// If either is missing.
pub(crate) fn split_figure(body: &str) -> Result<(&str, &str), String> {
    const NEEDED: &str = "a figure's first line is `alt: …`, what its picture shows in words";
    let (first, caption) = body.split_once('\n').unwrap_or((body, ""));
    let alt = first.strip_prefix("alt:").map(str::trim).filter(|alt| !alt.is_empty());
    let alt = alt.ok_or(NEEDED)?;
    if caption.trim().is_empty() {
        return Err("a figure needs a caption below its `alt:` line".to_owned());
    }
    Ok((alt, caption))
}

/// Splits a list of named entries into names and texts, with their lines.
///
/// # Errors
/// If a line is not an entry.
pub(crate) fn split_entries(body: &str) -> Result<Vec<(&str, &str, usize)>, String> {
    fn entry((index, line): (usize, &str)) -> Result<(&str, &str, usize), String> {
        let (name, text) =
            line.split_once(": ").ok_or_else(|| format!("`{line}` is not `name: text`"))?;
        Ok((name, text, index + 1))
    }
    body.lines().enumerate().map(entry).collect()
}

/// The last part of a term's anchor: `saddle-point` for “saddle point”.
pub(crate) fn anchor(term: &str) -> String {
    term.to_lowercase().replace(' ', "-")
}

/// A station of a loop: its name, its description, whether it is on the way back, and its line.
pub(crate) type Station<'a> = (&'a str, &'a str, bool, usize);

/// Splits the body of a loop into its stations and its caption, with the caption's line.
///
/// # Errors
/// If a line is not a station, or the caption is missing.
pub(crate) fn split_loop(body: &str) -> Result<(Vec<Station<'_>>, usize, &str), String> {
    let (stations, caption) =
        body.split_once("\n---\n").ok_or("a loop is stations, a line `---` and the caption")?;
    let stations: Vec<_> = stations
        .lines()
        .enumerate()
        .map(|(index, line)| {
            let station = line.strip_prefix("- ").and_then(|line| line.split_once(" :: "));
            let (name, text) = station
                .ok_or_else(|| format!("`{line}` is no station: `- Name :: what happens there`"))?;
            let back = name.strip_prefix("< ");
            Ok((back.unwrap_or(name), text, back.is_some(), index + 1))
        })
        .collect::<Result<_, String>>()?;
    let below = stations.len() + 2;
    Ok((stations, below, caption))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fence_kinds_are_distinguished() {
        assert!(
            matches!(Block::parse("figure bowl alpha=0.9"), Ok(Block::Figure(call)) if call.name == "bowl")
        );
        assert!(
            matches!(Block::parse("note Rounding off"), Ok(Block::Note(title)) if title == "Rounding off")
        );
        assert!(
            matches!(Block::parse("python"), Ok(Block::Listing(language)) if language == "python")
        );
        assert!(
            matches!(Block::parse("quiz one-step"), Ok(Block::Quiz(name)) if name == "one-step")
        );
        assert!(Block::parse("quiz").is_err() && Block::parse("quiz One step").is_err());
        assert!(Block::parse("note").is_err() && Block::parse("details").is_err());
        assert!(
            matches!(Block::parse("details Why two"), Ok(Block::Details(title)) if title == "Why two")
        );
        assert!(Block::parse("glossary of terms").is_err());
        assert!(Block::parse("try it").is_err());
    }

    #[test]
    fn bodies_are_split() {
        let entries = split_entries("loss: how wrong\nsaddle point: a pass\n");
        assert_eq!(entries, Ok(vec![("loss", "how wrong", 1), ("saddle point", "a pass", 2)]));
        assert!(split_entries("loss\n").is_err());
        assert_eq!(anchor("Saddle point"), "saddle-point");
        assert_eq!(split_figure("alt: a bowl\nThe bowl.\n"), Ok(("a bowl", "The bowl.\n")));
        assert!(split_figure("The bowl.\n").is_err());
        assert!(split_figure("alt: a bowl\n").is_err());
        let stations = vec![("Loss", "one number", false, 1), ("Step", "back", true, 2)];
        let body = "- Loss :: one number\n- < Step :: back\n---\nThe loop.\n";
        assert_eq!(split_loop(body), Ok((stations, 4, "The loop.\n")));
        assert!(split_loop("- Loss :: one\n").is_err() && split_loop("Loss\n---\nX\n").is_err());
    }
}
