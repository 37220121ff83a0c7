//! The quantities available to placeholders, all computed by the `downhill` crate.

use downhill::Rule;

use super::call::Call;
use super::deep_network;
use super::fit::{self, FitIterates};
use super::loss::TemplateLoss;
use super::network;

/// The value of a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Number(f64),
    Count(usize),
    /// A word, or more digits than an `f64` holds.
    Text(String),
}

/// The available quantities, with what they need besides the loss (`loss=`, `kappa=`).
const QUANTITIES: &str = "x, y, loss, gradient, gradient-y (of a run: start, rule, alpha, beta, k); \
    outcome, outcome-k (of a run: also tol, steps); first-below (of a run: fraction); \
    overtakes (of a run with momentum: where its loss falls below plain descent's); \
    closed, closed-exactly (start, alpha, k); regime, factor, factor-along, loss-factor (alpha); curvature; \
    bottom-stable-alpha (of a landscape's minimizer: bottom=A, B, …); \
    stable-alpha, stable-momentum-alpha (beta); best-alpha, best-rate, best-momentum-alpha, best-momentum-beta, \
    best-momentum-rate; rate (alpha, beta); steps-per-digit, steps-per-loss-digit (rule, and alpha or none for the best); \
    momentum-gain (beta); chain-gradient (layer), chain-factor, chain-verdict (depth, activation, weight-scale, skip, norm); \
    fit-w, fit-b, fit-loss, fit-gradient, fit-outcome, fit-outcome-k (of a fit from 0: \
    model, data, seed, noise, times, batch, rule, alpha, and k or epochs); fit-curvature, fit-kappa, fit-stable-alpha (of its loss); \
    net-loss, net-held-out, net-accuracy, net-lambda, net-bound, net-held (plane) (of a network: data, points, noise, layers, \
    activation, init, rule, alpha, batch, seed, k); net-weights (layers)";

/// Evaluates a quantity.
///
/// # Errors
/// If there is no such quantity, or an argument is missing or not allowed.
pub(crate) fn evaluate(call: &Call) -> Result<Value, String> {
    let number = |number| Ok(Value::Number(number));
    let loss = || TemplateLoss::of(call);
    match call.name.as_str() {
        "x" => number(loss()?.iterate(call)?.at[0]),
        "y" => number(second(&loss()?.iterate(call)?.at)?),
        "loss" => number(loss()?.iterate(call)?.loss),
        "gradient" => number(loss()?.iterate(call)?.gradient[0]),
        "gradient-y" => number(second(&loss()?.iterate(call)?.gradient)?),
        "outcome" => Ok(Value::Text(loss()?.run(call)?.outcome.name().to_owned())),
        "outcome-k" => Ok(Value::Count(loss()?.run(call)?.outcome.k())),
        "first-below" => first_below(call).map(Value::Count),
        "overtakes" => overtakes(call).map(Value::Count),
        "closed" => number(loss()?.closed_form(call, call.required("k")?)?),
        "closed-exactly" => closed_exactly(call).map(Value::Text),
        "regime" => Ok(Value::Text(loss()?.regime(call.required("alpha")?)?)),
        "curvature" => number(loss()?.curvatures()?.1),
        // 1 − αλ for the steepest and the flattest direction, and its square, by which the loss
        // shrinks.
        "factor" => number(1.0 - call.required::<f64>("alpha")? * loss()?.curvatures()?.1),
        "factor-along" => number(1.0 - call.required::<f64>("alpha")? * loss()?.curvatures()?.0),
        "loss-factor" => {
            let factor = 1.0 - call.required::<f64>("alpha")? * loss()?.curvatures()?.1;
            number(factor * factor)
        }
        "bottom-stable-alpha" => number(loss()?.bottom_stable_alpha(call)?),
        "stable-alpha" => number(loss()?.stable_alpha(0.0)?),
        "stable-momentum-alpha" => number(loss()?.stable_alpha(call.required("beta")?)?),
        "best-alpha" => number(loss()?.best_alpha()?),
        "best-rate" => {
            let loss = loss()?;
            number(loss.rate(loss.best_alpha()?, 0.0)?)
        }
        "best-momentum-alpha" => number(loss()?.best_momentum()?.0),
        "best-momentum-beta" => number(loss()?.best_momentum()?.1),
        "best-momentum-rate" => number(best_momentum_rate(&loss()?)?),
        "rate" => {
            let beta = call.optional("beta")?.unwrap_or(0.0);
            number(loss()?.rate(call.required("alpha")?, beta)?)
        }
        "steps-per-digit" => number(steps_per_digit(call)?),
        // The loss is quadratic in the distance, so it gains digits twice as fast.
        "steps-per-loss-digit" => number(0.5 * steps_per_digit(call)?),
        // The total of agreeing gradients: 1 + β + β² + … .
        "momentum-gain" => number(1.0 / (1.0 - call.required::<f64>("beta")?)),
        "chain-gradient" => number(deep_network::gradient(call)?),
        "chain-factor" => number(deep_network::backward_pass(call)?.factor()),
        "chain-verdict" => {
            Ok(Value::Text(deep_network::backward_pass(call)?.flow.name().to_owned()))
        }
        "fit-w" => number(FitIterates::iterate(call)?.0[0]),
        "fit-b" => number(second(&FitIterates::iterate(call)?.0)?),
        "fit-loss" => number(FitIterates::iterate(call)?.1),
        "fit-gradient" => number(FitIterates::iterate(call)?.2[0]),
        "fit-outcome" => Ok(Value::Text(FitIterates::of(call)?.outcome.name().to_owned())),
        "fit-outcome-k" => Ok(Value::Count(FitIterates::of(call)?.outcome.k())),
        "fit-curvature" => number(fit::curvatures(call)?.1),
        "fit-kappa" => fit::curvatures(call).map(|(low, high)| Value::Number(high / low)),
        "fit-stable-alpha" => number(2.0 / fit::curvatures(call)?.1),
        "net-weights" => network::weights(call).map(Value::Count),
        "net-loss" => number(network::measure(call, false)?.loss),
        "net-held-out" => known(network::measure(call, false)?.held_out),
        "net-accuracy" => known(network::measure(call, false)?.accuracy),
        "net-bound" => known(network::measure(call, false)?.bound),
        "net-lambda" => number(network::lambda(call)?),
        "net-held" => number(network::held(call)?),
        other => Err(format!("there is no quantity `{other}`; there are {QUANTITIES}")),
    }
}

fn known(number: Option<f64>) -> Result<Value, String> {
    number.map(Value::Number).ok_or_else(|| "there is no such number here".to_owned())
}

fn second(coordinates: &[f64]) -> Result<f64, String> {
    coordinates.get(1).copied().ok_or_else(|| "this loss has one coordinate".to_owned())
}

/// (√κ−1)/(√κ+1), computed as √β of the best β, which avoids the rounding of a double root.
fn best_momentum_rate(loss: &TemplateLoss) -> Result<f64, String> {
    Ok(loss.best_momentum()?.1.sqrt())
}

/// The number of steps in which the error loses one decimal digit: −1/log₁₀(rate).
fn steps_per_digit(call: &Call) -> Result<f64, String> {
    let loss = TemplateLoss::of(call)?;
    let rate = match (call.optional("alpha")?, call.rule()?) {
        (Some(alpha), _) => loss.rate(alpha, call.optional("beta")?.unwrap_or(0.0))?,
        (None, Rule::GradientDescent) => loss.rate(loss.best_alpha()?, 0.0)?,
        (None, Rule::Momentum { .. }) => best_momentum_rate(&loss)?,
        (None, rule) => return Err(format!("there is no best rate for `{}`", rule.name())),
    };
    Ok(-1.0 / libm::log10(rate))
}

/// The first iteration whose loss is at most this fraction of the initial loss.
fn first_below(call: &Call) -> Result<usize, String> {
    let fraction: f64 = call.required("fraction")?;
    let run = TemplateLoss::of(call)?.run(call)?;
    let bound = fraction * run.iterates[0].loss;
    run.iterates
        .iter()
        .position(|iterate| iterate.loss <= bound)
        .ok_or_else(|| format!("the loss never falls to {fraction} of its start"))
}

/// The first iteration after which momentum's loss stays below that of plain descent.
fn overtakes(call: &Call) -> Result<usize, String> {
    let loss = TemplateLoss::of(call)?;
    let ball = loss.run_of(Rule::Momentum { beta: call.required("beta")? }, call)?;
    let plain = loss.run_of(Rule::GradientDescent, call)?;
    let both = ball.iterates.len().min(plain.iterates.len());
    let behind = (0..both).rev().find(|&k| ball.iterates[k].loss >= plain.iterates[k].loss);
    match behind {
        Some(k) if k + 1 < ball.iterates.len() => Ok(k + 1),
        _ => Err("momentum never overtakes".to_owned()),
    }
}

/// x₀·(1 − 2α)ᵏ on x² in exact decimal arithmetic.
fn closed_exactly(call: &Call) -> Result<String, String> {
    let too_long = || "the exact value is too long to be written out".to_owned();
    let (start, start_places) = decimal(call.text("start").unwrap_or_default())?;
    let (alpha, alpha_places) = decimal(call.text("alpha").unwrap_or_default())?;
    let k: u32 = call.required("k")?;
    let one = 10_i128.checked_pow(alpha_places).ok_or_else(too_long)?;
    let factor = one - 2 * alpha;
    let digits =
        factor.checked_pow(k).and_then(|power| power.checked_mul(start)).ok_or_else(too_long)?;
    if digits <= 0 {
        return Err("only for what stays above 0".to_owned());
    }
    let places = (alpha_places * k + start_places) as usize;
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, behind) = padded.split_at(padded.len() - places);
    Ok(format!("{whole}.{}", behind.trim_end_matches('0')).trim_end_matches('.').to_owned())
}

/// Splits a decimal into an integer and its number of decimal places.
fn decimal(text: &str) -> Result<(i128, u32), String> {
    let (whole, behind) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{behind}");
    let number = digits.parse().map_err(|_| format!("`{text}` is not a plain decimal"))?;
    Ok((number, behind.len() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        let call = Call::parse(text).unwrap();
        let value = evaluate(&call).unwrap_or_else(|error| panic!("{text}: {error}"));
        call.finish().unwrap();
        value
    }

    fn number(text: &str) -> f64 {
        match value(text) {
            Value::Number(number) => number,
            other => panic!("{text} is {other:?}"),
        }
    }

    #[test]
    fn iterates_and_losses() {
        assert!((number("x start=10 alpha=0.1 k=5") - 3.2768).abs() < 1e-15);
        assert!((number("loss start=10 alpha=0.1 k=20") - 0.013_292_3).abs() < 1e-7);
        assert_eq!(number("gradient start=-3 alpha=0.1 k=0"), -6.0);
        assert_eq!(number("gradient-y kappa=100 start=-4,1 alpha=0.018 k=0"), 100.0);
        let ahead = "loss kappa=200 start=-4,1 alpha=0.009 rule=momentum beta=0.9 k=100";
        assert!((number(ahead) - 1.49e-4).abs() < 5e-7);
        assert!((number("loss kappa=200 start=-4,1 alpha=0.009 k=100") - 1.31).abs() < 5e-3);
    }

    #[test]
    fn ends_of_runs() {
        let stop = "start=10 alpha=0.1 tol=1e-6 steps=100";
        assert_eq!(value(&format!("outcome-k {stop}")), Value::Count(76));
        assert_eq!(value(&format!("outcome {stop}")), Value::Text("converged".into()));
        assert_eq!(value("first-below start=5 alpha=0.1 steps=25 fraction=0.01"), Value::Count(11));
    }

    #[test]
    fn momentum_overtakes_for_good() {
        let race = "kappa=100 start=-4,1 alpha=0.018 beta=0.9";
        let Value::Count(k) = value(&format!("overtakes {race} steps=150")) else { panic!() };
        let behind = |k| {
            number(&format!("loss {race} rule=momentum k={k}"))
                >= number(&format!("loss kappa=100 start=-4,1 alpha=0.018 k={k}"))
        };
        assert!(behind(k - 1) && (k..=150).all(|k| !behind(k)), "{k}");
    }

    #[test]
    fn closed_form_beyond_the_fourteenth_digit() {
        assert_eq!(number("x start=5 alpha=0.1 k=25"), 0.018_889_465_931_478_583);
        assert_eq!(number("closed start=5 alpha=0.1 k=25"), 0.018_889_465_931_478_607);
        let exact = value("closed-exactly start=5 alpha=0.1 k=25");
        assert_eq!(exact, Value::Text("0.018889465931478580854784".into()));
    }

    #[test]
    fn rates_of_a_quadratic() {
        let regimes = [0.3, 0.5, 0.7, 1.0, 1.1].map(|a| value(&format!("regime alpha={a}")));
        let names = ["monotone", "one step", "zigzag", "bounce", "diverge"];
        assert_eq!(regimes, names.map(|name| Value::Text(name.into())));
        assert_eq!(number("stable-alpha"), 1.0);
        assert!((number("stable-alpha loss=3*x^2") - 1.0 / 3.0).abs() < 1e-15);
        assert!((number("factor alpha=1.1") + 1.2).abs() < 1e-15);
        assert!((number("best-rate kappa=100") - 99.0 / 101.0).abs() < 1e-12);
        assert!((number("best-momentum-rate kappa=100") - 9.0 / 11.0).abs() < 1e-12);
        assert!((number("steps-per-digit kappa=100") - 115.125).abs() < 1e-3);
        assert!((number("steps-per-digit kappa=100 rule=momentum") - 11.474).abs() < 1e-3);
    }

    /// 2/λmax of the Hessian (12x²+4y−42, 4(x+y); 4(x+y), 12y²+4x−26), computed with CPython.
    #[test]
    fn each_minimum_has_its_own_bound() {
        for (bottom, bound) in
            [("A", 0.024_306), ("B", 0.024_829), ("C", 0.014_949), ("D", 0.018_972)]
        {
            let call = format!("bottom-stable-alpha loss=himmelblau bottom={bottom}");
            assert!((number(&call) - bound).abs() < 1e-6, "{bottom}: {}", number(&call));
        }
    }

    #[test]
    fn missing_or_wrong_parts_are_reported() {
        let fault = |text: &str| evaluate(&Call::parse(text).unwrap()).unwrap_err();
        assert_eq!(fault("x start=1 k=1"), "`x` needs `alpha=…`");
        assert!(fault("x start=1 alpha=0.1 k=1 loss=nonsense").contains("nonsense"));
        assert!(fault("x start=1,2 alpha=0.1 k=1").contains("start"));
        assert!(fault("y start=1 alpha=0.1 k=1").contains("one coordinate"));
    }
}
