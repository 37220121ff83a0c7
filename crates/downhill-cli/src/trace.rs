//! `downhill trace`: prints every iterate of one descent.

use clap::Args;
use downhill::{
    AnyLoss, Descent, NamedLoss, Quadratic, Rule, Schedule, StopCriteria, Trajectory, csv,
};

use crate::output::{self, Align, Format, FormatFlag};
use crate::parameters::{self, LossAndStart, RuleFlags};
use crate::refusal::Refusal;
use crate::run;

/// Print every iterate of one descent
#[derive(Args)]
#[command(after_help = "Examples:
  downhill trace --loss 'x^2' --start 5 --rule gd --alpha 0.1 --steps 25
  downhill trace --loss ravine --start -4,1 --rule momentum --beta 0.9 --alpha 0.018 --format csv
  downhill trace --loss 'x^4 - 2x^2 + y^2' --start 0.1,1 --rule adam --alpha 0.05 --schedule cosine --steps 200
  downhill trace --loss himmelblau --start 0.5,-0.25 --rule newton --safeguard off")]
pub(crate) struct Trace {
    #[command(flatten)]
    place: LossAndStart,
    #[command(flatten)]
    rule: RuleFlags,
    /// Learning rate α ≥ 0 [default: the landscape's or 0.1; the rule's usual one for adaptive rules and newton]
    #[arg(long, value_parser = parameters::not_negative, allow_hyphen_values = true)]
    alpha: Option<f64>,
    /// Largest number of steps, at most 100000
    #[arg(long, default_value = "25", value_parser = parameters::steps, allow_hyphen_values = true)]
    steps: usize,
    /// Stop where the gradient is shorter than this; 0 never stops early
    #[arg(long, default_value = "1e-6", value_parser = parameters::not_negative, allow_hyphen_values = true)]
    tol: f64,
    #[command(flatten)]
    print: FormatFlag,
}

impl Trace {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        match parameters::loss(&self.place.loss)? {
            AnyLoss::Loss1d(surface) => self.descend(&surface),
            AnyLoss::Loss2d(surface) => self.descend(&surface),
        }
    }

    fn descend<const D: usize>(&self, surface: &NamedLoss<D>) -> Result<String, Refusal> {
        let known = surface.landscape();
        let start = self.place.start(known)?;
        let rule = self.rule.rule()?;
        let schedule = self.rule.schedule(self.steps)?;
        let alpha = self.alpha.unwrap_or_else(|| usual_alpha(&rule, known.map(|l| l.alpha)));
        let limit = StopCriteria { max_iterations: self.steps, gradient_tol: self.tol };
        let trajectory =
            Descent::new(surface.loss(), rule, alpha, start, limit).with_schedule(schedule).run();
        Ok(match self.print.format {
            Format::Table => table(&trajectory),
            Format::Csv => csv::trajectories(&[(rule.name(), &trajectory)]),
            Format::Json => json(surface, &rule, (alpha, schedule), &trajectory),
        })
    }
}

/// The landscape's α for the rules it was chosen for, and the rule's usual α otherwise.
fn usual_alpha(rule: &Rule, landscapes: Option<f64>) -> f64 {
    match rule {
        Rule::GradientDescent | Rule::Momentum { .. } | Rule::Nesterov { .. } => {
            landscapes.unwrap_or(0.1)
        }
        _ => rule.usual_alpha(),
    }
}

fn json<const D: usize>(
    surface: &NamedLoss<D>,
    rule: &Rule,
    (alpha, schedule): (f64, Schedule),
    trajectory: &Trajectory<D>,
) -> String {
    // There is no regime for a learning rate that changes.
    let regime = Quadratic::of(surface.loss())
        .filter(|_| schedule == Schedule::Constant)
        .and_then(|quadratic| quadratic.regime_of(rule, alpha));
    run::line(&run::named(rule, alpha, regime, trajectory))
}

/// The columns of the CSV without the run's name, followed by the outcome in words.
fn table<const D: usize>(trajectory: &Trajectory<D>) -> String {
    let text = csv::trajectories(&[("", trajectory)]);
    // No step led to the start, so its column stays empty there.
    let steps = usize::from(!trajectory.newton.is_empty());
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|row| row.split(',').skip(1).collect())
        .map(|mut cells: Vec<&str>| {
            let numbers = cells.len() - steps;
            for cell in cells[..numbers].iter_mut().filter(|cell| cell.is_empty()) {
                *cell = output::NONE;
            }
            cells
        })
        .collect();
    output::columns(&rows, Align::Right)
        + &run::others(trajectory)
        + &run::ended(trajectory.outcome, "iteration")
}
