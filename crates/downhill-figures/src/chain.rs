//! The deep chain: how large the gradient still is at each layer, and which factors brought it there.

use downhill::{Activation, Chain as Network, ChainRun, Verdict};

use crate::controls;
use crate::declare::{Control, Group, Keys, Pair, Pane, Readout, Span, Table, TrackMark};
use crate::draw::{
    Align, Anchor, Axis, Frame, Height, Mark, Role, Scene, Shape, Ticks, draw_axes, units,
};
use crate::exhibit::{Effect, Ending, Exhibit, Moment, Place};
use crate::field::{Field, Slot, Value};
use crate::panes::Panes;
use crate::snapshot::Run;
use crate::voice::Voice;

/// The names of [`Activation::ALL`], in its order.
const ACTIVATIONS: &[&str] = &["sigmoid", "tanh", "relu", "linear"];

/// Layers that can be told apart on a telephone.
const MOST_LAYERS: u32 = 64;

/// The largest weight scale: far beyond any that still means something.
const LARGEST_SCALE: f64 = 1e6;

/// The right end of the weight scale's slider.
const SLIDER_SCALE: f64 = 4.0;

/// Decades around 1 that are always in sight, one more than the verdict calls healthy.
const LEAST_DECADES: f64 = 4.0;

/// Bars at least this far apart have their factors between them, in CSS pixels.
const FACTOR_PX: f64 = 52.0;

/// The width of a number such as 1.16 × 10⁻¹², in CSS pixels.
const LABEL_PX: f64 = 84.0;

/// Products of so many factors are written out.
const SPELLED: usize = 4;

/// A network and what one pass back through it leaves of the gradient.
pub(crate) struct Chain {
    depth: u32,
    /// The index into [`ACTIVATIONS`].
    activation: usize,
    weight_scale: f64,
    skip: bool,
    norm: bool,
    seed: u32,
    run: ChainRun,
    /// The layer whose product is told, from 0: the first, which has the longest way.
    chosen: usize,
    /// The layer under the pointer.
    hovered: Option<usize>,
    /// Whether the last thing done was to choose a layer.
    choosing: bool,
    width_px: f64,
    height_px: f64,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            depth: 20,
            activation: 0,
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

    /// The layer that is told about.
    fn present(&self) -> usize {
        self.hovered.unwrap_or(self.chosen).min(self.gradients().len() - 1)
    }

    /// What the layer after this one multiplied the gradient by on the way back.
    fn factor(&self, layer: usize) -> Option<f64> {
        let next = self.gradients().get(layer + 1)?;
        Some(self.gradients()[layer] / next).filter(|factor| factor.is_finite())
    }

    fn size(value: f64, voice: &Voice) -> String {
        if value.is_nan() {
            voice.get("chain-nan")
        } else if value.is_infinite() {
            "∞".to_owned()
        } else {
            voice.about(value)
        }
    }

    /// The product behind a layer's gradient, as a sum on paper would show it.
    fn product(&self, layer: usize, voice: &Voice) -> String {
        let number = (layer + 1).to_string();
        let last = self.gradients().len() - 1;
        let size = Self::size(self.gradients()[layer], voice);
        if layer == last {
            return voice.say("chain-product-last", &[("layer", &*number)]);
        }
        let missing = || voice.get("chain-nan");
        let written =
            |at: usize| self.factor(at).map_or_else(missing, |f| voice.digits.significant(f, 3));
        let count = last - layer;
        let mut product = String::from("1");
        for at in (layer..last).rev() {
            if count > SPELLED && at < last - 2 && at > layer {
                continue;
            }
            if count > SPELLED && at == layer {
                product.push_str(" × …");
            }
            product.push_str(" × ");
            product.push_str(&written(at));
        }
        let count = count.to_string();
        let values =
            [("layer", &*number), ("product", &*product), ("size", &*size), ("count", &*count)];
        voice.say(if count == "1" { "chain-product-one" } else { "chain-product" }, &values)
    }

    fn verdict_key(&self) -> &'static str {
        match self.run.verdict {
            Verdict::Vanishing => "chain-vanishing",
            Verdict::Healthy => "chain-healthy",
            Verdict::Exploding => "chain-exploding",
        }
    }

    fn verdict(&self, voice: &Voice) -> String {
        let first = Self::size(self.gradients()[0], voice);
        voice.say(self.verdict_key(), &[("first", &*first)])
    }

    /// What happens to numbers that f64 cannot hold, where it happens.
    fn note(&self, voice: &Voice) -> String {
        let any = |wanted: fn(&f64) -> bool| self.gradients().iter().any(wanted);
        voice.get(if any(|size| *size == 0.0) {
            "chain-underflow"
        } else if any(|size| !size.is_finite()) {
            "chain-overflow"
        } else {
            "chain-log"
        })
    }

    /// The decades that are in sight, in twos so that the axis rests while a slider moves.
    fn decades(&self) -> (f64, f64) {
        let (mut low, mut high) = (-LEAST_DECADES, LEAST_DECADES);
        for size in self.gradients().iter().filter(|size| size.is_finite() && **size > 0.0) {
            let decade = libm::log10(*size);
            // Above the highest bar stands its number.
            let (down, up) =
                (2.0 * libm::floor(decade / 2.0), 2.0 * libm::ceil((decade + 1.0) / 2.0));
            low = if down < low { down } else { low };
            high = if up > high { up } else { high };
        }
        // An axis ends where f64 has no more digits.
        (if low < -306.0 { -306.0 } else { low }, if high > 306.0 { 306.0 } else { high })
    }

    fn frame(&self) -> Frame {
        let (left_px, top_px) = (52.0, 14.0);
        let (low, high) = self.decades();
        Frame {
            left_px,
            top_px,
            width_px: self.width_px - left_px - 14.0,
            height_px: self.height_px - top_px - 28.0,
            x: Axis::linear(0.5, self.gradients().len() as f64 + 0.5),
            y: Axis::log(libm::pow(10.0, low), libm::pow(10.0, high)),
        }
    }

    /// Where a layer's bar ends.
    fn top(&self, frame: &Frame, layer: usize) -> (f64, f64) {
        let size = self.gradients()[layer];
        let shown = if !size.is_finite() || size > frame.y.to {
            frame.y.to
        } else if size < frame.y.from {
            frame.y.from
        } else {
            size
        };
        frame.point_px(layer as f64 + 1.0, shown)
    }

    /// Half of a bar's width: most of a layer's share of the axis, but no plank.
    fn half_px(&self, frame: &Frame) -> f64 {
        let half = 0.36 * self.pitch_px(frame);
        if half > 22.0 { 22.0 } else { half }
    }

    /// The factors between the bars on the way back, where there is room for them.
    fn write_factors(&self, tops: &[(f64, f64)], voice: &Voice, marks: &mut Vec<Mark>) {
        let first = self.gradients().len() - tops.len();
        for (index, pair) in tops.windows(2).enumerate() {
            let (a, b) = (pair[0], pair[1]);
            if b.0 - a.0 < FACTOR_PX {
                return;
            }
            let Some(factor) = self.factor(first + index) else { continue };
            let higher = if a.1 < b.1 { a.1 } else { b.1 };
            let mut text = String::from("× ");
            text.push_str(&voice.digits.significant(factor, 2));
            let at = (0.5 * (a.0 + b.0), higher - 14.0);
            marks.push(Mark::Label { at, text, role: Role::Muted, align: Align::Middle });
        }
    }

    /// The size at a layer, above its bar and clear of the way back.
    fn size_label(&self, frame: &Frame, layer: usize, half: f64, voice: &Voice) -> Mark {
        let at = self.top(frame, layer);
        let (align, x) = if at.0 < frame.left_px + 0.5 * LABEL_PX {
            (Align::Start, at.0 - half)
        } else if at.0 > frame.right_px() - 0.5 * LABEL_PX {
            (Align::End, at.0 + half)
        } else {
            (Align::Middle, at.0)
        };
        let reach = if align == Align::Start { x + LABEL_PX } else { at.0 + 0.5 * LABEL_PX };
        let mut y = at.1;
        for other in layer..self.gradients().len() {
            let top = self.top(frame, other);
            if top.0 <= reach && top.1 < y {
                y = top.1;
            }
        }
        let text = Self::size(self.gradients()[layer], voice);
        let lift = if self.pitch_px(frame) < FACTOR_PX { 13.0 } else { 30.0 };
        let highest = frame.top_px + 4.0;
        let y = if y - lift < highest { highest } else { y - lift };
        Mark::Label { at: (x, y), text, role: Role::Ink, align }
    }

    /// A layer's share of the axis.
    fn pitch_px(&self, frame: &Frame) -> f64 {
        frame.width_px / self.gradients().len() as f64
    }

    fn layer_at(&self, x_px: f64) -> usize {
        let layers = self.gradients().len();
        let at = libm::floor(self.frame().world(x_px, 0.0).0 - 0.5);
        if at > 0.0 { (at as usize).min(layers - 1) } else { 0 }
    }

    fn choose_layer(&mut self, layer: usize) -> Effect {
        self.chosen = layer.min(self.gradients().len() - 1);
        self.hovered = None;
        self.choosing = true;
        Effect::Moving
    }
}

impl Exhibit for Chain {
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
            Field { name: "activation", slot: Slot::Choice(&mut self.activation, ACTIVATIONS) },
            Field { name: "weight-scale", slot: Slot::Number(&mut self.weight_scale, scales) },
            Field { name: "skip", slot: Slot::Toggle(&mut self.skip) },
            Field { name: "norm", slot: Slot::Toggle(&mut self.norm) },
            Field { name: "seed", slot: Slot::Count(&mut self.seed, (0, u32::MAX)) },
        ]
    }

    fn recompute(&mut self) -> Panes {
        let network = Network {
            depth: self.depth as usize,
            activation: Activation::ALL[self.activation],
            weight_scale: self.weight_scale,
            skip: self.skip,
            norm: self.norm,
            seed: self.seed,
        };
        self.run = network.run();
        self.chosen = self.chosen.min(self.gradients().len() - 1);
        self.hovered = None;
        self.choosing = false;
        Panes::ALL
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

    fn panes(&self, voice: &Voice) -> Vec<Pane> {
        vec![Pane {
            id: "chain",
            label: voice.get("pane-chain"),
            caption: voice.get("caption-chain"),
            aspect: 0.6,
            span: Span::Full,
            keys: Keys::Place,
            help: voice.get("help-chain"),
            drags: false,
            raster: false,
            relief: false,
        }]
    }

    fn controls(&self, moment: &Moment<'_>) -> Vec<Control> {
        let voice = moment.voice;
        let toggle = |id, key, pressed| Control::Toggle {
            id,
            action: id,
            label: voice.get(key),
            pressed,
            group: Group::Transport,
        };
        let named = [
            ("sigmoid", "activation-sigmoid"),
            ("tanh", "activation-tanh"),
            ("relu", "activation-relu"),
            ("linear", "activation-linear"),
        ];
        let depth = (1.0, f64::from(MOST_LAYERS), 1.0);
        let mut scale = controls::range(
            "weight-scale",
            voice.get("control-weight-scale"),
            self.weight_scale,
            (0.0, SLIDER_SCALE, 0.05),
            voice,
        );
        if let Control::Range { marks, .. } = &mut scale {
            let root = core::f64::consts::SQRT_2 / SLIDER_SCALE;
            marks.push(TrackMark { at: 1.0 / SLIDER_SCALE, label: voice.exact(1.0) });
            marks.push(TrackMark { at: root, label: voice.get("chain-root") });
        }
        vec![
            toggle("skip", "action-skip", self.skip),
            toggle("norm", "action-norm", self.norm),
            Control::Action {
                id: "redraw",
                action: "redraw",
                label: voice.get("action-redraw"),
                disabled: false,
                primary: false,
                group: Group::Transport,
            },
            controls::choice(
                "activation",
                voice.get("control-activation"),
                ACTIVATIONS[self.activation],
                &named,
                Group::Settings,
                voice,
            ),
            controls::range(
                "depth",
                voice.get("control-depth"),
                f64::from(self.depth),
                depth,
                voice,
            ),
            scale,
            controls::number("seed", voice.get("control-seed"), self.seed.to_string()),
        ]
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        let voice = moment.voice;
        let role = match self.run.verdict {
            Verdict::Vanishing => Role::Muted,
            Verdict::Healthy => Role::Converged,
            Verdict::Exploding => Role::Diverged,
        };
        let pair = |key, value, role| Pair { label: voice.get(key), value, role };
        let pairs = vec![
            pair("chain-first", Self::size(self.gradients()[0], voice), Role::Gradient),
            pair("chain-factor", Self::size(self.run.factor(), voice), Role::Ink),
            pair(
                "chain-slope",
                voice.get(if self.activation == 0 { "chain-quarter" } else { "chain-one" }),
                Role::Ink,
            ),
        ];
        let product = self.product(self.present(), voice);
        vec![
            Readout::Line { id: "verdict", part: "outcome", text: self.verdict(voice), role },
            Readout::Pairs { id: "sizes", part: "readout", pairs },
            Readout::Line { id: "product", part: "readout", text: product, role: Role::Ink },
            Readout::Line {
                id: "note",
                part: "readout",
                text: self.note(voice),
                role: Role::Muted,
            },
        ]
    }

    fn standing(&self, moment: &Moment<'_>) -> String {
        self.verdict(moment.voice)
    }

    fn said(&self, moment: &Moment<'_>) -> Option<String> {
        let voice = moment.voice;
        Some(if self.choosing { self.product(self.chosen, voice) } else { self.verdict(voice) })
    }

    fn table(&self, moment: &Moment<'_>) -> Option<Table> {
        let keys = ["column-layer", "column-size", "column-factor", "column-values"];
        Some(Table {
            caption: moment.voice.get("caption-layers"),
            columns: keys.map(|key| moment.voice.get(key)).to_vec(),
            rows: self.gradients().len() as u32,
            k: self.chosen as u32,
            roles: Vec::new(),
        })
    }

    fn row(&self, row: u32, moment: &Moment<'_>) -> Vec<String> {
        let voice = moment.voice;
        let layer = row as usize;
        let factor = self.factor(layer);
        vec![
            (layer + 1).to_string(),
            Self::size(self.gradients()[layer], voice),
            factor.map_or_else(String::new, |factor| voice.about(factor)),
            Self::size(self.run.activations[layer], voice),
        ]
    }

    fn still(&self, _pane: usize, scene: &mut Scene, voice: &Voice) {
        let frame = self.frame();
        let label = |value: f64, decimals: usize| voice.digits.fixed(value, decimals);
        let most = ((frame.width_px / 36.0) as usize).min(self.gradients().len());
        let x = Ticks::round(frame.x, most, label);
        let y = Ticks::round(frame.y, (frame.height_px / 30.0) as usize, label);
        let corners = |left: f64, right: f64, top: f64, bottom: f64| {
            let all = [(left, bottom), (right, bottom), (right, top), (left, top)];
            Shape::Polygon(all.map(|(x, y)| (units(x), units(y))).to_vec())
        };
        let (left, right) = (frame.left_px, frame.right_px());
        let healthy = corners(left, right, frame.y_px(1e3), frame.y_px(1e-3));
        scene.push(healthy, Role::Converged, 0.13);
        draw_axes(scene, &frame, &x, &y, false);
        scene.rule((left, frame.y_px(1.0)), (right, frame.y_px(1.0)), Role::Rule);
        let half = self.half_px(&frame);
        for layer in 0..self.gradients().len() {
            let (x, top) = self.top(&frame, layer);
            let size = self.gradients()[layer];
            if size >= frame.y.from {
                let bar = corners(x - half, x + half, top, frame.bottom_px());
                scene.push(bar, Role::Gradient, if size.is_finite() { 0.8 } else { 1.0 });
            } else {
                // Nothing is left, or nothing that is a number.
                let role = if size.is_nan() { Role::Diverged } else { Role::Muted };
                let stub = corners(x - half, x + half, frame.bottom_px() - 2.0, frame.bottom_px());
                scene.push(stub, role, 1.0);
            }
        }
        let anchor = Anchor { across: Align::End, height: Height::Top };
        let at = (right - 4.0, frame.y_px(1e3) + 3.0);
        scene.text(&voice.get("chain-band"), at, 12.0, Role::Muted, anchor);
    }

    fn marks(&self, _pane: usize, moment: &Moment<'_>) -> Vec<Mark> {
        let frame = self.frame();
        let present = self.present();
        let tops: Vec<(f64, f64)> =
            (present..self.gradients().len()).map(|layer| self.top(&frame, layer)).collect();
        let at = tops[0];
        let half = self.half_px(&frame) + 2.0;
        let (left, right, bottom) = (at.0 - half, at.0 + half, frame.bottom_px());
        let path = |points, width, dashed| Mark::Path {
            points,
            role: Role::Ink,
            width,
            dashed,
            opacity: 1.0,
        };
        let around = vec![
            (left, bottom),
            (left, at.1 - 2.0),
            (right, at.1 - 2.0),
            (right, bottom),
            (left, bottom),
        ];
        let mut marks = vec![path(around, 1.5, false)];
        // The way back: from the last layer, factor by factor, to this one.
        let mut way = tops.clone();
        way.reverse();
        if way.len() > 1 {
            let dots = way.clone();
            marks.push(path(way, 1.25, true));
            marks.push(Mark::Dots { points: dots, radius: 2.0, role: Role::Ink });
            marks.push(Mark::Arrow { from: tops[1], to: at, role: Role::Ink, width: 1.25 });
        }
        self.write_factors(&tops, moment.voice, &mut marks);
        marks.push(self.size_label(&frame, present, half, moment.voice));
        marks
    }

    fn place(&self, _pane: usize, _x_px: f64, _y_px: f64) -> Place {
        Place::Nowhere
    }

    fn home(&self, _pane: usize, _k: u32) -> (f64, f64) {
        self.top(&self.frame(), self.present())
    }

    fn drop_at(&mut self, _at: &[f64]) {}

    fn tap(&mut self, _pane: usize, x_px: f64, _y_px: f64) -> Effect {
        let layer = self.layer_at(x_px);
        self.choose_layer(layer)
    }

    fn follow(&mut self, cursor: Option<(usize, (f64, f64))>, _position: f64) -> bool {
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

    fn endings(&self, _voice: &Voice) -> Vec<Ending> {
        Vec::new()
    }

    fn csv(&self) -> String {
        let mut csv = String::from("layer,gradient,values\n");
        for (layer, (gradient, values)) in
            self.gradients().iter().zip(&self.run.activations).enumerate()
        {
            csv.push_str(&(layer + 1).to_string());
            for value in [gradient, values] {
                csv.push(',');
                csv.push_str(&downhill::number::shortest(*value));
            }
            csv.push('\n');
        }
        csv
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("gradients", Value::Point(self.run.gradients.clone())),
            ("verdict", Value::Text(self.run.verdict.name().to_owned())),
        ]
    }
}
