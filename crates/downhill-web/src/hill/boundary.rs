//! Additional methods of the hill figure for JavaScript.

use downhill_figures::ReliefMode;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlCanvasElement;

use super::ReliefRenderer;
use crate::figure::{Answer, Figure, answer, index};

#[wasm_bindgen]
#[allow(
    clippy::missing_errors_doc,
    reason = "turning plain data into objects fails only if the host has no memory left"
)]
impl Figure {
    /// Sets the canvas for the 3D view, or removes it. Without a canvas with WebGL2 the figure
    /// falls back to the map.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn light(&mut self, canvas: Option<HtmlCanvasElement>) -> Answer {
        self.relief = canvas.and_then(ReliefRenderer::new);
        let ground = if self.relief.is_some() { ReliefMode::Lit } else { ReliefMode::Map };
        answer(&self.figure.set_relief_mode(ground))
    }

    /// Paints a pane's 3D view at `share` of the pane's pixels along each side, with fewer
    /// triangles if that is below one. Returns whether there is anything to see.
    #[wasm_bindgen(js_name = paintRelief)]
    pub fn paint_relief(&mut self, pane: i32, ratio: f64, share: f64) -> bool {
        let Some(relief) = &mut self.relief else { return false };
        relief.draw(self.figure.solid(index(pane)).as_ref(), ratio, share, &self.palette);
        true
    }
}
