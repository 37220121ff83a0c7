//! What of the hill is drawn where: as a solid for whoever can light one, as a drawing, or as a map.

use super::Hill;
use super::drawing::Drawing;
use super::relief::{FLOOR, HEIGHT, LEVELS};
use super::trail::{self, Beads};
use crate::draw::{Align, Bead, Ground, Mark, Mesh, Role, Scene, Solid};
use crate::exhibit::Moment;
use crate::map::{Walk as MapWalk, hover_words};
use crate::voice::Voice;
use downhill::Loss;

/// The radius of the ground that a blindfolded walker feels, in the hill's world.
const PATCH: f64 = 0.17;

/// How long the arrow of the gradient is, in the hill's world.
const GRADIENT: f64 = 0.2;

/// The marbles with their trails, the one that the readouts are about last.
fn beads(hill: &Hill, moment: &Moment<'_>) -> Vec<Bead> {
    let mut beads = Beads::new(&hill.relief, &hill.camera);
    let shown = |run: usize| if hill.blindfold { run == hill.selected } else { true };
    let count = hill.runs.len();
    let order = (0..count).filter(|run| *run != hill.selected).chain([hill.selected]);
    let walked = hill.walk.as_ref();
    for run in order.filter(|run| shown(*run)) {
        let Some(trajectory) = hill.runs.get(run) else { continue };
        let mut position = moment.position;
        if let Some(walk) = walked.filter(|_| run == hill.selected) {
            beads.trail(&walk.iterates, walk.steps() as f64, Role::Guess, 1);
            beads.ball(walk.here().at, Role::Guess);
            if hill.blindfold {
                continue;
            }
            // The reveal shows at once where the descent goes.
            position = if moment.k == 0 { trajectory.last_k() as f64 } else { position };
        }
        beads.trail(&trajectory.iterates, position, hill.role(), count);
        beads.ball(trail::place_at(&trajectory.iterates, position), hill.role());
    }
    beads.all()
}

impl Hill {
    /// The colour of the marbles and their trails: that of the rule.
    pub(super) const fn role(&self) -> Role {
        if self.rule == 0 { Role::Vanilla } else { Role::Momentum }
    }
}

pub(super) fn solid<'a>(hill: &'a mut Hill, moment: &Moment<'_>) -> Option<Solid<'a>> {
    // Under the blindfold there is no ground to be seen.
    if hill.ground != Ground::Lit || hill.blindfold {
        return None;
    }
    if hill.mesh.corners.is_empty() {
        hill.mesh = Mesh::new(&hill.relief);
    }
    let beads = beads(hill, moment);
    let single = |vector: [f64; 3]| vector.map(|coordinate| coordinate as f32);
    let [half_u, half_v] = hill.relief.half();
    Some(Solid {
        mesh: &hill.mesh,
        version: hill.version,
        matrix: hill.camera.matrix(),
        light: single(hill.camera.light()),
        eye: single(hill.camera.direction([0.0, 0.0, 1.0])),
        size: [half_u as f32, half_v as f32, HEIGHT as f32, FLOOR as f32],
        levels: LEVELS as f32,
        pixel: (1.0 / hill.camera.scale_px()) as f32,
        beads,
    })
}

pub(super) fn still(hill: &Hill, scene: &mut Scene, voice: &Voice) {
    let map = Some(&hill.map).filter(|_| hill.ground == Ground::Map);
    let drawing = Drawing { camera: hill.camera, relief: &hill.relief, map };
    let felt = hill.walk.as_ref().filter(|_| hill.blindfold);
    match (map, felt) {
        (Some(map), None) => map.still(scene, |x, y| hill.surface.value([x, y]), voice),
        (Some(map), Some(_)) => map.axes(scene, voice),
        (None, _) => drawing.numbers(scene, voice),
    }
    #[cfg(feature = "paper")]
    if felt.is_none() && hill.ground == Ground::Drawn {
        drawing.solid(scene);
    }
    if let Some(walk) = felt {
        if map.is_none() {
            drawing.frame(scene);
        }
        drawing.patch(scene, walk.here().at, PATCH);
    }
}

pub(super) fn marks(hill: &Hill, moment: &Moment<'_>) -> Vec<Mark> {
    let mut marks = if hill.ground == Ground::Map { on_map(hill, moment) } else { Vec::new() };
    if hill.ground == Ground::Drawn || (hill.ground == Ground::Lit && hill.blindfold) {
        let height = |u, v| if hill.blindfold { f64::NAN } else { hill.relief.height(u, v) };
        marks.extend(trail::marks(&beads(hill, moment), &hill.camera, &height));
    }
    if let Some(walk) = hill.walk.as_ref().filter(|_| hill.blindfold) {
        marks.extend(ahead(hill, walk));
        return marks;
    }
    if hill.ground == Ground::Map {
        return marks;
    }
    for run in 0..hill.runs.len() {
        let at = hill.marble(run, moment.position);
        if !hill.relief.shows(at) {
            marks.push(gone(hill, run, at, moment.voice));
        }
    }
    marks.extend(slope(hill, moment));
    if hill.runs.len() > 1 && (moment.predicting || moment.cursor.is_some()) {
        marks.push(ring(hill.place_px(hill.marble(hill.selected, moment.position)), 12.0));
    }
    let guess = moment.guess.or(moment.verdict.map(|verdict| &verdict.guess));
    if let Some(&[x, y]) = guess.map(|guess| &guess.at[..]) {
        let at = hill.place_px([x, y]);
        marks.push(Mark::Disc { at, radius: 6.0, fill: Role::Panel, outline: Role::Guess });
    }
    if let Some((_, at_px)) = moment.cursor {
        marks.extend(cross_hair(hill, at_px, moment.voice));
    }
    marks
}

/// The same marbles on the contour map.
fn on_map(hill: &Hill, moment: &Moment<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    if let Some(walk) = hill.walk.as_ref() {
        let iterates = &walk.iterates;
        let end = Moment { position: walk.steps() as f64, guess: None, verdict: None, ..*moment };
        let run = hill.selected;
        marks.extend(hill.map.walk(
            &MapWalk { run, iterates, role: Role::Guess, runs_away: false, faint: false },
            &end,
        ));
        if hill.blindfold {
            return marks;
        }
    }
    if let Some(landscape) = hill.surface.landscape() {
        marks.extend(hill.map.surveys(landscape.minimizers));
    }
    for (run, trajectory) in hill.runs.iter().enumerate() {
        let iterates = &trajectory.iterates;
        let runs_away = trajectory.outcome.name() == "diverged";
        marks.extend(hill.map.walk(
            &MapWalk { run, iterates, role: hill.role(), runs_away, faint: run != hill.selected },
            moment,
        ));
    }
    marks.extend(slope(hill, moment));
    if let Some((_, at)) = moment.cursor {
        let f = |x, y| hill.surface.value([x, y]);
        marks.extend(hill.map.cross_hair(at, Some(&f), moment.voice));
    }
    marks
}

/// The gradient at the marble that the readouts are about, and its next step, while everything stands still
/// before a step. The gradient's arrow has one length for all slopes: what it shows is the direction.
fn slope(hill: &Hill, moment: &Moment<'_>) -> Vec<Mark> {
    let still = libm::floor(moment.position) == moment.position;
    let Some(run) = hill.run().filter(|_| still && hill.walk.is_none()) else { return Vec::new() };
    let k = moment.k as usize;
    let (Some(here), Some(next)) = (run.iterates.get(k), run.iterates.get(k + 1)) else {
        return Vec::new();
    };
    let [dx, dy] = here.gradient;
    let length = (dx * dx + dy * dy).sqrt();
    if !(hill.relief.shows(here.at) && length > 0.0 && length.is_finite()) {
        return Vec::new();
    }
    let [[left, right], _] = hill.relief.view;
    let [half_u, _] = hill.relief.half();
    let reach = GRADIENT * 0.5 * (right - left) / half_u;
    let [x, y] = here.at;
    let uphill = [x + reach * dx / length, y + reach * dy / length];
    let from = hill.place_px(here.at);
    let arrow = |to, role| Mark::Arrow { from, to: hill.place_px(to), role, width: 2.5 };
    let mut arrows = vec![arrow(uphill, Role::Gradient)];
    if hill.relief.shows(next.at) {
        arrows.push(arrow(next.at, Role::Step));
    }
    arrows
}

/// The step that a blindfolded walker is about to take, along the ground that is felt.
fn ahead(hill: &Hill, walk: &super::Walk) -> Vec<Mark> {
    let here = walk.here().at;
    let (from, to) = if hill.ground == Ground::Map {
        (hill.map.place_of(here), hill.map.place_of(walk.ahead()))
    } else {
        let [u, v] = hill.relief.plan(here);
        let [height, rise_u, rise_v] = hill.relief.height_and_rise(u, v);
        let [to_u, to_v] = hill.relief.plan(walk.ahead());
        let there = [to_u, to_v, height + rise_u * (to_u - u) + rise_v * (to_v - v)];
        let pixel = |point: [f64; 3]| crate::curve::within(hill.camera.project(point).0);
        (pixel([u, v, height]), pixel(there))
    };
    vec![Mark::Arrow { from, to, role: Role::Step, width: 3.0 }]
}

fn ring((x, y): (f64, f64), radius: f64) -> Mark {
    let points = (0..=24_u32)
        .map(|i| f64::from(i) * std::f64::consts::TAU / 24.0)
        .map(|angle| (x + radius * libm::cos(angle), y + radius * libm::sin(angle)))
        .collect();
    Mark::Path { points, role: Role::Focus, width: 2.0, dashed: false, opacity: 0.9 }
}

/// A marble that has left the ground: a word at the edge where it went.
fn gone(hill: &Hill, run: usize, at: [f64; 2], voice: &Voice) -> Mark {
    let (x, y) = hill.place_px(hill.relief.nearest(at));
    let iterates = hill.runs.get(run).map_or(&[][..], |run| &run.iterates);
    let left = iterates.iter().position(|iterate| !hill.relief.shows(iterate.at)).unwrap_or(0);
    let text = voice.say("mark-left", &[("k", &*left.to_string())]);
    let end = x > 0.5 * hill.camera.size_px.0;
    let (align, aside) = if end { (Align::End, -13.0) } else { (Align::Start, 13.0) };
    Mark::Label { at: (x + aside, y), text, role: Role::Diverged, align }
}

/// The cross-hair on the ground under a pixel, with coordinates and loss beside it.
fn cross_hair(hill: &Hill, at_px: (f64, f64), voice: &Voice) -> Vec<Mark> {
    let line =
        |points| Mark::Path { points, role: Role::Ink, width: 1.2, dashed: false, opacity: 0.8 };
    let Some([x, y]) = hill.ground_at(at_px) else {
        let (x, y) = at_px;
        return vec![
            line(vec![(x - 5.0, y), (x + 5.0, y)]),
            line(vec![(x, y - 5.0), (x, y + 5.0)]),
        ];
    };
    let [u, v] = hill.relief.plan([x, y]);
    let reach = 14.0 / hill.camera.scale_px();
    let along = |du: f64, dv: f64| {
        let way = (-4..=4_i32).map(|i| reach * f64::from(i) / 4.0);
        let points = way.filter_map(|share| {
            let (u, v) = (u + share * du, v + share * dv);
            let height = hill.relief.height(u, v);
            height.is_finite().then(|| hill.camera.project([u, v, height]).0)
        });
        line(points.collect())
    };
    let text = hover_words([x, y], hill.surface.value([x, y]), voice);
    let end = at_px.0 > 0.5 * hill.camera.size_px.0;
    let (align, aside) = if end { (Align::End, -16.0) } else { (Align::Start, 16.0) };
    let above = if at_px.1 < 30.0 { 18.0 } else { -16.0 };
    let at = (at_px.0 + aside, at_px.1 + above);
    vec![along(1.0, 0.0), along(0.0, 1.0), Mark::Label { at, text, role: Role::Ink, align }]
}
