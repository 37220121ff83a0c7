//! The Python classes of the figures, generated into `python/src/downhill/_figures.py`.

use std::fmt::Write as _;
use std::path::Path;

use super::{Field, Figure, Slot, Value};
use crate::framework::declaration::Control;
use crate::framework::field::ELSEWHERE;
use crate::{Locale, NAMES};

const HEAD: &str = "\
\"\"\"One class for each figure.

Generated from the figures' own declarations by
`UPDATE_EXPECT=1 cargo test -p downhill-figures python`, so not to be edited.
\"\"\"

from __future__ import annotations

from typing import TYPE_CHECKING

from ._fields import Choice, Count, Loss, Names, Number, Own, Points, Rate, Text, Toggle, Vector
from ._figure import Figure

if TYPE_CHECKING:
    from ._fields import AnyNames, AnyPoint, AnyPoints
";

/// The elements without a backend have no declaration in Rust; their fields are those of
/// `www/elements/code/spec.js` and `www/elements/quiz/quiz.js`.
const OTHERS: [(&str, &str, &[Plain]); 2] = [
    (
        "code",
        "The loop of gradient descent as a formula and as programs",
        &[
            Plain {
                name: "program",
                names: &["descent", "until-flat", "fit", "minibatch", "adam"],
            },
            Plain { name: "language", names: &["python", "numpy", "pytorch"] },
            Plain { name: "theme", names: &["auto", "light", "dark"] },
            Plain { name: "lang", names: &[] },
            Plain { name: "hide", names: &[] },
            Plain { name: "autoplay", names: &["off", "on"] },
        ],
    ),
    (
        "quiz",
        "A question of the lesson, by its name",
        &[
            Plain { name: "question", names: &[] },
            Plain { name: "theme", names: &["auto", "light", "dark"] },
            Plain { name: "lang", names: &[] },
            Plain { name: "hide", names: &[] },
        ],
    ),
];

/// A field of an element without a backend: its names, the default first, or any text.
struct Plain {
    name: &'static str,
    names: &'static [&'static str],
}

/// A trait of a class: its Python name, what makes it, the type that it takes, and what it is.
struct Trait {
    name: String,
    made: String,
    takes: &'static str,
    about: String,
}

/// A Python string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

/// A Python number, point or text.
fn literal(value: &Value) -> String {
    let number = |value: f64| {
        let text = downhill::numbers::shortest(value);
        if text.contains(['.', 'e']) { text } else { text + ".0" }
    };
    let row = |at: &[f64]| {
        let numbers: Vec<String> = at.iter().map(|x| number(*x)).collect();
        format!("({})", numbers.join(", "))
    };
    match value {
        Value::Number(value) => number(*value),
        Value::Toggle(on) => if *on { "True" } else { "False" }.to_owned(),
        Value::Text(text) => quoted(text),
        Value::Point(at) => row(at),
        Value::Points(all) => {
            let rows: Vec<String> = all.iter().map(|at| row(at)).collect();
            format!("[{}]", rows.join(", "))
        }
    }
}

fn of_field(field: &mut Field<'_>, label: Option<&str>, locale: &Locale) -> Trait {
    let allowed = field.allowed("", locale);
    // What would follow is about one formula.
    let allowed = allowed.split(" (").next().unwrap_or_default().to_owned();
    let value = literal(&field.value());
    let bounds = |low: f64, high: f64| format!("{low:?}, {high:?}");
    let (kind, arguments, takes) = match &field.slot {
        Slot::Number(_, (low, high)) => ("Number", bounds(*low, *high), "float"),
        Slot::Rate(_, _, (low, high)) => ("Rate", bounds(*low, *high), "float | str"),
        Slot::Count(_, (low, high)) => ("Count", format!("{low}, {high}"), "int"),
        Slot::Toggle(_) => ("Toggle", String::new(), "bool"),
        Slot::Choice(_) => ("Choice", String::new(), "str"),
        Slot::Point(at, largest) if at.len() == 1 => {
            ("Number", bounds(-largest, *largest), "float")
        }
        Slot::Point(at, largest) => {
            ("Vector", format!("{0}, {0}, {largest:?}", at.len()), "AnyPoint")
        }
        Slot::Parameters(_, largest) => {
            ("Vector", format!("1, 2, {largest:?}"), "float | AnyPoint")
        }
        Slot::Loss(_) => ("Loss", String::new(), "str"),
        Slot::Points(_, most, largest) => {
            ("Points", format!("1, {most}, {largest:?}"), "AnyPoints")
        }
        Slot::Path(_, most, largest) => ("Points", format!("0, {most}, {largest:?}"), "AnyPoints"),
        Slot::Names(_, names) => ("Names", list(names), "AnyNames"),
        Slot::Own(_, (low, high), word) => {
            ("Own", format!("{}, {}", bounds(*low, *high), quoted(word)), "float | str")
        }
        Slot::Written(_) | Slot::Text(_) | Slot::Notes(_) => ("Text", String::new(), "str"),
    };
    let value = match &field.slot {
        Slot::Count(count, _) => count.to_string(),
        _ => value,
    };
    let choices = choices(field);
    let mut all = vec![value, arguments];
    if !choices.is_empty() {
        all.push(list(&choices.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    all.push(quoted(&allowed));
    if field.is_private() {
        all.push("private=True".to_owned());
    }
    all.retain(|argument| !argument.is_empty());
    let about = [label.unwrap_or_default(), &*allowed].join("; ");
    Trait {
        name: field.name.replace('-', "_"),
        made: format!("{kind}({})", all.join(", ")),
        takes,
        about: about.trim_matches([';', ' ']).to_owned(),
    }
}

/// The values of a choice, with the second runs of rules, which messages do not list.
fn choices(field: &mut Field<'_>) -> Vec<String> {
    let Slot::Choice(choice) = &mut field.slot else { return Vec::new() };
    let now = choice.chosen();
    let first = choice.names().into_iter().map(str::to_owned);
    let second = choice.names().into_iter().map(|name| name.to_owned() + ":2");
    let second: Vec<String> = second.filter(|name| choice.choose(name)).collect();
    assert!(choice.choose(now));
    first.chain(second).collect()
}

fn of_plain(plain: &Plain) -> Trait {
    let about = if plain.names.is_empty() {
        "any text".to_owned()
    } else {
        format!("one of {}", plain.names.join(", "))
    };
    let (made, takes) = match plain.names {
        [] => ("Text(\"\", \"\")".to_owned(), "str"),
        ["off", "on"] => ("Toggle(False, \"on or off\")".to_owned(), "bool"),
        [first, ..] => {
            (format!("Choice({}, {}, {})", quoted(first), list(plain.names), quoted(&about)), "str")
        }
    };
    Trait { name: plain.name.replace('-', "_"), made, takes, about }
}

fn class(figure: &str, title: &str, traits: &[Trait]) -> String {
    let capital = figure[..1].to_uppercase() + &figure[1..];
    let mut text = format!("\n\nclass {capital}(Figure):\n    \"\"\"{title}.\n\n");
    for Trait { name, about, .. } in traits {
        let _ = writeln!(text, "    {}", format!("{name}: {about}").trim_end_matches([':', ' ']));
    }
    let _ = write!(text, "    \"\"\"\n\n    _figure = {}\n\n", quoted(figure));
    for Trait { name, made, .. } in traits {
        let _ = writeln!(text, "    {name} = {made}");
    }
    text.push_str(
        "\n    if TYPE_CHECKING:\n\n        def __init__(\n            self,\n            *,\n",
    );
    for Trait { name, takes, .. } in traits {
        let _ = writeln!(text, "            {name}: {takes} = ...,");
    }
    text.push_str("        ) -> None: ...\n");
    text
}

fn of_figure(name: &str) -> String {
    let mut figure: Figure = crate::figure(name, Locale::default()).expect("a figure");
    let declaration = figure.declaration();
    let labels: Vec<(&str, String)> = declaration
        .controls
        .iter()
        .filter_map(|control| match control {
            Control::Range { field, label, .. }
            | Control::Number { field, label, .. }
            | Control::Text { field, label, .. }
            | Control::Formula { field, label, .. }
            | Control::Lines { field, label, .. }
            | Control::Choice { field, label, .. }
            | Control::Menu { field, label, .. } => Some((*field, label.clone())),
            Control::Toggle { action, label, .. } => Some((*action, label.clone())),
            _ => None,
        })
        .collect();
    let locale = Locale::default();
    let traits: Vec<Trait> = figure
        .fields()
        .iter_mut()
        // In a notebook figures are tied by their traits, and none has an id.
        .filter(|field| field.name != "for")
        .map(|field| {
            let label = labels.iter().find(|(name, _)| *name == field.name);
            of_field(field, label.map(|(_, label)| &**label), &locale)
        })
        .collect();
    class(name, &declaration.name, &traits)
}

/// The sentences with which figures refuse, and the names that go by another one elsewhere.
fn sentences() -> String {
    let locale = Locale::default();
    let mut text = String::from("\n");
    for (name, key) in
        [("MUST", "problem-field"), ("UNKNOWN", "problem-unknown"), ("NEAR", "problem-near")]
    {
        let _ = writeln!(text, "{name} = {}", quoted(&locale.get(key)));
    }
    text.push_str("ELSEWHERE = {\n");
    for (other, ours) in ELSEWHERE {
        let _ = writeln!(text, "    {}: {},", quoted(&other.replace('-', "_")), quoted(ours));
    }
    text + "}\n"
}

/// Compares a generated file with the kept one.
fn check(file: &str, text: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../python/src/downhill").join(file);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&kept, text).expect("the classes are written");
    }
    let expected = std::fs::read_to_string(&kept).expect("the classes are there");
    assert!(
        text == expected,
        "python/src/downhill/{file} is not what the figures declare; its head says how it is written"
    );
}

#[test]
fn the_python_classes_are_those_of_the_figures() {
    let figures: String = NAMES.iter().map(|name| of_figure(name)).collect();
    let others = OTHERS.iter().map(|(name, title, fields)| {
        class(name, title, &fields.iter().map(of_plain).collect::<Vec<_>>())
    });
    check("_figures.py", &(HEAD.to_owned() + &figures + &others.collect::<String>()));
}

#[test]
fn the_python_sentences_are_those_of_the_figures() {
    let head = "\"\"\"The figures' own sentences, generated like `_figures.py`.\"\"\"\n";
    check("_sentences.py", &(head.to_owned() + &sentences()));
}

#[test]
fn the_programs_of_the_code_cell_are_those_of_the_page() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/elements/code/programs.js");
    let page = std::fs::read_to_string(page).expect("the list of programs");
    for name in OTHERS[0].2.iter().take(2).flat_map(|plain| plain.names) {
        assert!(page.contains(&format!("\"{name}\"")), "{name}");
    }
}
