//! Closed-form analysis of descent on a quadratic loss.

use core::array;

use crate::eigen::{ROUNDING, eigenvalues, eigenvectors};
use crate::loss::Loss;
use crate::regime::{Band, EQUAL, Regime};
use crate::rules::Rule;
use crate::scalar::Scalar;
use crate::vector::{dot, norm};

/// A quadratic loss in the axes of its curvature: f(x) = f* + ½ Σ λᵢ (vᵢ·(x − x*))².
///
/// Plain descent multiplies the error along each eigenvector vᵢ of the Hessian by 1 − αλᵢ per step,
/// independently of the others; everything here follows from that.
///
/// Source: Goh, *Why Momentum Really Works* (Distill 2017); Polyak (1964) for momentum.
///
/// ```
/// use downhill::{Parabola, Quadratic, Regime};
///
/// let parabola = Quadratic::of(&Parabola).expect("x² is quadratic");
/// assert_eq!(parabola.largest_stable_alpha(), 1.0);
/// assert_eq!(parabola.best_alpha(), 0.5);
/// let regimes = [0.3, 0.5, 0.7, 1.0, 1.1].map(|alpha| parabola.regime(alpha).name());
/// assert_eq!(regimes, ["monotone", "one step", "zigzag", "bounce", "diverge"]);
/// // From 10 with α = 0.1, twenty steps lead to 10·0.8²⁰.
/// assert!((parabola.closed_form([10.0], 0.1, 20)[0] - 0.11529).abs() < 5e-6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quadratic<const D: usize> {
    /// The point where the gradient is zero: the minimizer, unless an eigenvalue is negative.
    ///
    /// Along a direction without curvature all points are equal; the one nearest the origin is
    /// chosen.
    pub minimizer: [f64; D],
    /// The eigenvalues λ of the Hessian (the curvatures), ascending; exactly 0 if only rounding
    /// suggests otherwise.
    pub eigenvalues: [f64; D],
    /// A unit eigenvector for each eigenvalue.
    pub eigenvectors: [[f64; D]; D],
}

impl<const D: usize> Quadratic<D> {
    /// Analyses a quadratic loss in one or two variables.
    ///
    /// `None` for any other loss, and if the gradient is zero nowhere (a slope without curvature).
    #[must_use]
    pub fn of(loss: &dyn Loss<D>) -> Option<Self> {
        if D > 2 || !loss.is_quadratic() {
            return None;
        }
        let origin = [0.0; D];
        // x²/0 is quadratic by its degree but undefined everywhere.
        if !loss.value(origin).is_finite() {
            return None;
        }
        let hessian = loss.hessian(origin);
        let (level, slope) = loss.value_and_gradient(origin);
        let eigenvalues = eigenvalues(hessian);
        let eigenvectors = eigenvectors(hessian);
        let mut minimizer = [0.0; D];
        for (lambda, vector) in eigenvalues.into_iter().zip(eigenvectors) {
            let along = dot(vector, slope);
            let offset = -along / lambda;
            if !offset.is_finite() {
                // At height f, a square c(v·x)² + … has slopes up to √(2λf), which have rounding
                // errors.
                let size = norm(slope) + (eigenvalues[D - 1].abs() * level.abs()).sqrt();
                if along.abs() <= ROUNDING * size {
                    continue;
                }
                return None;
            }
            for (coordinate, part) in minimizer.iter_mut().zip(vector) {
                *coordinate += offset * part;
            }
        }
        Some(Self { minimizer, eigenvalues, eigenvectors })
    }

    /// The smallest curvature λmin.
    #[must_use]
    pub fn lambda_min(&self) -> f64 {
        self.eigenvalues[0]
    }

    /// The largest curvature λmax.
    #[must_use]
    pub fn lambda_max(&self) -> f64 {
        self.eigenvalues[D - 1]
    }

    /// The condition number κ = λmax/λmin; infinite if λmin is 0, meaningless if it is negative.
    #[must_use]
    pub fn kappa(&self) -> f64 {
        self.lambda_max() / self.lambda_min()
    }

    /// The k-th iterate of plain descent in closed form: x_k = x* + Σ (1 − αλᵢ)ᵏ (vᵢ·(x₀ − x*)) vᵢ.
    #[must_use]
    pub fn closed_form(&self, start: [f64; D], alpha: f64, k: usize) -> [f64; D] {
        let error: [f64; D] = array::from_fn(|i| start[i] - self.minimizer[i]);
        let mut at = self.minimizer;
        for (lambda, vector) in self.eigenvalues.into_iter().zip(self.eigenvectors) {
            // A step count is exact as f64, and a power with an integer exponent keeps its sign.
            let factor = libm::pow(1.0 - alpha * lambda, k as f64);
            let along = factor * dot(vector, error);
            for (coordinate, part) in at.iter_mut().zip(vector) {
                *coordinate += along * part;
            }
        }
        at
    }

    /// The regime of plain descent over all curvatures: `still` (α = 0), `monotone` (αλmax < 1),
    /// `zigzag` (1 < αλmax < 2), `bounce` (αλmax = 2) or `diverge` (αλmax > 2), with equality to
    /// within 10⁻¹².
    ///
    /// At αλmax = 1 it is `one step` if all nonzero curvatures are equal, so that one step lands on
    /// a minimizer. Otherwise only the error along the steepest direction is gone, and the rest
    /// shrinks step by step: `monotone`.
    ///
    /// `zigzag` and `bounce` also describe runs that do so in one direction only, while the others
    /// converge.
    ///
    /// If a curvature is negative, every α > 0 diverges; if all are 0, nothing moves.
    ///
    /// ```
    /// use downhill::{Quadratic, Ravine, Regime, Rule, landscapes::Bowl};
    ///
    /// let ravine = Quadratic::of(&Ravine { kappa: 100.0, angle: 0.0 }).expect("a quadratic");
    /// assert_eq!(ravine.regime(0.01).name(), "monotone");
    /// let [along, across] = ravine.regimes_of(&Rule::GradientDescent, 0.01).expect("it has some");
    /// assert_eq!((along, across), (Regime::Monotone, Regime::OneStep));
    /// let bowl = Quadratic::of(&Bowl).expect("a quadratic");
    /// assert_eq!(bowl.regime(0.5).name(), "one step");
    /// ```
    #[must_use]
    pub fn regime(&self, alpha: f64) -> Regime {
        whole(self.regimes(alpha, 0.0))
    }

    /// The regime along every eigenvector, in order; β = 0 is plain descent.
    fn regimes(&self, alpha: f64, beta: f64) -> [Regime; D] {
        self.eigenvalues.map(|lambda| along(alpha * lambda, beta))
    }

    /// The regime of momentum from the eigenvalues of its iteration: `still` (α = 0), `monotone` if
    /// they are real and positive for every curvature, `diverge` if αλmax > 2 + 2β or β ≥ 1, and
    /// `oscillate` in between.
    #[must_use]
    pub fn momentum_regime(&self, alpha: f64, beta: f64) -> Regime {
        match whole(self.regimes(alpha, beta)) {
            Regime::OneStep => Regime::Monotone,
            Regime::Zigzag | Regime::Bounce => Regime::Oscillate,
            regime => regime,
        }
    }

    /// The regime of a rule at this learning rate, for plain descent and momentum.
    #[must_use]
    pub fn regime_of(&self, rule: &Rule, alpha: f64) -> Option<Regime> {
        match *rule {
            Rule::GradientDescent => Some(self.regime(alpha)),
            Rule::Momentum { beta } => Some(self.momentum_regime(alpha, beta)),
            _ => None,
        }
    }

    /// The regime along every eigenvector, in order, for plain descent and momentum.
    ///
    /// Momentum that keeps its distance forever, at αλ = 2 + 2β, is said to `bounce`.
    #[must_use]
    pub fn regimes_of(&self, rule: &Rule, alpha: f64) -> Option<[Regime; D]> {
        match *rule {
            Rule::GradientDescent => Some(self.regimes(alpha, 0.0)),
            Rule::Momentum { beta } => Some(self.regimes(alpha, beta)),
            _ => None,
        }
    }

    /// The bands of α ≥ 0 with a common regime of plain descent, ascending and without gaps.
    ///
    /// `one step`, if it occurs, is a band of a single α.
    #[must_use]
    pub fn bands(&self) -> Vec<Band> {
        let lambda = self.lambda_max();
        let one = 1.0 / lambda;
        let two = 2.0 / lambda;
        if self.is_level() || self.lambda_min() < 0.0 {
            return self.degenerate_bands();
        }
        let bounds = [
            (0.0, 0.0, Regime::Still),
            (0.0, one, Regime::Monotone),
            (one, one, Regime::OneStep),
            (one, two, Regime::Zigzag),
            (two, two, Regime::Bounce),
            (two, f64::INFINITY, Regime::Diverge),
        ];
        let mut bands = bounds.map(|(from, to, regime)| Band { from, to, regime }).to_vec();
        if self.regime(one) != Regime::OneStep {
            bands.remove(2);
        }
        bands
    }

    /// The bands of α ≥ 0 with a common regime of momentum with this β, ascending and without gaps.
    #[must_use]
    pub fn momentum_bands(&self, beta: f64) -> Vec<Band> {
        if self.is_level() || self.lambda_min() < 0.0 || !(0.0..1.0).contains(&beta) {
            return self.degenerate_bands();
        }
        let lambda = self.lambda_max();
        let root = 1.0 - beta.sqrt();
        let swings = root * root / lambda;
        let edge = self.largest_stable_momentum_alpha(beta);
        let bounds = [
            (0.0, 0.0, Regime::Still),
            (0.0, swings, Regime::Monotone),
            (swings, edge, Regime::Oscillate),
            (edge, f64::INFINITY, Regime::Diverge),
        ];
        bounds.map(|(from, to, regime)| Band { from, to, regime }).to_vec()
    }

    /// The bands if nothing ever moves, or if every α > 0 diverges.
    fn degenerate_bands(&self) -> Vec<Band> {
        let still = Band { from: 0.0, to: 0.0, regime: Regime::Still };
        if self.is_level() {
            return vec![Band { to: f64::INFINITY, ..still }];
        }
        vec![still, Band { from: 0.0, to: f64::INFINITY, regime: Regime::Diverge }]
    }

    /// The bound 2/λmax below which plain descent converges; 0 if a curvature is negative.
    #[must_use]
    pub fn largest_stable_alpha(&self) -> f64 {
        self.largest_stable_momentum_alpha(0.0)
    }

    /// The bound (2 + 2β)/λmax below which momentum with 0 ≤ β < 1 converges; 0 if a curvature is
    /// negative.
    #[must_use]
    pub fn largest_stable_momentum_alpha(&self, beta: f64) -> f64 {
        if self.lambda_min() < 0.0 { 0.0 } else { (2.0 + 2.0 * beta) / self.lambda_max() }
    }

    /// The bound on α below which a rule converges; 0 if a curvature is negative.
    ///
    /// `None` for rules whose steps are not proportional to the gradient; see
    /// [`Rule::stable_product`].
    #[must_use]
    pub fn largest_stable_alpha_of(&self, rule: &Rule) -> Option<f64> {
        let bound =
            |product| if self.lambda_min() < 0.0 { 0.0 } else { product / self.lambda_max() };
        rule.stable_product().map(bound)
    }

    /// The smallest nonzero curvature: along flat directions there is no error to reduce.
    fn gentlest(&self) -> f64 {
        self.eigenvalues.into_iter().find(|lambda| *lambda != 0.0).unwrap_or(0.0)
    }

    /// The α = 2/(λmin + λmax) at which plain descent contracts fastest, by (κ−1)/(κ+1) per step; 0
    /// if a curvature is negative. Curvatures of 0 do not count, because there is no error to
    /// reduce along them.
    #[must_use]
    pub fn best_alpha(&self) -> f64 {
        if self.lambda_min() < 0.0 { 0.0 } else { 2.0 / (self.gentlest() + self.lambda_max()) }
    }

    /// The pair (α, β) at which momentum contracts fastest, by (√κ−1)/(√κ+1) per step: α =
    /// (2/(√λmin + √λmax))², β = ((√κ−1)/(√κ+1))². Curvatures of 0 do not count.
    ///
    /// (0, 0) if a curvature is negative.
    #[must_use]
    pub fn best_momentum(&self) -> (f64, f64) {
        if self.lambda_min() < 0.0 || self.is_level() {
            return (self.best_alpha(), 0.0);
        }
        let (low, high) = (self.gentlest().sqrt(), self.lambda_max().sqrt());
        let alpha = 2.0 / (low + high);
        let beta = (high - low) / (high + low);
        (alpha * alpha, beta * beta)
    }

    /// The factor by which the error shrinks (below 1) or grows (above 1) per step in the long run:
    /// the largest modulus of the roots of z² − (1 + β − αλ)z + β over all nonzero curvatures λ.
    ///
    /// With β = 0 that is the largest |1 − αλ|. Without any curvature it is 1.
    #[must_use]
    pub fn rate(&self, alpha: f64, beta: f64) -> f64 {
        let counts = |lambda: &f64| *lambda != 0.0 || self.is_level();
        let moduli = self.eigenvalues.into_iter().filter(counts);
        let moduli = moduli.map(|lambda| Self::rate_along(lambda, alpha, beta));
        moduli.fold(0.0, |largest, modulus| Scalar::max(modulus, largest))
    }

    /// The same factor along a direction with this curvature.
    #[must_use]
    pub fn rate_along(lambda: f64, alpha: f64, beta: f64) -> f64 {
        let sum = 1.0 + beta - alpha * lambda;
        let discriminant = sum * sum - 4.0 * beta;
        if discriminant < 0.0 { beta.sqrt() } else { 0.5 * (sum.abs() + discriminant.sqrt()) }
    }

    /// Whether all curvatures are 0.
    #[must_use]
    pub fn is_level(&self) -> bool {
        self.eigenvalues.iter().all(|lambda| *lambda == 0.0)
    }
}

/// The regime along a direction, from αλ and β; β = 0 is plain descent.
fn along(product: f64, beta: f64) -> Regime {
    let edge = 2.0 + 2.0 * beta;
    let root = 1.0 - beta.sqrt();
    if product == 0.0 {
        Regime::Still
    } else if product < 0.0 || product > edge + EQUAL || !(0.0..1.0).contains(&beta) {
        Regime::Diverge
    } else if product >= edge - EQUAL {
        Regime::Bounce
    } else if beta == 0.0 && (product - 1.0).abs() <= EQUAL {
        Regime::OneStep
    } else if product <= root * root + EQUAL {
        Regime::Monotone
    } else if beta == 0.0 {
        Regime::Zigzag
    } else {
        Regime::Oscillate
    }
}

/// The regime of a run from those of its directions.
fn whole<const D: usize>(regimes: [Regime; D]) -> Regime {
    regimes.into_iter().max().unwrap_or(Regime::Still)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::Formula;
    use crate::{Parabola, Ravine, StopCriteria, descend};
    use proptest::prelude::*;

    struct Shifted;

    impl Formula<2> for Shifted {
        // ½·[[3, 1], [1, 3]] about (1, −2): curvatures 2 and 4 along the diagonals.
        fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
            let (u, v) = (x - S::from(1.0), y + S::from(2.0));
            S::from(1.5) * (u * u + v * v) + u * v
        }
        fn is_quadratic(&self) -> bool {
            true
        }
    }

    /// (ax + by + c)².
    struct Channel([f64; 3]);

    impl Formula<2> for Channel {
        fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
            let [a, b, c] = self.0.map(S::from);
            (a * x + b * y + c).powi(2)
        }
        fn is_quadratic(&self) -> bool {
            true
        }
    }

    struct Slope;

    impl Formula<1> for Slope {
        fn eval<S: Scalar>(&self, [x]: [S; 1]) -> S {
            x
        }
        fn is_quadratic(&self) -> bool {
            true
        }
    }

    fn ravine(kappa: f64, angle: f64) -> Quadratic<2> {
        Quadratic::of(&Ravine { kappa, angle }).unwrap()
    }

    #[test]
    fn curvature_and_minimizer_are_found() {
        let shifted = Quadratic::of(&Shifted).unwrap();
        assert!((shifted.eigenvalues[0] - 2.0).abs() < 1e-15);
        assert!((shifted.eigenvalues[1] - 4.0).abs() < 1e-15);
        assert!((shifted.minimizer[0] - 1.0).abs() < 1e-15);
        assert!((shifted.minimizer[1] + 2.0).abs() < 1e-15);
        let ravine = ravine(200.0, 0.0);
        assert_eq!(ravine.eigenvalues, [1.0, 200.0]);
        assert_eq!(ravine.kappa(), 200.0);
        assert!(Quadratic::of(&Slope).is_none());
    }

    #[test]
    fn closed_form_and_iteration_differ_only_in_the_last_digits() {
        let parabola = Quadratic::of(&Parabola).unwrap();
        let [closed] = parabola.closed_form([5.0], 0.1, 25);
        assert_eq!(closed, 0.018_889_465_931_478_607);
    }

    #[test]
    fn equalities_are_decided_with_a_tolerance() {
        // 0.1·10 and 0.3·(1/0.3) may differ from 1 by rounding.
        for lambda in [0.3, 0.7, 3.0, 10.0, 49.0, 977.0] {
            let quadratic =
                Quadratic { minimizer: [0.0], eigenvalues: [lambda], eigenvectors: [[1.0]] };
            assert_eq!(quadratic.regime(1.0 / lambda), Regime::OneStep);
            assert_eq!(quadratic.regime(2.0 / lambda), Regime::Bounce);
            assert_eq!(quadratic.regime(2.0001 / lambda), Regime::Diverge);
            assert_eq!(quadratic.regime(0.9999 / lambda), Regime::Monotone);
            assert_eq!(quadratic.regime(0.0), Regime::Still);
        }
    }

    #[test]
    fn momentum_has_three_regimes() {
        let ravine = ravine(100.0, 0.0);
        assert_eq!(ravine.momentum_regime(0.0, 0.9), Regime::Still);
        assert_eq!(ravine.momentum_regime(1e-5, 0.9), Regime::Monotone);
        assert_eq!(ravine.momentum_regime(0.018, 0.9), Regime::Oscillate);
        assert_eq!(ravine.momentum_regime(0.0379, 0.9), Regime::Oscillate);
        assert_eq!(ravine.momentum_regime(0.0381, 0.9), Regime::Diverge);
        assert_eq!(ravine.momentum_regime(0.01, 1.0), Regime::Diverge);
    }

    #[test]
    fn bands_have_no_gaps_and_agree_with_the_regime() {
        let ravine = ravine(50.0, 0.5);
        for (bands, regime) in [
            (ravine.bands(), Box::new(|alpha| ravine.regime(alpha)) as Box<dyn Fn(f64) -> Regime>),
            (ravine.momentum_bands(0.6), Box::new(|alpha| ravine.momentum_regime(alpha, 0.6))),
        ] {
            assert_eq!(bands[0].from, 0.0);
            assert_eq!(bands[bands.len() - 1].to, f64::INFINITY);
            for pair in bands.windows(2) {
                assert_eq!(pair[0].to, pair[1].from);
            }
            for band in bands {
                let inside =
                    if band.to.is_finite() { 0.5 * (band.from + band.to) } else { band.from + 1.0 };
                assert_eq!(regime(inside), band.regime);
            }
        }
    }

    #[test]
    fn bands_agree_with_the_regime_at_their_very_ends() {
        for (low, high) in
            [(1.0, 100.0), (1.0, 1.0), (0.0, 0.9), (0.3, 0.7), (3.0, 49.0), (-1.0, 2.0)]
        {
            let quadratic = planted([low, high]);
            let bands = quadratic.bands();
            for alpha in bands.iter().map(|band| band.from) {
                for alpha in [alpha, alpha * (1.0 + 2e-16), alpha * (1.0 - 2e-16)] {
                    let band = Band::of(&bands, alpha).unwrap();
                    assert_eq!(band.regime, quadratic.regime(alpha), "{low} {high} {alpha}");
                }
            }
            let single = bands.iter().any(|band| band.regime == Regime::OneStep);
            assert_eq!(single, low == high || low == 0.0);
        }
    }

    #[test]
    fn one_step_is_one_step() {
        let ravine = ravine(100.0, 0.4);
        assert_eq!(ravine.regime(0.01), Regime::Monotone);
        let [along, across] = ravine.regimes_of(&Rule::GradientDescent, 0.01).unwrap();
        assert_eq!((along, across), (Regime::Monotone, Regime::OneStep));
        // One step suffices along the floor, but not across it.
        let quadratic = planted([1.0, 1.5]);
        assert_eq!(quadratic.regime(1.0), Regime::Zigzag);
        assert_eq!(quadratic.regimes_of(&Rule::GradientDescent, 1.0).unwrap()[0], Regime::OneStep);
        for eigenvalues in [[2.0, 2.0], [0.0, 2.0]] {
            assert_eq!(planted(eigenvalues).regime(0.5), Regime::OneStep);
        }
        assert_eq!(planted([-1.0, 2.0]).regime(0.5), Regime::Diverge);
        assert_eq!(planted([0.0, 0.0]).regime(0.5), Regime::Still);
        assert!(ravine.regimes_of(&"adam".parse::<Rule>().unwrap(), 0.01).is_none());
    }

    #[test]
    fn momentum_has_a_regime_along_every_curvature() {
        let ravine = ravine(100.0, 0.0);
        let regimes = |alpha, beta| ravine.regimes_of(&Rule::Momentum { beta }, alpha).unwrap();
        assert_eq!(regimes(0.0005, 0.64), [Regime::Monotone, Regime::Oscillate]);
        assert_eq!(ravine.momentum_regime(0.0005, 0.64), Regime::Oscillate);
        assert_eq!(regimes(0.04, 0.9), [Regime::Oscillate, Regime::Diverge]);
        // On the boundary it swings forever; without momentum it is plain descent.
        assert_eq!(regimes(0.038, 0.9), [Regime::Oscillate, Regime::Bounce]);
        assert_eq!(ravine.momentum_regime(0.038, 0.9), Regime::Oscillate);
        assert_eq!(regimes(0.01, 0.0), [Regime::Monotone, Regime::OneStep]);
        assert_eq!(ravine.momentum_regime(0.015, 0.0), Regime::Oscillate);
    }

    #[test]
    fn flat_directions_have_no_error_to_reduce() {
        let channel = planted([0.0, 0.9]);
        assert_eq!(channel.best_alpha(), 1.0 / 0.9);
        assert_eq!(channel.best_momentum().1, 0.0);
        assert_eq!(channel.rate(1.0, 0.0), 1.0 - 0.9);
        assert_eq!(channel.kappa(), f64::INFINITY);
        assert_eq!(planted([0.0, 0.0]).rate(1.0, 0.5), 1.0);
    }

    fn planted<const D: usize>(eigenvalues: [f64; D]) -> Quadratic<D> {
        let axis = |i| array::from_fn(|j| if i == j { 1.0 } else { 0.0 });
        Quadratic { minimizer: [0.0; D], eigenvalues, eigenvectors: array::from_fn(axis) }
    }

    fn typed(text: &str) -> Option<Quadratic<2>> {
        let crate::AnyLoss::Loss2d(surface) = text.parse::<crate::AnyLoss>().unwrap() else {
            panic!("{text}")
        };
        Quadratic::of(surface.loss())
    }

    #[test]
    fn typed_quadratics_are_what_they_look_like() {
        for (text, low, high) in [
            ("(0.3x+0.6y)^2", 0.0, 0.9),
            ("(0.3(x-1)+0.6(y+0.5))^2", 0.0, 0.9),
            ("0.09x^2+0.36x y+0.36y^2", 0.0, 0.9),
            ("(x+y)^2", 0.0, 4.0),
            ("x^2+2x y+y^2+3", 0.0, 4.0),
            ("(0.1x-0.7y+2)^2/3", 0.0, 1.0 / 3.0),
            ("(1e-4x+1e3y)^2", 0.0, 2_000_000.000_000_02),
            ("x^2+3y^2", 2.0, 6.0),
            ("x^2+1e-9y^2", 2e-9, 2.0),
            ("x^2-1e-13y^2", -2e-13, 2.0),
            ("x^2+0y", 0.0, 2.0),
            ("x^2-y^2", -2.0, 2.0),
            ("3+0x+0y", 0.0, 0.0),
        ] {
            let found = typed(text).unwrap_or_else(|| panic!("{text}"));
            assert!((found.lambda_min() - low).abs() <= 1e-15 * low.abs(), "{text}: {found:?}");
            assert!((found.lambda_max() - high).abs() <= 1e-14 * high, "{text}: {found:?}");
        }
        for text in ["x+y", "x^2+y", "(x+y)^2+x", "(0.3x+0.6y)^2+1e-9y"] {
            assert!(typed(text).is_none(), "{text} has a slope without an end");
        }
    }

    #[test]
    fn the_best_rates_are_those_of_the_textbook() {
        let ravine = ravine(100.0, 0.0);
        assert!((ravine.rate(ravine.best_alpha(), 0.0) - 99.0 / 101.0).abs() < 1e-15);
        let (alpha, beta) = ravine.best_momentum();
        // At the optimum the roots coincide, so a rounding error ε moves them by √ε.
        assert!((ravine.rate(alpha, beta) - 9.0 / 11.0).abs() < 1e-7);
        assert!((beta - 81.0 / 121.0).abs() < 1e-15);
    }

    #[test]
    fn a_saddle_diverges_whatever_the_learning_rate() {
        let saddle = Quadratic {
            minimizer: [0.0; 2],
            eigenvalues: [-2.0, 2.0],
            eigenvectors: [[0.0, 1.0], [1.0, 0.0]],
        };
        assert_eq!(saddle.regime(0.1), Regime::Diverge);
        assert_eq!(saddle.momentum_regime(0.1, 0.5), Regime::Diverge);
        assert_eq!((saddle.largest_stable_alpha(), saddle.best_alpha()), (0.0, 0.0));
        assert_eq!(saddle.bands().len(), 2);
    }

    proptest! {
        #[test]
        fn descent_contracts_along_every_eigenvector(
            kappa in 1.0..200.0, angle in -1.5..1.5, share in 0.05..1.9, k in 1_usize..40,
        ) {
            let loss = Ravine { kappa, angle };
            let quadratic = Quadratic::of(&loss).unwrap();
            let alpha = share / quadratic.lambda_max();
            let limit = StopCriteria { max_iterations: k, gradient_tol: 0.0 };
            for (lambda, vector) in quadratic.eigenvalues.into_iter().zip(quadratic.eigenvectors) {
                let start = vector.map(|part| 3.0 * part);
                let run = descend(&loss, Rule::GradientDescent, alpha, start, limit);
                let closed = quadratic.closed_form(start, alpha, k);
                let factor = libm::pow(1.0 - alpha * lambda, k as f64);
                for axis in 0..2 {
                    prop_assert!((run.iterates[k].x[axis] - factor * start[axis]).abs() < 1e-11);
                    prop_assert!((closed[axis] - factor * start[axis]).abs() < 1e-11);
                }
            }
        }

        /// Rounding must not decide: the square of a linear form is never classified as a saddle.
        #[test]
        fn a_channel_diverges_only_beyond_its_bound(
            a in -5.0..5.0_f64, b in -5.0..5.0, c in -3.0..3.0, small in -6.0..0.0, share in 0.05..1.95,
        ) {
            let b = b * libm::pow(10.0, small);
            prop_assume!(a.abs() > 1e-3);
            let loss = Channel([a, b, c]);
            let quadratic = Quadratic::of(&loss).unwrap();
            prop_assert_eq!(quadratic.lambda_min(), 0.0);
            let curvature = 2.0 * (a * a + b * b);
            prop_assert!((quadratic.lambda_max() / curvature - 1.0).abs() < 1e-14);
            let (rule, alpha) = (Rule::GradientDescent, share / curvature);
            let limit = StopCriteria { max_iterations: 20_000, gradient_tol: 1e-6 };
            let end = |alpha| descend(&loss, rule, alpha, [1.5, -2.0], limit).outcome.name();
            prop_assert_ne!(quadratic.regime(alpha), Regime::Diverge);
            prop_assert_ne!(quadratic.momentum_regime(alpha, 0.5), Regime::Diverge);
            prop_assert_eq!(end(alpha), "converged");
            let beyond = 2.05 / curvature;
            prop_assert_eq!(quadratic.regime(beyond), Regime::Diverge);
            prop_assert_eq!(end(beyond), "diverged");
        }

        #[test]
        fn convergence_lies_exactly_below_the_bound(kappa in 1.0..50.0, beta in 0.0..0.9) {
            let loss = Ravine { kappa, angle: 0.2 };
            let quadratic = Quadratic::of(&loss).unwrap();
            let limit = StopCriteria { max_iterations: 20_000, gradient_tol: 1e-6 };
            prop_assert_eq!(
                quadratic.largest_stable_alpha_of(&Rule::Momentum { beta }),
                Some(quadratic.largest_stable_momentum_alpha(beta))
            );
            for rule in
                [Rule::GradientDescent, Rule::Momentum { beta }, Rule::Nesterov { beta }]
            {
                let bound = quadratic.largest_stable_alpha_of(&rule).unwrap();
                let end = |alpha| descend(&loss, rule, alpha, [-4.0, 1.0], limit).outcome.name();
                prop_assert_eq!(end(0.99 * bound), "converged");
                prop_assert_eq!(end(1.01 * bound), "diverged");
            }
        }
    }
}
