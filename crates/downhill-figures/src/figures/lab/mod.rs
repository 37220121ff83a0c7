//! The learning-rate lab: one run to experiment with, saved runs for comparison, and the α-sweep.

mod alpha_sweep;
mod controls;
mod presets;
mod readouts;
mod results;
mod saved_runs;
mod sweep_pane;

use downhill::{SweepPoint, landscape_1d};

use crate::descent::descent_1d::Descent1d;
use crate::descent::readouts::curve_pane;
use crate::draw::ColorRole;
use crate::framework::controls::menu_landscape;
use crate::framework::declaration::{Keys, Pane, Span, Table};
use crate::framework::field::{Field, Slot};
use crate::framework::figure::outcome_sentence;
use crate::framework::figure_kind::{Change, Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use crate::panes::curve::CurvePane;
use crate::panes::loss_chart::{LossChart, Series, chart_pane, slopes};
use crate::text::locale::Locale;
use alpha_sweep::{AlphaSweep, MOST_STEPS, point_of};
use presets::{Preset, Presets};
use saved_runs::SavedRuns;
use sweep_pane::SweepPane;

/// The pane of the loss chart.
const CHART: usize = 1;

/// The pane of the sweep.
const SWEEP: usize = 2;

/// The name of a saved run: part of the state, but not of the spec.
const RUN_NAME: &str = "run-name";

/// An experiment with the learning rate.
pub(crate) struct Lab {
    descent: Descent1d,
    presets: Presets,
    saved_runs: SavedRuns,
    /// The saved runs as text.
    notes: String,
    alpha_sweep: AlphaSweep,
    /// The current run's point in the sweep.
    point: SweepPoint,
    /// The selected row of the table: 0 is the current run, followed by the saved ones.
    chosen: usize,
    chart: LossChart,
}

impl Default for Lab {
    fn default() -> Self {
        let descent = Descent1d::default();
        Self {
            point: point_of(&descent),
            descent,
            presets: Presets::default(),
            saved_runs: SavedRuns::default(),
            notes: String::new(),
            alpha_sweep: AlphaSweep::default(),
            chosen: 0,
            chart: LossChart::default(),
        }
    }
}

impl Lab {
    /// The α of a preset: on a quadratic from its curvature, otherwise the best one found by the
    /// sweep.
    fn preset(&self, preset: Preset) -> Option<f64> {
        let swept = || self.alpha_sweep.best().map(|point| point.alpha);
        self.presets.alpha(preset).or_else(|| (preset == Preset::Best).then(swept).flatten())
    }

    /// Runs at another α, if there is one, and says what the sweep knows of it.
    fn take_alpha(&mut self, alpha: Option<f64>, view: &ViewState<'_>) -> Update {
        let Some(alpha) = alpha else { return Update::NONE };
        self.descent.set_alpha(alpha);
        let spec = Update::spec(self.recompute());
        spec.saying(self.alpha_sweep.words(&self.point, view.locale))
    }

    /// Records an action on the saved runs.
    fn note(&mut self) -> Update {
        self.notes = self.saved_runs.written();
        Update::runs(self.recompute())
    }

    /// A sentence about the chosen run.
    fn named(&self, key: &str, locale: &Locale) -> String {
        let name = self.names(locale).into_iter().nth(self.chosen).unwrap_or_default();
        locale.format(key, &[("name", &*name)])
    }

    fn choose_row(&mut self, row: usize, view: &ViewState<'_>) -> Update {
        let locale = view.locale;
        let names = self.names(locale);
        let Some((name, (descent, _))) = names.iter().zip(self.descents()).nth(row) else {
            return Update::NONE;
        };
        let sentence = outcome_sentence(locale, name, descent.outcome());
        self.chosen = row;
        Update::VIEW.saying(sentence)
    }

    fn key(&mut self, pane: usize, key: &str, view: &ViewState<'_>) -> Update {
        if pane == SWEEP {
            if matches!(key, "b" | "B" | "Enter") {
                return self.take_alpha(self.preset(Preset::Best), view);
            }
            return self.take_alpha(self.alpha_sweep.stepped(self.descent.alpha(), key), view);
        }
        if pane < SWEEP {
            return Update::NONE;
        }
        // On the table, arrow keys move from run to run.
        let last = self.saved_runs.runs().len();
        match key {
            "ArrowUp" => self.choose_row(self.chosen.saturating_sub(1), view),
            "ArrowDown" => self.choose_row((self.chosen + 1).min(last), view),
            "Home" => self.choose_row(0, view),
            "End" => self.choose_row(last, view),
            "Delete" | "Backspace" => self.act("remove", view),
            _ => Update::NONE,
        }
    }

    fn act(&mut self, action: &str, view: &ViewState<'_>) -> Update {
        if let Some(preset) = Preset::of(action) {
            let Some(alpha) = self.preset(preset) else { return Update::NONE };
            self.descent.set_alpha(alpha);
            return Update::replay(self.recompute());
        }
        let locale = view.locale;
        match (action, self.kept()) {
            ("keep", _) if self.saved_runs.keep(&self.descent, self.point) => {
                self.chosen = self.saved_runs.runs().len();
                let update = self.note();
                update.saying(self.named("said-kept", locale))
            }
            ("remove", Some(index)) => {
                let Some(kept) = self.saved_runs.remove(index) else { return Update::NONE };
                self.chosen = self.chosen.min(self.saved_runs.runs().len());
                let name = kept.name(locale);
                self.note().saying(locale.format("said-removed", &[("name", &*name)]))
            }
            ("rewind", Some(index)) => {
                self.descent = self.saved_runs.runs()[index].descent.clone();
                let update = Update::start(self.recompute());
                update.saying(self.named("said-rewound", locale))
            }
            _ => {
                if let Some(known) = menu_landscape(action, landscape_1d) {
                    self.descent.set_alpha(known.alpha);
                    self.descent.drop_at(&known.start);
                }
                Update::NONE
            }
        }
    }

    /// The index of the selected saved run.
    fn kept(&self) -> Option<usize> {
        self.chosen.checked_sub(1).filter(|index| *index < self.saved_runs.runs().len())
    }

    /// The names of all runs, the current one first.
    fn names(&self, locale: &Locale) -> Vec<String> {
        let kept = self.saved_runs.runs().iter().map(|kept| kept.name(locale));
        [locale.get("lab-now")].into_iter().chain(kept).collect()
    }

    /// The names of the chart's lines, which begin with the saved runs, so that the current one is
    /// drawn on top of them.
    fn names_of_lines(&self, locale: &Locale) -> Vec<Option<String>> {
        let mut names: Vec<_> = self.names(locale).into_iter().map(Some).collect();
        names.rotate_left(1);
        names
    }

    /// All runs, the current one first.
    fn descents(&self) -> impl Iterator<Item = (&Descent1d, ColorRole)> {
        let kept = self.saved_runs.runs().iter().map(|kept| (&kept.descent, kept.role()));
        [(&self.descent, ColorRole::Step)].into_iter().chain(kept)
    }

    /// The largest index of an iterate in any run, since one index serves all runs.
    fn last(&self) -> u32 {
        self.descents().map(|(descent, _)| descent.last()).max().unwrap_or(0)
    }
}

impl FigureKind for Lab {
    fn facts(&self) -> Facts {
        Facts {
            last: self.last(),
            pace: (f64::from(self.last()) / 8.0).clamp(2.0, 60.0),
            is_working: self.alpha_sweep.is_working(),
            first: &[
                "crawl",
                "steady",
                "best",
                "zigzag",
                "bounce",
                "explode",
                "keep",
                "alpha",
                "outcome",
                "comparison",
                "table",
            ],
            ..Facts::of("lab", "title-lab")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = self.descent.fields_and_stop();
        fields.push(Field { name: "scale", slot: Slot::Choice(&mut self.chart.scale) });
        fields.push(Field { name: "kept", slot: Slot::Notes(&mut self.notes) });
        fields.push(Field { name: "track", slot: Slot::Choice(&mut self.alpha_sweep.track) });
        fields
    }

    fn recompute(&mut self) -> PaneSet {
        if self.notes != self.saved_runs.written() {
            self.saved_runs = SavedRuns::read(&self.notes, point_of);
            self.notes = self.saved_runs.written();
            self.chosen = self.chosen.min(self.saved_runs.runs().len());
        }
        let track = self.alpha_sweep.axis();
        let curve = PaneSet::one(0).when(self.descent.recompute());
        self.presets.suit(&self.descent);
        self.point = point_of(&self.descent);
        let swept = self.alpha_sweep.show(&self.descent, self.presets.range)
            || track != self.alpha_sweep.axis();
        let losses = |descent: &Descent1d| descent.iterates().iter().map(|i| i.loss).collect();
        let mut series: Vec<Series> = self
            .descents()
            .map(|(descent, role)| Series {
                role,
                losses: losses(descent),
                slopes: Vec::new(),
                second: false,
            })
            .collect();
        series[0].slopes = slopes(self.descent.iterates());
        series.rotate_left(1);
        let steps = self.last().max(self.descent.steps());
        let chart = PaneSet::one(CHART).when(self.chart.show(series, steps));
        curve | chart | PaneSet::one(SWEEP).when(swept)
    }

    fn update(&mut self, input: FigureInput<'_>, view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Resize(SWEEP, width_px, height_px) => {
                self.alpha_sweep.resize(width_px, height_px);
                Update::NONE
            }
            FigureInput::Drop(at) => {
                self.descent.drop_at(at);
                Update::start(self.recompute())
            }
            FigureInput::Tap(SWEEP, x_px, _) => {
                self.take_alpha(Some(self.alpha_sweep.alpha_at(x_px)), view)
            }
            FigureInput::Drag(SWEEP, x_px, _) => {
                self.descent.set_alpha(self.alpha_sweep.alpha_at(x_px));
                Update::spec(self.recompute())
            }
            // A finger on the point drags it; elsewhere it scrolls the page.
            FigureInput::Press(SWEEP, x_px, y_px)
                if self.alpha_sweep.is_near(&self.point, x_px, y_px) =>
            {
                Update::of(Change::Held)
            }
            FigureInput::Key(pane, key) => self.key(pane, key, view),
            FigureInput::Act(action) => self.act(action, view),
            FigureInput::Label(RUN_NAME, text) => match self.kept() {
                Some(index) if self.saved_runs.rename(index, text) => {
                    let update = self.note();
                    update.saying(self.named("said-renamed", view.locale))
                }
                _ => Update::NONE,
            },
            FigureInput::Choose(row) => self.choose_row(row as usize, view),
            FigureInput::Work(steps) if self.alpha_sweep.work(&self.descent, steps) => {
                Update::all_layers()
            }
            _ => Update::NONE,
        }
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let mut curve = curve_pane(locale, 0.66, Span::Half);
        curve.caption = locale.get("caption-curve");
        let most = MOST_STEPS.to_string();
        let sweep = Pane {
            keys: Keys::Scrub,
            drags: true,
            caption: locale.format("caption-sweep", &[("most", &*most)]),
            ..Pane::new("sweep", ["pane-sweep", "", "help-sweep"], (0.24, Span::Full), locale)
        };
        let keys = [
            "column-run",
            "column-alpha",
            "column-start",
            "column-outcome",
            "column-x-there",
            "column-loss",
        ];
        Declared {
            panes: vec![curve, chart_pane(locale, 0.66, Span::Half), sweep],
            controls: controls::controls(self, view),
            table: Some(Table {
                caption: locale.get("caption-kept"),
                columns: keys.map(|key| locale.get(key)).to_vec(),
                rows: self.saved_runs.runs().len() as u32 + 1,
                k: self.chosen as u32,
                roles: self.descents().map(|(_, role)| role).collect(),
            }),
        }
    }

    fn pane(&self, pane: usize, size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        let saved = self.saved_runs.runs();
        match pane {
            CHART => {
                let chart = self.chart.view(CHART, size_px).with_stop(self.descent.outcome());
                // A line that is alone needs no name.
                Box::new(match saved {
                    [] => chart,
                    _ => chart.with_names(|view| self.names_of_lines(view.locale)),
                })
            }
            SWEEP => Box::new(SweepPane {
                sweep: &self.alpha_sweep,
                descent: &self.descent,
                point: &self.point,
                saved,
                width_px: size_px.0,
            }),
            _ => {
                let loss = self.descent.loss().text();
                let same = saved.iter().filter(|run| run.descent.loss().text() == loss);
                let others = same.map(|run| (run.descent.iterates(), run.role())).collect();
                Box::new(CurvePane::new(&self.descent, size_px).beside(others))
            }
        }
    }

    fn results(&self) -> &dyn Results {
        self
    }
}
