//! Accessibility audits with axe-core.

use std::fs;

use serde_json::{Value, json};

use crate::page::Page;
use crate::program;

/// A violated axe-core rule.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The rule's name.
    pub rule: String,
    /// How to fix it.
    pub help: String,
    /// Its severity: `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// Selectors of the violating elements.
    pub elements: Vec<String>,
}

impl Page<'_> {
    /// The axe-core rules that the page violates.
    #[must_use]
    #[track_caller]
    pub fn audit(&self) -> Vec<Violation> {
        let file = program::root().join("node_modules/axe-core/axe.min.js");
        let axe =
            fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        // axe's rules for whole pages do not apply to a page with a single figure.
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

    /// Asserts that the page violates no axe-core rule.
    #[track_caller]
    pub fn assert_accessible(&self) {
        let found = self.audit();
        assert!(found.is_empty(), "axe-core objects: {found:#?}");
    }
}
