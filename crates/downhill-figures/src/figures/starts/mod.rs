//! Many starts on a loss with several minima: with the same α, the result depends on the start.

mod basin_map;
mod controls;
mod readouts;
mod runs;

use downhill::{Loss, NamedLoss, Outcome, Rule, landscapes_2d};

use crate::descent::descent_1d::LARGEST_ALPHA;
use crate::descent::numbered::{MOST_STARTS, RUN_NAMES};
use crate::descent::regime;
use crate::draw::{Align, ColorRole, OverlayShape, Raster, Scene};
use crate::framework::controls::menu_landscape;
use crate::framework::declaration::{Control, Keys, Pane, Readout, Span, Table};
use crate::framework::field::{Field, Problem, Slot, Value};
use crate::framework::figure_kind::{Effect, FigureKind, Place, RunEnd, ViewState};
use crate::framework::pane_set::PaneSet;
use crate::framework::snapshot::Run;
use crate::panes::contour_map::{ContourPane, Walk};
use crate::text::locale::Locale;
use crate::text::numbers::to_decimals;
use basin_map::{BasinMap, CELLS};
use runs::{MOST_STEPS, Runs, letter};

/// A start within this distance of the pointer is selected, in CSS pixels.
const GRAB_PX: f64 = 14.0;

/// The largest typed coordinate of a start; the map's border is nearer.
const LARGEST_START: f64 = 1e6;

/// The most minimizers that are listed individually.
const MOST_LISTED: usize = 8;

/// A map of a landscape with many runs on it.
pub(crate) struct Starts {
    runs: Runs,
    basin_map: BasinMap,
    basins: bool,
    map: ContourPane,
    /// The selected run.
    chosen: usize,
    /// The start being dragged.
    held: Option<usize>,
    /// What the static layer shows.
    drawn: (String, bool),
    /// Whether the last search for twins found no basin boundary.
    no_twins: bool,
}

impl Default for Starts {
    fn default() -> Self {
        let runs = Runs::default();
        let map = ContourPane::new(runs.view());
        Self {
            runs,
            basin_map: BasinMap::default(),
            basins: true,
            map,
            chosen: 0,
            held: None,
            drawn: (String::new(), false),
            no_twins: false,
        }
    }
}

impl Starts {
    fn f(&self) -> impl Fn(f64, f64) -> f64 {
        |x, y| self.runs.loss.value([x, y])
    }

    /// The landscape's title, or its formula.
    fn landscape(&self) -> String {
        let loss = &self.runs.loss;
        loss.landscape().map_or(loss.text(), |landscape| landscape.title).to_owned()
    }

    /// The start under a point of the pane, preferring the selected one.
    fn start_at(&self, x_px: f64, y_px: f64) -> Option<usize> {
        let frame = self.map.frame();
        let near = |index: &usize| {
            let [x, y] = self.runs.starts[*index];
            let at = frame.point_px(x, y);
            runs::distance([at.0, at.1], [x_px, y_px]) <= GRAB_PX
        };
        Some(self.chosen).filter(near).or_else(|| (0..self.runs.starts.len()).find(near))
    }

    /// Moves the selected start by a hundredth of the map.
    fn nudge(&mut self, axis: usize, way: f64) -> Effect {
        let [from, to] = self.runs.view()[axis];
        let mut at = self.runs.starts[self.chosen];
        let decimals = 3.0 - libm::floor(libm::log10(to - from));
        at[axis] = to_decimals(at[axis] + 0.01 * way * (to - from), decimals);
        self.runs.starts[self.chosen] = self.runs.inside(at);
        Effect::Spec
    }

    fn choose_start(&mut self, index: usize) -> Effect {
        if index >= self.runs.starts.len() {
            return Effect::None;
        }
        self.chosen = index;
        Effect::Overlay
    }
}

impl FigureKind for Starts {
    fn name(&self) -> &'static str {
        "starts"
    }

    fn title(&self) -> &'static str {
        "title-starts"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let runs = &mut self.runs;
        vec![
            Field { name: "loss", slot: Slot::Loss2d(&mut runs.loss) },
            Field { name: "alpha", slot: Slot::Number(&mut runs.alpha, (0.0, LARGEST_ALPHA)) },
            Field {
                name: "start",
                slot: Slot::Points(&mut runs.starts, MOST_STARTS, LARGEST_START),
            },
            Field { name: "steps", slot: Slot::Count(&mut runs.steps, (1, MOST_STEPS)) },
            Field { name: "basins", slot: Slot::Toggle(&mut self.basins) },
        ]
    }

    fn recompute(&mut self) -> PaneSet {
        self.no_twins = false;
        self.runs.recompute();
        self.chosen = self.chosen.min(self.runs.starts.len() - 1);
        self.map.view = self.runs.view();
        self.basin_map.show(&self.runs, self.basins);
        let drawn = (self.runs.loss.text().to_owned(), self.basins);
        let fresh = drawn.0 != self.drawn.0;
        let other = std::mem::replace(&mut self.drawn, drawn) != self.drawn;
        if fresh {
            let loss = self.runs.loss.clone();
            self.map.sample(|x, y| loss.value([x, y]));
        }
        PaneSet::ALL.when(other)
    }

    fn problem(&self, locale: &Locale) -> Option<Problem> {
        let got = Self::place_words(self.runs.outside?, locale);
        let [x, y] = self.runs.view().map(|side| side.map(|end| locale.full(end)));
        let values =
            [("got", &*got), ("x0", &*x[0]), ("x1", &*x[1]), ("y0", &*y[0]), ("y1", &*y[1])];
        let refusal = locale.format("problem-outside", &values);
        let message = format!("{refusal} {}", locale.get("problem-border"));
        Some(Problem { parameter: "start".to_owned(), refusal, message, offset: None })
    }

    fn at_end(&self) -> bool {
        true
    }

    fn resize(&mut self, _pane: usize, width_px: f64, height_px: f64) {
        self.map.resize(width_px, height_px);
    }

    fn last(&self) -> u32 {
        self.runs.last()
    }

    fn pace(&self) -> f64 {
        (f64::from(self.last()) / 8.0).clamp(2.0, 120.0)
    }

    fn panes(&self, locale: &Locale) -> Vec<Pane> {
        vec![Pane {
            id: "map",
            label: locale.get("pane-starts"),
            caption: String::new(),
            aspect: 0.86,
            span: Span::Full,
            keys: Keys::Place,
            help: locale.get("help-starts"),
            drags: true,
            raster: true,
            relief: false,
        }]
    }

    fn controls(&self, view: &ViewState<'_>) -> Vec<Control> {
        self.settings(view.locale)
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        self.report(view)
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        self.told(view)
    }

    fn announcement(&self, view: &ViewState<'_>) -> Option<String> {
        Some(if self.no_twins { view.locale.get("said-no-twins") } else { self.told(view) })
    }

    fn table(&self, view: &ViewState<'_>) -> Option<Table> {
        Some(self.list(view.locale))
    }

    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        self.line(row as usize, view.locale)
    }

    fn static_layer(&self, _pane: usize, scene: &mut Scene, locale: &Locale) {
        if self.basins {
            self.map.lines(scene, self.f(), locale);
        } else {
            self.map.still(scene, self.f(), locale);
        }
    }

    fn overlay(&self, _pane: usize, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let frame = self.map.frame();
        let bottoms = self.runs.bottoms();
        let listed = &bottoms[..bottoms.len().min(MOST_LISTED)];
        let mut marks = self.map.minimizer_marks(listed);
        for (bottom, at) in listed.iter().enumerate() {
            if frame.contains(at[0], at[1]) {
                let (x_px, y_px) = frame.point_px(at[0], at[1]);
                let (text, at) = (letter(bottom), (x_px + 10.0, y_px));
                marks.push(OverlayShape::Label {
                    at,
                    text,
                    role: ColorRole::Ink,
                    align: Align::Start,
                });
            }
        }
        // The selected run is drawn last, on top of the others.
        let others = (0..self.runs.runs().len()).filter(|run| *run != self.chosen);
        for run in others.chain([self.chosen]) {
            let trajectory = &self.runs.runs()[run];
            let walk = Walk {
                run,
                iterates: &trajectory.iterates,
                role: ColorRole::Vanilla,
                runs_away: matches!(trajectory.outcome, Outcome::Diverged { .. }),
                faint: run != self.chosen,
            };
            marks.extend(self.map.walk(&walk, view));
            let [x, y] = self.runs.starts[run];
            let at = frame.point_px(x, y);
            let (radius, outline) =
                if walk.faint { (4.5, ColorRole::Vanilla) } else { (6.0, ColorRole::Ink) };
            marks.push(OverlayShape::Disc { at, radius, fill: ColorRole::Panel, outline });
        }
        if let Some((_, at)) = view.cursor {
            marks.extend(self.map.cross_hair(at, Some(&self.f()), view.locale));
        }
        marks
    }

    fn place(&self, _pane: usize, x_px: f64, y_px: f64) -> Place {
        let at = self.runs.inside(self.map.world(x_px, y_px));
        Place::Point { run: self.chosen, at: at.to_vec() }
    }

    fn cross_hair_start(&self, _pane: usize, _k: u32) -> (f64, f64) {
        self.map.place_of(self.runs.starts[self.chosen])
    }

    fn drop_at(&mut self, at: &[f64]) {
        let coordinate = |i: usize| at.get(i).copied().unwrap_or(0.0);
        let at = [coordinate(0), coordinate(1)];
        let starts = &mut self.runs.starts;
        // If the limit is reached, the selected start moves instead.
        if starts.len() == MOST_STARTS {
            starts[self.chosen] = at;
        } else {
            starts.push(at);
            self.chosen = starts.len() - 1;
        }
    }

    fn tap(&mut self, _pane: usize, x_px: f64, y_px: f64) -> Effect {
        self.start_at(x_px, y_px).map_or(Effect::None, |index| self.choose_start(index))
    }

    fn press(&mut self, _pane: usize, x_px: f64, y_px: f64) -> bool {
        self.held = self.start_at(x_px, y_px);
        self.chosen = self.held.unwrap_or(self.chosen);
        self.held.is_some()
    }

    fn drag(&mut self, _pane: usize, x_px: f64, y_px: f64) -> Effect {
        let Some(held) = self.held.filter(|held| *held < self.runs.starts.len()) else {
            return Effect::None;
        };
        self.runs.starts[held] = self.runs.inside(self.map.world(x_px, y_px));
        Effect::Spec
    }

    fn key(&mut self, pane: usize, key: &str) -> Effect {
        let last = self.runs.starts.len() - 1;
        let (back, on) = (self.chosen.saturating_sub(1), (self.chosen + 1).min(last));
        match key {
            "Delete" | "Backspace" => self.act("remove"),
            "PageUp" => self.choose_start(back),
            "PageDown" => self.choose_start(on),
            "Home" => self.choose_start(0),
            "End" => self.choose_start(last),
            // On the table, arrow keys move between rows.
            "ArrowUp" if pane > 0 => self.choose_start(back),
            "ArrowDown" if pane > 0 => self.choose_start(on),
            "Shift+ArrowLeft" => self.nudge(0, -1.0),
            "Shift+ArrowRight" => self.nudge(0, 1.0),
            "Shift+ArrowUp" => self.nudge(1, 1.0),
            "Shift+ArrowDown" => self.nudge(1, -1.0),
            _ => Effect::None,
        }
    }

    fn act(&mut self, action: &str) -> Effect {
        match action {
            "twins" => {
                if !self.runs.twins() {
                    self.no_twins = true;
                    return Effect::Overlay;
                }
                self.chosen = 0;
            }
            "ring" => self.runs.ring(),
            "rows" => self.runs.rows(),
            "remove" if self.runs.starts.len() > 1 => {
                self.runs.starts.remove(self.chosen);
            }
            "basins" => self.basins = !self.basins,
            _ => {
                // A landscape chosen from the menu sets its own α, and starts within its map.
                if let Some(landscape) = menu_landscape(action, landscapes_2d()) {
                    self.runs.alpha = landscape.alpha;
                    self.runs.loss = NamedLoss::from(landscape);
                    self.runs.ring();
                }
                return Effect::None;
            }
        }
        Effect::Spec
    }

    fn choose(&mut self, row: u32) -> Effect {
        self.choose_start(row as usize)
    }

    fn work(&mut self, steps: usize) -> bool {
        self.basin_map.work(&mut self.runs, steps)
    }

    fn is_working(&self) -> bool {
        self.basin_map.is_working()
    }

    fn raster(&self, _pane: usize, most: u32) -> Option<Raster> {
        self.basin_map.raster(&self.map.frame(), most)
    }

    fn runs(&self) -> Vec<Run> {
        let alpha = self.runs.alpha;
        let regime = regime::name(self.runs.loss.loss(), &Rule::GradientDescent, alpha);
        let run = |(name, run)| Run::new(name, "gd", alpha, regime, run);
        RUN_NAMES.into_iter().zip(self.runs.runs()).map(run).collect()
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        let runs = RUN_NAMES.into_iter().zip(self.runs.runs());
        runs.map(|(n, run)| RunEnd {
            name: locale.format("starts-name", &[("n", n)]),
            outcome: run.outcome,
            last: run.last_k() as u32,
        })
        .collect()
    }

    fn csv(&self) -> String {
        let runs: Vec<_> = RUN_NAMES.into_iter().zip(self.runs.runs()).collect();
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let Some(basins) = self.basin_map.basins() else {
            // Nothing of the map is computed yet; without basins there is none.
            return if self.basins { vec![("done", Value::Toggle(false))] } else { Vec::new() };
        };
        let [x, y] = self.runs.view();
        let mut minimizer = Vec::with_capacity(basins.grid().len());
        let (mut iterations, mut outcomes) = (minimizer.clone(), String::new());
        for at in 0..CELLS * CELLS {
            let Some(cell) = basins.cell(at % CELLS, at / CELLS) else { continue };
            minimizer.push(cell.minimizer.map_or(-1.0, f64::from));
            iterations.push(cell.outcome.k() as f64);
            outcomes.extend(cell.outcome.name().chars().next());
        }
        vec![
            ("done", Value::Toggle(basins.is_done())),
            ("box", Value::Point(vec![x[0], x[1], y[0], y[1]])),
            ("grid", Value::Number(f64::from(CELLS))),
            ("minimizers", Value::Points(basins.minimizers().to_vec())),
            ("minimizer", Value::Point(minimizer)),
            ("iterations", Value::Point(iterations)),
            ("outcomes", Value::Text(outcomes)),
        ]
    }
}
