//! `downhill trace`: every iterate of one descent.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use downhill::{AnyLoss, Limit, Quadratic, Rule, Surface, Trajectory, csv, descend};
use serde::Serialize;

use crate::parameters::{self, RuleFlags};
use crate::refusal::Refusal;

/// Print every iterate of one descent
#[derive(Args)]
#[command(after_help = "Examples:
  downhill trace --loss 'x^2' --start 5 --rule gd --alpha 0.1 --steps 25
  downhill trace --loss ravine --start -4,1 --rule momentum --beta 0.9 --alpha 0.018 --format csv")]
pub(crate) struct Trace {
    /// Loss: a formula such as 'x^2', or a landscape's name
    #[arg(long)]
    loss: String,
    /// Start: x, or x,y [default: the landscape's]
    #[arg(long, allow_hyphen_values = true)]
    start: Option<String>,
    #[command(flatten)]
    rule: RuleFlags,
    /// Learning rate α ≥ 0 [default: the landscape's, or 0.1]
    #[arg(long, value_parser = parameters::not_negative, allow_hyphen_values = true)]
    alpha: Option<f64>,
    /// Largest number of steps, at most 100000
    #[arg(long, default_value = "25", value_parser = parameters::steps, allow_hyphen_values = true)]
    steps: usize,
    /// Stop where the gradient is shorter than this; 0 never stops early
    #[arg(long, default_value = "1e-6", value_parser = parameters::not_negative, allow_hyphen_values = true)]
    tol: f64,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Aligned columns and a line that says how it ended
    Table,
    /// Comma-separated values, numbers in shortest round-trip form
    Csv,
    /// One entry of a snapshot's `runs`
    Json,
}

/// One entry of a snapshot's `runs`.
#[derive(Serialize)]
struct Run<'a> {
    name: &'a str,
    rule: &'a str,
    alpha: f64,
    regime: Option<&'a str>,
    iterates: Vec<Vec<f64>>,
    losses: Vec<f64>,
    gradients: Vec<Vec<f64>>,
    outcome: Ending<'a>,
}

#[derive(Serialize)]
struct Ending<'a> {
    kind: &'a str,
    k: usize,
}

impl Trace {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        match parameters::loss(&self.loss)? {
            AnyLoss::One(surface) => self.descend(&surface),
            AnyLoss::Two(surface) => self.descend(&surface),
        }
    }

    fn descend<const D: usize>(&self, surface: &Surface<D>) -> Result<String, Refusal> {
        let known = surface.landscape();
        let start = match (&self.start, known) {
            (Some(text), _) => parameters::point("--start", text)?,
            (None, Some(landscape)) => landscape.start,
            (None, None) => return Err(Refusal::line("--start: missing; a formula needs a start")),
        };
        let alpha = self.alpha.or(known.map(|landscape| landscape.alpha)).unwrap_or(0.1);
        let rule = self.rule.rule()?;
        let limit = Limit { steps: self.steps, tol: self.tol };
        let trajectory = descend(surface.loss(), &rule, alpha, start, limit);
        Ok(match self.format {
            Format::Table => table(&trajectory),
            Format::Csv => csv::trajectories(&[(rule.name(), &trajectory)]),
            Format::Json => json(surface, &rule, alpha, &trajectory),
        })
    }
}

fn json<const D: usize>(
    surface: &Surface<D>,
    rule: &Rule,
    alpha: f64,
    trajectory: &Trajectory<D>,
) -> String {
    let regime = Quadratic::of(surface.loss()).and_then(|q| q.regime_of(rule, alpha));
    let iterates = &trajectory.iterates;
    let run = Run {
        name: rule.name(),
        rule: rule.name(),
        alpha,
        regime: regime.map(downhill::Regime::name),
        iterates: iterates.iter().map(|iterate| iterate.at.to_vec()).collect(),
        losses: iterates.iter().map(|iterate| iterate.loss).collect(),
        gradients: iterates.iter().map(|iterate| iterate.gradient.to_vec()).collect(),
        outcome: Ending { kind: trajectory.outcome.name(), k: trajectory.outcome.k() },
    };
    // A struct of numbers, strings and lists always has a JSON form.
    serde_json::to_string(&run).unwrap_or_default() + "\n"
}

/// Columns aligned to the right, and the outcome in words below.
fn table<const D: usize>(trajectory: &Trajectory<D>) -> String {
    let text = csv::trajectories(&[("", trajectory)]);
    let rows: Vec<Vec<&str>> = text.lines().map(|row| row.split(',').skip(1).collect()).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut table = String::new();
    for row in &rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:>width$}")).collect();
        table.push_str(&cells.join("  "));
        table.push('\n');
    }
    let outcome = trajectory.outcome;
    let _ = writeln!(table, "{} at iteration {}", outcome.name(), outcome.k());
    table
}
