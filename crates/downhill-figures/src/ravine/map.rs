//! A map of the ravine with one marble and its trail.

use downhill::{Iterate, Regime};

use crate::curve::{round_to, within};
use crate::draw::{
    Align, Axis, ContourMap, Frame, Mark, Role, Scene, Ticks, between, draw_axes, draw_map,
};
use crate::exhibit::Moment;
use crate::voice::Voice;

use super::race::Race;

/// The part of the ravine that is shown while the start lies in it.
const USUAL: [f64; 2] = [5.0, 1.6];

/// At most so many iterates back are drawn as dots.
const MOST_DOTS: usize = 600;

/// One of the two maps.
#[derive(Clone, Debug)]
pub(crate) struct MapPane {
    run: usize,
    role: Role,
    width_px: f64,
    height_px: f64,
    reach: [f64; 2],
}

impl MapPane {
    pub(crate) const fn new(run: usize, role: Role) -> Self {
        Self { run, role, width_px: 0.0, height_px: 0.0, reach: USUAL }
    }

    pub(crate) fn resize(&mut self, width_px: f64, height_px: f64) {
        (self.width_px, self.height_px) = (width_px, height_px);
    }

    /// Keeps the start in view, and a turned ravine whole.
    pub(crate) fn look(&mut self, race: &Race) {
        let mut reach = USUAL;
        if race.degrees != 0.0 {
            // Turned, the floor runs through both axes: show them alike.
            let ratio = if self.width_px > 0.0 { self.height_px / self.width_px } else { 0.62 };
            let (sin, cos) = (libm::sin(race.loss.angle).abs(), libm::cos(race.loss.angle).abs());
            let half = USUAL[0] * cos + USUAL[1] * sin;
            let tall = USUAL[0] * sin + USUAL[1] * cos;
            let wide = if half > tall / ratio { half } else { tall / ratio };
            reach = [wide, wide * ratio];
        }
        for (axis, reach) in reach.iter_mut().enumerate() {
            let out = 1.15 * race.start[axis].abs();
            *reach = if out > *reach { out } else { *reach };
        }
        self.reach = reach;
    }

    fn frame(&self) -> Frame {
        let (left_px, top_px) = (34.0, 8.0);
        let [x, y] = self.reach;
        Frame {
            left_px,
            top_px,
            width_px: self.width_px - left_px - 8.0,
            height_px: self.height_px - top_px - 24.0,
            x: Axis::linear(-x, x),
            y: Axis::linear(-y, y),
        }
    }

    /// Draws tints, contours and axes.
    pub(crate) fn still(&self, scene: &mut Scene, f: impl Fn(f64, f64) -> f64, voice: &Voice) {
        let frame = self.frame();
        draw_map(scene, &frame, &ContourMap::new(&frame, f));
        let label = |value: f64, decimals: usize| voice.digits.fixed(value, decimals);
        let x = Ticks::round(frame.x, (frame.width_px / 48.0) as usize, label);
        let y = Ticks::round(frame.y, (frame.height_px / 36.0) as usize, label);
        draw_axes(scene, &frame, &x, &y, false);
    }

    /// Draws trail, marble and cross-hair.
    pub(crate) fn marks(&self, race: &Race, moment: &Moment<'_>) -> Vec<Mark> {
        let frame = self.frame();
        let pixel = |at: [f64; 2]| within(frame.point_px(at[0], at[1]));
        let mut marks: Vec<Mark> = Mark::survey(pixel(race.quadratic().minimizer)).to_vec();
        let last = f64::from(race.last(self.run));
        let position = if moment.position > last { last } else { moment.position };
        let behind = libm::floor(position) as usize;
        let iterates = &race.trajectory(self.run).iterates;
        let (here, next) =
            (race.iterate(self.run, behind as u32), race.iterate(self.run, behind as u32 + 1));
        let share = position - libm::floor(position);
        let marble: [f64; 2] =
            std::array::from_fn(|i| here.at[i] + share * (next.at[i] - here.at[i]));

        // A run that explodes is followed to where it leaves; what comes after would cover the map.
        let runs_away = race.regime(self.run) == Regime::Diverge;
        let end = if runs_away { behind.min(self.left(&frame, race)) } else { behind };
        let visited = &iterates[..=end];
        let mut trail: Vec<(f64, f64)> = visited.iter().map(|iterate| pixel(iterate.at)).collect();
        let dots = trail[trail.len().saturating_sub(MOST_DOTS)..].to_vec();
        if visited.len() == behind + 1 {
            trail.push(pixel(marble));
        }
        let line = |points, role, width, opacity| Mark::Path {
            points,
            role,
            width,
            dashed: false,
            opacity,
        };
        let inside = vec![
            // A halo parts the trail from contours of a like colour.
            line(trail.clone(), Role::Panel, 4.0, 0.6),
            line(trail, self.role, 1.4, 0.7),
            Mark::Dots { points: dots, radius: 2.2, role: self.role },
        ];
        marks.push(Mark::within(&frame, inside));
        marks.extend(self.guess(&frame, moment));
        let at = pixel(marble);
        if frame.contains(marble[0], marble[1]) {
            marks.push(Mark::Disc { at, radius: 6.5, fill: self.role, outline: Role::Panel });
        } else {
            marks.extend(self.gone(&frame, at, race, moment));
        }
        marks.extend(self.cross_hair(&frame, race, moment));
        marks
    }

    /// The first iterate after which none lies in the frame.
    fn left(&self, frame: &Frame, race: &Race) -> usize {
        let iterates = &race.trajectory(self.run).iterates;
        let inside = |iterate: &Iterate<2>| frame.contains(iterate.at[0], iterate.at[1]);
        let left = iterates.iter().rposition(inside).map_or(0, |last| last + 1);
        left.min(iterates.len() - 1)
    }

    /// A marble that has left: an arrow at the edge where it went.
    fn gone(&self, frame: &Frame, at: (f64, f64), race: &Race, moment: &Moment<'_>) -> Vec<Mark> {
        let (right, bottom) = (frame.right_px(), frame.bottom_px());
        // The way out: the border that is passed by most.
        let beyond = |px: f64, low: f64, high: f64| {
            if px < low {
                px - low
            } else if px > high {
                px - high
            } else {
                0.0
            }
        };
        let (dx, dy) = (beyond(at.0, frame.left_px, right), beyond(at.1, frame.top_px, bottom));
        let edge = (
            between(at.0, frame.left_px + 8.0, right - 8.0),
            between(at.1, frame.top_px + 8.0, bottom - 8.0),
        );
        let sideways = dx.abs() > dy.abs();
        let tail = if sideways {
            (edge.0 - 30.0 * dx.signum(), edge.1)
        } else {
            (edge.0, edge.1 - 30.0 * dy.signum())
        };
        let k = moment.k.min(race.last(self.run));
        let left = self.left(frame, race).min(k as usize);
        let text = moment.voice.say("mark-left", &[("k", &*left.to_string())]);
        let align =
            if tail.0 > frame.left_px + frame.width_px / 2.0 { Align::End } else { Align::Start };
        let aside = if align == Align::End { -12.0 } else { 12.0 };
        vec![
            Mark::Arrow { from: tail, to: edge, role: Role::Diverged, width: 3.0 },
            Mark::Label { at: (tail.0 + aside, tail.1), text, role: Role::Diverged, align },
        ]
    }

    fn guess(&self, frame: &Frame, moment: &Moment<'_>) -> Vec<Mark> {
        let guess = moment.guess.or(moment.verdict.map(|verdict| &verdict.guess));
        match guess {
            Some(guess) if guess.run == self.run && guess.at.len() == 2 => {
                let at = frame.point_px(guess.at[0], guess.at[1]);
                vec![Mark::Disc { at, radius: 6.0, fill: Role::Panel, outline: Role::Guess }]
            }
            _ => Vec::new(),
        }
    }

    fn cross_hair(&self, frame: &Frame, race: &Race, moment: &Moment<'_>) -> Vec<Mark> {
        use downhill::Loss;
        // Both maps show the cross-hair: a start is common to both.
        let Some((pane, (x_px, y_px))) = moment.cursor.filter(|(pane, _)| *pane < 2) else {
            return Vec::new();
        };
        let (x, y) = frame.world(x_px, y_px);
        if !frame.contains(x, y) {
            return Vec::new();
        }
        let line = |from, to| Mark::Path {
            points: vec![from, to],
            role: Role::Ink,
            width: 1.0,
            dashed: false,
            opacity: 0.6,
        };
        let mut marks = vec![
            line((x_px - 9.0, y_px), (x_px + 9.0, y_px)),
            line((x_px, y_px - 9.0), (x_px, y_px + 9.0)),
        ];
        if pane == self.run {
            let voice = moment.voice;
            let f = voice.about(race.loss.value([x, y]));
            let (x, y) = (voice.about(x), voice.about(y));
            let text = voice.say("hover-map", &[("x", &*x), ("y", &*y), ("f", &*f)]);
            let align = if x_px > self.width_px / 2.0 { Align::End } else { Align::Start };
            let aside = if align == Align::End { -12.0 } else { 12.0 };
            let at = (x_px + aside, if y_px < 30.0 { y_px + 16.0 } else { y_px - 12.0 });
            marks.push(Mark::Label { at, text, role: Role::Ink, align });
        }
        marks
    }

    /// The point of the plane under a point of the pane, taken at the nearest edge of the view.
    pub(crate) fn world(&self, x_px: f64, y_px: f64) -> [f64; 2] {
        let frame = self.frame();
        let (x, y) = frame.world(x_px, y_px);
        let inside = |value: f64, axis: Axis| {
            let bounded = if value.is_finite() { value.clamp(axis.from, axis.to) } else { 0.0 };
            round_to(bounded, axis)
        };
        [inside(x, frame.x), inside(y, frame.y)]
    }

    /// Where a point is drawn, or the nearest place on the pane.
    pub(crate) fn place_of(&self, at: [f64; 2]) -> (f64, f64) {
        let (x_px, y_px) = self.frame().point_px(at[0], at[1]);
        (between(x_px, 0.0, self.width_px), between(y_px, 0.0, self.height_px))
    }
}
