//! `downhill losses`: lists the named landscapes, or shows how a formula was parsed.

use clap::Args;
use downhill::{AnyLoss, Expression, Landscape, landscapes_1d, landscapes_2d, numbers::shortest};
use serde::Serialize;

use crate::output::{self, Align, Format, FormatFlag};
use crate::parameters;
use crate::refusal::Refusal;
use crate::run;

/// List the named landscapes with formula, start, learning rate and minimizers, or show how a formula is understood
#[derive(Args)]
#[command(after_help = "Examples:
  downhill losses --format csv
  downhill losses --loss '1/2x'")]
pub(crate) struct Losses {
    /// A formula or a name: it is shown with every sign and parenthesis
    #[arg(long, allow_hyphen_values = true)]
    loss: Option<String>,
    #[command(flatten)]
    print: FormatFlag,
}

#[derive(Serialize)]
struct LandscapeEntry {
    name: &'static str,
    title: &'static str,
    formula: &'static str,
    dimension: usize,
    start: Vec<f64>,
    alpha: f64,
    /// The range of each coordinate.
    view: Vec<[f64; 2]>,
    minimizers: Vec<Vec<f64>>,
}

impl<const D: usize> From<Landscape<D>> for LandscapeEntry {
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

impl LandscapeEntry {
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

/// A parsed loss as JSON.
#[derive(Serialize)]
struct Reading {
    loss: String,
    dimension: usize,
    variables: Vec<String>,
    /// The formula with every operator and parenthesis written out.
    understood: String,
    /// The content of a `math` element.
    mathml: String,
}

impl Reading {
    fn of(text: &str) -> Result<Self, Refusal> {
        let loss = parameters::loss(text)?;
        let known = match &loss {
            AnyLoss::Loss1d(surface) => surface.landscape().map(|known| known.formula),
            AnyLoss::Loss2d(surface) => surface.landscape().map(|known| known.formula),
        };
        let formula = known
            .unwrap_or(loss.text())
            .parse::<Expression>()
            .map_err(|error| Refusal::new("--loss", text, error))?;
        Ok(Self {
            loss: loss.text().to_owned(),
            dimension: loss.dimension(),
            variables: formula.names(),
            understood: formula.understood().to_string(),
            mathml: formula.mathml(),
        })
    }

    fn print(&self, format: Format) -> String {
        let row =
            [&*self.loss, &self.dimension.to_string(), &self.variables.join(" "), &self.understood]
                .map(str::to_owned);
        let head = ["loss", "dimension", "variables", "understood"].map(str::to_owned);
        let rows = [head.to_vec(), row.to_vec()];
        match format {
            Format::Table => output::columns(&rows, Align::Left),
            Format::Csv => output::csv(&rows),
            Format::Json => run::line(self),
        }
    }
}

impl Losses {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        if let Some(text) = &self.loss {
            return Ok(Reading::of(text)?.print(self.print.format));
        }
        let entries: Vec<LandscapeEntry> = landscapes_1d()
            .into_iter()
            .map(LandscapeEntry::from)
            .chain(landscapes_2d().into_iter().map(LandscapeEntry::from))
            .collect();
        let head = ["loss", "dimension", "formula", "start", "alpha", "minimizers"];
        let head = head.map(str::to_owned).to_vec();
        let rows: Vec<Vec<String>> =
            std::iter::once(head).chain(entries.iter().map(LandscapeEntry::row)).collect();
        Ok(match self.print.format {
            Format::Table => output::columns(&rows, Align::Left),
            Format::Csv => output::csv(&rows),
            Format::Json => run::line(&entries),
        })
    }
}

/// Coordinates in the format of `--start`.
fn point(at: &[f64]) -> String {
    at.iter().map(|x| shortest(*x)).collect::<Vec<_>>().join(",")
}
