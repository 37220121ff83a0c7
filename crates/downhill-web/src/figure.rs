//! The `Figure` class that JavaScript uses.

use downhill_figures::{Changes, Input, Locale, Named, Palette, Rgb, Theme};
use js_sys::{Array, encode_uri_component};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};
use web_sys::HtmlCanvasElement;

use crate::hill::ReliefRenderer;
use crate::object;
use crate::paint;

/// A figure: inputs return what changed; all other methods only read.
#[wasm_bindgen]
pub struct Figure {
    pub(crate) figure: downhill_figures::Figure,
    /// The colours to paint with.
    pub(crate) palette: Palette,
    pub(crate) relief: Option<ReliefRenderer>,
}

/// The return value of an input.
pub(crate) type Answer = Result<JsValue, JsError>;

impl Figure {
    fn apply(&mut self, input: &Input<'_>) -> Answer {
        answer(&self.figure.apply(input))
    }
}

pub(crate) fn answer(changes: &Changes) -> Answer {
    object::from(changes)
}

/// A pane's index; the table, which is not a pane, has −1.
pub(crate) fn index(pane: i32) -> usize {
    usize::try_from(pane).unwrap_or(usize::MAX)
}

/// Name–value pairs as JavaScript hands them over.
struct Pairs(Vec<(String, String)>);

impl Pairs {
    fn of(entries: &Array) -> Self {
        let pairs = entries.iter().map(|entry| {
            let pair = Array::from(&entry);
            let text = |i| pair.get(i).as_string().unwrap_or_default();
            (text(0), text(1))
        });
        Self(pairs.collect())
    }

    fn borrowed(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }
}

#[wasm_bindgen]
#[allow(
    clippy::missing_errors_doc,
    reason = "turning plain data into objects fails only if the host has no memory left"
)]
impl Figure {
    /// Creates a figure with its default spec, in a language with these number separators.
    ///
    /// # Errors
    /// If there is no figure with this name.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, language: &str, decimal: &str, group: &str) -> Result<Self, JsError> {
        let locale = Locale::new(language, decimal, group);
        downhill_figures::figure(name, locale)
            .map(|figure| Self { figure, palette: Palette::of(Theme::Light), relief: None })
            .map_err(|message| JsError::new(&message))
    }

    /// Starts with attributes or URL parameters, given as name–value pairs.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn start(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "[string, string][]")] entries: &Array,
    ) -> Answer {
        answer(&self.figure.start(&Pairs::of(entries).borrowed()))
    }

    /// Starts in the same way if nothing about the entries needs a second look; otherwise returns
    /// undefined, and nothing has changed. Only `start` needs the part that answers the reader.
    #[wasm_bindgen(js_name = startPlainly, unchecked_return_type = "Changes | undefined")]
    pub fn start_plainly(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "[string, string][]")] entries: &Array,
    ) -> Answer {
        match self.figure.start_plainly(&Pairs::of(entries).borrowed()) {
            Some(changes) => answer(&changes),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// Sets a field from text in the one notation used for all languages.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn set(&mut self, field: &str, text: &str) -> Answer {
        self.apply(&Input::Set(field, text))
    }

    /// Sets a field from text typed by the reader, with the number separators of their language.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn enter(&mut self, field: &str, text: &str) -> Answer {
        self.apply(&Input::Enter(field, text))
    }

    /// Sets a field from its slider's position.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn slide(&mut self, field: &str, position: f64) -> Answer {
        self.apply(&Input::Slide(field, position))
    }

    /// What the drawings show now, in words.
    #[must_use]
    pub fn description(&self) -> String {
        self.figure.description()
    }

    /// The current loss as a pitch in hertz, for a figure with runs.
    #[must_use]
    pub fn pitch(&self) -> Option<f64> {
        self.figure.pitch()
    }

    /// Performs an action by name: `play`, `pause`, `step`, `reset`, `clear`, `predict`.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn act(&mut self, action: &str) -> Answer {
        self.apply(&Input::Act(action))
    }

    /// Advances by `n` iterations.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn step(&mut self, n: u32) -> Answer {
        self.apply(&Input::Step(n))
    }

    /// Jumps to iteration `k`.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn seek(&mut self, k: u32) -> Answer {
        self.apply(&Input::Seek(k))
    }

    /// Sets the start.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn drop(&mut self, x: f64, y: Option<f64>) -> Answer {
        self.apply(&Input::Drop(&[x, y.unwrap_or(0.0)]))
    }

    /// Handles a pointer event on a pane (press, tap, drag, release, hover, leave) at a point in
    /// CSS pixels.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
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

    /// Magnifies a pane by a factor.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn zoom(&mut self, pane: i32, factor: f64) -> Answer {
        self.apply(&Input::Zoom(index(pane), factor))
    }

    /// Selects a row of the table.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn choose(&mut self, row: u32) -> Answer {
        self.apply(&Input::Choose(row))
    }

    /// Continues pending work for about `steps` descent steps.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn work(&mut self, steps: u32) -> Answer {
        self.apply(&Input::Work(steps as usize))
    }

    /// Handles a key pressed on a pane or, for −1, on the table.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn key(&mut self, pane: i32, key: &str) -> Answer {
        self.apply(&Input::Key(index(pane), key))
    }

    /// Advances the animation by some seconds.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn tick(&mut self, seconds: f64) -> Answer {
        self.apply(&Input::Tick(seconds))
    }

    /// Sets a pane's size in CSS pixels.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn resize(&mut self, pane: i32, width_px: f64, height_px: f64) -> Answer {
        self.apply(&Input::Resize(index(pane), width_px, height_px))
    }

    /// Sets whether the reader prefers reduced motion.
    #[wasm_bindgen(js_name = setReducedMotion)]
    pub fn set_reduced_motion(&mut self, reduce: bool) {
        self.figure.reduce_motion(reduce);
    }

    /// The names of all fields of the spec.
    #[wasm_bindgen(js_name = fieldNames)]
    pub fn field_names(&mut self) -> Vec<String> {
        self.figure.field_names().into_iter().map(String::from).collect()
    }

    /// The current value of a field; undefined if there is none with this name.
    #[wasm_bindgen(unchecked_return_type = "Value | undefined")]
    pub fn value(&mut self, field: &str) -> Answer {
        self.figure.value(field).map_or(Ok(JsValue::UNDEFINED), |value| object::from(&value))
    }

    /// The whole spec.
    #[wasm_bindgen(unchecked_return_type = "Record<string, Value>")]
    pub fn spec(&mut self) -> Answer {
        object::from(&Named(&self.figure.spec()))
    }

    /// The fields that differ from their defaults, as a URL query; `whole` includes the reader's
    /// own data, which a link has only if there is room.
    pub fn query(&mut self, whole: Option<bool>) -> String {
        let state =
            if whole == Some(true) { self.figure.state() } else { self.figure.differences() };
        let pairs = state.into_iter().map(|(name, text)| {
            // A comma needs no escape in a query, and is easier to read.
            let parts: Vec<String> =
                text.split(',').map(|part| encode_uri_component(part).into()).collect();
            format!("{name}={}", parts.join(","))
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The state as plain data.
    #[wasm_bindgen(unchecked_return_type = "Snapshot")]
    pub fn snapshot(&mut self) -> Answer {
        object::from(&self.figure.snapshot())
    }

    /// The runs as CSV.
    #[wasm_bindgen(js_name = toCSV)]
    #[must_use]
    pub fn to_csv(&self) -> String {
        self.figure.csv()
    }

    /// The declaration of controls, readouts and table around the drawings.
    #[wasm_bindgen(unchecked_return_type = "Declaration")]
    pub fn declaration(&self) -> Answer {
        object::from(&self.figure.declaration())
    }

    /// The current readouts.
    #[wasm_bindgen(unchecked_return_type = "Readout[]")]
    pub fn readouts(&self) -> Answer {
        object::from(&self.figure.readouts())
    }

    /// Rows of the table, from `from` up to but not including `to`.
    #[wasm_bindgen(unchecked_return_type = "string[][]")]
    pub fn rows(&self, from: u32, to: u32) -> Answer {
        object::from(&self.figure.rows(from, to))
    }

    /// Sets the colours to paint with, one `#rrggbb` per role in the order of `palette`; values that
    /// are not colours are ignored.
    #[wasm_bindgen(js_name = setPalette)]
    #[allow(clippy::needless_pass_by_value, reason = "the boundary hands over owned strings")]
    pub fn set_palette(&mut self, colours: Vec<String>) {
        for (index, colour) in colours.iter().enumerate() {
            if let Some(colour) = Rgb::parse(colour) {
                self.palette.set(index, colour);
            }
        }
    }

    /// Paints a pane's static layer onto a canvas with `ratio` device pixels per CSS pixel.
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
    ) -> Result<(), JsError> {
        paint::static_layer(&self.figure.static_layer(index(pane)), &canvas, ratio, &self.palette)
    }

    /// Paints the raster below a pane's static layer, one canvas pixel per cell. Returns the
    /// rectangle over which to stretch it as left, top, width and height in CSS pixels.
    ///
    /// # Errors
    /// If the canvas has no two-dimensional context.
    #[wasm_bindgen(js_name = paintRaster)]
    #[allow(clippy::needless_pass_by_value, reason = "the boundary hands over owned strings")]
    pub fn paint_raster(&self, pane: i32, canvas: HtmlCanvasElement) -> Result<Vec<f64>, JsError> {
        let Some(raster) = self.figure.raster(index(pane), u32::MAX) else {
            return Ok(vec![0.0; 4]);
        };
        paint::raster(&raster, &canvas, &self.palette)?;
        let ((left, top), (width, height)) = (raster.corner_px, raster.size_px);
        Ok(vec![left, top, width, height])
    }

    /// Paints a pane's overlay.
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
    ) -> Result<(), JsError> {
        paint::overlay(&self.figure.overlay(index(pane)), &canvas, ratio, &self.palette)
    }
}
