//! The learning rates worth trying on a loss, and the range of the slider and the sweep.

use downhill::{Loss, Outcome, Rule, StopCriteria, descend};

use crate::descent::descent_1d::Descent1d;
use crate::draw::between;
use crate::framework::controls::slider_step;
use crate::framework::declaration::Scale;

/// The range's end as a multiple of the largest stable α, so that divergence can be reached.
const BEYOND_STABLE: f64 = 1.2;

/// A learning rate named by its effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Preset {
    Crawl,
    Steady,
    Best,
    Zigzag,
    Bounce,
    Explode,
}

impl Preset {
    /// All presets, in the order of α.
    pub(super) const ALL: [Self; 6] =
        [Self::Crawl, Self::Steady, Self::Best, Self::Zigzag, Self::Bounce, Self::Explode];

    /// The preset's action, and the message key of its button.
    pub(super) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Crawl => ("crawl", "preset-crawl"),
            Self::Steady => ("steady", "preset-steady"),
            Self::Best => ("best", "preset-best"),
            Self::Zigzag => ("zigzag", "preset-zigzag"),
            Self::Bounce => ("bounce", "preset-bounce"),
            Self::Explode => ("explode", "preset-explode"),
        }
    }

    /// The preset of an action, if there is one.
    pub(super) fn of(action: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.names().0 == action)
    }

    /// Its α as a fraction of the largest stable one.
    const fn share(self) -> f64 {
        match self {
            Self::Crawl => 0.01,
            Self::Steady => 0.1,
            Self::Best => 0.5,
            Self::Zigzag => 0.9,
            Self::Bounce => 1.0,
            Self::Explode => 1.1,
        }
    }
}

/// The trial run of a preset on a loss that is not quadratic.
const TRIAL: StopCriteria = StopCriteria { max_iterations: 1000, gradient_tol: 1e-6 };

/// Presets and range, with the loss and start they apply to.
#[derive(Clone, Debug, Default)]
pub(super) struct Presets {
    of: Option<(String, f64)>,
    /// The smallest and largest α of slider and sweep.
    pub(super) range: (f64, f64),
    /// The α of each of [`Preset::ALL`], if it has the effect it is named for.
    alphas: [Option<f64>; Preset::ALL.len()],
}

impl Presets {
    /// The α of a preset, if it has the effect it is named for.
    pub(super) const fn alpha(&self, preset: Preset) -> Option<f64> {
        self.alphas[preset as usize]
    }

    /// Computes them for the loss and start of a descent.
    pub(super) fn suit(&mut self, descent: &Descent1d) {
        let of = Some((descent.loss().text().to_owned(), descent.start()[0]));
        if self.of == of {
            return;
        }
        let loss = descent.loss().loss();
        let quadratic = descent.quadratic().map(|quadratic| quadratic.lambda_max());
        let curvature = quadratic.or_else(|| curvature_below(loss, descent.start()[0]));
        let stable = 2.0 / curvature.filter(|curvature| *curvature > 0.0).unwrap_or(2.0);
        let stable = between(stable, 1e-9, 8e5);
        let top = BEYOND_STABLE * stable;
        self.range = (slider_step(top), top);
        self.alphas = Preset::ALL.map(|preset| {
            let share = preset.share() * stable;
            let exact = share == stable || preset == Preset::Best;
            let alpha = if exact { share } else { rounded(share) };
            let fits = match quadratic {
                Some(curvature) if curvature > 0.0 => true,
                _ => keeps_its_word(preset, descent, alpha),
            };
            fits.then_some(alpha)
        });
        self.of = of;
    }
}

/// Rounded to three digits, so that it is easy to type.
fn rounded(alpha: f64) -> f64 {
    Scale::Logarithmic.value(100.0 * libm::log10(alpha))
}

/// Whether a run with this α has the effect that the preset is named for; only a sweep can tell
/// which is best.
fn keeps_its_word(preset: Preset, descent: &Descent1d, alpha: f64) -> bool {
    let run = descend(descent.loss().loss(), Rule::GradientDescent, alpha, descent.start(), TRIAL);
    let slopes = run.iterates.iter().map(|iterate| iterate.gradient[0]);
    let crosses = |pair: [f64; 2]| pair[0] * pair[1] < 0.0;
    let pairs: Vec<bool> =
        slopes.clone().zip(slopes.skip(1)).map(|(a, b)| crosses([a, b])).collect();
    let arrives = matches!(run.outcome, Outcome::Converged { .. });
    match preset {
        Preset::Crawl | Preset::Steady => {
            let stays = arrives || matches!(run.outcome, Outcome::Exhausted { .. });
            stays && !pairs.contains(&true)
        }
        Preset::Zigzag => arrives && pairs.len() >= 4 && !pairs[pairs.len() - 4..].contains(&false),
        Preset::Explode => matches!(run.outcome, Outcome::Diverged { .. }),
        Preset::Best | Preset::Bounce => false,
    }
}

/// The curvature at the minimum below a start, found with short steps that never increase the loss.
fn curvature_below(loss: &dyn Loss<1>, start: f64) -> Option<f64> {
    let (mut x, mut step) = (start, 1.0);
    for _ in 0..400 {
        let (height, [slope]) = loss.value_and_gradient([x]);
        if slope.abs() < 1e-9 {
            break;
        }
        let farthest = 0.05 * (1.0 + x.abs()) / slope.abs();
        step = if step > farthest { farthest } else { step };
        // At least half of the decrease predicted by the slope.
        while loss.value([x - step * slope]) > height - 0.5 * step * slope * slope {
            step *= 0.5;
            if step < 1e-12 {
                break;
            }
        }
        x -= step * slope;
        step *= 2.0;
    }
    let [[curvature]] = loss.hessian([x]);
    let flat = loss.gradient([x])[0].abs() < 1e-4;
    (flat && curvature > 1e-6 && curvature < 1e12).then_some(curvature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::locale::Locale;

    fn presets(loss: &str, start: &str) -> Presets {
        let mut descent = Descent1d::default();
        for (name, text) in [("loss", loss), ("start", start)] {
            let mut fields = descent.fields();
            let field = fields.iter_mut().find(|field| field.name == name).expect("a field");
            field.read(text, &Locale::default()).expect("a value");
        }
        let _ = descent.recompute();
        let mut presets = Presets::default();
        presets.suit(&descent);
        presets
    }

    #[test]
    fn on_the_parabola_they_are_those_of_the_lesson() {
        let presets = presets("parabola", "5");
        assert_eq!(presets.range, (0.001, 1.2));
        assert_eq!(presets.alphas, [0.01, 0.1, 0.5, 0.9, 1.0, 1.1].map(Some));
    }

    #[test]
    fn a_steeper_parabola_has_smaller_ones() {
        let presets = presets("3x^2", "5");
        let quadratic = downhill::Quadratic::of(presets_loss("3x^2").loss()).expect("a quadratic");
        let regimes = presets.alphas.map(|alpha| quadratic.regime(alpha.expect("six")).name());
        assert_eq!(regimes, ["monotone", "monotone", "one step", "zigzag", "bounce", "diverge"]);
    }

    fn presets_loss(text: &str) -> downhill::NamedLoss<1> {
        match text.parse::<downhill::AnyLoss>() {
            Ok(downhill::AnyLoss::Loss1d(surface)) => surface,
            _ => panic!("{text}"),
        }
    }

    /// The curvatures given in the landscapes' own documentation.
    #[test]
    fn the_minimum_is_that_of_the_starts_valley() {
        for (loss, start, curvature) in
            [("two-valleys", 3.5, 1.6), ("two-valleys", -3.5, 2.35), ("shelf", 5.0, 0.905)]
        {
            let found = curvature_below(presets_loss(loss).loss(), start).expect("a bottom");
            assert!((found - curvature).abs() < 0.01, "{loss} from {start}: {found}");
        }
        for loss in ["abs(x)", "-x^4", "exp(x)", "x", "1/x", "ln(x)"] {
            assert_eq!(curvature_below(presets_loss(loss).loss(), 5.0), None, "{loss}");
        }
    }

    #[test]
    fn senseless_presets_are_not_offered() {
        // On a loss that is unbounded below only divergence is available.
        let names = |loss, start| presets(loss, start).alphas.map(|alpha| alpha.is_some());
        assert_eq!(names("-x^2", "5"), [false, false, false, false, false, true]);
        // On the kink steps never shrink.
        assert_eq!(names("kink", "5"), [false; 6]);
        let [crawl, steady, best, _, bounce, _] = names("two-valleys", "3.5");
        assert!(crawl && steady && !best && !bounce);
        // From farther up the same rate jumps over the minimum.
        assert!(!names("two-valleys", "5")[1]);
    }
}
