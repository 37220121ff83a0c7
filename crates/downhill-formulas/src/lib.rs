//! The wasm module that parses typed formulas, and numbers given as answers; the page fetches it when it meets
//! the first one.

use downhill::Expression;
use wasm_bindgen::prelude::wasm_bindgen;

/// The standard library's allocator is five times the code to download, for speed that no figure needs.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Parses a formula, for `supplyFormula` of the figures' modules: either its instructions or an
/// error message.
#[wasm_bindgen(js_name = readFormula)]
#[must_use]
pub fn read_formula(text: &str) -> Vec<u8> {
    downhill::read_formula(text)
}

/// The numbers that a reader may mean by an answer, whose language has these separators.
#[wasm_bindgen(js_name = readAnswer)]
#[must_use]
pub fn read_answer(text: &str, decimal: &str, group: &str) -> Vec<f64> {
    downhill::numbers::answers(text, decimal.chars().next().unwrap_or('.'), group.chars().next())
}

/// Typesets a formula as parsed, as the content of a `math` element; empty if the text is not a
/// formula.
#[wasm_bindgen]
#[must_use]
pub fn typeset(text: &str) -> String {
    text.parse::<Expression>().map(|formula| formula.mathml()).unwrap_or_default()
}
