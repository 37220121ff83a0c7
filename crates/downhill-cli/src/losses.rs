//! `downhill losses`: every named landscape and what is known about it.

use clap::Args;
use downhill::{Landscape, landscapes_1d, landscapes_2d, number::shortest};
use serde::Serialize;

use crate::output::{self, Align, Format};
use crate::refusal::Refusal;
use crate::run;

/// List the named landscapes with formula, start, learning rate and minimizers
#[derive(Args)]
#[command(after_help = "Example:
  downhill losses --format csv")]
pub(crate) struct Losses {
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    title: &'static str,
    formula: &'static str,
    dimension: usize,
    start: Vec<f64>,
    alpha: f64,
    /// The lowest and highest coordinate along each axis.
    view: Vec<[f64; 2]>,
    minimizers: Vec<Vec<f64>>,
}

impl<const D: usize> From<Landscape<D>> for Entry {
    fn from(landscape: Landscape<D>) -> Self {
        Self {
            name: landscape.name,
            title: landscape.title,
            formula: landscape.formula,
            dimension: D,
            start: landscape.start.to_vec(),
            alpha: landscape.alpha,
            view: landscape.view.to_vec(),
            minimizers: landscape.minimizers.iter().map(|at| at.to_vec()).collect(),
        }
    }
}

impl Entry {
    fn row(&self) -> Vec<String> {
        let minimizers: Vec<String> = self.minimizers.iter().map(|at| point(at)).collect();
        vec![
            self.name.to_owned(),
            self.dimension.to_string(),
            self.formula.to_owned(),
            point(&self.start),
            shortest(self.alpha),
            minimizers.join(" "),
        ]
    }
}

impl Losses {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        let entries: Vec<Entry> = landscapes_1d()
            .into_iter()
            .map(Entry::from)
            .chain(landscapes_2d().into_iter().map(Entry::from))
            .collect();
        let head = ["loss", "dimension", "formula", "start", "alpha", "minimizers"];
        let head = head.map(str::to_owned).to_vec();
        let rows: Vec<Vec<String>> =
            std::iter::once(head).chain(entries.iter().map(Entry::row)).collect();
        Ok(match self.format {
            Format::Table => output::columns(&rows, Align::Left),
            Format::Csv => output::csv(&rows),
            Format::Json => run::line(&entries),
        })
    }
}

/// Coordinates as `--start` takes them.
fn point(at: &[f64]) -> String {
    at.iter().map(|x| shortest(*x)).collect::<Vec<_>>().join(",")
}
