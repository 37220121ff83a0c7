//! `downhill trace`: prints every iterate of one descent.

use clap::Args;
use downhill::{
    AlphaChanges, AnyLoss, Descent, NamedLoss, Noisy, Quadratic, Rule, Schedule, StopCriteria,
    Trajectory, UpdateRule, csv,
};

use crate::output::{self, Align, Format, FormatFlag};
use crate::parameters::{self, LossAndStart, NoiseFlags, RuleFlags};
use crate::refusal::Refusal;
use crate::run;

/// Print every iterate of one descent
#[derive(Args)]
#[command(after_help = "Examples:
  downhill trace --loss 'x^2' --start 5 --rule gd --alpha 0.1 --steps 25
  downhill trace --loss ravine --start -4,1 --rule momentum --beta 0.9 --alpha 0.018 --format csv
  downhill trace --loss 'x^4 - 2x^2 + y^2' --start 0.1,1 --rule adam --alpha 0.05 --schedule cosine --steps 200
  downhill trace --loss 'x^2' --start 5 --alpha 0.1,40:0.01 --steps 60
  downhill trace --loss himmelblau --start 3,2 --noise 40 --seed 1 --steps 500
  downhill trace --loss himmelblau --start 0.5,-0.25 --rule newton --safeguard off")]
pub(crate) struct Trace {
    #[command(flatten)]
    place: LossAndStart,
    #[command(flatten)]
    rule: RuleFlags,
    /// Learning rate α ≥ 0, with changes from given steps on as in 0.1,40:0.01 [default: the landscape's or 0.1; the rule's usual one for adaptive rules and newton]
    #[arg(long, value_parser = parameters::changing, allow_hyphen_values = true)]
    alpha: Option<(f64, AlphaChanges)>,
    #[command(flatten)]
    shaken: NoiseFlags,
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
        let (alpha, changes) = self.alpha.unwrap_or_else(|| {
            (usual_alpha(&rule, known.map(|l| l.alpha)), AlphaChanges::default())
        });
        parameters::within_steps(&changes, self.steps)?;
        let NoiseFlags { noise: size, seed } = self.shaken;
        // A walker that is shaken goes on where the slope vanishes.
        let gradient_tol = if size > 0.0 { 0.0 } else { self.tol };
        let limit = StopCriteria { max_iterations: self.steps, gradient_tol };
        let shaken = Noisy { rule, size, seed };
        let shaken_or_not: &dyn UpdateRule<D> = if size > 0.0 { &shaken } else { &rule };
        let descent = Descent::new(surface.loss(), shaken_or_not, alpha, start, limit);
        let trajectory = descent.with_schedule(schedule).with_changes(changes).run();
        Ok(match self.print.format {
            Format::Table => table(&trajectory),
            Format::Csv => csv::trajectories(&[(rule.name(), &trajectory)]),
            Format::Json => {
                // There is no regime for a learning rate that changes.
                let steady = schedule == Schedule::Constant && changes.list().is_empty();
                json(surface, &rule, (alpha, steady), &trajectory)
            }
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
    (alpha, steady): (f64, bool),
    trajectory: &Trajectory<D>,
) -> String {
    let regime = Quadratic::of(surface.loss())
        .filter(|_| steady)
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
