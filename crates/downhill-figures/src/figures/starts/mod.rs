//! Many starts on a loss with several minima: with the same α, the result depends on the start.

mod basin_map;
mod controls;
mod map_pane;
mod readouts;
mod results;
mod runs;

use downhill::{Loss, NamedLoss, landscape_2d};

use crate::descent::descent_1d::{LARGEST_ALPHA, plane_point};
use crate::descent::numbered::MOST_STARTS;
use crate::framework::controls::menu_landscape;
use crate::framework::declaration::{Pane, Span};
use crate::framework::field::{Field, Problem, Slot};
use crate::framework::figure_kind::{Change, Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::figure_text::FigureText;
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::ContourPane;
use crate::text::locale::Locale;
use crate::text::numbers::to_decimals;
use basin_map::BasinMap;
use map_pane::MapPane;
use runs::{MOST_STEPS, Runs};

/// A start within this distance of the pointer is selected, in CSS pixels.
const GRAB_PX: f64 = 14.0;

/// The largest typed coordinate of a start; the map's border is nearer.
const LARGEST_START: f64 = 1e6;

/// The largest noise on a gradient.
const LARGEST_NOISE: f64 = 1e6;

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
        }
    }
}

impl Starts {
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
    fn nudge(&mut self, axis: usize, way: f64, view: &ViewState<'_>) -> Update {
        let [from, to] = self.runs.view()[axis];
        let mut at = self.runs.starts[self.chosen];
        let decimals = 3.0 - f64::floor(libm::log10(to - from));
        at[axis] = to_decimals(at[axis] + 0.01 * way * (to - from), decimals);
        self.runs.starts[self.chosen] = self.runs.inside(at);
        self.run_again(view)
    }

    fn choose_start(&mut self, index: usize, view: &ViewState<'_>) -> Update {
        if index >= self.runs.starts.len() {
            return Update::NONE;
        }
        self.chosen = index;
        Update::VIEW.saying(self.progress_sentence(view))
    }

    /// Other starts or another loss: computes the runs, which stay at their end if that is shown.
    fn run_again(&mut self, view: &ViewState<'_>) -> Update {
        let ended = view.k >= self.last();
        let spec = Update::spec(self.recompute());
        let last = self.last();
        let k = if ended { last } else { view.k.min(last) };
        spec.saying(self.progress_sentence(&ViewState { k, ..*view }))
    }

    fn key(&mut self, pane: usize, key: &str, view: &ViewState<'_>) -> Update {
        let last = self.runs.starts.len() - 1;
        let (back, on) = (self.chosen.saturating_sub(1), (self.chosen + 1).min(last));
        match key {
            "Delete" | "Backspace" => self.act("remove", view),
            "PageUp" => self.choose_start(back, view),
            "PageDown" => self.choose_start(on, view),
            "Home" => self.choose_start(0, view),
            "End" => self.choose_start(last, view),
            // On the table, arrow keys move between rows.
            "ArrowUp" if pane > 0 => self.choose_start(back, view),
            "ArrowDown" if pane > 0 => self.choose_start(on, view),
            "Shift+ArrowLeft" => self.nudge(0, -1.0, view),
            "Shift+ArrowRight" => self.nudge(0, 1.0, view),
            "Shift+ArrowUp" => self.nudge(1, 1.0, view),
            "Shift+ArrowDown" => self.nudge(1, -1.0, view),
            _ => Update::NONE,
        }
    }

    /// Plays a failure: these starts on a landscape, with its usual α.
    fn fail(&mut self, landscape: &str, starts: &[[f64; 2]]) -> Update {
        if let Some(known) = landscape_2d(landscape) {
            self.runs.alpha = known.alpha;
            self.runs.loss = NamedLoss::from(known);
        }
        self.runs.starts = starts.to_vec();
        (self.runs.steps, self.runs.noise) = (Runs::default().steps, 0.0);
        self.chosen = 0;
        Update::replay(self.recompute())
    }

    fn act(&mut self, action: &str, view: &ViewState<'_>) -> Update {
        match action {
            // The second start is off the line that leads to the pass.
            "saddle" => return self.fail("double-well", &[[0.0, 1.6], [1e-6, 1.6]]),
            // The second start is too far from the pit to feel it.
            "plateau" => return self.fail("plateau", &[[-1.6, 1.2], [-2.4, 1.8]]),
            "twins" => {
                if !self.runs.twins() {
                    return Update::VIEW.saying(view.locale.get("said-no-twins"));
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
                if let Some(landscape) = menu_landscape(action, landscape_2d) {
                    self.runs.alpha = landscape.alpha;
                    self.runs.loss = NamedLoss::from(landscape);
                    self.runs.ring();
                }
                return Update::NONE;
            }
        }
        self.run_again(view)
    }

    /// The largest index of an iterate in any run.
    fn last(&self) -> u32 {
        self.runs.last()
    }
}

impl FigureKind for Starts {
    fn facts(&self) -> Facts {
        Facts {
            last: self.last(),
            pace: (f64::from(self.last()) / 8.0).clamp(2.0, 120.0),
            at_end: true,
            is_working: self.basin_map.is_working(),
            first: &["alpha", "twins", "saddle", "plateau", "loss", "summary", "legend"],
            ..Facts::of("starts", "title-starts")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let runs = &mut self.runs;
        vec![
            Field { name: "loss", slot: Slot::Loss(&mut runs.loss) },
            Field { name: "alpha", slot: Slot::Number(&mut runs.alpha, (0.0, LARGEST_ALPHA)) },
            Field {
                name: "start",
                slot: Slot::Points(&mut runs.starts, MOST_STARTS, LARGEST_START),
            },
            Field { name: "steps", slot: Slot::Count(&mut runs.steps, (1, MOST_STEPS)) },
            Field { name: "noise", slot: Slot::Number(&mut runs.noise, (0.0, LARGEST_NOISE)) },
            Field { name: "seed", slot: Slot::Count(&mut runs.seed, (0, u32::MAX)) },
            Field { name: "basins", slot: Slot::Toggle(&mut self.basins) },
        ]
    }

    fn recompute(&mut self) -> PaneSet {
        self.runs.recompute();
        self.chosen = self.chosen.min(self.runs.starts.len() - 1);
        self.map.view = self.runs.view();
        self.basin_map.show(&self.runs, self.basins);
        let drawn = (self.runs.loss.text().to_owned(), self.basins);
        let fresh = drawn.0 != self.drawn.0;
        let other = std::mem::replace(&mut self.drawn, drawn) != self.drawn;
        if fresh {
            let loss = self.runs.loss.clone();
            self.map.sample(&|x, y| loss.value([x, y]));
        }
        PaneSet::ALL.when(other)
    }

    fn update(&mut self, input: FigureInput<'_>, view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Resize(_, width_px, height_px) => self.map.resize(width_px, height_px),
            FigureInput::Drop(at) => {
                let at = plane_point(at);
                let starts = &mut self.runs.starts;
                // If the limit is reached, the selected start moves instead.
                if starts.len() == MOST_STARTS {
                    starts[self.chosen] = at;
                } else {
                    starts.push(at);
                    self.chosen = starts.len() - 1;
                }
                return Update::start(self.recompute());
            }
            FigureInput::Tap(_, x_px, y_px) if !view.predicting => {
                if let Some(index) = self.start_at(x_px, y_px) {
                    return self.choose_start(index, view);
                }
            }
            FigureInput::Press(_, x_px, y_px) => {
                self.held = self.start_at(x_px, y_px);
                if let Some(held) = self.held {
                    self.chosen = held;
                    return Update::of(Change::Held);
                }
            }
            FigureInput::Drag(_, x_px, y_px) => {
                if let Some(held) = self.held.filter(|held| *held < self.runs.starts.len()) {
                    self.runs.starts[held] = self.runs.inside(self.map.world(x_px, y_px));
                    return Update::spec(self.recompute());
                }
            }
            FigureInput::Release => self.held = None,
            FigureInput::Key(pane, key) => return self.key(pane, key, view),
            FigureInput::Act(action) => return self.act(action, view),
            FigureInput::Choose(row) => return self.choose_start(row as usize, view),
            FigureInput::Work(steps) if self.basin_map.work(&mut self.runs, steps) => {
                return Update::of(Change::Rasters);
            }
            _ => {}
        }
        Update::NONE
    }

    fn problem(&self, locale: &Locale) -> Option<Problem> {
        let got = Self::place_words(self.runs.outside?, locale);
        Some(Problem::outside_view(&got, self.runs.view(), locale))
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        Declared {
            panes: vec![Pane {
                drags: true,
                raster: true,
                ..Pane::new("map", ["pane-starts", "", "help-starts"], (0.86, Span::Full), locale)
            }],
            controls: self.settings(locale),
            table: Some(self.list(locale)),
        }
    }

    fn pane(&self, _pane: usize, _size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        Box::new(MapPane(self))
    }

    fn results(&self) -> &dyn Results {
        self
    }
}
