//! The ravine: plain descent and momentum go down side by side.

mod race;

use downhill::{Limit, Loss, Ravine as RavineLoss, Regime};

use crate::controls;
use crate::declare::{Control, Group, Keys, Pair, Pane, Readout, Scale, Slider, Span};
use crate::digits::to_decimals;
use crate::draw::{Mark, Role, Scene};
use crate::exhibit::{Ending, Exhibit, Moment, Place};
use crate::field::{Field, Slot, Value};
use crate::figure::outcome_sentence;
use crate::line::{LARGEST_ALPHA, LARGEST_START};
use crate::loss_chart::{LossChart, SCALES, Series, chart_pane};
use crate::map::{GroundMap, Walk};
use crate::panes::Panes;
use crate::regime;
use crate::snapshot::Run;
use crate::voice::Voice;
pub(crate) use race::LARGEST_BETA;
use race::{FAIRNESS, Race};

/// The part of the ravine that is shown while the start lies in it, to both sides of its bottom.
const USUAL_REACH: [f64; 2] = [5.0, 1.6];

/// The largest condition number that may be asked for; the slider ends at a thousand.
pub(crate) const LARGEST_KAPPA: f64 = 1e6;

/// The slider of α goes this far beyond the largest stable α of momentum.
const BEYOND_STABLE: f64 = 1.1;

/// Two runs on the ravine ½(x² + κy²).
pub(crate) struct Ravine {
    race: Race,
    maps: [GroundMap; 2],
    chart: LossChart,
}

impl Default for Ravine {
    fn default() -> Self {
        let map = GroundMap::new(USUAL_REACH.map(|reach| [-reach, reach]));
        Self { race: Race::default(), maps: [map.clone(), map], chart: LossChart::default() }
    }
}

impl Ravine {
    /// Keeps the start in view, and a turned ravine whole.
    fn look(&mut self) {
        let race = &self.race;
        for map in &mut self.maps {
            let mut reach = USUAL_REACH;
            if race.degrees != 0.0 {
                // Turned, the floor runs through both axes: show them alike.
                let ratio = map.ratio().unwrap_or(0.62);
                let angle = race.loss.angle;
                let (sin, cos) = (libm::sin(angle).abs(), libm::cos(angle).abs());
                let half = USUAL_REACH[0] * cos + USUAL_REACH[1] * sin;
                let tall = USUAL_REACH[0] * sin + USUAL_REACH[1] * cos;
                let wide = if half > tall / ratio { half } else { tall / ratio };
                reach = [wide, wide * ratio];
            }
            for (axis, reach) in reach.iter_mut().enumerate() {
                let out = 1.15 * race.start[axis].abs();
                *reach = if out > *reach { out } else { *reach };
            }
            map.view = reach.map(|reach| [-reach, reach]);
        }
    }

    /// The bottom, the run of one map, and the cross-hair, which both show: a start is common to both.
    fn map_marks(&self, run: usize, map: &GroundMap, moment: &Moment<'_>) -> Vec<Mark> {
        let role = [Role::Vanilla, Role::Momentum][run];
        let iterates = &self.race.trajectory(run).iterates;
        let runs_away = self.race.regime(run) == Regime::Diverge;
        let mut marks = map.surveys(&[self.race.quadratic().minimizer]);
        marks.extend(map.walk(&Walk { run, iterates, role, runs_away, faint: false }, moment));
        if let Some((pane, at)) = moment.cursor.filter(|(pane, _)| *pane < 2) {
            let f = |x, y| self.race.ground.value([x, y]);
            let f: Option<&dyn Fn(f64, f64) -> f64> = if pane == run { Some(&f) } else { None };
            marks.extend(map.cross_hair(at, f, moment.voice));
        }
        marks
    }

    /// The sentence that says who is ahead after k iterations.
    fn who_is_ahead(&self, moment: &Moment<'_>) -> (String, Role) {
        let voice = moment.voice;
        let [vanilla, momentum] = [0, 1].map(|run| self.race.iterate(run, moment.k).loss);
        let iterations = if moment.k == 1 {
            voice.get("iterations-one")
        } else {
            voice.say("iterations-many", &[("k", &*moment.k.to_string())])
        };
        let losses = [voice.about(vanilla), voice.about(momentum)];
        let values =
            [("iterations", &*iterations), ("vanilla", &*losses[0]), ("momentum", &*losses[1])];
        let (key, role) = if moment.k == 0 {
            ("standing-start", Role::Muted)
        } else if momentum < vanilla {
            ("standing-momentum", Role::Momentum)
        } else if vanilla < momentum {
            ("standing-vanilla", Role::Vanilla)
        } else {
            ("standing-level", Role::Ink)
        };
        (voice.say(key, &values), role)
    }

    fn regimes(&self, voice: &Voice) -> [Readout; 2] {
        let line = |run: usize, id, part, key, role| {
            let name = voice.get(controls::regime_key(self.race.regime(run)));
            let curvatures = regime::curvatures(self.race.quadratic());
            let meaning =
                regime::meaning(curvatures, &self.race.rule(run), self.race.alpha(run), voice);
            let alpha = voice.exact(self.race.alpha(run));
            let beta = voice.exact(self.race.beta(run));
            let values =
                [("regime", &*name), ("meaning", &*meaning), ("alpha", &*alpha), ("beta", &*beta)];
            Readout::Line { id, part, text: voice.say(key, &values), role }
        };
        [
            line(0, "regime", "regime", "regime-vanilla", Role::Vanilla),
            line(1, "regime-momentum", "regime", "regime-momentum", Role::Momentum),
        ]
    }

    fn positions(&self, moment: &Moment<'_>) -> Readout {
        let voice = moment.voice;
        let pairs = [(0, "run-vanilla", Role::Vanilla), (1, "run-momentum", Role::Momentum)]
            .into_iter()
            .flat_map(|(run, key, role)| {
                let here = self.race.iterate(run, moment.k);
                let k = moment.k.min(self.race.last(run));
                let name = voice.get(key);
                let k = k.to_string();
                let values = [("name", &*name), ("k", &*k)];
                let place = here.at.map(|x| voice.about(x)).join(", ");
                [
                    Pair {
                        label: voice.say("pair-place", &values),
                        value: format!("({place})"),
                        role,
                    },
                    Pair {
                        label: voice.say("pair-loss", &values),
                        value: voice.about(here.loss),
                        role,
                    },
                ]
            })
            .collect();
        Readout::Pairs { id: "position", part: "readout", pairs }
    }

    fn ended(&self, moment: &Moment<'_>) -> Readout {
        let voice = moment.voice;
        let sentences: Vec<String> = self
            .endings(voice)
            .into_iter()
            .filter(|ending| moment.k >= ending.last)
            .map(|ending| outcome_sentence(voice, &ending.name, ending.outcome))
            .collect();
        let role = if sentences.is_empty() { Role::Muted } else { Role::Ink };
        Readout::Line { id: "outcome", part: "outcome", text: sentences.join(" "), role }
    }
}

impl Exhibit for Ravine {
    fn name(&self) -> &'static str {
        "ravine"
    }

    fn title(&self) -> &'static str {
        "title-ravine"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let most = Limit::MAX_STEPS as u32;
        let race = &mut self.race;
        vec![
            Field { name: "kappa", slot: Slot::Number(&mut race.loss.kappa, (1.0, LARGEST_KAPPA)) },
            Field { name: "alpha", slot: Slot::Number(&mut race.alpha, (0.0, LARGEST_ALPHA)) },
            Field { name: "beta", slot: Slot::Number(&mut race.beta, (0.0, LARGEST_BETA)) },
            Field { name: "start", slot: Slot::Point(&mut race.start, LARGEST_START) },
            Field { name: "angle", slot: Slot::Number(&mut race.degrees, (-90.0, 90.0)) },
            Field { name: "fair", slot: Slot::Choice(&mut race.fair, FAIRNESS) },
            Field { name: "steps", slot: Slot::Count(&mut race.steps, (1, most)) },
            Field { name: "scale", slot: Slot::Choice(&mut self.chart.scale, SCALES) },
        ]
    }

    fn recompute(&mut self) -> Panes {
        let maps = (Panes::one(0) | Panes::one(1)).when(self.race.recompute());
        self.look();
        let series = [(0, Role::Vanilla), (1, Role::Momentum)]
            .into_iter()
            .map(|(run, role)| Series { role, losses: self.race.losses(run) })
            .collect();
        maps | Panes::one(2).when(self.chart.show(series, self.race.steps))
    }

    fn resize(&mut self, pane: usize, width_px: f64, height_px: f64) {
        match self.maps.get_mut(pane) {
            Some(map) => {
                map.resize(width_px, height_px);
                self.look();
            }
            None => self.chart.resize(width_px, height_px),
        }
    }

    fn last(&self) -> u32 {
        self.race.last(0).max(self.race.last(1))
    }

    fn pace(&self) -> f64 {
        (f64::from(self.last()) / 8.0).clamp(2.0, 120.0)
    }

    fn panes(&self, voice: &Voice) -> Vec<Pane> {
        let map = |id, label, caption| Pane {
            id,
            label: voice.get(label),
            caption: voice.get(caption),
            aspect: 0.62,
            span: Span::Half,
            keys: Keys::Place,
            help: voice.get("help-map"),
            drags: false,
            raster: false,
            relief: false,
        };
        vec![
            map("vanilla", "pane-vanilla", "caption-vanilla"),
            map("momentum", "pane-momentum", "caption-momentum"),
            chart_pane(voice, 0.26, Span::Full),
        ]
    }

    fn controls(&self, moment: &Moment<'_>) -> Vec<Control> {
        let voice = moment.voice;
        let race = &self.race;
        let stable = race.quadratic().largest_stable_momentum_alpha(race.beta);
        let max = round_up(BEYOND_STABLE * stable);
        let fair = [("same", "fair-same"), ("best", "fair-best")];
        let fairness = FAIRNESS[race.fair];
        let label = voice.get("control-beta");
        let beta = controls::range("beta", label, race.beta, (0.0, 0.99, 0.01), voice);
        vec![
            controls::alpha_range(race.alpha, max, &race.quadratic().bands(), voice),
            controls::with_help(beta, controls::velocity_help("momentum"), voice),
            kappa_range(race.loss.kappa, voice),
            controls::range(
                "angle",
                voice.get("control-angle"),
                race.degrees,
                (-90.0, 90.0, 1.0),
                voice,
            ),
            controls::number("start", voice.get("control-start-xy"), voice.list(&race.start)),
            controls::number("steps", voice.get("control-steps"), race.steps.to_string()),
            controls::choice(
                "fair",
                voice.get("control-fair"),
                fairness,
                &fair,
                Group::Settings,
                voice,
            ),
            self.chart.control(voice),
        ]
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        let [vanilla, momentum] = self.regimes(moment.voice);
        let (text, role) = self.who_is_ahead(moment);
        let standing = Readout::Line { id: "standing", part: "standing", text, role };
        vec![standing, vanilla, momentum, self.positions(moment), self.ended(moment)]
    }

    fn standing(&self, moment: &Moment<'_>) -> String {
        self.who_is_ahead(moment).0
    }

    fn still(&self, pane: usize, scene: &mut Scene, voice: &Voice) {
        match self.maps.get(pane) {
            Some(map) => map.still(scene, |x, y| self.race.ground.value([x, y]), voice),
            None => self.chart.still(scene, voice),
        }
    }

    fn marks(&self, pane: usize, moment: &Moment<'_>) -> Vec<Mark> {
        match self.maps.get(pane) {
            Some(map) => self.map_marks(pane, map, moment),
            None => self.chart.marks(moment),
        }
    }

    fn place(&self, pane: usize, x_px: f64, y_px: f64) -> Place {
        match self.maps.get(pane) {
            Some(map) => Place::Point { run: pane, at: map.world(x_px, y_px).to_vec() },
            None => Place::Iteration(self.chart.k_at(x_px, y_px)),
        }
    }

    fn home(&self, pane: usize, k: u32) -> (f64, f64) {
        match self.maps.get(pane) {
            Some(map) => map.place_of(self.race.iterate(pane, k).at),
            None => self.chart.place_of(k),
        }
    }

    fn drop_at(&mut self, at: &[f64]) {
        let coordinate =
            |i: usize| at.get(i).copied().unwrap_or(0.0).clamp(-LARGEST_START, LARGEST_START);
        self.race.start = [coordinate(0), coordinate(1)];
    }

    fn runs(&self) -> Vec<Run> {
        let names = [("vanilla", "gd"), ("momentum", "momentum")];
        [0, 1]
            .map(|run| {
                let (name, rule) = names[run];
                let regime = Some(self.race.regime(run).name());
                Run::new(name, rule, self.race.alpha(run), regime, self.race.trajectory(run))
            })
            .to_vec()
    }

    fn endings(&self, voice: &Voice) -> Vec<Ending> {
        [(0, "run-vanilla"), (1, "run-momentum")]
            .map(|(run, key)| {
                let outcome = self.race.trajectory(run).outcome;
                Ending { name: voice.get(key), outcome, last: self.race.last(run) }
            })
            .to_vec()
    }

    fn csv(&self) -> String {
        let runs = [("vanilla", self.race.trajectory(0)), ("momentum", self.race.trajectory(1))];
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let quadratic = self.race.quadratic();
        let (alpha, beta) = quadratic.best_momentum();
        vec![
            ("best-alpha", Value::Number(quadratic.best_alpha())),
            ("best-momentum-alpha", Value::Number(alpha)),
            ("best-momentum-beta", Value::Number(beta)),
        ]
    }
}

/// The condition number's slider, in hundredths of a decade.
pub(crate) fn kappa_range(kappa: f64, voice: &Voice) -> Control {
    let scale = Scale::Logarithmic;
    let position = libm::round(scale.position(kappa));
    let value = if position > 300.0 { 300.0 } else { position };
    Control::Range {
        id: "kappa",
        field: "kappa",
        label: voice.get("control-kappa"),
        slider: Slider { min: 0.0, max: 300.0, step: 1.0, value },
        scale,
        value_text: voice.exact(kappa),
        number_text: voice.exact(kappa),
        bands: Vec::new(),
        marks: Vec::new(),
        group: Group::Settings,
        help: String::new(),
    }
}

/// The next number above with two significant digits, for the end of a slider.
fn round_up(value: f64) -> f64 {
    let decimals = 1.0 - libm::floor(libm::log10(value));
    let unit = libm::pow(10.0, -decimals);
    to_decimals(libm::ceil(value / unit - 1e-9) * unit, decimals)
}

/// The loss of the ravine figure.
pub(crate) type Ground = RavineLoss;
