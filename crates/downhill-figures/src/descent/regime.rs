//! Describes the regime of a learning rate on a quadratic loss, across a ravine and along it.

use downhill::{EQUAL, Loss, Quadratic, Regime, Rule};

use crate::draw::ColorRole;
use crate::framework::controls::{regime_key, regime_role};
use crate::framework::declaration::Readout;
use crate::text::locale::Locale;

/// The smallest and largest curvature of a quadratic, which are equal in one dimension.
pub(crate) type Curvatures = [f64; 2];

/// The curvatures of a quadratic.
pub(crate) fn curvatures<const D: usize>(quadratic: &Quadratic<D>) -> Curvatures {
    [quadratic.lambda_min(), quadratic.lambda_max()]
}

/// A quadratic with these curvatures along the axes.
pub(crate) fn planted(curvatures: Curvatures) -> Quadratic<2> {
    Quadratic {
        minimizer: [0.0; 2],
        eigenvalues: curvatures,
        eigenvectors: [[1.0, 0.0], [0.0, 1.0]],
    }
}

/// The name of a rule's regime on a loss; `None` if the loss or the rule has none.
pub(crate) fn name<const D: usize>(
    loss: &dyn Loss<D>,
    rule: &Rule,
    alpha: f64,
) -> Option<&'static str> {
    Quadratic::of(loss)?.regime_of(rule, alpha).map(Regime::name)
}

/// The line that names the regime of a rule on a loss and explains it, or says why there is none.
pub(crate) fn line<const D: usize>(
    loss: &dyn Loss<D>,
    rule: &Rule,
    alpha: f64,
    locale: &Locale,
) -> Readout {
    match Quadratic::of(loss) {
        Some(quadratic) => line_of(curvatures(&quadratic), rule, alpha, locale),
        None => {
            let key = match loss.is_quadratic() {
                // A polynomial of degree at most two is finite everywhere or nowhere.
                true if !loss.value([0.0; D]).is_finite() => "regime-nowhere",
                true => "regime-slope",
                false => "regime-none",
            };
            readout(locale.get(key), ColorRole::Muted)
        }
    }
}

/// The same line for a quadratic with known curvatures.
pub(crate) fn line_of(curvatures: Curvatures, rule: &Rule, alpha: f64, locale: &Locale) -> Readout {
    let Some(regime) = planted(curvatures).regime_of(rule, alpha) else {
        return readout(without_regime(curvatures, rule, locale), ColorRole::Muted);
    };
    let name = locale.get(regime_key(regime));
    let meaning = meaning(curvatures, rule, alpha, locale);
    let values = [("regime", &*name), ("meaning", &*meaning)];
    readout(locale.format("regime-line", &values), regime_role(regime))
}

fn readout(text: String, role: ColorRole) -> Readout {
    Readout::Line { id: "regime", part: "regime", text, role }
}

/// The sentence for a rule without regimes, which may still have a bound.
fn without_regime(curvatures: Curvatures, rule: &Rule, locale: &Locale) -> String {
    match planted(curvatures).largest_stable_alpha_of(rule) {
        // No α makes it stable, or every α does.
        Some(0.0) => locale.get("meaning-top"),
        Some(bound) if !bound.is_finite() => locale.get("meaning-level"),
        Some(bound) => {
            let values = [("formula", bound_formula(rule)), ("bound", &*locale.short(bound))];
            locale.format("regime-bound", &values)
        }
        None => locale.get(match rule {
            Rule::Newton { .. } => "regime-newton",
            _ => "regime-adaptive",
        }),
    }
}

/// The formula of the bound on α, for rules that have one.
pub(crate) fn bound_formula(rule: &Rule) -> &'static str {
    match rule {
        Rule::Momentum { .. } => "(2 + 2β)/λ",
        Rule::Nesterov { .. } => "(2 + 2β)/(1 + 2β)λ",
        _ => "2/λ",
    }
}

/// What happens with a rule that has regimes, in one sentence.
pub(crate) fn meaning(curvatures: Curvatures, rule: &Rule, alpha: f64, locale: &Locale) -> String {
    let quadratic = planted(curvatures);
    let Some([along, across]) = quadratic.regimes_of(rule, alpha) else { return String::new() };
    let [low, high] = curvatures;
    let beta = rule.hyperparameter("beta").unwrap_or(0.0);
    if alpha == 0.0 {
        return locale.get("meaning-still");
    }
    if high <= 0.0 {
        return locale.get(if low < 0.0 { "meaning-top" } else { "meaning-level" });
    }
    // Equal to within the tolerance of regimes.
    if high - low <= EQUAL * high {
        return locale.get(everywhere(across, beta));
    }
    let way = |regime, lambda| {
        let key = match regime {
            Regime::OneStep if lambda == high => "way-floor",
            _ => way_key(regime, beta),
        };
        let share = percent(Quadratic::<2>::rate_along(lambda, alpha, beta), locale);
        locale.format(key, &[("share", &*share)])
    };
    let across = way(across, high);
    let along = if low < 0.0 { String::new() } else { way(along, low) };
    let key = if low < 0.0 {
        "meaning-saddle"
    } else if across == along {
        "meaning-alike"
    } else {
        "meaning-ravine"
    };
    locale.format(key, &[("across", &*across), ("along", &*along)])
}

/// The message key if all directions have the same curvature.
const fn everywhere(regime: Regime, beta: f64) -> &'static str {
    match regime {
        Regime::Still => "meaning-still",
        Regime::Monotone => "meaning-monotone",
        Regime::OneStep => "meaning-one-step",
        Regime::Zigzag => "meaning-zigzag",
        Regime::Bounce if beta > 0.0 => "meaning-swing",
        Regime::Bounce => "meaning-bounce",
        Regime::Diverge if beta > 0.0 => "meaning-swing-out",
        Regime::Diverge => "meaning-diverge",
        Regime::Oscillate => "meaning-oscillate",
    }
}

/// The message key for one of two directions.
const fn way_key(regime: Regime, beta: f64) -> &'static str {
    match regime {
        Regime::Still => "way-level",
        Regime::Monotone if beta > 0.0 => "way-glide",
        Regime::Monotone => "way-monotone",
        Regime::OneStep => "way-one-step",
        Regime::Zigzag => "way-zigzag",
        Regime::Oscillate => "way-oscillate",
        Regime::Bounce if beta > 0.0 => "way-swing",
        Regime::Bounce => "way-bounce",
        Regime::Diverge if beta > 0.0 => "way-swing-out",
        Regime::Diverge => "way-diverge",
    }
}

/// A fraction in percent, with enough digits to distinguish it from 100 %.
fn percent(share: f64, locale: &Locale) -> String {
    let gap = 100.0 * (1.0 - share).abs();
    let mut digits = 3;
    let mut unit = 1.0;
    while gap < unit && digits < 15 {
        digits += 1;
        unit *= 0.1;
    }
    locale.digits.significant(100.0 * share, digits) + "\u{a0}%"
}

#[cfg(test)]
mod tests {
    use super::*;

    const GD: Rule = Rule::GradientDescent;

    fn said(curvatures: Curvatures, rule: &Rule, alpha: f64) -> String {
        let Readout::Line { text, .. } = line_of(curvatures, rule, alpha, &Locale::of_ground())
        else {
            panic!("a line")
        };
        text.replace('\u{a0}', " ")
    }

    #[test]
    fn a_ravine_is_described_across_and_along() {
        for (alpha, text) in [
            (0.0, "still: With α = 0 nothing moves."),
            (
                0.009,
                "monotone: Across the ravine each step leaves 10 % of the way; along the floor each step leaves 99.1 % of the way.",
            ),
            (
                0.01,
                "monotone: Across the ravine one step lands on the floor; along the floor each step leaves 99 % of the way.",
            ),
            (
                0.018,
                "zigzag: Across the ravine each step overshoots and leaves 80 % of the way; along the floor each step leaves 98.2 % of the way.",
            ),
            (
                0.02,
                "bounce: Across the ravine each step lands equally far out on the other side, for ever; along the floor each step leaves 98 % of the way.",
            ),
            (
                0.03,
                "diverge: Across the ravine each step lands farther out on the other side; along the floor each step leaves 97 % of the way.",
            ),
        ] {
            assert_eq!(said([1.0, 100.0], &GD, alpha), text);
        }
    }

    #[test]
    fn other_losses_have_their_own_messages() {
        for (curvatures, alpha, text) in [
            ([2.0, 2.0], 0.5, "one step: One step lands exactly on the bottom."),
            (
                [0.0, 0.9],
                0.1,
                "monotone: Across the ravine each step leaves 91 % of the way; along the floor nothing moves, for there it is level.",
            ),
            (
                [0.0, 2.0],
                0.5,
                "one step: Across the ravine one step lands on the floor; along the floor nothing moves, for there it is level.",
            ),
            (
                [-2.0, 2.0],
                0.1,
                "diverge: A saddle: one way each step leaves 80 % of the way; the other way the ground curves down, and the walk diverges whatever α is.",
            ),
            (
                [-2.0, -2.0],
                0.1,
                "diverge: The ground curves down: the walk diverges whatever α is.",
            ),
            ([-2.0, 0.0], 0.1, "diverge: The ground curves down: the walk diverges whatever α is."),
            ([0.0, 0.0], 0.1, "still: The ground is level: nothing moves."),
            (
                [1.0, 1.5],
                1.0,
                "zigzag: Across the ravine each step overshoots and leaves 50 % of the way; along the floor one step goes all the way.",
            ),
            (
                [1.0, 1e6],
                1e-6,
                "monotone: Across the ravine one step lands on the floor; along the floor each step leaves 99.9999 % of the way.",
            ),
        ] {
            assert_eq!(said(curvatures, &GD, alpha), text);
        }
    }

    #[test]
    fn equal_curvatures_need_one_sentence() {
        let ball = Rule::Momentum { beta: 0.25 };
        for (rule, alpha, text) in [
            (
                &GD,
                0.3,
                "monotone: Every step stays on the same side and ends nearer to the bottom.",
            ),
            (&GD, 0.7, "zigzag: Every step crosses the bottom and ends nearer to it."),
            (&GD, 1.0, "bounce: Every step lands equally far out on the other side, for ever."),
            (&GD, 1.1, "diverge: Every step ends farther from the bottom."),
            (
                &ball,
                0.1,
                "monotone: Every step stays on the same side and ends nearer to the bottom.",
            ),
            (&ball, 0.5, "oscillate: It swings past the bottom and back, less each time."),
            (&ball, 1.25, "oscillate: It swings past the bottom and back for ever."),
            (&ball, 1.3, "diverge: It swings past the bottom and back, farther each time."),
        ] {
            assert_eq!(said([2.0, 2.0], rule, alpha), text);
            // The curvatures of a rotated round bowl differ by rounding.
            assert_eq!(said([2.0, 2.000_000_000_000_001], rule, alpha), text);
        }
    }

    #[test]
    fn momentum_is_described_by_direction_too() {
        let ball = Rule::Momentum { beta: 0.9 };
        let said = |alpha| said([1.0, 100.0], &ball, alpha);
        assert_eq!(
            said(0.018),
            "oscillate: Across the ravine and along the floor it swings, and in the long run each step leaves 94.9 % of the way."
        );
        assert!(
            said(0.001).starts_with("oscillate: Across the ravine it swings, "),
            "{}",
            said(0.001)
        );
        assert!(
            said(0.001).contains("; along the floor it comes in without crossing, "),
            "{}",
            said(0.001)
        );
        assert!(said(0.039).starts_with("diverge: Across the ravine it swings farther out each time; along the floor it swings, "));
        assert!(said(0.038).starts_with(
            "oscillate: Across the ravine it swings for ever; along the floor it swings, "
        ));
    }

    #[test]
    fn rules_without_regimes_have_a_bound_or_none() {
        let nesterov = "nesterov".parse::<Rule>().expect("a rule");
        let down = "The ground curves down: the walk diverges whatever α is.";
        assert_eq!(said([-2.0, 2.0], &nesterov, 0.1), down);
        assert_eq!(said([0.0, 0.0], &nesterov, 0.1), "The ground is level: nothing moves.");
        let said = |name: &str| said([1.0, 100.0], &name.parse::<Rule>().expect("a rule"), 0.01);
        assert_eq!(
            said("nesterov"),
            "Converges below α = (2 + 2β)/(1 + 2β)λ = 0.0136, diverges above."
        );
        assert_eq!(
            said("newton"),
            "Curvature sets no bound on α here: Newton’s steps are scaled by it."
        );
        for name in ["adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta", "adafactor"] {
            assert_eq!(
                said(name),
                "Curvature sets no bound on α here: the steps are scaled by past slopes."
            );
        }
    }
}
