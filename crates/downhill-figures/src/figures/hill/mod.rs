//! The hill: marbles on a loss of two variables, shown as a surface from any side.

mod annotations;
mod blindfold;
mod camera;
mod controls;
#[cfg(feature = "paper")]
mod flat_drawing;
mod height_field;
mod hill_pane;
mod input;
mod mesh;
mod readouts;
mod trails;

use std::cell::OnceCell;
use std::rc::Rc;

use downhill::{
    Curvature, Loss, NamedLoss, Outcome, Quadratic, Rule, StopCriteria, Trajectory, descend,
};

use crate::descent::descent_1d::{LARGEST_ALPHA, LARGEST_START};
use crate::descent::numbered::{MOST_STARTS, RUN_NAMES};
use crate::descent::regime;
use crate::draw::{Mesh, ReliefMode};
use crate::framework::declaration::{Pane, Span, Table};
use crate::framework::field::{Field, Problem, Slot, Value};
use crate::framework::figure_kind::{Change, Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::figure_text::FigureText;
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::{Results, RunEnd};
use crate::framework::snapshot::Run;
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::ContourPane;
use crate::quantile::median;
use crate::text::locale::Locale;
use crate::text::numbers::to_decimals;
use blindfold::Walk;
use camera::{Camera, ELEVATIONS, LARGEST_ZOOM};
use height_field::{FLOOR, HEIGHT, HeightField};
use hill_pane::HillPane;
use input::around;

/// The longest run: no one would watch a marble for longer.
const MOST_STEPS: u32 = 10_000;

/// The default starts, if they are within the view.
const STARTS: [[f64; 2]; 3] = [[-4.0, 1.5], [3.0, 4.0], [2.5, -3.5]];

/// A marble within this distance of the pointer is selected, in CSS pixels.
const NEAR_PX: f64 = 22.0;

/// Marbles on a hill.
pub(crate) struct Hill {
    surface: NamedLoss<2>,
    rule: Rule,
    /// Newton's safeguard.
    safeguard: bool,
    alpha: f64,
    starts: Vec<[f64; 2]>,
    steps: u32,
    blindfold: bool,
    camera: Camera,
    height_field: HeightField,
    /// The surface, once a renderer has asked for it.
    mesh: OnceCell<Rc<Mesh>>,
    /// Counts the landscapes shown.
    version: u32,
    runs: Vec<Trajectory<2>>,
    /// The marble described by the readouts.
    selected: usize,
    /// The right end of α's slider for plain descent.
    alpha_end: f64,
    /// The bounds on α in the sharpest and in the widest valley; `None` for a rule that curvature
    /// does not bound.
    bounds: Option<[f64; 2]>,
    walk: Option<Walk>,
    relief_mode: ReliefMode,
    map: ContourPane,
    /// Where the drag of the view began, and the camera then.
    held: Option<((f64, f64), Camera)>,
    /// The state before the last tap, which a double click restores.
    before: Option<Before>,
}

/// The part of the state that a tap may change.
struct Before {
    starts: Vec<[f64; 2]>,
    selected: usize,
    walk: Option<Walk>,
}

impl Default for Hill {
    fn default() -> Self {
        let surface = NamedLoss::<2>::named("bowl").expect("a landscape's name");
        let relief = HeightField::new(&surface);
        let map = ContourPane::new(relief.view);
        let middle = 0.16 * HEIGHT + 0.5 * FLOOR;
        let mut hill = Self {
            surface,
            rule: Rule::GradientDescent,
            safeguard: true,
            alpha: 0.1,
            starts: STARTS.to_vec(),
            steps: 200,
            blindfold: false,
            camera: Camera { middle, ..Camera::default() },
            height_field: relief,
            mesh: OnceCell::new(),
            version: 0,
            runs: Vec::new(),
            selected: 0,
            alpha_end: 1.0,
            bounds: None,
            walk: None,
            relief_mode: ReliefMode::Drawn,
            map,
            held: None,
            before: None,
        };
        hill.rebuild();
        hill
    }
}

impl Hill {
    /// Rebuilds everything that depends only on the loss.
    fn rebuild(&mut self) {
        self.height_field = HeightField::new(&self.surface);
        self.map.view = self.height_field.view;
        let loss = self.surface.clone();
        self.map.sample(&|x, y| loss.value([x, y]));
        self.mesh = OnceCell::new();
        self.version += 1;
        // The slider's range comfortably includes the bounds at most points, at the minimizers, and
        // the landscape's own rate.
        let mut bounds = Vec::new();
        let [half_u, half_v] = self.height_field.half();
        for i in 0..64_u32 {
            let share = |i: u32| (f64::from(i) - 3.5) / 4.0;
            let at = self.height_field.place(half_u * share(i % 8), half_v * share(i / 8));
            bounds.push(Curvature::at(&self.surface, at).largest_stable_alpha());
        }
        let mut end = 0.0;
        if let Some(landscape) = self.surface.landscape() {
            let bottoms = landscape.minimizers.iter();
            let stable = |at: &[f64; 2]| Curvature::at(&self.surface, *at).largest_stable_alpha();
            for alpha in bottoms.map(stable).chain([2.0 * landscape.alpha]) {
                end = if alpha > end && alpha.is_finite() { alpha } else { end };
            }
        }
        bounds.retain(|bound| bound.is_finite());
        let usual = median(&bounds).unwrap_or(1.0);
        end = if usual > end { usual } else { end };
        let end = (1.2 * end).clamp(1e-9, LARGEST_ALPHA);
        self.alpha_end = to_decimals(end, 1.0 - f64::floor(libm::log10(end)));
    }

    fn rule(&self) -> Rule {
        self.rule.with_safeguard(self.safeguard)
    }

    /// The end of α's slider: proportional to the rule's stability bound, or around the usual rates
    /// of other rules.
    fn alpha_end(&self) -> f64 {
        let rule = self.rule();
        match rule.stable_product() {
            Some(product) => {
                let end = 0.5 * product * self.alpha_end;
                let end = if end > LARGEST_ALPHA { LARGEST_ALPHA } else { end };
                to_decimals(end, 1.0 - f64::floor(libm::log10(end)))
            }
            None if rule.safeguard().is_some() => 2.4,
            None => 1.0,
        }
    }

    /// The bounds on α in the sharpest and in the widest valley: at the landscape's minimizers, or
    /// those that marbles have reached. Where there are none, the worst and the best on the way.
    ///
    /// On a quadratic one bound holds everywhere, and with a negative curvature nothing is stable.
    /// NaN where there is no curvature to go by.
    fn bounds(&self) -> Option<[f64; 2]> {
        let rule = self.rule();
        if let Some(quadratic) = Quadratic::of(&self.surface) {
            return quadratic.largest_stable_alpha_of(&rule).map(|bound| [bound; 2]);
        }
        let product = rule.stable_product()?;
        let known = self.surface.landscape().map(|landscape| landscape.minimizers.to_vec());
        let mut places = known.unwrap_or_default();
        if places.is_empty() {
            let reached =
                self.runs.iter().filter(|run| matches!(run.outcome, Outcome::Converged { .. }));
            places.extend(reached.map(|run| run.iterates[run.last_k()].x));
        }
        if places.is_empty() {
            let ways = self.runs.iter().flat_map(|run| run.iterates.iter().take(16));
            // Where it does not curve up, nothing can settle: on the way that says nothing.
            let bends = |at: &[f64; 2]| Curvature::at(&self.surface, *at).largest() > 0.0;
            let ways = ways.map(|here| here.x).filter(bends);
            places.extend(ways.filter(|at| self.height_field.shows(*at)));
        }
        let mut bounds = [f64::NAN; 2];
        for at in places {
            let most = Curvature::at(&self.surface, at).largest();
            let bound = if most > 0.0 { product / most } else { f64::INFINITY };
            if most.is_nan() {
                continue;
            }
            let [sharpest, widest] = bounds;
            bounds = [
                if bound > sharpest { sharpest } else { bound },
                if bound < widest { widest } else { bound },
            ];
        }
        Some(bounds)
    }

    /// The run of the selected marble.
    fn run(&self) -> Option<&Trajectory<2>> {
        self.runs.get(self.selected)
    }

    /// The position of a run's marble.
    fn marble(&self, run: usize, position: f64) -> [f64; 2] {
        self.runs.get(run).map_or([0.0; 2], |run| trails::place_at(&run.iterates, position))
    }

    /// Where a point of the domain is drawn on the pane.
    fn place_px(&self, at: [f64; 2]) -> (f64, f64) {
        match self.relief_mode {
            ReliefMode::Map => self.map.place_of(at),
            _ => self.camera.project(self.height_field.point(at)).0,
        }
    }

    /// The point of the domain under a pixel.
    fn ground_at(&self, at_px: (f64, f64)) -> Option<[f64; 2]> {
        if self.relief_mode == ReliefMode::Map {
            return Some(self.map.world(at_px.0, at_px.1));
        }
        let point = match self.walk.as_ref().filter(|_| self.blindfold) {
            Some(walk) => {
                let [u, v] = self.height_field.to_uv(walk.here().x);
                let [height, rise_u, rise_v] = self.height_field.height_and_slope(u, v);
                let level = height - rise_u * u - rise_v * v;
                self.camera.on_plane(at_px, [level, rise_u, rise_v])?
            }
            None => self.camera.pick(at_px, &|u, v| self.height_field.height(u, v))?,
        };
        let at = self.height_field.nearest(self.height_field.place(point[0], point[1]));
        // More than enough digits for a pixel.
        Some(std::array::from_fn(|axis| {
            let [from, to] = self.height_field.view[axis];
            to_decimals(at[axis], 4.0 - f64::floor(libm::log10(to - from)))
        }))
    }

    /// The largest index of an iterate in any run.
    fn last(&self) -> u32 {
        if self.blindfold {
            return 0;
        }
        self.runs.iter().map(|run| run.last_k() as u32).max().unwrap_or(0)
    }
}

impl Hill {
    /// Selects a marble by its row in the table, or the last one.
    fn choose(&mut self, row: usize, view: &ViewState<'_>) -> Update {
        self.selected = row.min(self.runs.len().saturating_sub(1));
        Update::VIEW.saying(self.progress_sentence(view))
    }

    /// Uses an input of the reader.
    ///
    /// The page's module is cut here: see `crates/xtask/src/dist/split.rs`.
    #[inline(never)]
    fn respond(&mut self, input: FigureInput<'_>, view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Drop(at) => {
                self.add_start(at);
                Update::start(self.recompute())
            }
            FigureInput::Tap(_, x_px, y_px) => {
                let (starts, walk) = (self.starts.clone(), self.walk.clone());
                self.before = Some(Before { starts, selected: self.selected, walk });
                if view.predicting { Update::NONE } else { self.step_to((x_px, y_px), view.locale) }
            }
            FigureInput::Press(_, x_px, y_px) if self.relief_mode != ReliefMode::Map => {
                self.held = Some(((x_px, y_px), self.camera));
                Update::of(Change::Held)
            }
            FigureInput::Drag(_, x_px, y_px) => {
                let Some((from_px, camera)) = self.held else { return Update::NONE };
                let turned = camera.turned(from_px.0 - x_px, y_px - from_px.1);
                (self.camera.azimuth, self.camera.elevation) = (turned.azimuth, turned.elevation);
                Update::all_layers()
            }
            FigureInput::Press(..) | FigureInput::Release => {
                self.held = None;
                Update::NONE
            }
            FigureInput::Zoom(factor) => self.zoom_by(factor),
            FigureInput::Choose(row) => self.choose(row as usize, view),
            FigureInput::Key(pane, key) if pane > 0 => match key {
                "ArrowUp" => self.choose(self.selected.saturating_sub(1), view),
                "ArrowDown" => self.choose(self.selected + 1, view),
                "Home" => self.choose(0, view),
                "End" => self.choose(usize::MAX, view),
                _ => Update::NONE,
            },
            FigureInput::Key(_, key) => self.key_pressed(key, view.locale),
            FigureInput::Act(action) => self.run_action(action, view.locale),
            FigureInput::Predict if self.blindfold => {
                // What the walk has found would answer the question.
                (self.blindfold, self.walk) = (false, None);
                Update::spec(self.recompute())
            }
            FigureInput::DoubleClick => self.take_back(),
            FigureInput::Hover(Some((_, at_px)))
                if !self.blindfold && self.select_at(at_px, view.position) =>
            {
                Update::VIEW
            }
            _ => Update::NONE,
        }
    }
}

impl FigureKind for Hill {
    fn facts(&self) -> Facts {
        Facts {
            last: self.last(),
            pace: (f64::from(self.last()) / 9.0).clamp(3.0, 60.0),
            play_key: "action-release",
            predicts_end: true,
            live_rows: true,
            chosen: self.selected,
            walked: self.blindfold,
            first: &[
                "blindfold",
                "walk",
                "turn-left",
                "turn-right",
                "longer",
                "shorter",
                "reveal",
                "alpha",
                "loss",
                "felt",
                "marbles",
                "outcome",
            ],
            ..Facts::of("hill", "title-hill")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let camera = &mut self.camera;
        vec![
            Field { name: "loss", slot: Slot::Loss(&mut self.surface) },
            Field { name: "rule", slot: Slot::Choice(&mut self.rule) },
            Field { name: "safeguard", slot: Slot::Toggle(&mut self.safeguard) },
            Field { name: "alpha", slot: Slot::Number(&mut self.alpha, (0.0, LARGEST_ALPHA)) },
            Field {
                name: "start",
                slot: Slot::Points(&mut self.starts, MOST_STARTS, LARGEST_START),
            },
            Field { name: "steps", slot: Slot::Count(&mut self.steps, (1, MOST_STEPS)) },
            Field { name: "azimuth", slot: Slot::Number(&mut camera.azimuth, (-180.0, 180.0)) },
            Field { name: "elevation", slot: Slot::Number(&mut camera.elevation, ELEVATIONS) },
            Field {
                name: "zoom",
                slot: Slot::Number(&mut camera.zoom, (1.0 / LARGEST_ZOOM, LARGEST_ZOOM)),
            },
            Field { name: "blindfold", slot: Slot::Toggle(&mut self.blindfold) },
        ]
    }

    fn recompute(&mut self) -> PaneSet {
        let fresh = self.height_field.surface().text() != self.surface.text();
        let walked = self.walk.is_some();
        if fresh {
            self.rebuild();
            self.walk = None;
            let fits = self.starts.iter().all(|start| self.height_field.shows(*start));
            if let Some(landscape) =
                self.surface.landscape().filter(|_| !fits && self.starts == STARTS)
            {
                self.starts = around(landscape);
            }
        }
        let rule = self.rule();
        let limit = StopCriteria { max_iterations: self.steps as usize, ..StopCriteria::default() };
        let begin = |start: &[f64; 2]| {
            descend(&self.surface, rule, self.alpha, self.height_field.nearest(*start), limit)
        };
        self.runs = self.starts.iter().map(begin).collect();
        self.bounds = self.bounds();
        self.selected = self.selected.min(self.runs.len().saturating_sub(1));
        let start = self.run().map_or([0.0; 2], |run| run.iterates[0].x);
        // A walk belongs to its start, until other marbles join it. It is shown once the blindfold is
        // off, whichever way it was taken off; a new one begins when it is put on.
        let kept = self.walk.take().filter(|walk| {
            let same = walk.iterates.first().is_some_and(|first| first.x == start);
            let alone = self.starts.iter().all(|start| walk.marbles.contains(start));
            let goes_on = if self.blindfold { !walk.revealed } else { walk.steps() > 0 };
            same && alone && goes_on
        });
        let blindfold = self.blindfold;
        let new = || Walk::new(&self.height_field, start, &self.starts);
        self.walk = kept.or_else(|| blindfold.then(new));
        if let Some(walk) = &mut self.walk {
            walk.revealed = !blindfold;
        }
        PaneSet::ALL.when(fresh || walked || self.walk.is_some())
    }

    fn update(&mut self, input: FigureInput<'_>, view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Resize(_, width_px, height_px) => {
                self.camera.size_px = (width_px, height_px);
                self.map.resize(width_px, height_px);
                Update::NONE
            }
            FigureInput::Relief(mode) => {
                self.relief_mode = mode;
                Update::all_layers()
            }
            _ => self.respond(input, view),
        }
    }

    fn problem(&self, locale: &Locale) -> Option<Problem> {
        let outside = self.starts.iter().find(|start| !self.height_field.shows(**start))?;
        let got = outside.map(|x| locale.short(x)).join(", ");
        Some(Problem::outside_view(&got, self.height_field.view, locale))
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let map = self.relief_mode == ReliefMode::Map;
        Declared {
            panes: vec![Pane {
                drags: true,
                relief: true,
                ..Pane::new(
                    "hill",
                    [
                        if map { "pane-hill-map" } else { "pane-hill" },
                        "",
                        if self.blindfold { "help-hill-blind" } else { "help-hill" },
                    ],
                    (0.76, Span::Full),
                    locale,
                )
            }],
            controls: controls::controls(self, view),
            table: Some(Table {
                caption: locale.get("hill-marbles"),
                columns: ["pair-marble", "column-start", "column-now"]
                    .map(|key| locale.get(key))
                    .to_vec(),
                // Under the blindfold it would show the way.
                rows: if self.blindfold { 0 } else { self.runs.len() as u32 },
                k: self.selected as u32,
                roles: vec![self.role(); self.runs.len()],
            }),
        }
    }

    fn pane(&self, _pane: usize, _size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        Box::new(HillPane(self))
    }

    fn results(&self) -> &dyn Results {
        self
    }
}

impl Results for Hill {
    fn heard(&self, k: u32) -> f64 {
        let walk = self.run().map(|run| run.iterates[(k as usize).min(run.last_k())].loss);
        walk.unwrap_or(f64::NAN)
    }

    fn runs(&self) -> Vec<Run> {
        let regime = regime::name(&self.surface, &self.rule(), self.alpha);
        let run = |(name, run)| Run::new(name, self.rule.name(), self.alpha, regime, run);
        RUN_NAMES.into_iter().zip(&self.runs).map(run).collect()
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        let ending = |(n, run): (&str, &Trajectory<2>)| RunEnd {
            name: locale.format("run-marble", &[("n", n)]),
            outcome: run.outcome,
            last: run.last_k() as u32,
        };
        RUN_NAMES.into_iter().zip(&self.runs).map(ending).collect()
    }

    fn csv(&self) -> String {
        let runs: Vec<_> = RUN_NAMES.into_iter().zip(&self.runs).collect();
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let walk = || self.walk.iter().flat_map(|walk| &walk.iterates);
        let goal = self.walk.as_ref().and_then(|walk| walk.goal(&self.height_field));
        vec![
            ("walk", Value::Points(walk().map(|here| here.x).collect())),
            ("walk-losses", Value::Point(walk().map(|here| here.loss).collect())),
            ("walk-goal", Value::Number(goal.unwrap_or(f64::NAN))),
        ]
    }
}
