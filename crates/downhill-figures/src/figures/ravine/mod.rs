//! The ravine: plain descent and momentum side by side.

mod comparison;
mod map_pane;

use downhill::{Ravine as RavineLoss, Regime, Rule, StopCriteria};

use crate::descent::descent_1d::{LARGEST_ALPHA, LARGEST_START, plane_start};
use crate::descent::fairness::Fairness;
use crate::descent::regime;
use crate::draw::{ColorRole, between};
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::controls::{self, slider_step};
use crate::framework::declaration::{Control, Group, Pair, Pane, Readout, Span};
use crate::framework::field::{Field, SAME, Slot, Value};
use crate::framework::figure::outcome_sentence;
use crate::framework::figure_kind::{Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::figure_text::FigureText;
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::{Results, RunEnd};
use crate::framework::snapshot::Run;
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::ContourPane;
use crate::panes::loss_chart::{LossChart, Series, chart_pane, slopes};
use crate::text::locale::Locale;
use crate::text::messages::{FROM_HERE, GROUND};
use crate::text::numbers::to_decimals;
pub(crate) use comparison::{Comparison, LARGEST_BETA};
use map_pane::MapPane;

/// Up to this κ both axes have the same scale, so that a round bowl looks round; from ten times as
/// much on, y is stretched as far as [`USUAL_REACH`] says, for a ravine would be a line otherwise.
const ROUND_KAPPA: f64 = 4.0;

/// The usual reach of the view to both sides of the minimizer, if it contains the start.
const USUAL_REACH: [f64; 2] = [5.0, 1.6];

/// The largest allowed condition number; the slider ends at a thousand.
pub(crate) const LARGEST_KAPPA: f64 = 1e6;

/// The end of α's slider as a multiple of momentum's largest stable α.
const BEYOND_STABLE: f64 = 1.1;

/// Two runs on the ravine ½(x² + κy²).
pub(crate) struct Ravine {
    comparison: Comparison,
    maps: [ContourPane; 2],
    chart: LossChart,
}

impl Default for Ravine {
    fn default() -> Self {
        let map = usual_map();
        Self {
            comparison: Comparison::default(),
            maps: [map.clone(), map],
            chart: LossChart::default(),
        }
    }
}

impl Ravine {
    /// Fits the views to the runs.
    fn look(&mut self) {
        for map in &mut self.maps {
            map.view = usual_view(&self.comparison, map);
        }
    }

    /// Which run is ahead after k iterations, in one sentence.
    fn who_is_ahead(&self, view: &ViewState<'_>) -> (String, ColorRole) {
        let locale = view.locale;
        let [vanilla, momentum] = [0, 1].map(|run| self.comparison.iterate(run, view.k).loss);
        let iterations = locale.format("iterations", &[("k", &*view.k.to_string())]);
        let losses = [locale.short(vanilla), locale.short(momentum)];
        let titles = [0, 1].map(|run| self.comparison.title(run, locale));
        let values = |first: usize, second: usize| {
            [
                ("iterations", &*iterations),
                ("first", &*titles[first]),
                ("best", &*losses[first]),
                ("last", &*titles[second]),
                ("worst", &*losses[second]),
            ]
        };
        let (key, role) = if view.k == 0 {
            ("standing-start", ColorRole::Muted)
        } else if momentum < vanilla {
            ("standing-ahead", ColorRole::Momentum)
        } else if vanilla < momentum {
            ("standing-ahead", ColorRole::Vanilla)
        } else {
            ("standing-level", ColorRole::Ink)
        };
        let values = if momentum < vanilla { values(1, 0) } else { values(0, 1) };
        (locale.format(key, &values), role)
    }

    fn regimes(&self, k: u32, locale: &Locale) -> [Readout; 2] {
        let line = |run: usize, id, part, role| {
            let name = locale.get(controls::regime_key(self.comparison.regime_at(run, k)));
            let curvatures = regime::curvatures(self.comparison.quadratic());
            let meaning = regime::meaning(
                curvatures,
                &self.comparison.rule(run),
                self.comparison.alpha_at(run, k),
                locale,
            );
            let alpha = locale.rounded(self.comparison.alpha_at(run, k));
            let beta = locale.rounded(self.comparison.beta(run));
            let values =
                [("regime", &*name), ("meaning", &*meaning), ("alpha", &*alpha), ("beta", &*beta)];
            let plain = self.comparison.rule(run) == Rule::GradientDescent;
            let key = if plain { "regime-vanilla" } else { "regime-momentum" };
            Readout::Line { id, part, text: locale.format(key, &values), role }
        };
        [
            line(0, "regime", "regime", ColorRole::Vanilla),
            line(1, "regime-momentum", "regime", ColorRole::Momentum),
        ]
    }

    /// The value of a slider with the regimes of both runs.
    fn regimes_said(&self, value: f64, view: &ViewState<'_>) -> String {
        let locale = view.locale;
        let mut said = locale.full(value);
        for run in [0, 1] {
            let regime = self.comparison.regime_at(run, view.k);
            let name = self.comparison.title(run, locale);
            let regime = locale.get(controls::regime_key(regime));
            let values = [("said", &*said), ("name", &*name), ("regime", &*regime)];
            said = locale.format("slider-regime", &values);
        }
        said
    }

    fn positions(&self, view: &ViewState<'_>) -> Readout {
        let locale = view.locale;
        let pairs = [(0, ColorRole::Vanilla), (1, ColorRole::Momentum)]
            .into_iter()
            .flat_map(|(run, role)| {
                let here = self.comparison.iterate(run, view.k);
                let k = view.k.min(self.comparison.last(run));
                let name = self.comparison.title(run, locale);
                let k = k.to_string();
                let values = [("name", &*name), ("k", &*k)];
                let place = here.x.map(|x| locale.short(x)).join(", ");
                [
                    Pair {
                        label: locale.format("pair-place", &values),
                        value: format!("({place})"),
                        role,
                    },
                    Pair {
                        label: locale.format("pair-loss", &values),
                        value: locale.short(here.loss),
                        role,
                    },
                ]
            })
            .collect();
        Readout::Pairs { id: "position", part: "readout", pairs }
    }

    fn ended(&self, view: &ViewState<'_>) -> Readout {
        let locale = view.locale;
        let sentences: Vec<String> = self
            .run_ends(locale)
            .into_iter()
            .filter(|ending| view.k >= ending.last)
            .map(|ending| outcome_sentence(locale, &ending.name, ending.outcome))
            .collect();
        let role = if sentences.is_empty() { ColorRole::Muted } else { ColorRole::Ink };
        Readout::Line { id: "outcome", part: "outcome", text: sentences.join(" "), role }
    }

    /// The largest index of an iterate in any run.
    fn last(&self) -> u32 {
        self.comparison.last(0).max(self.comparison.last(1))
    }
}

impl FigureKind for Ravine {
    fn facts(&self) -> Facts {
        Facts {
            last: self.last(),
            pace: (f64::from(self.last()) / 8.0).clamp(2.0, 120.0),
            first: &["alpha", "beta", "kappa", "fair", "standing", "outcome"],
            ..Facts::of("ravine", "title-ravine")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let most = StopCriteria::MAX_STEPS as u32;
        let race = &mut self.comparison;
        vec![
            Field { name: "kappa", slot: Slot::Number(&mut race.loss.kappa, (1.0, LARGEST_KAPPA)) },
            Field {
                name: "alpha",
                slot: Slot::Rate(&mut race.alpha, &mut race.changes, (0.0, LARGEST_ALPHA)),
            },
            Field { name: "beta", slot: Slot::Number(&mut race.beta, (0.0, LARGEST_BETA)) },
            Field {
                name: "other-alpha",
                slot: Slot::Own(&mut race.other_alpha, (0.0, LARGEST_ALPHA), SAME),
            },
            Field {
                name: "other-beta",
                slot: Slot::Number(&mut race.other_beta, (0.0, LARGEST_BETA)),
            },
            Field { name: "start", slot: Slot::Point(&mut race.start, LARGEST_START) },
            Field { name: "angle", slot: Slot::Number(&mut race.degrees, (-90.0, 90.0)) },
            Field { name: "fair", slot: Slot::Choice(&mut race.fair) },
            Field { name: "steps", slot: Slot::Count(&mut race.steps, (1, most)) },
            Field { name: "scale", slot: Slot::Choice(&mut self.chart.scale) },
        ]
    }

    fn recompute(&mut self) -> PaneSet {
        let maps = (PaneSet::one(0) | PaneSet::one(1)).when(self.comparison.recompute());
        self.look();
        let series = [(0, ColorRole::Vanilla), (1, ColorRole::Momentum)]
            .into_iter()
            .map(|(run, role)| Series {
                role,
                losses: self.comparison.losses(run),
                slopes: slopes(&self.comparison.trajectory(run).iterates),
                second: false,
            })
            .collect();
        maps | PaneSet::one(2).when(self.chart.show_to_end(series, self.comparison.steps))
    }

    fn alpha_plan(&self) -> Option<AlphaPlan> {
        Some(self.comparison.plan())
    }

    fn update(&mut self, input: FigureInput<'_>, _view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Resize(pane @ ..2, width_px, height_px) => {
                self.maps[pane].resize(width_px, height_px);
                self.look();
            }
            FigureInput::Drop(at) => {
                self.comparison.start = plane_start(at);
                return Update::start(self.recompute());
            }
            _ => {}
        }
        Update::NONE
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let race = &self.comparison;
        let map = |run, id, label| {
            let pane = Pane::new(id, [label, "", "help-map"], (0.2, Span::Full), locale);
            Pane { caption: race.caption(run, locale), ..pane }
        };
        let stable = race.quadratic().largest_stable_momentum_alpha(race.beta);
        let max = round_up(BEYOND_STABLE * stable);
        let fair = |fair| match fair {
            Fairness::Same => "fair-same",
            Fairness::Best => "fair-best",
        };
        let plain = race.rule(0) == Rule::GradientDescent;
        let first = if plain { "pane-vanilla" } else { "pane-other" };
        let other = |id, value, range| {
            let key = if id == "other-beta" { "control-other-beta" } else { "control-other-alpha" };
            let control = controls::range(id, locale.get(key), value, range, locale);
            controls::saying(control, self.regimes_said(value, view))
        };
        let label = locale.get("control-beta");
        let beta = controls::range("beta", label, race.beta, (0.0, 0.99, 0.01), locale);
        let rate = race.plan().at(view.k);
        let alpha = controls::alpha_range(rate, max, &race.quadratic().bands(), locale);
        // A slider is heard without the sentences below it, so it tells what it does to both runs.
        let [alpha, beta, kappa] = [
            (alpha, rate),
            (beta, race.beta),
            (kappa_range(race.loss.kappa, locale), race.loss.kappa),
        ]
        .map(|(control, value)| controls::saying(control, self.regimes_said(value, view)));
        // At its best, each run has its own α and β.
        let mut controls = if race.fair == Fairness::Best {
            vec![kappa]
        } else {
            vec![
                alpha,
                AlphaPlan::switch(view),
                controls::with_help(beta, controls::MOMENTUM_HELP, locale),
                kappa,
                other("other-beta", race.other_beta, (0.0, 0.99, 0.01)),
                other(
                    "other-alpha",
                    race.other_alpha.unwrap_or(race.alpha),
                    (0.0, max, slider_step(max)),
                ),
            ]
        };
        let (angle, start) = (race.degrees, locale.list(&race.start));
        controls.extend([
            controls::range(
                "angle",
                locale.get("control-angle"),
                angle,
                (-90.0, 90.0, 1.0),
                locale,
            ),
            controls::number("start", locale.get("control-start-xy"), start),
            controls::number("steps", locale.get("control-steps"), race.steps.to_string()),
            controls::choice("fair", "control-fair", race.fair, fair, Group::Settings, locale),
            self.chart.control(locale),
        ]);
        Declared {
            panes: vec![
                map(0, "vanilla", first),
                map(1, "momentum", "pane-momentum"),
                chart_pane(locale, 0.25, Span::Full),
            ],
            controls,
            table: None,
        }
    }

    fn pane(&self, pane: usize, size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        match self.maps.get(pane) {
            Some(map) => Box::new(MapPane { comparison: &self.comparison, run: pane, map }),
            None => {
                let (chart, list) =
                    (self.chart.view(pane, size_px), self.comparison.changes.list());
                Box::new(chart.with_changes(list, |k| k))
            }
        }
    }

    fn results(&self) -> &dyn Results {
        self
    }
}

impl FigureText for Ravine {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../../text/messages/en/ravine.txt"), GROUND, FROM_HERE]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let [vanilla, momentum] = self.regimes(view.k, view.locale);
        let (text, role) = self.who_is_ahead(view);
        let standing = Readout::Line { id: "standing", part: "standing", text, role };
        let plan = self.comparison.plan().line(view);
        vec![standing, vanilla, momentum, self.positions(view), self.ended(view), plan]
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        self.who_is_ahead(view).0
    }
}

impl Results for Ravine {
    /// The run that is ahead.
    fn heard(&self, k: u32) -> f64 {
        let [vanilla, momentum] = [0, 1].map(|run| self.comparison.iterate(run, k).loss);
        if momentum < vanilla { momentum } else { vanilla }
    }

    fn runs(&self) -> Vec<Run> {
        [0, 1]
            .map(|run| {
                let regime = self.comparison.regime(run).map(Regime::name);
                Run::new(
                    self.comparison.name(run),
                    self.comparison.rule(run).name(),
                    self.comparison.alpha(run),
                    regime,
                    self.comparison.trajectory(run),
                )
            })
            .to_vec()
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        [0, 1]
            .map(|run| {
                let outcome = self.comparison.trajectory(run).outcome;
                let name = self.comparison.title(run, locale);
                RunEnd { name, outcome, last: self.comparison.last(run) }
            })
            .to_vec()
    }

    fn csv(&self) -> String {
        let runs = [0, 1].map(|run| (self.comparison.name(run), self.comparison.trajectory(run)));
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let quadratic = self.comparison.quadratic();
        let (alpha, beta) = quadratic.best_momentum();
        vec![
            ("best-alpha", Value::Number(quadratic.best_alpha())),
            ("best-momentum-alpha", Value::Number(alpha)),
            ("best-momentum-beta", Value::Number(beta)),
        ]
    }
}

/// A map of the ravine in a pane whose size is still unknown.
pub(crate) const fn usual_map() -> ContourPane {
    let [x, y] = USUAL_REACH;
    ContourPane::new([[-x, x], [-y, y]])
}

/// The view that contains the start, and the whole of a rotated ravine.
pub(crate) fn usual_view(race: &Comparison, map: &ContourPane) -> [[f64; 2]; 2] {
    let mut reach = USUAL_REACH;
    // Whether it may be stretched freely, because units differ anyway.
    let mut free = true;
    if race.degrees != 0.0 {
        // When rotated, the floor extends along both axes, so they get the same scale.
        let ratio = map.ratio().unwrap_or(0.62);
        let angle = race.loss.angle;
        let (sin, cos) = (libm::sin(angle).abs(), libm::cos(angle).abs());
        let half = USUAL_REACH[0] * cos + USUAL_REACH[1] * sin;
        let tall = USUAL_REACH[0] * sin + USUAL_REACH[1] * cos;
        let wide = if half > tall / ratio { half } else { tall / ratio };
        reach = [wide, wide * ratio];
        free = false;
    } else if let Some(ratio) = map.ratio() {
        let stretched = between(libm::log10(race.loss.kappa / ROUND_KAPPA), 0.0, 1.0);
        let round = USUAL_REACH[0] * ratio;
        reach[1] = round + stretched * (USUAL_REACH[1] - round);
        free = stretched == 1.0;
    }
    let mut times: [f64; 2] = std::array::from_fn(|axis| {
        let out = 1.15 * race.start[axis].abs() / reach[axis];
        if out > 1.0 { out } else { 1.0 }
    });
    if !free {
        times = [if times[0] > times[1] { times[0] } else { times[1] }; 2];
    }
    let reach: [f64; 2] = std::array::from_fn(|axis| times[axis] * reach[axis]);
    reach.map(|reach| [-reach, reach])
}

/// The condition number's slider.
pub(crate) fn kappa_range(kappa: f64, locale: &Locale) -> Control {
    controls::log_range("kappa", "control-kappa", kappa, (0.0, 300.0), locale)
}

/// The next larger number with two significant digits, for the end of a slider.
fn round_up(value: f64) -> f64 {
    let decimals = 1.0 - f64::floor(libm::log10(value));
    let unit = libm::pow(10.0, -decimals);
    to_decimals(f64::ceil(value / unit - 1e-9) * unit, decimals)
}

/// The loss of the ravine figure.
pub(crate) type Ground = RavineLoss;
