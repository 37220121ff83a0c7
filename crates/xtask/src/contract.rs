//! The public contract of the elements as data: parameters, events, methods, parts, and what `hide` takes.
//!
//! Everything that a figure declares is asked of the figure. The types and the manifest of the npm package and the
//! tables of `docs/embedding.md` are written from this, so that none of them is a second list.

#[cfg(test)]
mod guide;
mod manifest;
mod types;

pub(crate) use self::manifest::manifest;
pub(crate) use self::types::{jsx, types};

use std::collections::BTreeSet;

use anyhow::{Result, anyhow};
use downhill_figures::{Locale, NAMES, Parameter, ParameterKind, about, figure};
use serde_json::Value;

use crate::lesson::PROGRAMS;

/// One custom element.
#[derive(Debug)]
pub(crate) struct Element {
    /// The figure's name: that of the element without `gd-`.
    pub(crate) name: &'static str,
    /// What it shows, in a few words.
    pub(crate) title: String,
    pub(crate) parameters: Vec<Parameter>,
    /// What its `hide` takes, in order, each with its label; a group has the labels of its controls.
    pub(crate) hides: Vec<(String, String)>,
    /// The names of its shadow parts.
    pub(crate) parts: BTreeSet<String>,
}

/// An event of the elements.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    /// The TypeScript type of its detail.
    pub(crate) detail: &'static str,
    pub(crate) about: &'static str,
}

/// All events, in the order of a figure's life.
pub(crate) const EVENTS: [Event; 6] = [
    Event { name: "gd-ready", detail: "null", about: "The figure is alive." },
    Event {
        name: "gd-change",
        detail: "Record<string, Value>",
        about: "The reader or a script changed a parameter; the detail has all of them.",
    },
    Event { name: "gd-step", detail: "{ k: number }", about: "Another iteration is shown." },
    Event {
        name: "gd-outcome",
        detail: "{ run: string, kind: string, k: number }",
        about: "A run has come to its end: `converged`, `stalled`, `exhausted`, `diverged` or `undefined`.",
    },
    Event {
        name: "gd-answer",
        detail: "{ question: string, correct: boolean }",
        about: "A question was answered, or the challenge of a program tried.",
    },
    Event {
        name: "gd-error",
        detail: "{ parameter: string, message: string }",
        about: "A parameter was not taken as given; the figure says the same.",
    },
];

/// A method of the elements.
#[derive(Debug)]
pub(crate) struct Method {
    /// The signature in TypeScript, after its name.
    pub(crate) signature: &'static str,
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
}

const fn method(name: &'static str, signature: &'static str, about: &'static str) -> Method {
    Method { signature, name, about }
}

/// All methods.
pub(crate) const METHODS: [Method; 11] = [
    method("play", "(): void", "Plays, or goes on."),
    method("pause", "(): void", "Stops playing."),
    method("step", "(n?: number): void", "Takes `n` steps, or one."),
    method("seek", "(k: number): void", "Shows iteration `k`."),
    method("drop", "(x: number, y?: number): void", "Starts from this point."),
    method("reset", "(): void", "Goes back to iteration 0; starts stay."),
    method("clear", "(): void", "Takes the starts away."),
    method(
        "set",
        "(parameter: string, value: unknown): void",
        "Sets a parameter as its attribute would; `null` restores the default.",
    ),
    method(
        "snapshot",
        "(): Snapshot | null",
        "The state as plain data: parameters, runs with their iterates, losses and outcomes.",
    ),
    method("toCSV", "(): string", "The runs as CSV."),
    method("toPNG", "(): Promise<Blob>", "The panes as a picture."),
];

/// Parts that every figure of the backend has.
const PARTS: [&str; 5] = ["canvas", "controls", "error", "readouts", "table"];

/// What the parameters of elements without a backend are.
const ABOUT: [(&str, &str); 3] = [
    ("program", "The program shown"),
    ("language", "The language it is shown in"),
    ("question", "The name of a question of the lesson, where the element has none of its own"),
];

/// All elements, in the order of the lesson.
pub(crate) fn elements() -> Result<Vec<Element>> {
    let backed: Result<Vec<Element>> = NAMES.iter().map(|name| backed(name)).collect();
    let mut all = backed?;
    all.push(code());
    all.push(quiz());
    Ok(all)
}

/// An element with a figure of the backend.
fn backed(name: &'static str) -> Result<Element> {
    let mut figure = figure(name, Locale::default()).map_err(|error| anyhow!(error))?;
    let _ = figure.start(&[]);
    let declaration = figure.declaration();
    let controls: Vec<Value> = declaration
        .controls
        .iter()
        .map(serde_json::to_value)
        .collect::<Result<_, serde_json::Error>>()?;
    let text = |control: &Value, key: &str| control[key].as_str().unwrap_or_default().to_owned();
    let parameters = figure.parameters();
    let mut groups: Vec<String> = Vec::new();
    for control in &controls {
        let group = text(control, "group");
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let mut hides = Vec::new();
    for group in groups {
        let members = controls.iter().filter(|control| text(control, "group") == group);
        let members: Vec<(String, String)> =
            members.map(|control| (text(control, "id"), text(control, "label"))).collect();
        let labels: Vec<&str> = members.iter().map(|(_, label)| &**label).collect();
        hides.push((group, labels.join(", ")));
        hides.extend(members);
    }
    hides.push(("readouts".into(), "all words and numbers beside the panes".into()));
    if let Some(table) = &declaration.table {
        hides.push(("table".into(), table.caption.clone()));
    }
    let readouts = figure.readouts();
    let readouts: Vec<Value> =
        readouts.iter().map(serde_json::to_value).collect::<Result<_, serde_json::Error>>()?;
    let parts = readouts.iter().map(|readout| text(readout, "part"));
    let parts = parts.chain(PARTS.map(String::from));
    let has_table = declaration.table.is_some();
    let parts = parts.filter(|part| part != "table" || has_table).collect();
    Ok(Element { name, title: declaration.name, parameters, hides, parts })
}

/// A parameter of an element without a backend.
fn own(name: &'static str, default: &str, kind: ParameterKind) -> Parameter {
    let allowed = match &kind {
        ParameterKind::Choice(names) => format!("one of {}", names.join(", ")),
        ParameterKind::Toggle => "on or off".into(),
        _ => String::new(),
    };
    let known = ABOUT.iter().find(|(known, _)| *known == name).map(|(_, about)| *about);
    let about = known.or_else(|| about(name)).unwrap_or_default().into();
    Parameter { name, about, default: default.into(), allowed, kind }
}

fn theme() -> Parameter {
    own("theme", "auto", ParameterKind::Choice(vec!["auto", "light", "dark"]))
}

/// `www/elements/code` and `quiz` have their own lists; a browser test compares them with these.
fn code() -> Element {
    let languages = vec!["python", "numpy", "pytorch"];
    let hides = [
        ("program", "the menu of programs"),
        ("language", "the tabs"),
        ("formula", "the formula"),
        ("listing", "the program"),
        ("transport", "Run, Stop, Original"),
        ("readouts", "what it printed"),
        ("share", "Link to this state, Embed"),
    ];
    Element {
        name: "code",
        title: "The loop as a program".into(),
        parameters: vec![
            own("program", "descent", ParameterKind::Choice(PROGRAMS.to_vec())),
            own("language", "python", ParameterKind::Choice(languages)),
            theme(),
            own("lang", "", ParameterKind::Text),
            own("hide", "", ParameterKind::Text),
            own("autoplay", "off", ParameterKind::Toggle),
        ],
        hides: hides.map(|(name, label)| (name.into(), label.into())).into(),
        parts: ["controls", "error", "readouts", "table"].map(String::from).into(),
    }
}

fn quiz() -> Element {
    Element {
        name: "quiz",
        title: "A question with a reason for every answer".into(),
        parameters: vec![
            own("question", "", ParameterKind::Text),
            theme(),
            own("lang", "", ParameterKind::Text),
            own("hide", "", ParameterKind::Text),
        ],
        hides: vec![("answer".into(), "Show the answer".into())],
        parts: ["question", "controls", "outcome", "reason", "error"].map(String::from).into(),
    }
}

/// `weight-decay` as `weightDecay`.
pub(crate) fn camel(name: &str) -> String {
    let mut words = name.split('-');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}

/// `bowl` as `GdBowl`.
pub(crate) fn class(name: &str) -> String {
    camel(&format!("gd-{name}")).replacen("gd", "Gd", 1)
}

#[cfg(test)]
mod tests {
    use super::{camel, class, elements};

    #[test]
    fn every_parameter_says_what_it_is() {
        for element in elements().expect("the elements") {
            for parameter in &element.parameters {
                let name = (element.name, parameter.name);
                assert_ne!(parameter.about, "", "{name:?}: it is in no ABOUT");
            }
            assert!(element.hides.len() > usize::from(element.name != "quiz"));
        }
    }

    #[test]
    fn names_in_scripts() {
        assert_eq!(camel("weight-decay"), "weightDecay");
        assert_eq!(class("bowl"), "GdBowl");
    }
}
