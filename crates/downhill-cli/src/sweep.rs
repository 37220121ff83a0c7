//! `downhill sweep`: iterations to convergence as a function of the learning rate.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use downhill::numbers::shortest;
use downhill::{AnyLoss, NamedLoss, Outcome, Spacing, StopCriteria, SweepPoint, fastest};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::Serialize;

use crate::output::{self, Align, Format, FormatFlag};
use crate::parameters::{self, LossAndStart, RuleFlags};
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::run;

/// Print how a descent ends for each of many learning rates
#[derive(Args)]
#[command(after_help = "Examples:
  downhill sweep --loss 'x^2' --start 5 --from 0.001 --to 1.2 --points 200
  downhill sweep --loss rosenbrock --rule adam --from 1e-4 --to 1 --spacing log --points 50 --format csv

It uses all cores; RAYON_NUM_THREADS=1 limits it to one.")]
pub(crate) struct Sweep {
    #[command(flatten)]
    place: LossAndStart,
    #[command(flatten)]
    rule: RuleFlags,
    /// First learning rate
    #[arg(long, default_value = "0.001", value_parser = parameters::not_negative, allow_hyphen_values = true)]
    from: f64,
    /// Last learning rate
    #[arg(long, default_value = "1.2", value_parser = parameters::not_negative, allow_hyphen_values = true)]
    to: f64,
    /// Number of learning rates, from 1 to 10000
    #[arg(long, default_value = "200", value_parser = points, allow_hyphen_values = true)]
    points: usize,
    /// How they are spread
    #[arg(long, value_enum, default_value = "linear")]
    spacing: Spread,
    /// Largest number of steps of each descent, at most 100000
    #[arg(long, default_value = "1000", value_parser = parameters::steps, allow_hyphen_values = true)]
    steps: usize,
    /// A descent has converged where the gradient is shorter than this
    #[arg(long, default_value = "1e-6", value_parser = parameters::not_negative, allow_hyphen_values = true)]
    tol: f64,
    #[command(flatten)]
    print: FormatFlag,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Spread {
    /// With equal differences
    Linear,
    /// With equal ratios
    Log,
}

/// The whole sweep as JSON.
#[derive(Serialize)]
struct Swept<'a> {
    loss: &'a str,
    rule: &'static str,
    points: Vec<Point>,
    best: Option<f64>,
}

#[derive(Serialize)]
struct Point {
    alpha: f64,
    outcome: &'static str,
    k: usize,
    /// Null if the final loss is not finite.
    loss: f64,
}

impl From<&SweepPoint> for Point {
    fn from(point: &SweepPoint) -> Self {
        let (outcome, k) = (point.outcome.name(), point.outcome.k());
        Self { alpha: point.alpha, outcome, k, loss: point.loss }
    }
}

impl Sweep {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        match parameters::loss(&self.place.loss)? {
            AnyLoss::Loss1d(surface) => self.sweep(&surface),
            AnyLoss::Loss2d(surface) => self.sweep(&surface),
        }
    }

    fn sweep<const D: usize>(&self, surface: &NamedLoss<D>) -> Result<String, Refusal> {
        let start = self.place.start(surface.landscape())?;
        let spacing = match self.spacing {
            Spread::Linear => Spacing::Linear,
            Spread::Log if self.from > 0.0 && self.to > 0.0 => Spacing::Logarithmic,
            Spread::Log => {
                let zero = if self.from > 0.0 { "--to" } else { "--from" };
                return Err(Refusal::new(zero, "0", "a number above 0, as --spacing log is given"));
            }
        };
        let rule = self.rule.rule()?;
        let limit = StopCriteria { max_iterations: self.steps, gradient_tol: self.tol };
        let schedule = self.rule.schedule(self.steps)?;
        let alphas: Vec<f64> = spacing.alphas(self.from, self.to, self.points).collect();
        let progress = Progress::of(alphas.len());
        // On all cores: no descent depends on another.
        let run = |alpha: f64| {
            let sweep = downhill::Sweep::new(surface.loss(), rule, start, limit);
            let point = sweep.with_schedule(schedule).at(alpha);
            progress.count();
            point
        };
        let points: Vec<SweepPoint> = alphas.into_par_iter().map(run).collect();
        drop(progress);
        Ok(match self.print.format {
            Format::Table => {
                let mut table = output::columns(&rows(&points, output::NONE), Align::Right);
                let _ = writeln!(table, "{}", verdict(&points));
                table
            }
            Format::Csv => output::csv(&rows(&points, "")),
            Format::Json => run::line(&Swept {
                loss: surface.text(),
                rule: rule.name(),
                points: points.iter().map(Point::from).collect(),
                best: fastest(&points).map(|best| best.alpha),
            }),
        })
    }
}

/// One row per learning rate; `none` stands for a missing final loss.
fn rows(points: &[SweepPoint], none: &str) -> Vec<Vec<String>> {
    let head = ["alpha", "outcome", "k", "loss"].map(str::to_owned).to_vec();
    let rows = points.iter().map(|point| {
        let (outcome, k) = (point.outcome.name().to_owned(), point.outcome.k().to_string());
        let loss = if point.loss.is_finite() { shortest(point.loss) } else { none.to_owned() };
        vec![shortest(point.alpha), outcome, k, loss]
    });
    std::iter::once(head).chain(rows).collect()
}

fn verdict(points: &[SweepPoint]) -> String {
    let Some(best) = fastest(points) else {
        let mut ends: Vec<&str> = Vec::new();
        for point in points {
            let end = match point.outcome {
                Outcome::Undefined { infinite: true, .. } => {
                    "ends where the loss is infinite or too large for a number"
                }
                Outcome::Undefined { k: 0, .. } => "starts outside the domain of the loss",
                Outcome::Undefined { .. } => "leaves the domain of the loss",
                _ => "diverges",
            };
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
        return format!("every learning rate {}", ends.join(" or "));
    };
    let alpha = shortest(best.alpha);
    match best.outcome {
        Outcome::Converged { k } => {
            format!("fastest with α = {alpha}: {}", output::counted(k, "iteration"))
        }
        _ => format!("none converges; lowest with α = {alpha}: loss {}", shortest(best.loss)),
    }
}

fn points(text: &str) -> Result<usize, String> {
    parameters::whole(text, 1, 10_000).map(|points| points as usize)
}
