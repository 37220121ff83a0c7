//! Input actions: mouse, touch and keyboard.

use serde_json::{Value, json};

use crate::engine::Engine;
use crate::page::{Page, done};

impl Page<'_> {
    /// Presses a key by its `KeyboardEvent.key`, with modifiers before it: `"ArrowRight"`,
    /// `"Shift+Tab"`, `"a"`, `"Space"`.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let codes: Vec<String> =
            if keys == "+" { vec![keys.into()] } else { keys.split('+').map(code).collect() };
        let down = codes.iter().map(|code| json!({ "type": "keyDown", "value": code }));
        let up = codes.iter().rev().map(|code| json!({ "type": "keyUp", "value": code }));
        self.perform("keys", &[keyboard(down.chain(up).collect())]);
    }

    /// Types characters into the focused element.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        let strokes = text.chars().flat_map(|character| {
            ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": character.to_string() }))
        });
        self.perform("typing", &[keyboard(strokes.collect())]);
    }

    /// Turns the wheel over a point of the viewport, in CSS pixels.
    #[track_caller]
    pub fn scroll_at(&self, x: f64, y: f64, down: f64) {
        let turn = json!({ "type": "scroll", "x": x.round(), "y": y.round(), "deltaX": 0, "deltaY": down.round(), "duration": 0, "origin": "viewport" });
        self.perform("the wheel", &[json!({ "type": "wheel", "id": "wheel", "actions": [turn] })]);
    }

    /// Moves the mouse to a point of the viewport, in CSS pixels.
    #[track_caller]
    pub fn hover_point(&self, x: f64, y: f64) {
        self.perform("hovering", &[pointer("mouse", vec![to(x, y, 0)])]);
    }

    /// Moves the mouse from point to point; each segment takes `milliseconds`.
    #[track_caller]
    pub(crate) fn hover_along(&self, points: &[(f64, f64)], milliseconds: u32) {
        let moves = points.iter().map(|point| to(point.0, point.1, milliseconds)).collect();
        self.perform("hovering", &[pointer("mouse", moves)]);
    }

    #[track_caller]
    pub(crate) fn click_point(&self, x: f64, y: f64) {
        self.perform("clicking", &[pointer("mouse", vec![to(x, y, 0), down(), up()])]);
    }

    /// Double-clicks as fast as a driver clicks, which is fast enough.
    #[track_caller]
    pub(crate) fn click_point_twice(&self, x: f64, y: f64) {
        let clicks = vec![to(x, y, 0), down(), up(), down(), up()];
        self.perform("clicking twice", &[pointer("mouse", clicks)]);
    }

    #[track_caller]
    pub(crate) fn tap_point(&self, x: f64, y: f64) {
        self.perform("tapping", &[pointer(self.finger(), vec![to(x, y, 0), down(), up()])]);
    }

    #[track_caller]
    pub(crate) fn tap_point_twice(&self, x: f64, y: f64) {
        let taps = vec![to(x, y, 0), down(), up(), down(), up()];
        self.perform("tapping twice", &[pointer(self.finger(), taps)]);
    }

    /// The touch pointer, or the mouse where the driver has no touch.
    fn finger(&self) -> &'static str {
        if self.engine() == Engine::WebKit { "mouse" } else { "touch" }
    }

    #[track_caller]
    pub(crate) fn drag_points(&self, from: (f64, f64), end: (f64, f64)) {
        let halfway = (f64::midpoint(from.0, end.0), f64::midpoint(from.1, end.1));
        self.drag_along(&[from, halfway, end], 20);
    }

    /// Presses the mouse at the first point and releases it at the last; each segment takes
    /// `milliseconds`.
    #[track_caller]
    pub(crate) fn drag_along(&self, points: &[(f64, f64)], milliseconds: u32) {
        let Some((first, rest)) = points.split_first() else { return };
        let mut moves = vec![to(first.0, first.1, 0), down()];
        moves.extend(rest.iter().map(|point| to(point.0, point.1, milliseconds)));
        moves.push(up());
        self.perform("dragging", &[pointer("mouse", moves)]);
    }

    /// Moves two fingers from one pair of points to another.
    /// Moves a finger from one point to another.
    #[track_caller]
    pub(crate) fn swipe_points(&self, from: (f64, f64), end: (f64, f64)) {
        let halfway = (f64::midpoint(from.0, end.0), f64::midpoint(from.1, end.1));
        let moves = vec![
            to(from.0, from.1, 0),
            down(),
            to(halfway.0, halfway.1, 60),
            to(end.0, end.1, 60),
            up(),
        ];
        self.perform("swiping", &[pointer(self.finger(), moves)]);
    }

    #[track_caller]
    pub(crate) fn pinch_points(&self, from: [(f64, f64); 2], end: [(f64, f64); 2]) {
        let finger = |i: usize| {
            let halfway = (f64::midpoint(from[i].0, end[i].0), f64::midpoint(from[i].1, end[i].1));
            let moves = vec![
                to(from[i].0, from[i].1, 0),
                down(),
                to(halfway.0, halfway.1, 20),
                to(end[i].0, end[i].1, 20),
                up(),
            ];
            json!({ "type": "pointer", "id": format!("finger {i}"), "parameters": { "pointerType": "touch" }, "actions": moves })
        };
        self.perform("pinching", &[finger(0), finger(1)]);
    }

    #[track_caller]
    fn perform(&self, what: &str, sources: &[Value]) {
        done(what, self.session.perform(&json!(sources)));
    }
}

fn keyboard(actions: Vec<Value>) -> Value {
    json!({ "type": "key", "id": "keyboard", "actions": actions })
}

fn pointer(kind: &str, actions: Vec<Value>) -> Value {
    json!({ "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": actions })
}

fn to(x: f64, y: f64, milliseconds: u32) -> Value {
    // Drivers differ in whether they accept fractions of a pixel.
    #[allow(clippy::cast_possible_truncation, reason = "a viewport is smaller than an i64")]
    let whole = |place: f64| place.round() as i64;
    json!({ "type": "pointerMove", "x": whole(x), "y": whole(y), "duration": milliseconds, "origin": "viewport" })
}

fn down() -> Value {
    json!({ "type": "pointerDown", "button": 0 })
}

fn up() -> Value {
    json!({ "type": "pointerUp", "button": 0 })
}

/// WebDriver's character for a key (§ 17.4.2); a printable character stands for itself.
fn code(key: &str) -> String {
    let code = match key {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Control" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        _ => {
            assert!(key.chars().count() == 1, "there is no key {key:?}");
            return key.into();
        }
    };
    code.into()
}
