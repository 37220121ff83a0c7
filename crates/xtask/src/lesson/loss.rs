//! The loss that a placeholder names, and runs on it.

use downhill::{
    AnyLoss, Curvature, Loss, NamedLoss, Outcome, Quadratic, Ravine, Rule, StopCriteria, descend,
};

use super::call::Call;

/// A loss in one or two variables.
pub(crate) enum TemplateLoss {
    One(Box<dyn Loss<1>>),
    Two(Box<dyn Loss<2>>),
}

/// An iterate of any dimension.
#[derive(Clone, Debug)]
pub(crate) struct Visited {
    pub(crate) at: Vec<f64>,
    pub(crate) loss: f64,
    pub(crate) gradient: Vec<f64>,
}

/// A run of any dimension.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) iterates: Vec<Visited>,
    pub(crate) outcome: Outcome,
}

/// Evaluates an expression on the analysis of a quadratic loss.
macro_rules! on_quadratic {
    ($loss:expr, $quadratic:ident => $value:expr) => {
        match $loss {
            TemplateLoss::One(loss) => Quadratic::of(&**loss).map(|$quadratic| $value),
            TemplateLoss::Two(loss) => Quadratic::of(&**loss).map(|$quadratic| $value),
        }
        .ok_or_else(|| "this is known for quadratic losses only".to_owned())
    };
}

impl TemplateLoss {
    /// The loss given by `loss=` (x² by default), or the ravine with condition number `kappa=`.
    ///
    /// # Errors
    /// If there is no such loss.
    pub(crate) fn of(call: &Call) -> Result<Self, String> {
        let text = call.text("loss");
        if let Some(kappa) = call.optional("kappa")? {
            if text.is_some_and(|text| text != "ravine") {
                return Err("`kappa` belongs to the ravine".to_owned());
            }
            return Ok(Self::Two(Box::new(Ravine { kappa, angle: 0.0 })));
        }
        let text = text.unwrap_or("parabola");
        match text.parse::<AnyLoss>().map_err(|error| format!("`loss={text}`: {error}"))? {
            AnyLoss::Loss1d(surface) => Ok(Self::One(Box::new(surface))),
            AnyLoss::Loss2d(surface) => Ok(Self::Two(Box::new(surface))),
        }
    }

    /// The run described by `start`, `rule`, `alpha`, `beta`, `tol`, and `k` or `steps`.
    ///
    /// # Errors
    /// If an argument is missing or not allowed.
    pub(crate) fn run(&self, call: &Call) -> Result<Run, String> {
        let rule = call.rule()?;
        let beta: Option<f64> = call.optional("beta")?;
        let rule = match beta.filter(|_| !rule.hyperparameters().is_empty()) {
            Some(beta) => {
                rule.with("beta", beta).map_err(|error| format!("`beta={beta}`: {error}"))?
            }
            None => rule,
        };
        self.run_of(rule, call)
    }

    /// The run of a given rule, which the placeholder does not name.
    ///
    /// # Errors
    /// If an argument is missing or not allowed.
    pub(crate) fn run_of(&self, rule: Rule, call: &Call) -> Result<Run, String> {
        let alpha: f64 = call.required("alpha")?;
        let start = call.numbers("start")?.ok_or("a run needs `start=…`")?;
        let steps = match call.optional("k")? {
            Some(k) => k,
            None => call.required("steps")?,
        };
        let limit = StopCriteria {
            max_iterations: steps,
            gradient_tol: call.optional("tol")?.unwrap_or(0.0),
        };
        match self {
            Self::One(loss) => run_on(&**loss, &rule, alpha, &start, limit),
            Self::Two(loss) => run_on(&**loss, &rule, alpha, &start, limit),
        }
    }

    /// Iterate `k` of the run.
    ///
    /// # Errors
    /// As for the run, and if it ends before `k`.
    pub(crate) fn iterate(&self, call: &Call) -> Result<Visited, String> {
        let k: usize = call.required("k")?;
        let mut run = self.run(call)?;
        if k >= run.iterates.len() {
            return Err(format!("the run ends before iteration {k}: {:?}", run.outcome));
        }
        Ok(run.iterates.swap_remove(k))
    }

    /// The first coordinate of iterate `k` of plain descent, from the closed form.
    ///
    /// # Errors
    /// If the loss has no closed form, or an argument is missing.
    pub(crate) fn closed_form(&self, call: &Call, k: usize) -> Result<f64, String> {
        let start = call.numbers("start")?.ok_or("a run needs `start=…`")?;
        let alpha = call.required("alpha")?;
        match self {
            Self::One(loss) => closed_form_on(&**loss, &start, alpha, k),
            Self::Two(loss) => closed_form_on(&**loss, &start, alpha, k),
        }
    }

    /// The regime of plain descent, in one word.
    pub(crate) fn regime(&self, alpha: f64) -> Result<String, String> {
        on_quadratic!(self, quadratic => quadratic.regime(alpha).name().to_owned())
    }

    /// The smallest and largest curvature.
    pub(crate) fn curvatures(&self) -> Result<(f64, f64), String> {
        on_quadratic!(self, quadratic => (quadratic.lambda_min(), quadratic.lambda_max()))
    }

    /// The stability bound on α for momentum with this β; β = 0 for plain descent.
    pub(crate) fn stable_alpha(&self, beta: f64) -> Result<f64, String> {
        on_quadratic!(self, quadratic => quadratic.largest_stable_momentum_alpha(beta))
    }

    /// The bound 2/λmax at one of the minimizers of a landscape in two variables, labelled A, B, …
    /// in figures.
    pub(crate) fn bottom_stable_alpha(&self, call: &Call) -> Result<f64, String> {
        let text = call.text("loss").unwrap_or_default();
        let letter: char = call.required("bottom")?;
        let bottom = (letter as usize).checked_sub('A' as usize);
        let surface = NamedLoss::<2>::named(text);
        let known = surface.as_ref().and_then(NamedLoss::landscape);
        let at = known.and_then(|known| known.minimizers.get(bottom?));
        match (self, at) {
            (Self::Two(loss), Some(at)) => Ok(Curvature::at(&**loss, *at).largest_stable_alpha()),
            _ => Err(format!("`{text}` has no minimizer {letter}")),
        }
    }

    /// The α at which plain descent is fastest.
    pub(crate) fn best_alpha(&self) -> Result<f64, String> {
        on_quadratic!(self, quadratic => quadratic.best_alpha())
    }

    /// The α and β at which momentum is fastest.
    pub(crate) fn best_momentum(&self) -> Result<(f64, f64), String> {
        on_quadratic!(self, quadratic => quadratic.best_momentum())
    }

    /// The factor by which the error shrinks or grows per step in the long run.
    pub(crate) fn rate(&self, alpha: f64, beta: f64) -> Result<f64, String> {
        on_quadratic!(self, quadratic => quadratic.rate(alpha, beta))
    }
}

fn point<const D: usize>(start: &[f64]) -> Result<[f64; D], String> {
    start.try_into().map_err(|_| format!("`start` has {} coordinates, the loss {D}", start.len()))
}

fn run_on<const D: usize>(
    loss: &dyn Loss<D>,
    rule: &Rule,
    alpha: f64,
    start: &[f64],
    limit: StopCriteria,
) -> Result<Run, String> {
    let run = descend(loss, rule, alpha, point(start)?, limit);
    let iterates = run
        .iterates
        .iter()
        .map(|iterate| Visited {
            at: iterate.x.to_vec(),
            loss: iterate.loss,
            gradient: iterate.gradient.to_vec(),
        })
        .collect();
    Ok(Run { iterates, outcome: run.outcome })
}

fn closed_form_on<const D: usize>(
    loss: &dyn Loss<D>,
    start: &[f64],
    alpha: f64,
    k: usize,
) -> Result<f64, String> {
    let quadratic = Quadratic::of(loss).ok_or("only quadratic losses have a closed form")?;
    Ok(quadratic.closed_form(point(start)?, alpha, k)[0])
}
