//! Parses the syntax `name key=value key=value` used by placeholders and blocks.

use std::cell::RefCell;
use std::str::FromStr;

use downhill::Rule;

/// A name with arguments, as in `loss start=10 alpha=0.1 k=5` or `bowl alpha=0.9`.
///
/// It records which arguments were read, so that [`finish`](Self::finish) can reject misspelt ones
/// instead of ignoring them.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) arguments: Vec<(String, String)>,
    asked: RefCell<Vec<String>>,
}

impl Call {
    /// Parses a call.
    ///
    /// # Errors
    /// If the name is missing, a word has no `=`, or a key appears twice.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let name = words.next().ok_or("a name is missing")?.to_owned();
        if name.contains('=') {
            return Err(format!("`{name}` stands where a name is expected"));
        }
        let mut arguments: Vec<(String, String)> = Vec::new();
        for word in words {
            let (key, value) = word
                .split_once('=')
                .ok_or_else(|| format!("`{word}` is not of the form key=value"))?;
            if arguments.iter().any(|(other, _)| other == key) {
                return Err(format!("`{key}` is given twice"));
            }
            arguments.push((key.to_owned(), value.to_owned()));
        }
        Ok(Self { name, arguments, asked: RefCell::new(Vec::new()) })
    }

    /// The text of an argument, if given.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.asked.borrow_mut().push(key.to_owned());
        self.arguments.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_str())
    }

    /// An argument parsed as `T`, if given.
    ///
    /// # Errors
    /// If the text cannot be parsed.
    pub(crate) fn optional<T: FromStr>(&self, key: &str) -> Result<Option<T>, String> {
        self.text(key)
            .map(|text| text.parse().map_err(|_| format!("`{key}={text}` cannot be read")))
            .transpose()
    }

    /// A required argument.
    ///
    /// # Errors
    /// If it is missing or cannot be parsed.
    pub(crate) fn required<T: FromStr>(&self, key: &str) -> Result<T, String> {
        self.optional(key)?.ok_or_else(|| format!("`{}` needs `{key}=…`", self.name))
    }

    /// A comma-separated list of numbers, if given.
    ///
    /// # Errors
    /// If a part is not a number.
    pub(crate) fn numbers(&self, key: &str) -> Result<Option<Vec<f64>>, String> {
        let Some(text) = self.text(key) else { return Ok(None) };
        text.split(',')
            .map(|part| {
                part.parse().map_err(|_| format!("`{key}={text}` is not a list of numbers"))
            })
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// The update rule that `rule=` names, plain descent by default.
    ///
    /// # Errors
    /// If there is no such rule.
    pub(crate) fn rule(&self) -> Result<Rule, String> {
        let Some(name) = self.text("rule") else { return Ok(Rule::GradientDescent) };
        name.parse().map_err(|_| format!("there is no rule `{name}`"))
    }

    /// Rejects arguments that were never read.
    ///
    /// # Errors
    /// Names the first such argument and lists the known ones.
    pub(crate) fn finish(&self) -> Result<(), String> {
        let asked = self.asked.borrow();
        match self.arguments.iter().find(|(key, _)| !asked.contains(key)) {
            None => Ok(()),
            Some((key, _)) => {
                let mut known = asked.clone();
                known.sort();
                known.dedup();
                Err(format!("`{}` knows no `{key}`; it knows {}", self.name, known.join(", ")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_name_and_arguments() {
        let call = Call::parse("x loss=x^2 start=-4,1 k=5").unwrap();
        assert_eq!(call.name, "x");
        assert_eq!(call.text("loss"), Some("x^2"));
        assert_eq!(call.numbers("start").unwrap(), Some(vec![-4.0, 1.0]));
        assert_eq!(call.required::<usize>("k"), Ok(5));
        assert_eq!(call.finish(), Ok(()));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(Call::parse("").unwrap_err(), "a name is missing");
        assert_eq!(Call::parse("x k").unwrap_err(), "`k` is not of the form key=value");
        assert_eq!(Call::parse("x k=1 k=2").unwrap_err(), "`k` is given twice");
        let call = Call::parse("x k=many aplha=1").unwrap();
        assert_eq!(call.required::<usize>("k").unwrap_err(), "`k=many` cannot be read");
        assert_eq!(call.required::<f64>("alpha").unwrap_err(), "`x` needs `alpha=…`");
        assert_eq!(call.finish().unwrap_err(), "`x` knows no `aplha`; it knows alpha, k");
    }
}
