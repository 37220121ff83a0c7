//! The plane of learning rate and momentum: for every pair, whether descent on a ravine converges,
//! and how fast, with the runs of the chosen pair on that ravine.

mod rates_pane;
mod runs_pane;
mod thumbnails;

use downhill::{AlphaChanges, EQUAL, Grid, Quadratic, RateMap, Regime, Rule};

use crate::descent::descent_1d::{LARGEST_ALPHA, LARGEST_START, plane_point};
use crate::descent::regime;
use crate::draw::{Axis, ColorRole, Frame, between};
use crate::figures::ravine::{
    Comparison, LARGEST_BETA, LARGEST_KAPPA, kappa_range, usual_map, usual_view,
};
use crate::framework::controls;
use crate::framework::declaration::{Group, Pair, Pane, Readout, Span};
use crate::framework::field::{Field, Slot, Value};
use crate::framework::figure_kind::{Change, Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::figure_text::FigureText;
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::ContourPane;
use crate::text::locale::Locale;
use crate::text::messages::GROUND;
use crate::text::numbers::to_decimals;
use rates_pane::RatesPane;
use runs_pane::RunsPane;

/// Cells along each side: the rate is smooth, and a cell is smaller than the marker.
const CELLS: u32 = 128;

/// The height of the strip with the bowl's bands along β = 0, in CSS pixels.
const STRIP_PX: f64 = 7.0;

/// The fraction of the plane's width that an arrow key moves.
const NUDGE: f64 = 0.005;

/// α, β and κ, the convergence rates on the ravine, and the runs on it.
pub(crate) struct Plane {
    /// The spec's κ, α, β and start, with plain descent and momentum as they follow from them.
    runs: Comparison,
    map: ContourPane,
    /// The id of a ravine on the page that shares these parameters; the element links them.
    linked: String,
    quadratic: Quadratic<2>,
    rates: RateMap<2>,
    width_px: f64,
    height_px: f64,
}

impl Default for Plane {
    fn default() -> Self {
        let quadratic = regime::planted([1.0, 100.0]);
        let rates = shaded(quadratic);
        Self {
            runs: Comparison::default(),
            map: usual_map(),
            linked: String::new(),
            quadratic,
            rates,
            width_px: 0.0,
            height_px: 0.0,
        }
    }
}

/// The rates of the plane: α up to slightly beyond 4/λmax, which is stable only for β = 1; β from 0
/// to 1.
fn shaded(quadratic: Quadratic<2>) -> RateMap<2> {
    let most = 4.2 / quadratic.lambda_max();
    let mut rates = RateMap::new(quadratic, Grid::new([[0.0, most], [0.0, 1.0]], CELLS, CELLS));
    rates.advance(usize::MAX);
    rates
}

impl Plane {
    fn frame(&self) -> Frame {
        let [alpha, beta] = self.rates.grid().sides;
        let (left_px, top_px) = (40.0, 10.0);
        Frame {
            left_px,
            top_px,
            width_px: self.width_px - left_px - 12.0,
            height_px: self.height_px - top_px - 28.0,
            x: Axis::linear(alpha[0], alpha[1]),
            y: Axis::linear(beta[0], beta[1]),
        }
    }

    /// α in the long run, where the ravine's changes on the way.
    fn alpha(&self) -> f64 {
        self.runs.alpha_at(1, u32::MAX)
    }

    /// Sets α for whole runs.
    fn set_alpha(&mut self, alpha: f64) {
        (self.runs.alpha, self.runs.changes) = (alpha, AlphaChanges::default());
    }

    fn rate(&self) -> f64 {
        self.quadratic.rate(self.alpha(), self.runs.beta)
    }

    /// The rule; plain descent for β = 0, because its regimes are finer.
    fn rule(&self) -> Rule {
        if self.runs.beta == 0.0 {
            Rule::GradientDescent
        } else {
            Rule::Momentum { beta: self.runs.beta }
        }
    }

    fn regime(&self) -> Regime {
        // Both rules have regimes.
        self.quadratic.regime_of(&self.rule(), self.alpha()).unwrap_or(Regime::Still)
    }

    /// α with as many digits as a pixel can distinguish.
    fn rounded(&self, alpha: f64) -> f64 {
        let most = self.rates.grid().sides[0][1];
        to_decimals(alpha, 3.0 - f64::floor(libm::log10(most)))
    }

    /// Sets the pair under a point of the pane. Close to the axis β becomes 0, where the bowl is.
    fn take(&mut self, x_px: f64, y_px: f64) {
        let frame = self.frame();
        let (alpha, beta) = frame.world(x_px, y_px);
        let alpha = between(alpha, frame.x.from, frame.x.to);
        let beta = between(to_decimals(beta, 3.0), 0.0, LARGEST_BETA);
        self.set_alpha(self.rounded(alpha));
        self.runs.beta = if frame.bottom_px() - y_px < STRIP_PX { 0.0 } else { beta };
    }

    /// Moves the pair by a key; whether the key is one that does.
    fn nudge(&mut self, key: &str) -> bool {
        let max = self.rates.grid().sides[0][1];
        let (alpha, beta) = match key {
            "ArrowLeft" => (-NUDGE * max, 0.0),
            "ArrowRight" => (NUDGE * max, 0.0),
            "ArrowDown" => (0.0, -0.01),
            "ArrowUp" => (0.0, 0.01),
            "Home" => (0.0, -1.0),
            _ => return false,
        };
        let digits = 4.0 - f64::floor(libm::log10(max));
        self.set_alpha(to_decimals((self.alpha() + alpha).clamp(0.0, LARGEST_ALPHA), digits));
        self.runs.beta = to_decimals(between(self.runs.beta + beta, 0.0, LARGEST_BETA), 4.0);
        true
    }

    fn verdict(&self, locale: &Locale) -> String {
        let (alpha, beta) = (locale.rounded(self.alpha()), locale.rounded(self.runs.beta));
        let rate = self.rate();
        let shown = locale.digits.significant(rate, 4);
        let regime = locale.get(controls::regime_key(self.regime()));
        let steps = locale.digits.significant(-1.0 / libm::log10(rate), 3);
        let values = [
            ("alpha", &*alpha),
            ("beta", &*beta),
            ("rate", &*shown),
            ("regime", &*regime),
            ("steps", &*steps),
        ];
        let key = if rate == 0.0 {
            "plane-at-once"
        } else if rate < 1.0 - EQUAL {
            "plane-converges"
        } else if rate > 1.0 + EQUAL {
            "plane-diverges"
        } else {
            "plane-neither"
        };
        locale.format(key, &values)
    }
}

impl FigureKind for Plane {
    fn facts(&self) -> Facts {
        Facts {
            first: &["best", "alpha", "beta", "kappa", "verdict"],
            ..Facts::of("plane", "title-plane")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let runs = &mut self.runs;
        vec![
            Field { name: "kappa", slot: Slot::Number(&mut runs.loss.kappa, (1.0, LARGEST_KAPPA)) },
            Field {
                name: "alpha",
                slot: Slot::Rate(&mut runs.alpha, &mut runs.changes, (0.0, LARGEST_ALPHA)),
            },
            Field { name: "beta", slot: Slot::Number(&mut runs.beta, (0.0, LARGEST_BETA)) },
            Field { name: "start", slot: Slot::Point(&mut runs.start, LARGEST_START) },
            Field { name: "for", slot: Slot::Text(&mut self.linked) },
        ]
    }

    fn recompute(&mut self) -> PaneSet {
        let kappa = self.runs.loss.kappa;
        let other = self.quadratic.lambda_max() != kappa;
        if other {
            self.quadratic = regime::planted([1.0, kappa]);
            self.rates = shaded(self.quadratic);
        }
        let ravine = self.runs.recompute();
        self.map.view = usual_view(&self.runs, &self.map);
        PaneSet::one(0).when(other) | PaneSet::one(1).when(ravine)
    }

    fn update(&mut self, input: FigureInput<'_>, _view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Resize(1, width_px, height_px) => {
                self.map.resize(width_px, height_px);
                self.map.view = usual_view(&self.runs, &self.map);
                return Update::NONE;
            }
            FigureInput::Resize(_, width_px, height_px) => {
                (self.width_px, self.height_px) = (width_px, height_px);
                return Update::NONE;
            }
            FigureInput::Drop(at) => {
                let [alpha, beta] = plane_point(at);
                self.set_alpha(alpha.clamp(0.0, LARGEST_ALPHA));
                self.runs.beta = beta.clamp(0.0, LARGEST_BETA);
                return Update::start(self.recompute());
            }
            FigureInput::Tap(1, x_px, y_px) => self.runs.start = self.map.world(x_px, y_px),
            FigureInput::Tap(0, x_px, y_px) => match self.thumbnail_at(x_px, y_px) {
                Some((alpha, beta)) => {
                    self.set_alpha(alpha);
                    self.runs.beta = beta;
                }
                None => self.take(x_px, y_px),
            },
            FigureInput::Drag(0, x_px, y_px) => self.take(x_px, y_px),
            // A finger on the marker drags it; elsewhere it scrolls the page.
            FigureInput::Press(0, x_px, y_px) => {
                let (x, y) = self.frame().point_px(self.alpha(), self.runs.beta);
                let near = libm::hypot(x - x_px, y - y_px) < 32.0;
                return if near { Update::of(Change::Held) } else { Update::NONE };
            }
            FigureInput::Key(0, "b" | "B" | "Enter") | FigureInput::Act("best") => {
                let (alpha, beta) = self.quadratic.best_momentum();
                self.set_alpha(alpha);
                self.runs.beta = beta;
            }
            FigureInput::Key(0, key) if self.nudge(key) => {}
            _ => return Update::NONE,
        }
        Update::spec(self.recompute())
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let max = self.rates.grid().sides[0][1];
        let bands = if self.runs.beta == 0.0 {
            self.quadratic.bands()
        } else {
            self.quadratic.momentum_bands(self.runs.beta)
        };
        let label = locale.get("control-beta");
        let beta = controls::range("beta", label, self.runs.beta, (0.0, 0.999, 0.001), locale);
        let steps = self.runs.steps.to_string();
        let runs =
            Pane::new("runs", ["pane-plane-runs", "", "help-map"], (0.24, Span::Full), locale);
        let caption = locale.format("caption-plane-runs", &[("steps", &*steps)]);
        let best = controls::action("best", "action-best", false, Group::Transport, locale);
        Declared {
            panes: vec![
                Pane {
                    drags: true,
                    raster: true,
                    ..Pane::new(
                        "plane",
                        ["pane-plane", "caption-plane", "help-plane"],
                        (0.6, Span::Full),
                        locale,
                    )
                },
                Pane { caption, ..runs },
            ],
            controls: vec![
                controls::as_primary(best),
                controls::alpha_range(self.alpha(), max, &bands, locale),
                controls::with_help(beta, controls::MOMENTUM_HELP, locale),
                kappa_range(self.runs.loss.kappa, locale),
            ],
            table: None,
        }
    }

    fn pane(&self, pane: usize, _size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        match pane {
            0 => Box::new(RatesPane(self)),
            _ => Box::new(RunsPane { runs: &self.runs, map: &self.map }),
        }
    }

    fn results(&self) -> &dyn Results {
        self
    }
}

impl FigureText for Plane {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../../text/messages/en/plane.txt"), GROUND]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let locale = view.locale;
        let regime = self.regime();
        let role = controls::regime_role(regime);
        let (alpha, beta) = self.quadratic.best_momentum();
        let pair = |key, value, role| Pair { label: locale.get(key), value, role };
        let about = |value| locale.digits.significant(value, 4);
        let plain = self.quadratic.best_alpha();
        let best = format!("({}, {})", about(alpha), about(beta));
        let pairs = vec![
            pair("plane-rate", about(self.rate()), ColorRole::Ink),
            // √β of the best β avoids the rounding of a double root.
            pair("plane-best-rate", about(beta.sqrt()), ColorRole::Momentum),
            pair("plane-best", best, ColorRole::Momentum),
            pair("plane-plain", about(plain), ColorRole::Vanilla),
            pair("plane-plain-rate", about(self.quadratic.rate(plain, 0.0)), ColorRole::Vanilla),
        ];
        vec![
            Readout::Line { id: "verdict", part: "standing", text: self.verdict(locale), role },
            regime::line_of([1.0, self.runs.loss.kappa], &self.rule(), self.alpha(), locale),
            Readout::Pairs { id: "rates", part: "readout", pairs },
        ]
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        self.verdict(view.locale)
    }
}

impl Results for Plane {
    fn data(&self) -> Vec<(&'static str, Value)> {
        let (alpha, beta) = self.quadratic.best_momentum();
        vec![
            ("rate", Value::Number(self.rate())),
            ("regime", Value::Text(self.regime().name().to_owned())),
            ("best", Value::Point(vec![alpha, beta])),
        ]
    }
}
