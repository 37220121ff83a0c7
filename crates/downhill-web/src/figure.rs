//! One figure of the page, as JavaScript holds it.

use downhill_figures::{Changes, Input, Locale, Named, Palette, Rgb};
use js_sys::{Array, encode_uri_component};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};
use web_sys::HtmlCanvasElement;

#[cfg(feature = "hill")]
use crate::hill::ReliefRenderer;
use crate::object;
use crate::paint;

/// A figure: inputs return what changed, everything else only looks.
#[wasm_bindgen]
pub struct Figure(
    pub(crate) downhill_figures::Figure,
    #[cfg(feature = "hill")] pub(crate) Option<ReliefRenderer>,
);

/// What an input returns.
pub(crate) type Answer = Result<JsValue, JsError>;

impl Figure {
    fn apply(&mut self, input: &Input<'_>) -> Answer {
        answer(&self.0.apply(input))
    }
}

pub(crate) fn answer(changes: &Changes) -> Answer {
    object::from(changes)
}

/// A pane's index; the table, which is no pane, comes as −1.
pub(crate) fn index(pane: i32) -> usize {
    usize::try_from(pane).unwrap_or(usize::MAX)
}

#[wasm_bindgen]
#[allow(
    clippy::missing_errors_doc,
    reason = "turning plain data into objects fails only if the host has no memory left"
)]
impl Figure {
    /// A figure with its default spec, speaking a language with these separators.
    ///
    /// # Errors
    /// If no figure has this name.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, language: &str, decimal: &str, group: &str) -> Result<Self, JsError> {
        let locale = Locale::new(language, decimal, group);
        downhill_figures::figure(name, locale)
            .map(|figure| {
                Self(
                    figure,
                    #[cfg(feature = "hill")]
                    None,
                )
            })
            .map_err(|message| JsError::new(&message))
    }

    /// Takes attributes or URL parameters, as pairs of name and text, to start with.
    pub fn start(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "[string, string][]")] entries: &Array,
    ) -> Answer {
        let texts: Vec<(String, String)> = entries
            .iter()
            .map(|entry| {
                let pair = Array::from(&entry);
                let text = |i| pair.get(i).as_string().unwrap_or_default();
                (text(0), text(1))
            })
            .collect();
        let entries: Vec<(&str, &str)> =
            texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        answer(&self.0.start(&entries))
    }

    /// Sets a field from a text, whose numbers are written in one notation whatever the language.
    pub fn set(&mut self, field: &str, text: &str) -> Answer {
        self.apply(&Input::Set(field, text))
    }

    /// Sets a field from what a person typed, whose numbers may have their language's separators.
    pub fn enter(&mut self, field: &str, text: &str) -> Answer {
        self.apply(&Input::Enter(field, text))
    }

    /// Sets a field from its slider's position.
    pub fn slide(&mut self, field: &str, position: f64) -> Answer {
        self.apply(&Input::Slide(field, position))
    }

    /// Asks for an action by name: `play`, `pause`, `step`, `reset`, `clear`, `predict`.
    pub fn act(&mut self, action: &str) -> Answer {
        self.apply(&Input::Act(action))
    }

    /// Goes so many iterations on.
    pub fn step(&mut self, n: u32) -> Answer {
        self.apply(&Input::Step(n))
    }

    /// Goes to an iteration.
    pub fn seek(&mut self, k: u32) -> Answer {
        self.apply(&Input::Seek(k))
    }

    /// Starts at these coordinates.
    pub fn drop(&mut self, x: f64, y: Option<f64>) -> Answer {
        self.apply(&Input::Drop(&[x, y.unwrap_or(0.0)]))
    }

    /// The pointer presses, taps, drags, lets go, hovers over or leaves a pane, at a point in CSS pixels.
    pub fn point(
        &mut self,
        #[wasm_bindgen(
            unchecked_param_type = r#""press" | "tap" | "drag" | "release" | "hover" | "leave""#
        )]
        how: &str,
        pane: i32,
        x_px: f64,
        y_px: f64,
    ) -> Answer {
        let pane = index(pane);
        self.apply(&match how {
            "press" => Input::Press(pane, x_px, y_px),
            "tap" => Input::Tap(pane, x_px, y_px),
            "drag" => Input::Drag(pane, x_px, y_px),
            "release" => Input::Release(pane),
            "hover" => Input::Hover(pane, x_px, y_px),
            _ => Input::Leave(pane),
        })
    }

    /// A pane is enlarged by a factor.
    pub fn zoom(&mut self, pane: i32, factor: f64) -> Answer {
        self.apply(&Input::Zoom(index(pane), factor))
    }

    /// A row of the table is chosen.
    pub fn choose(&mut self, row: u32) -> Answer {
        self.apply(&Input::Choose(row))
    }

    /// There is time for about so many steps of a descent.
    pub fn work(&mut self, steps: u32) -> Answer {
        self.apply(&Input::Work(steps as usize))
    }

    /// A key is pressed on a pane or, for −1, on the table.
    pub fn key(&mut self, pane: i32, key: &str) -> Answer {
        self.apply(&Input::Key(index(pane), key))
    }

    /// Time has passed.
    pub fn tick(&mut self, seconds: f64) -> Answer {
        self.apply(&Input::Tick(seconds))
    }

    /// A pane has this size.
    pub fn resize(&mut self, pane: i32, width_px: f64, height_px: f64) -> Answer {
        self.apply(&Input::Resize(index(pane), width_px, height_px))
    }

    /// Whether the reader prefers less motion.
    #[wasm_bindgen(js_name = setReducedMotion)]
    pub fn set_reduced_motion(&mut self, reduce: bool) {
        self.0.reduce_motion(reduce);
    }

    /// The names of all fields of the spec.
    #[wasm_bindgen(js_name = fieldNames)]
    pub fn field_names(&mut self) -> Vec<String> {
        self.0.field_names().into_iter().map(String::from).collect()
    }

    /// The present value of a field; undefined if there is none of this name.
    pub fn value(&mut self, field: &str) -> Answer {
        self.0.value(field).map_or(Ok(JsValue::UNDEFINED), |value| object::from(&value))
    }

    /// The whole spec.
    pub fn spec(&mut self) -> Answer {
        object::from(&Named(&self.0.spec()))
    }

    /// What differs from the defaults, as the query of a URL; `whole` with the reader's own data, which no link carries.
    pub fn query(&mut self, whole: Option<bool>) -> String {
        let state = if whole == Some(true) { self.0.state() } else { self.0.differences() };
        let pairs = state.into_iter().map(|(name, text)| {
            // A comma needs no escape in a query, and a start reads better with it.
            let parts: Vec<String> =
                text.split(',').map(|part| encode_uri_component(part).into()).collect();
            format!("{name}={}", parts.join(","))
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The state as plain data.
    pub fn snapshot(&mut self) -> Answer {
        object::from(&self.0.snapshot())
    }

    /// The runs as CSV.
    #[wasm_bindgen(js_name = toCSV)]
    #[must_use]
    pub fn to_csv(&self) -> String {
        self.0.csv()
    }

    /// What to render around the drawings.
    pub fn declaration(&self) -> Answer {
        object::from(&self.0.declaration())
    }

    /// What the figure says now.
    pub fn readouts(&self) -> Answer {
        object::from(&self.0.readouts())
    }

    /// Rows of the table, up to but not including `to`.
    pub fn rows(&self, from: u32, to: u32) -> Answer {
        object::from(&self.0.rows(from, to))
    }

    /// Paints a pane's still layer onto a canvas with `ratio` device pixels to a CSS pixel.
    ///
    /// # Errors
    /// If the canvas has no two-dimensional context.
    #[wasm_bindgen(js_name = paintStaticLayer)]
    #[allow(clippy::needless_pass_by_value, reason = "the boundary hands over owned strings")]
    pub fn paint_static_layer(
        &self,
        pane: i32,
        canvas: HtmlCanvasElement,
        ratio: f64,
        colours: Vec<String>,
    ) -> Result<(), JsError> {
        paint::static_layer(&self.0.static_layer(index(pane)), &canvas, ratio, &palette(&colours))
    }

    /// Paints the cells below a pane's still layer, one to a pixel of the canvas. Returns the
    /// rectangle in CSS pixels that they are stretched over, as left, top, width and height.
    ///
    /// # Errors
    /// If the canvas has no two-dimensional context.
    #[wasm_bindgen(js_name = paintRaster)]
    #[allow(clippy::needless_pass_by_value, reason = "the boundary hands over owned strings")]
    pub fn paint_raster(
        &self,
        pane: i32,
        canvas: HtmlCanvasElement,
        colours: Vec<String>,
    ) -> Result<Vec<f64>, JsError> {
        let Some(raster) = self.0.raster(index(pane), u32::MAX) else { return Ok(vec![0.0; 4]) };
        paint::raster(&raster, &canvas, &palette(&colours))?;
        let ((left, top), (width, height)) = (raster.corner_px, raster.size_px);
        Ok(vec![left, top, width, height])
    }

    /// Paints a pane's moving layer.
    ///
    /// # Errors
    /// If the canvas has no two-dimensional context.
    #[wasm_bindgen(js_name = paintOverlay)]
    #[allow(clippy::needless_pass_by_value, reason = "the boundary hands over owned strings")]
    pub fn paint_overlay(
        &self,
        pane: i32,
        canvas: HtmlCanvasElement,
        ratio: f64,
        colours: Vec<String>,
    ) -> Result<(), JsError> {
        paint::overlay(&self.0.overlay(index(pane)), &canvas, ratio, &palette(&colours))
    }
}

/// The light palette with the host's colours in place; what is no colour is left out.
pub(crate) fn palette(colours: &[String]) -> Palette {
    let mut palette = Palette::of(downhill_figures::Theme::Light);
    for (index, colour) in colours.iter().enumerate() {
        if let Some(colour) = Rgb::parse(colour) {
            palette.set(index, colour);
        }
    }
    palette
}
