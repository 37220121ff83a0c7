//! What JavaScript can ask of a hill beside what every figure answers.

use downhill_figures::ReliefMode;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlCanvasElement;

use super::ReliefRenderer;
use crate::figure::{Answer, Figure, answer, index, palette};

#[wasm_bindgen]
#[allow(
    clippy::missing_errors_doc,
    reason = "turning plain data into objects fails only if the host has no memory left"
)]
impl Figure {
    /// Takes the canvas on which ground is drawn in relief, or none where it was taken away; without it, and
    /// where it has no WebGL2, the ground becomes a map.
    pub fn light(&mut self, canvas: Option<HtmlCanvasElement>) -> Answer {
        self.1 = canvas.and_then(ReliefRenderer::new);
        let ground = if self.1.is_some() { ReliefMode::Lit } else { ReliefMode::Map };
        answer(&self.0.set_relief_mode(ground))
    }

    /// Paints the ground of a pane in relief, with a share of the pane's pixels along each side and accordingly
    /// coarse if that is less than one; whether there is anything to be seen there.
    #[wasm_bindgen(js_name = paintRelief)]
    #[allow(clippy::needless_pass_by_value, reason = "the boundary hands over owned strings")]
    pub fn paint_relief(
        &mut self,
        pane: i32,
        ratio: f64,
        share: f64,
        colours: Vec<String>,
    ) -> bool {
        let Some(lamp) = &mut self.1 else { return false };
        lamp.draw(self.0.solid(index(pane)).as_ref(), ratio, share, &palette(&colours));
        true
    }
}
