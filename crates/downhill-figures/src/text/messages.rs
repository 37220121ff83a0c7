//! All messages on screen, by key, so that a language can be added without touching a figure.

/// The messages shared by all figures. Each figure brings its own; see
/// [`FigureText::words`](crate::framework::figure_text::FigureText::words).
const ENGLISH: &str = include_str!("messages/en.txt");

/// The messages of figures with more than one parameter, or with other rules than descent.
pub(crate) const GROUND: &str = include_str!("messages/en/ground.txt");

/// The messages of figures in which α can change on the way.
pub(crate) const FROM_HERE: &str = include_str!("messages/en/from_here.txt");

/// The messages of one language: keys and texts with `{placeholders}`.
#[derive(Clone, Debug)]
pub struct Words {
    table: Vec<(&'static str, &'static str)>,
}

impl Words {
    /// The messages of a language by its BCP 47 tag; English if there is no translation.
    #[must_use]
    pub fn of(_language: &str) -> Self {
        Self::read(ENGLISH)
    }

    /// Those of English and of all figures.
    #[cfg(test)]
    pub(crate) fn of_all() -> Self {
        let mut all = Self::of("en");
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text/messages/en");
        for file in std::fs::read_dir(folder).expect("a folder") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("messages");
            all.add(text.leak());
        }
        all
    }

    /// The keys of all messages.
    #[cfg(test)]
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.table.iter().map(|(key, _)| *key)
    }

    fn read(text: &'static str) -> Self {
        let mut words = Self { table: Vec::new() };
        words.add(text);
        words
    }

    /// Adds lines of `key = text`; blank lines and lines that begin with `#` are skipped.
    pub(crate) fn add(&mut self, text: &'static str) {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        self.table.extend(lines.filter_map(entry));
    }

    /// The text of a key, or the key itself if there is none.
    #[must_use]
    pub fn get<'a>(&self, key: &'a str) -> &'a str
    where
        'static: 'a,
    {
        // A linear search through a few hundred short keys is fast enough.
        self.table.iter().find(|(name, _)| *name == key).map_or(key, |(_, text)| text)
    }

    /// The text of a key with its `{placeholders}` filled. A number may bring the form of the noun
    /// after it: `{n step|steps}`.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            let (name, noun) = name
                .split_once(' ')
                .map_or((name, None), |(name, noun)| (name, noun.split_once('|')));
            // Filled-in values are not scanned again, so braces in them are harmless.
            let value = values.iter().find(|(placeholder, _)| *placeholder == name);
            let value = value.map_or("", |(_, value)| value);
            text.push_str(value);
            if let Some((one, many)) = noun {
                text.push(' ');
                text.push_str(if value == "1" { one } else { many });
            }
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

/// Splits a line into key and text.
fn entry(line: &'static str) -> Option<(&'static str, &'static str)> {
    let (key, text) = line.split_once('=')?;
    Some((key.trim(), text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once() {
        let words = Words::read("greet = {a} meets {b}.");
        assert_eq!(words.fill("greet", &[("a", "{b}"), ("b", "x")]), "{b} meets x.");
        assert_eq!(words.get("absent"), "absent");
    }

    #[test]
    fn a_number_brings_the_form_of_its_noun() {
        let words = Words::read("left = {n step is|steps are} left of {all}.");
        for (n, text) in [
            ("1", "1 step is left of 1."),
            ("2", "2 steps are left of 2."),
            ("0", "0 steps are left of 0."),
        ] {
            assert_eq!(words.fill("left", &[("n", n), ("all", n)]), text);
        }
    }

    /// “1 iterations” is what a message says if it does not count its nouns.
    #[test]
    fn every_counted_noun_has_two_forms() {
        const NOUNS: [&str; 13] = [
            "are",
            "digits",
            "epochs",
            "factors",
            "have",
            "iterations",
            "marbles",
            "points",
            "runs",
            "starts",
            "steps",
            "times",
            "updates",
        ];
        for (key, text) in Words::of_all().table {
            for behind in text.split("} ").skip(1) {
                let word = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
                let counts = NOUNS.contains(&word) && !EXEMPT.contains(&key);
                assert!(!counts, "{key}: write {{n one|{word}}} in “{text}”");
            }
        }
    }

    /// “Above {high} are drawn”, “{run} starts outside” and “{alpha} times the slope” count nothing.
    const EXEMPT: [&str; 3] = ["hill-clipped", "outcome-undefined-start", "rule-words"];

    /// Every key used in a source file has a text, and every text is used.
    #[test]
    fn the_table_is_complete_without_unused_keys() {
        let words = Words::of_all();
        let mut sources = String::new();
        let mut folders =
            vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a source folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == "rs")
                    && !path.ends_with("messages.rs")
                {
                    sources.push_str(&std::fs::read_to_string(path).expect("a source file"));
                }
            }
        }
        for (key, _) in &words.table {
            assert!(sources.contains(&format!("\"{key}\"")), "the text {key} is used nowhere");
        }
        for call in [".get(\"", ".fill(\"", ".format(\""] {
            for part in sources.split(call).skip(1) {
                let key = part.split('"').next().unwrap_or_default();
                assert_ne!(words.get(key), key, "{key} has no text");
            }
        }
    }
}
