//! The tables of `docs/embedding.md`, between `<!-- generated: NAME -->` and `<!-- end -->`.

use std::fmt::Write as _;
use std::fs;

use downhill_figures::{ColorRole, Palette, Theme};

use downhill_figures::Parameter;

use super::{EVENTS, Element, METHODS, elements};
use crate::project;

/// Parameters that are explained once, for all elements that have them.
const SHARED: [&str; 6] = ["theme", "lang", "hide", "show", "fit", "autoplay"];

/// The text of a block by its name.
fn block(name: &str, elements: &[Element]) -> String {
    match name {
        "attributes" => attributes(elements),
        "methods" => rows(
            "| method | does |\n| --- | --- |\n",
            METHODS
                .iter()
                .map(|one| format!("| `{}{}` | {} |", one.name, one.signature, one.about)),
        ),
        "events" => rows(
            "| event | detail | sent when |\n| --- | --- | --- |\n",
            EVENTS
                .iter()
                .map(|one| format!("| `{}` | `{}` | {} |", one.name, one.detail, one.about)),
        ),
        "hide" => rows(
            "| element | names |\n| --- | --- |\n",
            elements.iter().map(|element| {
                let names: Vec<String> =
                    element.hides.iter().map(|(name, _)| format!("`{name}`")).collect();
                format!("| `<gd-{}>` | {} |", element.name, names.join(" "))
            }),
        ),
        "parts" => rows(
            "| element | parts |\n| --- | --- |\n",
            elements.iter().map(|element| {
                let names: Vec<String> =
                    element.parts.iter().map(|name| format!("`{name}`")).collect();
                format!("| `<gd-{}>` | {} |", element.name, names.join(" "))
            }),
        ),
        "colours" => {
            let (light, dark) = (Palette::of(Theme::Light), Palette::of(Theme::Dark));
            rows(
                "| property | light | dark |\n| --- | --- | --- |\n",
                ColorRole::ALL.into_iter().map(|role| {
                    let (light, dark) = (light.get(role).hex(), dark.get(role).hex());
                    format!("| `--gd-{}` | `{light}` | `{dark}` |", role.name())
                }),
            )
        }
        _ => panic!("docs/embedding.md has a block {name:?} that nobody writes"),
    }
}

fn rows(head: &str, rows: impl Iterator<Item = String>) -> String {
    head.to_owned() + &rows.map(|row| row + "\n").collect::<String>()
}

fn attributes(elements: &[Element]) -> String {
    const HEAD: &str = "| attribute | default | takes | what it is |\n| --- | --- | --- | --- |\n";
    let row = |one: &Parameter| {
        let code = |text: &str| if text.is_empty() { String::new() } else { format!("`{text}`") };
        let allowed = if one.allowed.is_empty() { "text" } else { &one.allowed };
        let allowed = allowed.replace('|', "\\|");
        format!("| `{}` | {} | {allowed} | {} |", one.name, code(&one.default), one.about)
    };
    let shared = |parameter: &&Parameter| SHARED.contains(&parameter.name);
    let mut out = String::from(
        "**All elements** (`<gd-code>` has no `show` and `fit`, `<gd-quiz>` no `autoplay` either):\n\n",
    );
    let first = elements.first().map_or(&[][..], |element| &element.parameters);
    out.push_str(&rows(HEAD, first.iter().filter(shared).map(row)));
    for element in elements {
        write!(out, "\n**`<gd-{}>`**: {}\n\n", element.name, element.title).ok();
        let own = element.parameters.iter().filter(|one| !shared(one));
        out.push_str(&rows(HEAD, own.map(row)));
    }
    out
}

#[test]
fn the_guide_says_what_the_figures_declare() {
    let file = project::root().join("docs/embedding.md");
    let guide = fs::read_to_string(&file).expect("the guide");
    let elements = elements().expect("the elements");
    let mut parts = guide.split("<!-- generated: ");
    let mut written = parts.next().unwrap_or_default().to_owned();
    let mut blocks = 0;
    for part in parts {
        let (name, rest) = part.split_once(" -->").expect("the end of a marker");
        let (_, after) = rest.split_once("<!-- end -->").expect("the end of a block");
        write!(
            written,
            "<!-- generated: {name} -->\n\n{}\n<!-- end -->{after}",
            block(name, &elements)
        )
        .ok();
        blocks += 1;
    }
    assert_eq!(blocks, 6, "the guide has all tables");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, &written).expect("the guide is written");
        return;
    }
    assert!(
        guide == written,
        "docs/embedding.md is not what the figures declare: `UPDATE_EXPECT=1 cargo test -p xtask guide` writes it"
    );
}
