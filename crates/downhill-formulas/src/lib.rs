//! The module of the page that reads the formulas people type; it is fetched when the first one is met.

use downhill::Expression;
use wasm_bindgen::prelude::wasm_bindgen;

/// What a formula means, or what is wrong with it: for `supplyFormula` of the figures' modules.
#[wasm_bindgen(js_name = readFormula)]
#[must_use]
pub fn read_formula(text: &str) -> Vec<u8> {
    downhill::read_formula(text)
}

/// A formula typeset as it is understood, as the content of a `math` element; nothing if the text is none.
#[wasm_bindgen]
#[must_use]
pub fn typeset(text: &str) -> String {
    Expression::parse(text).map(|formula| formula.mathml()).unwrap_or_default()
}
