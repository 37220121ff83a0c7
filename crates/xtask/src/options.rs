//! Parses the options after a command's name.

use anyhow::{Result, bail};

/// Command-line words, consumed one option at a time; [`finish`](Self::finish) rejects the rest.
pub(crate) struct Options {
    words: Vec<String>,
}

impl Options {
    pub(crate) fn new(words: impl Iterator<Item = String>) -> Self {
        Self { words: words.collect() }
    }

    /// Whether this flag was given.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    /// The value of this option.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.words.iter().position(|word| word == name) else { return Ok(None) };
        if at + 1 == self.words.len() {
            bail!("{name} needs a value after it");
        }
        self.words.remove(at);
        Ok(Some(self.words.remove(at)))
    }

    /// Everything after `--`.
    pub(crate) fn after_dashes(&mut self) -> Vec<String> {
        let Some(at) = self.words.iter().position(|word| word == "--") else { return Vec::new() };
        let rest = self.words.split_off(at + 1);
        self.words.truncate(at);
        rest
    }

    /// All remaining words.
    pub(crate) fn rest(&mut self) -> Vec<String> {
        std::mem::take(&mut self.words)
    }

    /// Rejects words that were not consumed.
    pub(crate) fn finish(&self) -> Result<()> {
        match self.words.first() {
            None => Ok(()),
            Some(word) => bail!("{word:?} means nothing here; `cargo xtask` lists the commands"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn options(line: &str) -> Options {
        Options::new(line.split_whitespace().map(String::from))
    }

    #[test]
    fn takes_flags_values_and_what_follows_the_dashes() {
        let mut given = options("--no-open --port 81 -- bowl --exact");
        assert_eq!(given.after_dashes(), ["bowl", "--exact"]);
        assert!(given.flag("--no-open"));
        assert!(!given.flag("--no-open"));
        assert_eq!(given.value("--port").expect("a value follows"), Some("81".into()));
        assert!(given.finish().is_ok());
    }

    #[test]
    fn refuses_unused_options() {
        assert!(options("--prot 81").finish().is_err());
        assert!(options("--port").value("--port").is_err());
    }
}
