//! The hill: marbles on a loss of two variables, seen as ground from any side.

mod blindfold;
mod camera;
mod drawing;
mod hands;
mod legend;
mod mesh;
#[cfg(feature = "paper")]
mod paper;
mod relief;
mod show;
mod trail;

use downhill::{Curvature, Limit, Loss, Rule, Surface, Trajectory, descend};

use crate::controls::RULES;
use crate::declare::{Control, Keys, Pane, Readout, Span};
use crate::digits::to_decimals;
use crate::draw::{Ground, Mark, Mesh, Scene, Solid};
use crate::exhibit::{Effect, Ending, Exhibit, Moment, Place};
use crate::field::{Field, Problem, Slot, Value};
use crate::line::{LARGEST_ALPHA, LARGEST_START};
use crate::map::GroundMap;
use crate::median::median;
use crate::panes::Panes;
use crate::regime;
use crate::snapshot::Run;
use crate::voice::Voice;
use blindfold::Walk;
use camera::{Camera, ELEVATIONS, LARGEST_ZOOM};
use hands::around;
use relief::{FLOOR, HEIGHT, Relief};

/// No more marbles than these.
const MOST: usize = 32;

/// No run on the hill is longer: a marble that is still rolling then would not be watched either.
const MOST_STEPS: u32 = 10_000;

/// The names of the runs in snapshots and CSV.
const RUNS: [&str; MOST] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
    "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
];

/// The starts where none are given, if the ground has room for them.
const STARTS: [[f64; 2]; 3] = [[-4.0, 1.5], [3.0, 4.0], [2.5, -3.5]];

/// A marble nearer to the pointer than this is the one meant, in CSS pixels.
const NEAR_PX: f64 = 22.0;

/// Marbles on a hill.
pub(crate) struct Hill {
    surface: Surface<2>,
    rule: usize,
    /// Newton's.
    safeguard: bool,
    alpha: f64,
    starts: Vec<[f64; 2]>,
    steps: u32,
    blindfold: bool,
    camera: Camera,
    relief: Relief,
    mesh: Mesh,
    /// Counts the landscapes shown.
    version: u32,
    runs: Vec<Trajectory<2>>,
    /// The marble that the readouts are about.
    selected: usize,
    /// The right end of α's slider for plain descent.
    alpha_end: f64,
    walk: Option<Walk>,
    ground: Ground,
    map: GroundMap,
    /// Where the pointer took hold, and the view then.
    held: Option<((f64, f64), Camera)>,
    /// What there was before the last tap, which a double click takes back.
    before: Option<Before>,
    /// Whether the last thing done under the blindfold was a step.
    walked: bool,
}

/// What a tap may change on the hill.
struct Before {
    starts: Vec<[f64; 2]>,
    selected: usize,
    walk: Option<Walk>,
    walked: bool,
}

impl Default for Hill {
    fn default() -> Self {
        let surface = Surface::<2>::named("bowl").expect("a landscape's name");
        let relief = Relief::new(&surface);
        let map = GroundMap::new(relief.view);
        let middle = 0.16 * HEIGHT + 0.5 * FLOOR;
        let mut hill = Self {
            surface,
            rule: 0,
            safeguard: true,
            alpha: 0.1,
            starts: STARTS.to_vec(),
            steps: 200,
            blindfold: false,
            camera: Camera { middle, ..Camera::default() },
            relief,
            mesh: Mesh::default(),
            version: 0,
            runs: Vec::new(),
            selected: 0,
            alpha_end: 1.0,
            walk: None,
            ground: Ground::Drawn,
            map,
            held: None,
            before: None,
            walked: false,
        };
        hill.survey();
        hill
    }
}

impl Hill {
    /// Everything that follows from the loss alone.
    fn survey(&mut self) {
        self.relief = Relief::new(&self.surface);
        self.map.view = self.relief.view;
        let loss = self.surface.clone();
        self.map.survey(|x, y| loss.value([x, y]));
        self.mesh = Mesh::default();
        self.version += 1;
        // The slider ends where most of the ground, the bottoms and the landscape's own rate are well inside.
        let mut bounds = Vec::new();
        let [half_u, half_v] = self.relief.half();
        for i in 0..64_u32 {
            let share = |i: u32| (f64::from(i) - 3.5) / 4.0;
            let at = self.relief.place(half_u * share(i % 8), half_v * share(i / 8));
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
        self.alpha_end = to_decimals(end, 1.0 - libm::floor(libm::log10(end)));
    }

    fn rule(&self) -> Rule {
        Rule::ALL[self.rule.min(Rule::ALL.len() - 1)].with_safeguard(self.safeguard)
    }

    /// Where the slider of α ends: in proportion to what the rule can bear, for the others where they are tried.
    fn alpha_end(&self) -> f64 {
        let rule = self.rule();
        match rule.stable_product() {
            Some(product) => {
                let end = 0.5 * product * self.alpha_end;
                let end = if end > LARGEST_ALPHA { LARGEST_ALPHA } else { end };
                to_decimals(end, 1.0 - libm::floor(libm::log10(end)))
            }
            None if rule.name() == "newton" => 2.4,
            None => 1.0,
        }
    }

    /// The run and the marble that the readouts are about.
    fn run(&self) -> Option<&Trajectory<2>> {
        self.runs.get(self.selected)
    }

    /// Where a run's marble is drawn.
    fn marble(&self, run: usize, position: f64) -> [f64; 2] {
        self.runs.get(run).map_or([0.0; 2], |run| trail::place_at(&run.iterates, position))
    }

    /// Where a place of the loss's plane is drawn on the pane.
    fn place_px(&self, at: [f64; 2]) -> (f64, f64) {
        match self.ground {
            Ground::Map => self.map.place_of(at),
            _ => self.camera.project(self.relief.point(at)).0,
        }
    }

    /// The place of the loss's plane under a pixel.
    fn ground_at(&self, at_px: (f64, f64)) -> Option<[f64; 2]> {
        if self.ground == Ground::Map {
            return Some(self.map.world(at_px.0, at_px.1));
        }
        let point = match self.walk.as_ref().filter(|_| self.blindfold) {
            Some(walk) => {
                let [u, v] = self.relief.plan(walk.here().at);
                let [height, rise_u, rise_v] = self.relief.height_and_rise(u, v);
                let level = height - rise_u * u - rise_v * v;
                self.camera.on_plane(at_px, [level, rise_u, rise_v])?
            }
            None => self.camera.pick(at_px, &|u, v| self.relief.height(u, v))?,
        };
        let at = self.relief.nearest(self.relief.place(point[0], point[1]));
        // Far more digits than a pixel has.
        Some(std::array::from_fn(|axis| {
            let [from, to] = self.relief.view[axis];
            to_decimals(at[axis], 4.0 - libm::floor(libm::log10(to - from)))
        }))
    }
}

impl Exhibit for Hill {
    fn name(&self) -> &'static str {
        "hill"
    }

    fn title(&self) -> &'static str {
        "title-hill"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let camera = &mut self.camera;
        vec![
            Field { name: "loss", slot: Slot::Ground(&mut self.surface) },
            Field { name: "rule", slot: Slot::Choice(&mut self.rule, RULES) },
            Field { name: "safeguard", slot: Slot::Toggle(&mut self.safeguard) },
            Field { name: "alpha", slot: Slot::Number(&mut self.alpha, (0.0, LARGEST_ALPHA)) },
            Field { name: "start", slot: Slot::Points(&mut self.starts, MOST, LARGEST_START) },
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

    fn recompute(&mut self) -> Panes {
        let fresh = self.relief.surface().text() != self.surface.text();
        let walked = self.walk.is_some();
        if fresh {
            self.survey();
            self.walk = None;
            let fits = self.starts.iter().all(|start| self.relief.shows(*start));
            if let Some(landscape) =
                self.surface.landscape().filter(|_| !fits && self.starts == STARTS)
            {
                self.starts = around(landscape);
            }
        }
        let rule = self.rule();
        let limit = Limit { steps: self.steps as usize, ..Limit::default() };
        let begin = |start: &[f64; 2]| {
            descend(&self.surface, &rule, self.alpha, self.relief.nearest(*start), limit)
        };
        self.runs = self.starts.iter().map(begin).collect();
        self.selected = self.selected.min(self.runs.len().saturating_sub(1));
        let start = self.run().map_or([0.0; 2], |run| run.iterates[0].at);
        let same = |walk: &Walk| walk.iterates.first().is_some_and(|first| first.at == start);
        // A walk belongs to its start; a new one begins when the blindfold goes on.
        self.walk = match self.walk.take().filter(same) {
            Some(walk) if walk.revealed != self.blindfold => Some(walk),
            _ if self.blindfold => Some(Walk::new(&self.relief, start)),
            _ => None,
        };
        Panes::ALL.when(fresh || walked || self.walk.is_some())
    }

    fn resize(&mut self, _pane: usize, width_px: f64, height_px: f64) {
        self.camera.size_px = (width_px, height_px);
        self.map.resize(width_px, height_px);
    }

    fn last(&self) -> u32 {
        if self.blindfold {
            return 0;
        }
        self.runs.iter().map(|run| run.last_k() as u32).max().unwrap_or(0)
    }

    fn pace(&self) -> f64 {
        (f64::from(self.last()) / 9.0).clamp(3.0, 60.0)
    }

    fn problem(&self, voice: &Voice) -> Option<Problem> {
        let outside = self.starts.iter().find(|start| !self.relief.shows(**start))?;
        let got = outside.map(|x| voice.about(x)).join(", ");
        let [x, y] = self.relief.view.map(|side| side.map(|end| voice.exact(end)));
        let values =
            [("got", &*got), ("x0", &*x[0]), ("x1", &*x[1]), ("y0", &*y[0]), ("y1", &*y[1])];
        let refusal = voice.say("problem-outside", &values);
        let message = format!("{refusal} {}", voice.get("problem-border"));
        Some(Problem { parameter: "start".to_owned(), refusal, message, offset: None })
    }

    fn play_key(&self) -> &'static str {
        "action-release"
    }

    fn foretells(&self) -> bool {
        true
    }

    fn panes(&self, voice: &Voice) -> Vec<Pane> {
        let map = self.ground == Ground::Map;
        vec![Pane {
            id: "hill",
            label: voice.get(if map { "pane-hill-map" } else { "pane-hill" }),
            caption: String::new(),
            aspect: 0.6,
            span: Span::Full,
            keys: Keys::Place,
            help: voice.get(if self.blindfold { "help-hill-blind" } else { "help-hill" }),
            drags: true,
            raster: false,
            relief: true,
        }]
    }

    fn controls(&self, moment: &Moment<'_>) -> Vec<Control> {
        legend::controls(self, moment)
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        legend::readouts(self, moment)
    }

    fn standing(&self, moment: &Moment<'_>) -> String {
        legend::standing(self, moment)
    }

    fn still(&self, _pane: usize, scene: &mut Scene, voice: &Voice) {
        show::still(self, scene, voice);
    }

    fn marks(&self, _pane: usize, moment: &Moment<'_>) -> Vec<Mark> {
        show::marks(self, moment)
    }

    fn draw_ground(&mut self, ground: Ground) {
        self.ground = ground;
    }

    fn solid(&mut self, _pane: usize, moment: &Moment<'_>) -> Option<Solid<'_>> {
        show::solid(self, moment)
    }

    fn place(&self, _pane: usize, x_px: f64, y_px: f64) -> Place {
        self.ground_at((x_px, y_px))
            .map_or(Place::Nowhere, |at| Place::Point { run: self.selected, at: at.to_vec() })
    }

    fn home(&self, _pane: usize, k: u32) -> (f64, f64) {
        self.place_px(self.marble(self.selected, f64::from(k)))
    }

    fn drop_at(&mut self, at: &[f64]) {
        self.lay(at);
    }

    fn follow(&mut self, cursor: Option<(usize, (f64, f64))>, position: f64) -> bool {
        cursor.is_some_and(|(_, at_px)| !self.blindfold && self.point_out(at_px, position))
    }

    fn press(&mut self, _pane: usize, x_px: f64, y_px: f64) -> bool {
        let turns = self.ground != Ground::Map;
        self.held = turns.then_some(((x_px, y_px), self.camera));
        turns
    }

    fn drag(&mut self, _pane: usize, x_px: f64, y_px: f64) -> Effect {
        let Some((from_px, camera)) = self.held else { return Effect::None };
        let turned = camera.turned(from_px.0 - x_px, y_px - from_px.1);
        (self.camera.azimuth, self.camera.elevation) = (turned.azimuth, turned.elevation);
        Effect::Still
    }

    fn zoom(&mut self, _pane: usize, factor: f64) -> Effect {
        self.zoom_by(factor)
    }

    fn key(&mut self, _pane: usize, key: &str) -> Effect {
        self.pressed(key)
    }

    fn act(&mut self, action: &str) -> Effect {
        self.deed(action)
    }

    fn tap(&mut self, _pane: usize, x_px: f64, y_px: f64) -> Effect {
        self.step_to((x_px, y_px))
    }

    fn remember(&mut self) {
        let (starts, walk) = (self.starts.clone(), self.walk.clone());
        self.before = Some(Before { starts, selected: self.selected, walk, walked: self.walked });
    }

    fn said(&self, moment: &Moment<'_>) -> Option<String> {
        legend::said(self, moment.voice)
    }

    fn runs(&self) -> Vec<Run> {
        let regime = regime::name(&self.surface, &self.rule(), self.alpha);
        let run = |(name, run)| Run::new(name, RULES[self.rule], self.alpha, regime, run);
        RUNS.into_iter().zip(&self.runs).map(run).collect()
    }

    fn endings(&self, voice: &Voice) -> Vec<Ending> {
        let ending = |(n, run): (&str, &Trajectory<2>)| Ending {
            name: voice.say("run-marble", &[("n", n)]),
            outcome: run.outcome,
            last: run.last_k() as u32,
        };
        RUNS.into_iter().zip(&self.runs).map(ending).collect()
    }

    fn csv(&self) -> String {
        let runs: Vec<_> = RUNS.into_iter().zip(&self.runs).collect();
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let walk = self.walk.iter().flat_map(|walk| walk.iterates.iter().map(|here| here.at));
        vec![("walk", Value::Points(walk.collect()))]
    }
}
