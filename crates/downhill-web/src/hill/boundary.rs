//! Additional methods of the hill figure for JavaScript.

use downhill_figures::{Changes, ReliefMode};
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
    /// Sets the canvas for the 3D view and begins to compile its shaders, or removes it. Without a
    /// canvas with WebGL2 the figure falls back to the map.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn light(&mut self, canvas: Option<HtmlCanvasElement>) -> Answer {
        self.relief = canvas.and_then(ReliefRenderer::new);
        if self.relief.is_some() { answer(&Changes::default()) } else { self.kindle() }
    }

    /// Whether `kindle` need not wait for shaders.
    #[wasm_bindgen(js_name = isCompiled)]
    pub fn is_compiled(&self) -> bool {
        self.relief.as_ref().is_none_or(ReliefRenderer::is_compiled)
    }

    /// Whether `kindle` will show the 3D view.
    #[wasm_bindgen(js_name = isReady)]
    pub fn is_ready(&self) -> bool {
        self.relief.as_ref().is_some_and(ReliefRenderer::is_ready)
    }

    /// Shows the 3D view from now on, or the map if it cannot be drawn.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn kindle(&mut self) -> Answer {
        self.relief = self.relief.take().filter(ReliefRenderer::is_ready);
        let mode = if self.relief.is_some() { ReliefMode::Lit } else { ReliefMode::Map };
        answer(&self.figure.set_relief_mode(mode))
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
