//! The fit: points define a loss, and stochastic gradient descent on it fits a line to them.

mod chart_pane;
mod choices;
mod controls;
mod data_pane;
mod input;
mod loss_frame;
mod loss_pane;
mod loss_surface;
mod pasted_points;
mod points;
mod readouts;
mod results;
mod scatter;
mod table;
#[cfg(test)]
mod tests;
mod training_run;
mod walker;
mod window;

use downhill::{AlphaChanges, Dataset, MAX_POINTS, Model, Rule};

use crate::descent::descent_1d::{LARGEST_ALPHA, LARGEST_START, plane_start};
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::declaration::{Pane, Span};
use crate::framework::field::{Field, Slot};
use crate::framework::figure_kind::{Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use crate::panes::loss_chart::{LossChart, Series, chart_pane};
use chart_pane::EpochChart;
use choices::{Against, Listed, Per, Source};
use data_pane::DataPane;
use loss_frame::LossFrame;
use loss_pane::LossPane;
use loss_surface::LossSurface;
use pasted_points::PastedPoints;
use scatter::{Held, Scatter};
use training_run::{TrainingPlan, TrainingRun};

/// The panes.
const DATA: usize = 0;
const LOSS: usize = 1;
const CHART: usize = 2;

/// A rate and a noise in y at which a walk with one point per update is seen to tremble around the
/// best line.
const NOISE_FLOOR: (f64, f64) = (0.2, 0.5);

/// Points, a model, and one or two runs that learn its parameters.
pub(crate) struct Fit {
    model: Model,
    source: Source,
    batch: u32,
    rule: Rule,
    /// Newton's safeguard.
    safeguard: bool,
    alpha: f64,
    changes: AlphaChanges,
    start: [f64; 2],
    epochs: u32,
    seed: u32,
    noise: f64,
    against: Against,
    per: Per,
    listed: Listed,
    /// The points entered in the field `points`; equal to those of `own` while these are shown.
    pasted: PastedPoints,
    own: Option<Dataset>,
    /// The source at the last computation.
    shown: Source,
    data: Dataset,
    valley: LossSurface,
    /// The loss before the last edit of the points, shown until the next one.
    before: Option<LossSurface>,
    /// The point that was moved last, and where it was before that.
    home: Option<(usize, [f64; 2])>,
    course: TrainingRun,
    other: Option<TrainingRun>,
    scatter: Scatter,
    loss_frame: LossFrame,
    chart: LossChart,
    /// The point that keys move or remove.
    chosen: Option<usize>,
    held: Option<Held>,
    /// Whether what is dragged has been removed from the static layer.
    lifted: bool,
}

impl Default for Fit {
    fn default() -> Self {
        let data = Dataset::five();
        let plan = TrainingPlan {
            line: false,
            batch: 0,
            rule: Rule::GradientDescent,
            alpha: 0.01,
            changes: AlphaChanges::default(),
            start: [0.0; 2],
            epochs: 50,
            seed: 1,
        };
        Self {
            model: Model::Slope,
            source: Source::Five,
            batch: 0,
            rule: plan.rule,
            safeguard: true,
            alpha: plan.alpha,
            changes: plan.changes,
            start: plan.start,
            epochs: 50,
            seed: plan.seed,
            noise: 0.1,
            against: Against::None,
            per: Per::Update,
            listed: Listed::Updates,
            pasted: PastedPoints::default(),
            own: None,
            shown: Source::Five,
            valley: LossSurface::default(),
            before: None,
            home: None,
            course: TrainingRun::run(&data, &plan),
            data,
            other: None,
            scatter: Scatter::default(),
            loss_frame: LossFrame::default(),
            chart: LossChart::default(),
            chosen: None,
            held: None,
            lifted: false,
        }
    }
}

impl Fit {
    const fn has_b(&self) -> bool {
        matches!(self.model, Model::Line)
    }

    fn plan(&self) -> TrainingPlan {
        TrainingPlan {
            line: self.has_b(),
            batch: self.batch as usize,
            rule: self.rule.with_safeguard(self.safeguard),
            alpha: self.alpha,
            changes: self.changes,
            start: self.start,
            epochs: self.epochs as usize,
            seed: self.seed,
        }
    }

    /// α with its changes, counted in updates of the main run.
    fn rates(&self) -> AlphaPlan {
        let steps = self.course.updates_in(self.epochs as usize) as u32;
        AlphaPlan { alpha: self.alpha, changes: self.changes, steps }
    }

    /// Plays a fit that never comes to rest: one point per update, on points that no line meets.
    fn show_noise_floor(&mut self) -> Update {
        let Self { epochs, changes, .. } = Self::default();
        (self.epochs, self.changes) = (epochs, changes);
        (self.source, self.batch) = (Source::Noisy, 1);
        (self.alpha, self.noise) = NOISE_FLOOR;
        (self.rule, self.start, self.against) = (Rule::GradientDescent, [0.0; 2], Against::None);
        Update::replay(self.recompute())
    }

    /// The largest index of an iterate in any run.
    fn last(&self) -> u32 {
        let other = self.other.as_ref().filter(|_| self.per == Per::Update);
        self.course.last().max(other.map_or(0, TrainingRun::last)) as u32
    }
}

impl FigureKind for Fit {
    fn facts(&self) -> Facts {
        Facts {
            last: self.last(),
            pace: (f64::from(self.last()) / 8.0).clamp(2.0, 1200.0),
            live_rows: self.lists_points(),
            first: &["noise-floor", "alpha", "batch-kind", "data", "standing", "regime", "outcome"],
            ..Facts::of("fit", "title-fit")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let parameters = self.model.parameters();
        let field = |name, slot| Field { name, slot };
        vec![
            field("model", Slot::Choice(&mut self.model)),
            field("data", Slot::Choice(&mut self.source)),
            field("batch", Slot::Count(&mut self.batch, (0, MAX_POINTS as u32))),
            field("rule", Slot::Choice(&mut self.rule)),
            field("safeguard", Slot::Toggle(&mut self.safeguard)),
            field("alpha", Slot::Rate(&mut self.alpha, &mut self.changes, (0.0, LARGEST_ALPHA))),
            field("start", Slot::Parameters(&mut self.start[..parameters], LARGEST_START)),
            field("epochs", Slot::Count(&mut self.epochs, (1, 100_000))),
            field("seed", Slot::Count(&mut self.seed, (0, u32::MAX))),
            field("noise", Slot::Number(&mut self.noise, (0.0, LARGEST_START))),
            field("against", Slot::Choice(&mut self.against)),
            field("per", Slot::Choice(&mut self.per)),
            field("list", Slot::Choice(&mut self.listed)),
            field("scale", Slot::Choice(&mut self.chart.scale)),
            field("points", Slot::Written(&mut self.pasted)),
        ]
    }

    fn recompute(&mut self) -> PaneSet {
        let before = (self.scatter.window, self.loss_frame.window);
        if !self.has_b() {
            self.start[1] = 0.0;
        }
        self.choose_data();
        let plan = self.plan();
        let valley = LossSurface::of(&self.data, plan.line, &plan.rule, plan.alpha);
        let last = std::mem::replace(&mut self.valley, valley);
        if self.source != Source::Own || self.course.has_b() != plan.line {
            (self.before, self.home) = (None, None);
        } else if !last.is_as(&self.valley)
            && self.loss_frame.window.width_px >= 1.0
            && !self.lifted
        {
            // While a point is dragged it is one change.
            self.before = Some(last);
        }
        self.course = TrainingRun::run(&self.data, &plan);
        let batch = match self.against {
            Against::None => None,
            Against::Batch => Some(0),
            Against::Stochastic => Some(1),
        };
        let count = self.data.points().len();
        let other = batch.map(|batch| TrainingPlan { batch, ..plan });
        let other = other.filter(|other| other.kind(count) != plan.kind(count));
        self.other = other.map(|other| TrainingRun::run(&self.data, &other));
        // What is held stays under the hand; the valley of a point that is held may come along.
        if self.held.is_none() {
            self.scatter.look(&self.data);
        }
        if matches!(self.held, None | Some(Held::Point(_))) {
            let courses: Vec<_> = std::iter::once(&self.course).chain(&self.other).collect();
            self.loss_frame.fit_view(&self.valley, plan.line, &courses);
        }
        let courses = std::iter::once(&self.course).chain(&self.other);
        let series = courses.map(|run| {
            let (losses, slopes) = self.losses_and_slopes(run);
            Series { role: run.role(), losses, slopes, second: false }
        });
        let series = series.collect();
        let axes = self.chart.show(series, self.chart_steps());
        // Dragging a line changes neither points nor loss.
        let same = matches!(self.held, Some(Held::End | Held::Middle | Held::Marble));
        let points = matches!(self.held, Some(Held::Point(_))) && self.lifted;
        self.lifted = self.held.is_some();
        let data = !same && !points || before.0 != self.scatter.window;
        PaneSet::one(DATA).when(data)
            | PaneSet::one(LOSS).when(!same || before.1 != self.loss_frame.window)
            | PaneSet::one(CHART).when(axes)
    }

    fn alpha_plan(&self) -> Option<AlphaPlan> {
        Some(self.rates())
    }

    fn update(&mut self, input: FigureInput<'_>, view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Resize(pane, width_px, height_px) => {
                let window = match pane {
                    DATA => &mut self.scatter.window,
                    LOSS => &mut self.loss_frame.window,
                    _ => return Update::NONE,
                };
                (window.width_px, window.height_px) = (width_px, height_px);
                Update::NONE
            }
            FigureInput::Drop(at) => self.start_from(plane_start(at)),
            FigureInput::Tap(DATA, x_px, y_px) if !view.predicting => {
                self.tap_data((x_px, y_px), view)
            }
            FigureInput::Press(pane, x_px, y_px) => self.press_pane(pane, (x_px, y_px), view.k),
            FigureInput::Drag(_, x_px, y_px) => self.drag_to((x_px, y_px), view.k),
            FigureInput::Release => self.release_drag(view),
            FigureInput::Key(pane, key) => self.key_pressed(pane, key, view),
            FigureInput::Act("remove") => self.remove(view),
            FigureInput::Act("noise-floor") => self.show_noise_floor(),
            FigureInput::Act("safeguard") => {
                self.safeguard = !self.safeguard;
                Update::spec(self.recompute())
            }
            FigureInput::Choose(row) if self.lists_points() => {
                self.choose_point(row as usize, view)
            }
            _ => Update::NONE,
        }
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let pane = |id, label, caption, help| Pane {
            drags: true,
            ..Pane::new(id, [label, caption, help], (0.74, Span::Half), locale)
        };
        Declared {
            panes: vec![
                pane("data", "pane-fit-data", "caption-fit-data", "help-fit-data"),
                pane("loss", "pane-fit-loss", "caption-fit-loss", "help-fit-loss"),
                chart_pane(locale, 0.3, Span::Full),
            ],
            controls: self.settings(view),
            table: Some(self.list(view)),
        }
    }

    fn pane(&self, pane: usize, size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        let list = self.changes.list();
        let chart = self.chart.view(CHART, size_px).with_changes(list, |k| match self.per {
            Per::Epoch => self.course.epoch_at(k),
            Per::Update => k,
        });
        match pane {
            DATA => Box::new(DataPane(self)),
            LOSS => Box::new(LossPane(self)),
            _ if self.per == Per::Epoch => {
                Box::new(EpochChart { chart: chart.counting("fit-chart-at"), course: &self.course })
            }
            _ => Box::new(chart),
        }
    }

    fn results(&self) -> &dyn Results {
        self
    }
}
