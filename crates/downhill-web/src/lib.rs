//! The boundary between figures and browser: values in, plain objects and painted canvases out.
//!
//! All decisions are taken in `downhill-figures`. Here text becomes inputs, changes become objects,
//! and drawings become pixels. Positions are CSS pixels within a pane.

mod figure;
mod hill;
mod kernels;
mod object;
mod paint;

pub use figure::Figure;

use downhill_figures::{ColorRole, Palette, Theme};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

/// The standard library's allocator is five times the code to download, for speed that no figure needs.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// For the declarations that wasm-bindgen writes; `cargo xtask check` compares them with `www/boundary.d.ts`.
#[wasm_bindgen(typescript_custom_section)]
const PAYLOADS: &str = r#"import type { Changes, Declaration, Readout, Snapshot, Value } from "../../www/payloads.js";"#;

/// Has long computations run in kernels from now on. What makes them is a part of the page's module
/// of its own, which has to be there.
#[wasm_bindgen(js_name = loadKernels)]
pub fn load_kernels() {
    kernels::load();
}

/// The names of all figures.
#[wasm_bindgen(js_name = figureNames)]
#[must_use]
pub fn figure_names() -> Vec<String> {
    downhill_figures::NAMES.iter().copied().map(String::from).collect()
}

/// Whether a text is a known loss: a landscape's name, or a formula that was supplied.
#[wasm_bindgen(js_name = knowsLoss)]
#[must_use]
pub fn knows_loss(text: &str) -> bool {
    // What is averaged over a network's points is no formula.
    let is_criterion = text.parse::<downhill::Criterion>().is_ok();
    is_criterion || downhill::is_landscape(text.trim()) || downhill::knows_formula(text)
}

/// Supplies a formula as parsed by the formulas module; returns whether the bytes are valid.
#[wasm_bindgen(js_name = supplyFormula)]
#[must_use]
pub fn supply_formula(text: &str, bytes: &[u8]) -> bool {
    downhill::supply_formula(text, bytes)
}

/// The roles and colours of a theme as pairs `[role, "#rrggbb"]`, in the order that painting
/// expects.
///
/// # Errors
/// If the theme is neither `light` nor `dark`.
#[wasm_bindgen(unchecked_return_type = "[string, string][]")]
pub fn palette(theme: &str) -> Result<JsValue, JsError> {
    let theme = match theme {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => return Err(JsError::new("theme must be light or dark")),
    };
    let palette = Palette::of(theme);
    let pairs = ColorRole::ALL.map(|role| (role.name(), palette.get(role).hex()));
    object::from(&pairs[..])
}
