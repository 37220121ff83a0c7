//! Template quantities of a fit: learned parameters, and the loss defined by the data.

use downhill::{Dataset, Loss, MeanSquaredError, Model, Outcome, Quadratic, SgdConfig, fit};

use super::call::Call;

/// The iterates of a fit with any number of parameters.
pub(crate) struct FitIterates {
    /// The parameters, their loss and its gradient, after every update.
    pub(crate) iterates: Vec<(Vec<f64>, f64, Vec<f64>)>,
    pub(crate) outcome: Outcome,
}

/// The points: `data=five` (the default) or `data=noisy` with `seed` and `noise`, scaled by
/// `times`.
fn dataset(call: &Call) -> Result<Dataset, String> {
    let seed = call.optional("seed")?.unwrap_or(1);
    let data = match call.text("data").unwrap_or("five") {
        "five" => Dataset::five(),
        "noisy" => Dataset::noisy(seed, call.optional("noise")?.unwrap_or(0.1)),
        other => {
            return Err(format!("there are no points called `{other}`; there are five, noisy"));
        }
    };
    let times: f64 = call.optional("times")?.unwrap_or(1.0);
    let points = data.points().iter().map(|point| point.map(|coordinate| times * coordinate));
    Dataset::new(points.collect()).map_err(|error| error.to_string())
}

fn has_two(call: &Call) -> Result<bool, String> {
    let name = call.text("model").unwrap_or("wx");
    let model = name.parse::<Model>().map_err(|_| format!("there is no model `{name}`"))?;
    Ok(model == Model::Line)
}

impl FitIterates {
    /// The fit described by `model`, `data`, `batch`, `rule`, `alpha`, `seed`, and `epochs` or `k`,
    /// starting at 0.
    ///
    /// # Errors
    /// If an argument is missing or not allowed.
    pub(crate) fn of(call: &Call) -> Result<Self, String> {
        let data = dataset(call)?;
        let rule = call.rule()?;
        let alpha: f64 = call.required("alpha")?;
        // An epoch has at least one update.
        let epochs = match call.optional("k")? {
            Some(k) => k,
            None => call.required("epochs")?,
        };
        let plan = SgdConfig {
            batch: call.optional("batch")?.unwrap_or(0),
            epochs,
            seed: call.optional("seed")?.unwrap_or(1),
            tol: call.optional("tol")?.unwrap_or(0.0),
        };
        Ok(if has_two(call)? {
            Self::from(fit(&data, rule, alpha, [0.0; 2], plan))
        } else {
            Self::from(fit(&data, rule, alpha, [0.0], plan))
        })
    }

    /// The iterate with index `k`, or the last one.
    ///
    /// # Errors
    /// As for the fit, and if it ends before `k`.
    pub(crate) fn iterate(call: &Call) -> Result<(Vec<f64>, f64, Vec<f64>), String> {
        let mut run = Self::of(call)?;
        let last = run.iterates.len() - 1;
        let k = call.optional("k")?.unwrap_or(last);
        if k > last {
            return Err(format!("the fit ends before update {k}: {:?}", run.outcome));
        }
        Ok(run.iterates.swap_remove(k))
    }
}

impl<const D: usize> From<downhill::SgdRun<D>> for FitIterates {
    fn from(run: downhill::SgdRun<D>) -> Self {
        let iterates = run.trajectory.iterates.iter();
        let iterates = iterates.map(|one| (one.x.to_vec(), one.loss, one.gradient.to_vec()));
        Self { iterates: iterates.collect(), outcome: run.trajectory.outcome }
    }
}

/// The smallest and largest curvature of the loss.
///
/// # Errors
/// If the points are not allowed.
pub(crate) fn curvatures(call: &Call) -> Result<(f64, f64), String> {
    fn both<const D: usize>(loss: &dyn Loss<D>) -> Option<(f64, f64)> {
        Quadratic::of(loss).map(|quadratic| (quadratic.lambda_min(), quadratic.lambda_max()))
    }
    let loss = MeanSquaredError(dataset(call)?);
    let found = if has_two(call)? { both::<2>(&loss) } else { both::<1>(&loss) };
    found.ok_or_else(|| "this loss has no curvature".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::quantity::{Value, evaluate};
    use super::Call;

    fn number(text: &str) -> String {
        let call = Call::parse(text).unwrap();
        let value = evaluate(&call).unwrap_or_else(|error| panic!("{text}: {error}"));
        call.finish().unwrap();
        match value {
            Value::Number(number) => format!("{number:.4}"),
            Value::Count(count) => count.to_string(),
            Value::Text(text) => text,
        }
    }

    #[test]
    fn the_fits_of_the_lesson() {
        assert_eq!(number("fit-loss alpha=0.01 k=0"), "44.0000");
        assert_eq!(number("fit-gradient alpha=0.01 k=0"), "-44.0000");
        assert_eq!(number("fit-curvature"), "22.0000");
        assert_eq!(number("fit-stable-alpha"), "0.0909");
        assert_eq!(number("fit-w alpha=0.01 k=1"), "0.4400");
        assert_eq!(number("fit-loss alpha=0.01 k=1"), "26.7696");
        assert_eq!(number("fit-w alpha=0.01 k=11"), "1.8700");
        assert_eq!(number("fit-w alpha=0.0001 k=1000"), "1.7789");
        assert_eq!(number("fit-outcome alpha=1 epochs=50"), "diverged");
        let both = "model=wx+b alpha=0.01 epochs=500";
        assert_eq!(number(&format!("fit-w {both}")), "1.9738");
        assert_eq!(number(&format!("fit-b {both}")), "0.0946");
        assert_eq!(number("fit-stable-alpha times=10"), "0.0009");
    }

    #[test]
    fn missing_or_wrong_parts_are_reported() {
        let fault = |text: &str| evaluate(&Call::parse(text).unwrap()).unwrap_err();
        assert_eq!(fault("fit-w k=1"), "`fit-w` needs `alpha=…`");
        assert!(fault("fit-w alpha=1 k=400").contains("ends before"));
        assert!(fault("fit-b alpha=0.01 k=1").contains("one coordinate"));
        assert!(fault("fit-w alpha=0.01 k=1 data=mine").contains("`mine`"));
        assert!(fault("fit-w alpha=0.01 k=1 model=w").contains("`w`"));
    }
}
