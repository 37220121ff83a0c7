//! The TypeScript types of what figures hand to JavaScript, generated into `www/payloads.d.ts`.

use std::path::Path;

use ts_rs::{Config, TS};

use super::declaration::{
    Band, Cell, Choice, Control, Declaration, Group, Keys, Pair, Pane, Readout, Slider, Span,
    Table, TrackMark,
};
use super::field::{ProblemObject, Value};
use super::input::{Changes, Event};
use super::pane_set::PaneSet;
use super::snapshot::{OutcomeObject, Run, Snapshot};
use crate::draw::ColorRole;

const HEAD: &str = "\
/**
 * The plain objects that figures hand to the page. Generated from the Rust types by
 * `UPDATE_EXPECT=1 cargo test -p downhill-figures payloads`, so not to be edited.
 */
";

/// A type's declaration below its documentation, a field to a line.
fn declaration<T: TS>() -> String {
    let docs = T::docs().unwrap_or_default();
    let declaration = T::decl(&Config::default())
        .replace("/**\n * ", "  /** ")
        .replace("\n */\n", " */\n  ")
        .replace("\n * ", " ")
        .replace(", \n", ",\n")
        .replace("{ \n", "{\n")
        .replace(", }", ",\n}");
    format!("\n{docs}export {declaration}\n")
}

#[test]
fn the_types_of_the_page_are_those_of_the_figures() {
    let all = [
        declaration::<Changes>(),
        declaration::<PaneSet>(),
        declaration::<Event>(),
        declaration::<Value>(),
        declaration::<ProblemObject<'_>>(),
        declaration::<Declaration>(),
        declaration::<Pane>(),
        declaration::<Span>(),
        declaration::<Keys>(),
        declaration::<Control>(),
        declaration::<Group>(),
        declaration::<Slider>(),
        declaration::<Band>(),
        declaration::<TrackMark>(),
        declaration::<Choice>(),
        declaration::<ColorRole>(),
        declaration::<Table>(),
        declaration::<Readout>(),
        declaration::<Pair>(),
        declaration::<Cell>(),
        declaration::<Snapshot>(),
        declaration::<Run>(),
        declaration::<OutcomeObject>(),
    ];
    let types = HEAD.to_owned() + &all.concat();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/payloads.d.ts");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&kept, &types).expect("the types are written");
    }
    let expected = std::fs::read_to_string(&kept).expect("the types are there");
    assert!(
        types == expected,
        "www/payloads.d.ts is not what the Rust types say; its head says how it is written"
    );
}
