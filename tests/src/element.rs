//! An element of a page, including those inside shadow roots.

use serde_json::{Value, json};

use crate::page::{Page, poll};

/// An element, found by its role and name or by a selector.
#[derive(Clone, Debug)]
pub struct Element<'p, 'a> {
    page: &'p Page<'a>,
    pub(crate) reference: Value,
    /// How it was found, for error messages.
    called: String,
}

impl<'p, 'a> Element<'p, 'a> {
    pub(crate) fn new(page: &'p Page<'a>, reference: Value, called: &str) -> Self {
        Self { page, reference, called: called.into() }
    }

    #[track_caller]
    pub(crate) fn found(page: &'p Page<'a>, scope: &Value, role: &str, name: &str) -> Self {
        let called = format!("{role} {name:?}");
        let mut matches = Vec::new();
        let one = poll(|| {
            let found = page.try_call("find", &[scope.clone(), role.into(), name.into()]).ok()?;
            matches = found.as_array().cloned().unwrap_or_default();
            (matches.len() == 1).then(|| matches[0].clone())
        });
        let Some(reference) = one else {
            let listed =
                page.try_call("listed", std::slice::from_ref(scope)).unwrap_or_else(Value::String);
            panic!(
                "there are {} of {called}, and one was expected; there is: {listed}",
                matches.len()
            );
        };
        Self::new(page, reference, &called)
    }

    #[track_caller]
    pub(crate) fn selected(page: &'p Page<'a>, scope: &Value, selector: &str) -> Self {
        let first = poll(|| {
            page.try_call("select", &[scope.clone(), selector.into()]).ok()?.get(0).cloned()
        });
        let Some(reference) = first else { panic!("nothing matches {selector}") };
        page.call("ready", std::slice::from_ref(&reference));
        Self::new(page, reference, selector)
    }

    /// Waits for the one descendant with this role and accessible name.
    #[must_use]
    #[track_caller]
    pub fn find(&self, role: &str, name: &str) -> Self {
        Self::found(self.page, &self.reference, role, name)
    }

    /// The first descendant that matches a CSS selector.
    #[must_use]
    #[track_caller]
    pub fn element(&self, selector: &str) -> Self {
        Self::selected(self.page, &self.reference, selector)
    }

    /// The first descendant with this `part`.
    #[must_use]
    #[track_caller]
    pub fn part(&self, part: &str) -> Self {
        let arguments = [self.reference.clone(), part.into()];
        let first = poll(|| self.page.try_call("part", &arguments).ok()?.get(0).cloned());
        let Some(reference) = first else { panic!("{} has no part {part:?}", self.called) };
        Self::new(self.page, reference, &format!("{}::part({part})", self.called))
    }

    /// Its visible text, with white space collapsed.
    #[must_use]
    #[track_caller]
    pub fn text(&self) -> String {
        self.ask("text")
    }

    /// The value of a control.
    #[must_use]
    #[track_caller]
    pub fn value(&self) -> String {
        self.ask("value")
    }

    /// The accessible name.
    #[must_use]
    #[track_caller]
    pub fn name(&self) -> String {
        self.ask("name")
    }

    /// Whether it has the keyboard focus.
    #[must_use]
    #[track_caller]
    pub fn is_focused(&self) -> bool {
        self.call("isFocused", &[]) == true
    }

    /// The value of an attribute.
    #[must_use]
    #[track_caller]
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.call("attribute", &[name.into()]).as_str().map(String::from)
    }

    /// Waits until its text contains `words`.
    #[track_caller]
    pub fn wait_for_text(&self, words: &str) {
        let mut last = String::new();
        let came = poll(|| {
            last = self.text();
            last.contains(words).then_some(())
        });
        assert!(
            came.is_some(),
            "waited in vain for {:?} to say {words:?}; it says {last:?}",
            self.called
        );
    }

    /// Runs a function body with this element as `arguments[0]`.
    #[track_caller]
    pub fn script(&self, body: &str) -> Value {
        self.script_with(body, &[])
    }

    /// Like [`script`](Self::script), with further arguments.
    #[track_caller]
    pub fn script_with(&self, body: &str, further: &[Value]) -> Value {
        let arguments: Vec<Value> =
            [self.reference.clone()].into_iter().chain(further.iter().cloned()).collect();
        self.page.script_with(body, &arguments)
    }

    /// Waits until an expression about this element, called `it`, is true.
    #[track_caller]
    pub fn wait_until(&self, what: &str, expression: &str) {
        let mut last = Value::Null;
        let came = poll(|| {
            last = self.script(&format!("const it = arguments[0]; return {expression}"));
            (last == true).then_some(())
        });
        assert!(came.is_some(), "waited in vain for {what}: {expression} is {last}");
    }

    /// Clicks its centre.
    #[track_caller]
    pub fn click(&self) {
        self.click_at(0.5, 0.5);
    }

    /// Clicks at a position in its box, as ratios from the left and from the top.
    #[track_caller]
    pub fn click_at(&self, across: f64, down: f64) {
        let (x, y) = self.place(across, down);
        self.page.click_point(x, y);
    }

    /// Taps at a position in its box. WebKitGTK's driver has no touch and clicks instead.
    #[track_caller]
    pub fn tap_at(&self, across: f64, down: f64) {
        let (x, y) = self.place(across, down);
        self.page.tap_point(x, y);
    }

    /// Double-clicks at a position in its box.
    #[track_caller]
    pub fn double_click_at(&self, across: f64, down: f64) {
        let (x, y) = self.place(across, down);
        self.page.click_point_twice(x, y);
    }

    /// Double-taps at a position in its box.
    #[track_caller]
    pub fn double_tap_at(&self, across: f64, down: f64) {
        let (x, y) = self.place(across, down);
        self.page.tap_point_twice(x, y);
    }

    /// Drags with the mouse from one position in its box to another.
    #[track_caller]
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let from = self.place(from.0, from.1);
        let to = self.place(to.0, to.1);
        self.page.drag_points(from, to);
    }

    /// Drags with the mouse through positions in its box, one per frame of a common screen.
    #[track_caller]
    pub fn drag_through(&self, places: &[(f64, f64)]) {
        let [left, top, width, height] = self.bounds();
        let points: Vec<_> =
            places.iter().map(|place| (left + place.0 * width, top + place.1 * height)).collect();
        self.page.drag_along(&points, 16);
    }

    /// Moves the mouse through positions in its box, one per frame of a common screen.
    #[track_caller]
    pub fn hover_through(&self, places: &[(f64, f64)]) {
        let [left, top, width, height] = self.bounds();
        let points: Vec<_> =
            places.iter().map(|place| (left + place.0 * width, top + place.1 * height)).collect();
        self.page.hover_along(&points, 16);
    }

    /// Swipes with a finger from one position in its box by a distance in pixels.
    #[track_caller]
    pub fn swipe(&self, from: (f64, f64), by_px: (f64, f64)) {
        let from = self.place(from.0, from.1);
        self.page.swipe_points(from, (from.0 + by_px.0, from.1 + by_px.1));
    }

    /// Puts two fingers on positions in its box and moves them to others.
    #[track_caller]
    pub fn pinch(&self, from: [(f64, f64); 2], to: [(f64, f64); 2]) {
        let place = |(across, down): (f64, f64)| self.place(across, down);
        self.page.pinch_points(from.map(place), to.map(place));
    }

    /// Drags a slider's thumb with the mouse to a value, as closely as pixels allow.
    #[track_caller]
    pub fn drag_to(&self, value: f64) {
        let places = self.call("thumb", &[json!(value)]);
        let place = |at: usize| {
            places[at].as_f64().unwrap_or_else(|| panic!("{} is no slider", self.called))
        };
        self.page.drag_points((place(0), place(2)), (place(1), place(2)));
    }

    /// Replaces the text of a field and presses Enter.
    #[track_caller]
    pub fn fill(&self, text: &str) {
        self.type_over(text);
        // A driver may lose a key while the page is busy; a person would see it and type again.
        for _ in 0..3 {
            if self.value() == text {
                break;
            }
            self.type_over(text);
        }
        self.page.press("Enter");
    }

    /// Replaces the text of a field and stays in it.
    #[track_caller]
    pub fn type_over(&self, text: &str) {
        self.call("selectAll", &[]);
        self.page.press("Delete");
        self.page.type_text(text);
    }

    /// Selects an option of a `<select>` by its text, with the keyboard.
    #[track_caller]
    pub fn choose(&self, words: &str) {
        self.focus();
        self.page.type_text(words);
        let chosen = self.script("return arguments[0].selectedOptions[0].textContent.trim()");
        if chosen != words {
            // Some engines search an option by its text only while the list is open; this is what
            // they then send.
            let body = "const [it, words] = arguments;
                it.selectedIndex = [...it.options].findIndex((option) => option.textContent.trim() === words);
                it.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
                it.dispatchEvent(new Event('change', { bubbles: true }));";
            self.script_with(body, &[words.into()]);
        }
    }

    /// Focuses it.
    #[track_caller]
    pub fn focus(&self) {
        self.call("focus", &[]);
    }

    /// Scrolls it to the middle of the viewport.
    #[track_caller]
    pub fn scroll_into_view(&self) {
        self.call("box", &[]);
    }

    /// Scrolls it into view and returns its box there: left, top, width, height.
    #[must_use]
    #[track_caller]
    pub fn bounds(&self) -> [f64; 4] {
        let bounds = self.call("box", &[]);
        std::array::from_fn(|at| {
            bounds[at].as_f64().unwrap_or_else(|| panic!("{} has no box", self.called))
        })
    }

    #[track_caller]
    fn place(&self, across: f64, down: f64) -> (f64, f64) {
        let mut bounds = self.bounds();
        // Waits until it stops moving before a click: a figure above may just have come alive.
        for _ in 0..20 {
            self.page.script("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
            let again = self.bounds();
            if again == bounds {
                break;
            }
            bounds = again;
        }
        let [left, top, width, height] = bounds;
        assert!(width > 0.0 && height > 0.0, "{} takes no room on the page", self.called);
        (left + across * width, top + down * height)
    }

    #[track_caller]
    fn ask(&self, what: &str) -> String {
        self.call(what, &[]).as_str().unwrap_or_default().into()
    }

    #[track_caller]
    fn call(&self, function: &str, further: &[Value]) -> Value {
        let arguments: Vec<Value> =
            [self.reference.clone()].into_iter().chain(further.iter().cloned()).collect();
        self.page.call(function, &arguments)
    }
}
