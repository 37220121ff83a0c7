//! The hill over a plane through the weights at the step that is shown, computed in slices.

use downhill::{LossPlane, PlaneKind, SharpnessSearch, Training};

use super::training_run::{TOLERANCE, TrainingRun};

/// Cells along each side of the plane.
const COLUMNS: usize = 56;
const ROWS: usize = 44;

/// Losses computed in one slice.
const SLICE: usize = 24;

/// Products of the Hessian in one slice.
const PRODUCTS: usize = 3;

/// The most points of a walk from which its main directions are found.
const MOST_POINTS: usize = 33;

/// Weights this many times farther out than the first ones belong to an explosion, not to the walk.
const FAR: f64 = 20.0;

/// Room around the walk, as a fraction of its extent.
const ROOM: f64 = 0.15;

/// The narrower side of the view is at least this fraction of the wider one.
const NARROWEST: f64 = 0.3;

/// What a hill follows from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct HillKey {
    pub(super) landscape: u32,
    pub(super) generation: u32,
    /// The step whose weights are in the plane.
    pub(super) k: u32,
    pub(super) plane: PlaneKind,
    pub(super) seed: u32,
}

/// A hill over a plane, with the walk as seen in it.
#[derive(Clone, Debug)]
pub(super) struct HillMap {
    pub(super) key: HillKey,
    pub(super) plane: LossPlane,
    /// The part of the plane that is shown.
    pub(super) view: [[f64; 2]; 2],
    /// The logarithms of the losses, row by row from below.
    heights: Vec<f64>,
    /// Steps with their places.
    pub(super) walk: Vec<(f64, [f64; 2])>,
    /// The share of the walk that the plane holds.
    pub(super) share: f64,
}

impl HillMap {
    fn is_done(&self) -> bool {
        self.heights.len() >= COLUMNS * ROWS
    }

    fn place(&self, cell: usize) -> [f64; 2] {
        let at = |[from, to]: [f64; 2], index: usize, count: usize| {
            from + (to - from) * index as f64 / (count - 1) as f64
        };
        let [x, y] = self.view;
        [at(x, cell % COLUMNS, COLUMNS), at(y, cell / COLUMNS, ROWS)]
    }

    /// The logarithm of the loss at a place, interpolated.
    pub(super) fn height(&self, x: f64, y: f64) -> f64 {
        let cell = |[from, to]: [f64; 2], value: f64, count: usize| {
            let most = (count - 1) as f64;
            let at = (value - from) / (to - from) * most;
            let at = if at > 0.0 { if at < most { at } else { most } } else { 0.0 };
            let low = (at as usize).min(count - 2);
            (low, at - low as f64)
        };
        let (column, across) = cell(self.view[0], x, COLUMNS);
        let (row, up) = cell(self.view[1], y, ROWS);
        let at = |row: usize, column: usize| {
            self.heights.get(row * COLUMNS + column).copied().unwrap_or(f64::NAN)
        };
        let along = |row| at(row, column) + across * (at(row, column + 1) - at(row, column));
        along(row) + up * (along(row + 1) - along(row))
    }
}

/// The hill that is shown, and the one being computed.
#[derive(Debug, Default)]
pub(super) struct Hill {
    pub(super) map: Option<HillMap>,
    search: Option<(HillKey, SharpnessSearch)>,
    next: Option<HillMap>,
}

impl Hill {
    pub(super) fn is_at(&self, key: HillKey) -> bool {
        self.map.as_ref().is_some_and(|map| map.key == key)
    }

    /// Computes a part of a hill around the weights of this training; returns the work done, and whether
    /// there is another hill to be seen.
    pub(super) fn work(
        &mut self,
        key: HillKey,
        run: &TrainingRun,
        training: &mut Training,
    ) -> (f64, bool) {
        if self.next.as_ref().is_none_or(|next| next.key != key) {
            self.next = None;
            let mut sharpest = None;
            if key.plane == PlaneKind::Sharpest {
                let search = self.search.take().filter(|(of, _)| *of == key);
                let new = || (key, training.search_sharpest(TOLERANCE));
                let (_, search) = self.search.insert(search.unwrap_or_else(new));
                let Some(found) = search.advance(training.loss_mut(), PRODUCTS) else {
                    return (2.0 * (PRODUCTS + 1) as f64 * run.step_work(), false);
                };
                sharpest = Some((found.vector.clone(), found.lambda));
                self.search = None;
            }
            self.next = Some(plane(key, run, training, sharpest));
            return (10.0 * run.step_work(), false);
        }
        let Some(next) = &mut self.next else { return (f64::INFINITY, false) };
        let from = next.heights.len();
        let to = (COLUMNS * ROWS).min(from + SLICE);
        let places: Vec<[f64; 2]> = (from..to).map(|cell| next.place(cell)).collect();
        let losses = next.plane.losses(training.loss_mut(), &places);
        let height = |loss: f64| if loss.is_finite() { libm::log10(loss) } else { f64::INFINITY };
        next.heights.extend(losses.into_iter().map(height));
        let is_done = next.is_done();
        if is_done {
            self.map = self.next.take();
        }
        (0.5 * (to - from) as f64 * run.step_work(), is_done)
    }
}

/// A plane through the weights of a training, with the walk of its run in it.
fn plane(
    key: HillKey,
    run: &TrainingRun,
    training: &mut Training,
    sharpest: Option<(Vec<f64>, f64)>,
) -> HillMap {
    let here = training.weights().to_vec();
    let all = run.training().map(Training::walk).unwrap_or_default();
    let first = all.first().map_or(&here[..], |first| first.weights());
    let far = FAR * (1.0 + distance(first, &vec![0.0; first.len()]));
    let stride = all.len().div_ceil(MOST_POINTS).max(1);
    let last = all.len().saturating_sub(1);
    let kept = all.iter().enumerate().filter(|(index, _)| index % stride == 0 || *index == last);
    let kept = kept.map(|(_, known)| *known).filter(|known| distance(known.weights(), first) < far);
    let (steps, walk): (Vec<f64>, Vec<&[f64]>) =
        kept.map(|known| (known.k() as f64, known.weights())).unzip();
    let mut radius = None;
    // The walk's own plane is that of the whole walk, wherever on it the walker is.
    let end = walk.last().copied().filter(|_| key.plane == PlaneKind::Walk);
    let origin = end.unwrap_or(&here);
    let plane = match (key.plane, sharpest) {
        (PlaneKind::Sharpest, Some((vector, lambda))) => {
            let (loss, gradient) = training.gradient();
            // Where the loss has grown by about ten times itself.
            let size = (2.0 * (loss + 1e-9) / lambda.abs()).sqrt();
            radius = Some(if size.is_finite() { 3.0 * size } else { 1.0 });
            LossPlane::of_sharpest(&vector, gradient, origin)
        }
        (PlaneKind::Random, _) => {
            radius = Some(1.0);
            LossPlane::random(training.network(), origin, key.seed)
        }
        _ => LossPlane::of_walk(&walk, origin),
    };
    let share = plane.share(&walk);
    let places: Vec<[f64; 2]> = walk.iter().map(|weights| plane.coordinates(weights)).collect();
    let view = match radius {
        Some(radius) => [[-radius, radius]; 2],
        None => view(&places),
    };
    let walk = steps.into_iter().zip(places).collect();
    HillMap { key, plane, view, heights: Vec::with_capacity(COLUMNS * ROWS), walk, share }
}

/// The view of a walk, with the plane's origin at (0, 0).
fn view(places: &[[f64; 2]]) -> [[f64; 2]; 2] {
    let mut view = [[0.0_f64; 2]; 2];
    for place in places {
        for ([low, high], value) in view.iter_mut().zip(place) {
            *low = if value < low { *value } else { *low };
            *high = if value > high { *value } else { *high };
        }
    }
    let [across, up] = view.map(|[low, high]| high - low);
    let wider = if across > up { across } else { up };
    let wider = if wider > 0.0 { wider } else { 1.0 };
    for side in &mut view {
        let length = side[1] - side[0];
        let least = NARROWEST * wider;
        let more = ROOM * length + if length < least { 0.5 * (least - length) } else { 0.0 };
        *side = [side[0] - more, side[1] + more];
    }
    view
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}
