//! The deep chain: the size of the gradient at each layer, and the factors that lead to it.

mod bars;
mod controls;
mod readouts;

use downhill::{Activation, BackwardPass, DeepNetwork as Network};

use crate::draw::{OverlayShape, Scene};
use crate::framework::declaration::{Control, Keys, Pane, Readout, Span, Table};
use crate::framework::field::{Field, Slot, Value};
use crate::framework::figure_kind::{Effect, FigureKind, Place, RunEnd, ViewState};
use crate::framework::pane_set::PaneSet;
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

/// The most layers that can be told apart on a phone.
const MOST_LAYERS: u32 = 64;

/// The largest weight scale, far beyond any meaningful one.
const LARGEST_SCALE: f64 = 1e6;

/// A network and the result of one backward pass.
pub(crate) struct Chain {
    depth: u32,
    activation: Activation,
    weight_scale: f64,
    skip: bool,
    norm: bool,
    seed: u32,
    run: BackwardPass,
    /// The layer whose product is described, from 0: initially the first, which has the most
    /// factors.
    chosen: usize,
    /// The layer under the pointer.
    hovered: Option<usize>,
    /// Whether the last input selected a layer.
    choosing: bool,
    width_px: f64,
    height_px: f64,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            depth: 20,
            activation: Activation::Sigmoid,
            weight_scale: 1.0,
            skip: false,
            norm: false,
            seed: 1,
            run: Network::default().run(),
            chosen: 0,
            hovered: None,
            choosing: false,
            width_px: 0.0,
            height_px: 0.0,
        }
    }
}

impl Chain {
    fn gradients(&self) -> &[f64] {
        &self.run.gradients
    }

    /// The layer that is described.
    fn present(&self) -> usize {
        self.hovered.unwrap_or(self.chosen).min(self.gradients().len() - 1)
    }

    fn choose_layer(&mut self, layer: usize) -> Effect {
        self.chosen = layer.min(self.gradients().len() - 1);
        self.hovered = None;
        self.choosing = true;
        Effect::Overlay
    }
}

impl FigureKind for Chain {
    fn name(&self) -> &'static str {
        "chain"
    }

    fn title(&self) -> &'static str {
        "title-chain"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let scales = (0.0, LARGEST_SCALE);
        vec![
            Field { name: "depth", slot: Slot::Count(&mut self.depth, (1, MOST_LAYERS)) },
            Field { name: "activation", slot: Slot::Choice(&mut self.activation) },
            Field { name: "weight-scale", slot: Slot::Number(&mut self.weight_scale, scales) },
            Field { name: "skip", slot: Slot::Toggle(&mut self.skip) },
            Field { name: "norm", slot: Slot::Toggle(&mut self.norm) },
            Field { name: "seed", slot: Slot::Count(&mut self.seed, (0, u32::MAX)) },
        ]
    }

    fn recompute(&mut self) -> PaneSet {
        let network = Network {
            depth: self.depth as usize,
            activation: self.activation,
            weight_scale: self.weight_scale,
            skip: self.skip,
            norm: self.norm,
            seed: self.seed,
        };
        self.run = network.run();
        self.chosen = self.chosen.min(self.gradients().len() - 1);
        self.hovered = None;
        self.choosing = false;
        PaneSet::ALL
    }

    fn resize(&mut self, _pane: usize, width_px: f64, height_px: f64) {
        (self.width_px, self.height_px) = (width_px, height_px);
    }

    fn last(&self) -> u32 {
        0
    }

    fn pace(&self) -> f64 {
        1.0
    }

    fn panes(&self, locale: &Locale) -> Vec<Pane> {
        vec![Pane {
            id: "chain",
            label: locale.get("pane-chain"),
            caption: locale.get("caption-chain"),
            aspect: 0.6,
            span: Span::Full,
            keys: Keys::Place,
            help: locale.get("help-chain"),
            drags: false,
            raster: false,
            relief: false,
        }]
    }

    fn controls(&self, view: &ViewState<'_>) -> Vec<Control> {
        self.settings(view.locale)
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        self.report(view.locale)
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        self.verdict(view.locale)
    }

    fn announcement(&self, view: &ViewState<'_>) -> Option<String> {
        let locale = view.locale;
        Some(if self.choosing { self.product(self.chosen, locale) } else { self.verdict(locale) })
    }

    fn table(&self, view: &ViewState<'_>) -> Option<Table> {
        let keys = ["column-layer", "column-size", "column-factor", "column-values"];
        Some(Table {
            caption: view.locale.get("caption-layers"),
            columns: keys.map(|key| view.locale.get(key)).to_vec(),
            rows: self.gradients().len() as u32,
            k: self.chosen as u32,
            roles: Vec::new(),
        })
    }

    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        self.cells(row as usize, view.locale)
    }

    fn static_layer(&self, _pane: usize, scene: &mut Scene, locale: &Locale) {
        self.draw(scene, locale);
    }

    fn overlay(&self, _pane: usize, view: &ViewState<'_>) -> Vec<OverlayShape> {
        self.mark(view.locale)
    }

    fn place(&self, _pane: usize, _x_px: f64, _y_px: f64) -> Place {
        Place::None
    }

    fn cross_hair_start(&self, _pane: usize, _k: u32) -> (f64, f64) {
        self.top(&self.frame(), self.present())
    }

    fn drop_at(&mut self, _at: &[f64]) {}

    fn tap(&mut self, _pane: usize, x_px: f64, _y_px: f64) -> Effect {
        let layer = self.layer_at(x_px);
        self.choose_layer(layer)
    }

    fn hover(&mut self, cursor: Option<(usize, (f64, f64))>, _position: f64) -> bool {
        let under = cursor.map(|(_, (x_px, _))| self.layer_at(x_px));
        let other = under != self.hovered;
        self.hovered = under;
        other
    }

    fn key(&mut self, _pane: usize, key: &str) -> Effect {
        let chosen = self.chosen;
        match key {
            "ArrowLeft" | "ArrowUp" => self.choose_layer(chosen.saturating_sub(1)),
            "ArrowRight" | "ArrowDown" => self.choose_layer(chosen + 1),
            "PageUp" => self.choose_layer(chosen.saturating_sub(10)),
            "PageDown" => self.choose_layer(chosen + 10),
            "Home" => self.choose_layer(0),
            "End" => self.choose_layer(usize::MAX),
            "Enter" | " " => self.choose_layer(chosen),
            _ => Effect::None,
        }
    }

    fn act(&mut self, action: &str) -> Effect {
        match action {
            "skip" => self.skip = !self.skip,
            "norm" => self.norm = !self.norm,
            "redraw" => self.seed = self.seed.wrapping_add(1),
            _ => return Effect::None,
        }
        Effect::Spec
    }

    fn choose(&mut self, row: u32) -> Effect {
        self.choose_layer(row as usize)
    }

    fn runs(&self) -> Vec<Run> {
        Vec::new()
    }

    fn run_ends(&self, _locale: &Locale) -> Vec<RunEnd> {
        Vec::new()
    }

    fn csv(&self) -> String {
        self.rows()
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("gradients", Value::Point(self.run.gradients.clone())),
            ("verdict", Value::Text(self.run.flow.name().to_owned())),
        ]
    }
}
