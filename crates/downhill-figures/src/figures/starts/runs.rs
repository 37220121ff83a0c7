//! The model of the starts figure: many descents on one loss with one α.

use downhill::{
    Curvature, Grid, Iterate, NamedLoss, Noisy, Outcome, Rule, StopCriteria, Trajectory, descend,
};

use crate::draw::between;
use crate::panes::contour_map::view_of;
use crate::quantile::median;
use crate::text::numbers::to_decimals;

/// The longest run. Thirty-two longer ones would exhaust a phone's memory, and a basin map would
/// take too long.
pub(crate) const MOST_STEPS: u32 = 10_000;

/// Two end points within this distance, in units of 1 + ‖x‖, are the same minimizer, as in
/// [`downhill::Basins`].
const SAME: f64 = 0.02;

/// Around the maximum between Himmelblau's four minima, with a start on each side.
const AROUND_A_SUMMIT: [[f64; 2]; 4] = [[0.2, -0.5], [-0.7, -0.5], [-0.7, -1.4], [0.2, -1.4]];

/// The fields of the spec, and the runs computed from them.
pub(crate) struct Runs {
    pub(crate) loss: NamedLoss<2>,
    pub(crate) alpha: f64,
    pub(crate) starts: Vec<[f64; 2]>,
    pub(crate) steps: u32,
    /// The standard deviation of the noise on each coordinate of the gradient.
    pub(crate) noise: f64,
    /// The seed of the noise of the first start; the next one's is the next.
    pub(crate) seed: u32,
    runs: Vec<Trajectory<2>>,
    /// The minimizer that each run would end at if its noise ceased; empty without noise.
    settled: Vec<Option<usize>>,
    /// The loss, α, steps, noise and seed of these runs.
    ran: (String, f64, u32, f64, u32),
    /// The minimizers by letter: those known for the landscape, then others in the order in which
    /// they were found.
    bottoms: Vec<[f64; 2]>,
    /// The last start that was outside the map.
    pub(crate) outside: Option<[f64; 2]>,
}

impl Default for Runs {
    fn default() -> Self {
        let loss = NamedLoss::<2>::named("himmelblau").expect("a landscape's name");
        let mut runs = Self {
            loss,
            alpha: 0.01,
            starts: AROUND_A_SUMMIT.to_vec(),
            steps: 200,
            noise: 0.0,
            seed: 1,
            runs: Vec::new(),
            settled: Vec::new(),
            ran: (String::new(), 0.0, 0, 0.0, 0),
            bottoms: Vec::new(),
            outside: None,
        };
        runs.recompute();
        runs
    }
}

impl Runs {
    /// The part of the plane shown.
    pub(crate) fn view(&self) -> [[f64; 2]; 2] {
        view_of(&self.loss)
    }

    /// The nearest point on the map.
    pub(crate) fn inside(&self, at: [f64; 2]) -> [f64; 2] {
        let view = self.view();
        std::array::from_fn(|axis| between(at[axis], view[axis][0], view[axis][1]))
    }

    /// Recomputes the runs that changed.
    pub(crate) fn recompute(&mut self) {
        self.outside = None;
        for index in 0..self.starts.len() {
            let (start, inside) = (self.starts[index], self.inside(self.starts[index]));
            if start != inside {
                (self.outside, self.starts[index]) = (Some(start), inside);
            }
        }
        let now = (self.loss.text().to_owned(), self.alpha, self.steps, self.noise, self.seed);
        if now.0 != self.ran.0 {
            let known = self.loss.landscape().map(|landscape| landscape.minimizers.to_vec());
            self.bottoms = known.unwrap_or_default();
        }
        if now != self.ran {
            self.runs.clear();
            self.ran = now;
        }
        let mut before = std::mem::take(&mut self.runs);
        if self.noise > 0.0 {
            // Each start has a seed of its own, by its place in the list.
            self.settled.clear();
            for (index, &start) in self.starts.iter().enumerate() {
                let run = match before.get_mut(index) {
                    Some(same) if same.iterates[0].x == start => std::mem::replace(
                        same,
                        Trajectory { iterates: Vec::new(), newton: Vec::new(), ..*same },
                    ),
                    _ => self.shaken_run(start, index as u32),
                };
                self.runs.push(run);
            }
            return self.settle();
        }
        self.settled.clear();
        for &start in &self.starts {
            let known = before.iter().position(|run| run.iterates[0].x == start);
            self.runs.push(match known {
                Some(index) => before.swap_remove(index),
                None => self.run(start),
            });
        }
        for index in 0..self.runs.len() {
            let run = &self.runs[index];
            if let Outcome::Converged { .. } = run.outcome {
                let end = run.iterates[run.last_k()].x;
                let _index = self.minimizer_index(end);
            }
        }
    }

    pub(crate) fn run(&self, start: [f64; 2]) -> Trajectory<2> {
        descend(self.loss.loss(), Rule::GradientDescent, self.alpha, start, self.limit())
    }

    /// A run with noise, which goes on where the slope vanishes.
    fn shaken_run(&self, start: [f64; 2], index: u32) -> Trajectory<2> {
        let rule = Noisy {
            rule: Rule::GradientDescent,
            size: self.noise,
            seed: self.seed.wrapping_add(index),
        };
        let limit = StopCriteria { gradient_tol: 0.0, ..self.limit() };
        descend(self.loss.loss(), rule, self.alpha, start, limit)
    }

    /// Finds where every run would end if its noise ceased.
    fn settle(&mut self) {
        for index in 0..self.runs.len() {
            let run = &self.runs[index];
            let calm = match run.outcome {
                Outcome::Exhausted { k } => Some(self.run(run.iterates[k].x)),
                _ => None,
            };
            let end = calm.and_then(|calm| match calm.outcome {
                Outcome::Converged { k } => Some(self.minimizer_index(calm.iterates[k].x)),
                _ => None,
            });
            self.settled.push(end);
        }
    }

    /// The minimizer that a run with noise would end at if its noise ceased.
    pub(crate) fn hollow_of(&self, run: usize) -> Option<usize> {
        self.settled.get(run).copied().flatten()
    }

    /// The end of the noise's slider: there, a step of usual size is shaken by a fifth of the map.
    pub(crate) fn most_noise(&self) -> f64 {
        let [x, _] = self.view();
        round_up(0.2 * (x[1] - x[0]) / self.most_alpha())
    }

    pub(crate) fn limit(&self) -> StopCriteria {
        StopCriteria { max_iterations: self.steps as usize, ..StopCriteria::default() }
    }

    pub(crate) fn runs(&self) -> &[Trajectory<2>] {
        &self.runs
    }

    /// The k-th iterate of a run, or the last one.
    pub(crate) fn iterate(&self, run: usize, k: u32) -> Iterate<2> {
        let iterates = &self.runs[run].iterates;
        iterates[(k as usize).min(iterates.len() - 1)]
    }

    pub(crate) fn last(&self) -> u32 {
        self.runs.iter().map(Trajectory::last_k).max().unwrap_or(0) as u32
    }

    pub(crate) fn bottoms(&self) -> &[[f64; 2]] {
        &self.bottoms
    }

    /// The index of the minimizer that a descent converged to. One that has not converged belongs
    /// to none, wherever it happens to be.
    pub(crate) fn bottom_of(&self, run: &Trajectory<2>) -> Option<usize> {
        let converged = matches!(run.outcome, Outcome::Converged { .. });
        if converged { self.near(run.iterates[run.last_k()].x) } else { None }
    }

    fn near(&self, at: [f64; 2]) -> Option<usize> {
        let reach = SAME * (1.0 + distance(at, [0.0, 0.0]));
        let mut best = (reach, None);
        for (index, &bottom) in self.bottoms.iter().enumerate() {
            let off = distance(at, bottom);
            if off < best.0 {
                best = (off, Some(index));
            }
        }
        best.1
    }

    /// The index of a minimizer, which is added if it is new.
    pub(crate) fn minimizer_index(&mut self, at: [f64; 2]) -> usize {
        self.near(at).unwrap_or_else(|| {
            self.bottoms.push(at);
            self.bottoms.len() - 1
        })
    }

    /// The α above which descent is unstable at a minimizer.
    pub(crate) fn stable(&self, bottom: usize) -> f64 {
        Curvature::at(self.loss.loss(), self.bottoms[bottom]).largest_stable_alpha()
    }

    /// The end of α's slider: beyond the stability bounds of all minimizers.
    pub(crate) fn most_alpha(&self) -> f64 {
        let known = self.loss.landscape().map_or(0, |landscape| landscape.minimizers.len());
        let mut most = self.loss.landscape().map_or(0.0, |landscape| 2.0 * landscape.alpha);
        for bottom in 0..known {
            let stable = 1.15 * self.stable(bottom);
            if stable > most && stable < 100.0 {
                most = stable;
            }
        }
        if most == 0.0 {
            // For a formula: twice what the median curvature within its range allows.
            let grid = Grid::new(self.view(), 9, 9);
            let bounds: Vec<f64> = (0..81)
                .map(|cell| {
                    let at = grid.centre(cell % 9, cell / 9);
                    Curvature::at(self.loss.loss(), at).largest_stable_alpha()
                })
                .filter(|bound| *bound > 1e-6 && *bound < 100.0)
                .collect();
            most = median(&bounds).map_or(1.0, |bound| 2.0 * bound);
        }
        round_up(most)
    }

    /// The point at these fractions of the map's width and height.
    pub(crate) fn place(&self, across: f64, up: f64) -> [f64; 2] {
        let [x, y] = self.view();
        [x[0] + across * (x[1] - x[0]), y[0] + up * (y[1] - y[0])].map(|c| to_decimals(c, 3.0))
    }

    /// Sets starts on a ring around the middle of the map.
    pub(crate) fn ring(&mut self) {
        let at = |i: u32| {
            let angle = f64::from(i) * std::f64::consts::PI / 6.0;
            self.place(0.5 + 0.42 * libm::cos(angle), 0.5 + 0.42 * libm::sin(angle))
        };
        self.starts = (0..12).map(at).collect();
    }

    /// Sets starts all over the map, in rows.
    pub(crate) fn rows(&mut self) {
        let share = |i: u32| 0.1 + 0.2 * f64::from(i);
        self.starts = (0..25).map(|i| self.place(share(i % 5), share(i / 5))).collect();
    }

    /// Finds two close starts that reach different minimizers: a basin boundary, located by
    /// bisection.
    ///
    /// Returns whether there is a boundary on the map.
    pub(crate) fn twins(&mut self) -> bool {
        let grid = Grid::new(self.view(), 24, 24);
        let mut basins = downhill::Basins::new(self.loss.clone(), self.alpha, self.limit(), grid);
        basins.advance(usize::MAX);
        let end = |column, row| basins.cell(column, row).and_then(|cell| cell.minimizer);
        // From the middle of the map outwards, in rows.
        let mut pair = None;
        for i in 0..24 * 23_u32 {
            let (row, column) = (i / 23, i % 23);
            let row = if row % 2 == 0 { 12 + row / 2 } else { 11 - row / 2 };
            let (here, next) = (end(column, row), end(column + 1, row));
            if here != next && here.is_some() && next.is_some() {
                let at = |column| grid.centre(column, row).map(|x| to_decimals(x, 6.0));
                pair = Some((at(column), at(column + 1)));
                break;
            }
        }
        let Some((mut left, mut right)) = pair else { return false };
        let mut bottom = |at| {
            let run = self.run(at);
            let end = run.iterates[run.last_k()].x;
            let converged = matches!(run.outcome, Outcome::Converged { .. });
            converged.then(|| self.minimizer_index(end))
        };
        let side = bottom(left);
        for _ in 0..9 {
            // The middle may lie on a pass or converge nowhere; then a start beside it is tried.
            let between = [0.5, 0.45, 0.55].into_iter().find_map(|share| {
                let x = to_decimals(left[0] + share * (right[0] - left[0]), 6.0);
                bottom([x, left[1]]).map(|end| ([x, left[1]], end))
            });
            match between {
                Some((at, end)) if Some(end) == side => left = at,
                Some((at, _)) => right = at,
                None => break,
            }
        }
        self.starts = vec![left, right];
        true
    }
}

/// The next larger number with two significant digits, for the end of a slider.
fn round_up(value: f64) -> f64 {
    let decimals = 1.0 - f64::floor(libm::log10(value));
    let unit = libm::pow(10.0, -decimals);
    to_decimals(f64::ceil(value / unit - 1e-9) * unit, decimals)
}

/// The distance of two points.
pub(crate) fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    libm::hypot(a[0] - b[0], a[1] - b[1])
}

/// The letter of a minimizer: A to Z, then A1 to Z1 and so on.
pub(crate) fn letter(bottom: usize) -> String {
    let letter = char::from(b'A' + (bottom % 26) as u8);
    if bottom < 26 { letter.to_string() } else { format!("{letter}{}", bottom / 26) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The outcomes are CPython's for Himmelblau's function with α = 0.01 from these starts.
    #[test]
    fn four_starts_around_a_maximum_reach_four_minima() {
        let runs = Runs::default();
        let ends = [
            (78, [3.0, 2.0]),
            (28, [-2.805_118_07, 3.131_312_52]),
            (22, [-3.779_310_25, -3.283_185_98]),
            (57, [3.584_428_34, -1.848_126_50]),
        ];
        for (run, (k, end)) in runs.runs().iter().zip(ends) {
            assert_eq!(run.outcome, Outcome::Converged { k });
            assert!(distance(run.iterates[k].x, end) < 1e-7);
        }
        let letters: Vec<_> = runs.runs().iter().map(|run| runs.bottom_of(run)).collect();
        assert_eq!(letters, [Some(0), Some(1), Some(2), Some(3)]);
    }

    /// With this noise a walker leaves the hollow in which it starts; with a quarter of it, it stays.
    /// The numbers are the command line's: `trace --loss himmelblau --start 3,2 --noise 40 --seed 2`.
    #[test]
    fn noise_shakes_a_walker_out_of_a_hollow() {
        let walk = |noise, seed| {
            let starts = vec![[3.0, 2.0]];
            let mut runs = Runs { noise, seed, starts, steps: 200, ..Runs::default() };
            runs.recompute();
            let far = runs.runs()[0].iterates.iter().map(|i| distance(i.x, [3.0, 2.0]));
            let far = far.max_by(f64::total_cmp).expect("a start");
            (runs.hollow_of(0), runs.runs()[0].outcome, far)
        };
        for seed in 1..4 {
            let (hollow, outcome, far) = walk(10.0, seed);
            assert_eq!((hollow, outcome), (Some(0), Outcome::Exhausted { k: 200 }));
            assert!(far < 2.0, "{far}");
        }
        assert_eq!(walk(40.0, 2).0, Some(3), "from A to D");
        // A start's noise does not depend on the others.
        let (first, second) = ([3.0, 2.0], [-2.8, 3.1]);
        let mut both = Runs { noise: 30.0, starts: vec![first, second], ..Runs::default() };
        both.recompute();
        let mut alone = Runs { noise: 30.0, seed: 2, starts: vec![second], ..Runs::default() };
        alone.recompute();
        assert_eq!(both.runs()[1], alone.runs()[0]);
        both.starts[0] = [0.5, 0.5];
        both.recompute();
        assert_eq!(both.runs()[1], alone.runs()[0], "moving one leaves the other");
    }

    #[test]
    fn twins_are_close_and_end_differently() {
        for loss in ["himmelblau", "double-well", "styblinski-tang"] {
            let surface = NamedLoss::<2>::named(loss).expect("a landscape");
            let alpha = surface.landscape().map_or(0.01, |landscape| landscape.alpha);
            let mut runs = Runs { loss: surface, alpha, ..Runs::default() };
            assert!(runs.twins(), "{loss}");
            runs.recompute();
            let [left, right] = [0, 1].map(|run| runs.starts[run]);
            assert!(distance(left, right) < 2e-3, "{loss}: {left:?} {right:?}");
            let ends: Vec<_> = runs.runs().iter().map(|run| runs.bottom_of(run)).collect();
            assert_ne!(ends[0], ends[1], "{loss}");
        }
        let bowl = NamedLoss::<2>::named("bowl").expect("a landscape");
        assert!(!Runs { loss: bowl, ..Runs::default() }.twins(), "a bowl has one basin");
    }

    /// D's bound is 0.019. At 0.026 descent from (3.6, −1.9) passes D by at iteration 200.
    #[test]
    fn a_walk_that_has_not_converged_belongs_to_no_minimizer() {
        let mut runs = Runs { alpha: 0.026, starts: vec![[3.6, -1.9]], ..Runs::default() };
        runs.recompute();
        let run = &runs.runs()[0];
        assert_eq!(run.outcome, Outcome::Exhausted { k: 200 });
        assert_eq!(runs.bottom_of(run), None);
    }

    #[test]
    fn a_start_outside_the_map_is_moved_to_its_border() {
        let mut runs = Runs { starts: vec![[99.0, -7.5]], ..Runs::default() };
        runs.recompute();
        assert_eq!((runs.starts[0], runs.outside), ([5.0, -5.0], Some([99.0, -7.5])));
    }

    #[test]
    fn minimizers_have_letters() {
        assert_eq!([0, 25, 26, 53].map(letter), ["A", "Z", "A1", "B2"]);
    }
}
