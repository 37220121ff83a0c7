//! The deep chain: the size of the gradient at each layer, and the factors that lead to it.

mod bars;
mod controls;
mod readouts;

use downhill::{Activation, BackwardPass, DeepNetwork as Network};

use crate::framework::declaration::{Pane, Span, Table};
use crate::framework::field::{Field, Slot, Value};
use crate::framework::figure_kind::{Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use bars::BarsView;

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
    /// The settings of that pass.
    ran: Network,
    /// The gradients before the last change, shown until the next one.
    before: Vec<f64>,
    /// Which setting was changed last, by its number.
    changed: Option<u8>,
    /// The layer whose product is described, from 0: initially the first, which has the most
    /// factors.
    chosen: usize,
    /// The decades shown.
    decades: (f64, f64),
    /// The layer under the pointer.
    hovered: Option<usize>,
    width_px: f64,
    height_px: f64,
}

impl Default for Chain {
    fn default() -> Self {
        let network = Network::default();
        Self {
            run: network.run(),
            ran: network,
            before: Vec::new(),
            changed: None,
            depth: network.depth as u32,
            activation: network.activation,
            weight_scale: network.weight_scale,
            skip: network.skip,
            norm: network.norm,
            seed: network.seed,
            chosen: 0,
            decades: (0.0, 0.0),
            hovered: None,
            width_px: 0.0,
            height_px: 0.0,
        }
    }
}

impl Chain {
    fn gradients(&self) -> &[f64] {
        &self.run.gradients
    }

    /// A network without a remedy, through which the gradient does not come.
    const fn fail(&mut self, activation: Activation, weight_scale: f64, depth: u32) {
        (self.activation, self.weight_scale, self.depth) = (activation, weight_scale, depth);
        (self.skip, self.norm) = (false, false);
        self.chosen = 0;
    }

    /// Keeps the gradients of before a change. While one slider moves it is one change.
    fn note_change(&mut self, next: &Network) {
        let now = self.ran;
        let changes = [
            now.depth != next.depth,
            now.weight_scale != next.weight_scale,
            now.activation != next.activation
                || now.skip != next.skip
                || now.norm != next.norm
                || now.seed != next.seed,
        ];
        // Until the pane has a size, no state has been shown that could be compared.
        let Some(which) = changes.into_iter().position(|is| is).filter(|_| self.width_px >= 1.0)
        else {
            return;
        };
        let slides = which < 2 && self.changed == Some(which as u8);
        if which == 0 {
            // Layers are counted from the input, so those of another depth are not the same layers.
            self.before.clear();
        } else if !slides {
            self.before = self.run.gradients.clone();
        }
        self.changed = Some(which as u8);
    }

    /// The layer that is described.
    fn present(&self) -> usize {
        self.hovered.unwrap_or(self.chosen).min(self.gradients().len() - 1)
    }
}

impl FigureKind for Chain {
    fn facts(&self) -> Facts {
        Facts {
            first: &[
                "vanishing",
                "exploding",
                "skip",
                "norm",
                "activation",
                "weight-scale",
                "verdict",
                "product",
            ],
            ..Facts::of("chain", "title-chain")
        }
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
        self.note_change(&network);
        self.run = network.run();
        self.ran = network;
        self.decades = self.steady_decades();
        self.chosen = self.chosen.min(self.gradients().len() - 1);
        self.hovered = None;
        PaneSet::ALL
    }

    fn update(&mut self, input: FigureInput<'_>, view: &ViewState<'_>) -> Update {
        let layer = match input {
            FigureInput::Resize(_, width_px, height_px) => {
                (self.width_px, self.height_px) = (width_px, height_px);
                return Update::NONE;
            }
            FigureInput::Act(action) => {
                match action {
                    "skip" => self.skip = !self.skip,
                    "norm" => self.norm = !self.norm,
                    "vanishing" => self.fail(Activation::Sigmoid, 1.0, 20),
                    "exploding" => self.fail(Activation::Relu, 2.5, 64),
                    "redraw" => self.seed = self.seed.wrapping_add(1),
                    _ => return Update::NONE,
                }
                return Update::spec(self.recompute());
            }
            FigureInput::Hover(cursor) => {
                let under = cursor.map(|(_, (x_px, _))| self.layer_at(x_px));
                let other = under != self.hovered;
                self.hovered = under;
                return if other { Update::VIEW } else { Update::NONE };
            }
            FigureInput::Tap(_, x_px, _) => self.layer_at(x_px),
            // A finger that slides over the bars.
            FigureInput::Drag(_, x_px, _) if self.layer_at(x_px) == self.present() => {
                return Update::NONE;
            }
            FigureInput::Drag(_, x_px, _) => self.layer_at(x_px),
            FigureInput::Choose(row) => row as usize,
            FigureInput::Key(_, key) => match key {
                "ArrowLeft" | "ArrowUp" => self.chosen.saturating_sub(1),
                "ArrowRight" | "ArrowDown" => self.chosen + 1,
                "PageUp" => self.chosen.saturating_sub(10),
                "PageDown" => self.chosen + 10,
                "Home" => 0,
                "End" => usize::MAX,
                "Enter" | " " => self.chosen,
                _ => return Update::NONE,
            },
            _ => return Update::NONE,
        };
        self.chosen = layer.min(self.gradients().len() - 1);
        self.hovered = None;
        Update::VIEW.saying(self.product(self.chosen, view.locale))
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let keys = ["column-layer", "column-size", "column-factor", "column-values"];
        Declared {
            panes: vec![Pane {
                drags: true,
                ..Pane::new(
                    "chain",
                    ["pane-chain", "caption-chain", "help-chain"],
                    (0.6, Span::Full),
                    locale,
                )
            }],
            controls: self.settings(locale),
            table: Some(Table {
                caption: locale.get("caption-layers"),
                columns: keys.map(|key| locale.get(key)).to_vec(),
                rows: self.gradients().len() as u32,
                k: self.chosen as u32,
                roles: Vec::new(),
            }),
        }
    }

    fn pane(&self, _pane: usize, _size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        Box::new(BarsView(self))
    }

    fn results(&self) -> &dyn Results {
        self
    }
}

impl Results for Chain {
    /// All layers, without the factors, which follow from the norms.
    fn csv(&self) -> String {
        let mut csv = String::from("layer,gradient,values\n");
        for (layer, (gradient, values)) in
            self.gradients().iter().zip(&self.run.activations).enumerate()
        {
            csv.push_str(&(layer + 1).to_string());
            for value in [gradient, values] {
                csv.push(',');
                csv.push_str(&downhill::numbers::field(*value));
            }
            csv.push('\n');
        }
        csv
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("gradients", Value::Point(self.run.gradients.clone())),
            ("verdict", Value::Text(self.run.flow.name().to_owned())),
        ]
    }
}
