//! Accessibility, as axe-core sees it.

use std::fs;

use serde_json::{Value, json};

use crate::page::Page;
use crate::program;

/// A rule that the page breaks.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The rule's name.
    pub rule: String,
    /// What to do about it.
    pub help: String,
    /// How bad it is: `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// Selectors of the elements that break it.
    pub elements: Vec<String>,
}

impl Page<'_> {
    /// The rules of axe-core that the page breaks.
    #[must_use]
    #[track_caller]
    pub fn audit(&self) -> Vec<Violation> {
        let file = program::root().join("node_modules/axe-core/axe.min.js");
        let axe =
            fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        // The rules of axe for whole pages say nothing about a page of one figure.
        self.script(&format!("{axe}; window.axe = axe;"));
        let found = self.call("audit", &[json!({ "resultTypes": ["violations"] })]);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let found = found.as_array().cloned().unwrap_or_default();
        found
            .iter()
            .map(|violation| Violation {
                rule: text(&violation["id"]),
                help: text(&violation["help"]),
                impact: text(&violation["impact"]),
                elements: violation["targets"].as_array().into_iter().flatten().map(text).collect(),
            })
            .collect()
    }

    /// Asserts that the page breaks no rule of axe-core.
    #[track_caller]
    pub fn assert_accessible(&self) {
        let found = self.audit();
        assert!(found.is_empty(), "axe-core objects: {found:#?}");
    }
}
