//! `downhill fit`: fits a line to data by stochastic gradient descent.

use std::fmt::Display;
use std::fs::File;
use std::io::Read;

use clap::{Args, ValueEnum};
use downhill::numbers::shortest;
use downhill::{
    CsvReading, Dataset, MeanSquaredError, Model, NewtonStep, Quadratic, Schedule, Sgd as Descent,
    SgdConfig, SgdRun, Trajectory, csv,
};
use downhill_figures::Run;
use serde::Serialize;

use crate::output::{self, Align, Format, FormatFlag};
use crate::parameters::{self, RuleFlags};
use crate::refusal::Refusal;
use crate::run::{self, line};

/// Learn a line from data by descent on batches of points
#[derive(Args)]
#[command(
    after_help = "The loss is the mean of the squares, not half of it: courses with ½ use twice our α.

Examples:
  downhill fit --alpha 0.01 --epochs 50
  downhill fit --model wx+b --data noisy --batch 32 --alpha 0.1 --epochs 100 --per epoch
  downhill fit --model wx+b --points mine.csv --rule adam --alpha 0.05 --epochs 500 --format csv"
)]
pub(crate) struct Fit {
    /// Model: wx, or wx+b
    #[arg(long, default_value = "wx")]
    model: String,
    /// Data: five (y = 2x), noisy (y = 2x + noise, 100 points), or own [default: five, or own with --points]
    #[arg(long, value_enum)]
    data: Option<Data>,
    /// Own points: a CSV file with one x,y to a line, or - for standard input; the table says how it was understood
    #[arg(long)]
    points: Option<String>,
    /// Points per update: 0 all of them, 1 one (stochastic), others mini-batches
    #[arg(long, default_value = "0", value_parser = whole, allow_hyphen_values = true)]
    batch: usize,
    #[command(flatten)]
    rule: RuleFlags,
    /// Learning rate α ≥ 0
    #[arg(long, default_value = "0.01", value_parser = parameters::not_negative, allow_hyphen_values = true)]
    alpha: f64,
    /// Start: w, or w,b
    #[arg(long, default_value = "0", allow_hyphen_values = true)]
    start: String,
    /// Passes over the data; 100000 updates are made at most
    #[arg(long, default_value = "50", value_parser = parameters::steps, allow_hyphen_values = true)]
    epochs: usize,
    /// Seed of the noisy points and of the order of the points, from 0 to 4294967295
    #[arg(long, default_value = "1", value_parser = parameters::seed, allow_hyphen_values = true)]
    seed: u32,
    /// Standard deviation of the noise in y
    #[arg(long, default_value = "0.1", value_parser = parameters::not_negative, allow_hyphen_values = true)]
    noise: f64,
    /// Stop where the gradient over all points stays shorter than this for an epoch; 0 never stops early
    #[arg(long, default_value = "1e-6", value_parser = parameters::not_negative, allow_hyphen_values = true)]
    tol: f64,
    /// What a row of the table or the CSV stands for; JSON always has every update
    #[arg(long, value_enum, default_value = "update")]
    per: Per,
    #[command(flatten)]
    print: FormatFlag,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Data {
    /// x = 1, 2, 3, 4, 5 and y = 2x
    Five,
    /// 100 points of y = 2x + noise, x and noise normal
    Noisy,
    /// The points of --points
    Own,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Per {
    /// One update of the parameters
    Update,
    /// One pass over the data; k counts epochs
    Epoch,
}

/// A run as JSON, with the fields specific to a fit.
#[derive(Serialize)]
struct Fitted {
    #[serde(flatten)]
    run: Run,
    /// The index of the iterate at the end of each epoch, from the start.
    epochs: Vec<usize>,
    /// The loss over the batch, before each update.
    batch_losses: Vec<f64>,
}

/// The points and, for a file, how it was parsed.
type Points = (Dataset, Option<CsvReading>);

pub(crate) fn whole(text: &str) -> Result<usize, String> {
    // Any batch size beyond the largest data set means all points.
    parameters::whole(text, 0, u32::MAX).map(|n| n as usize)
}

impl Fit {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        let Ok(model) = self.model.parse::<Model>() else {
            return Err(Refusal::new("--model", &self.model, "wx or wx+b"));
        };
        let points = self.dataset()?;
        match model {
            Model::Slope => self.descend(&points, parameters::point::<1>("--start", &self.start)?),
            Model::Line => {
                // A single number is w; b then starts at 0.
                let start = match parameters::point::<1>("--start", &self.start) {
                    Ok([w]) => [w, 0.0],
                    Err(_) => parameters::point("--start", &self.start)?,
                };
                self.descend(&points, start)
            }
        }
    }

    fn dataset(&self) -> Result<Points, Refusal> {
        match (self.data, &self.points) {
            (None | Some(Data::Five), None) => Ok((Dataset::five(), None)),
            (Some(Data::Noisy), None) => Ok((Dataset::noisy(self.seed, self.noise), None)),
            (None | Some(Data::Own), Some(file)) => {
                let refusal =
                    |why: &dyn Display| Refusal::line(format!("--points: '{file}': {why}"));
                let text = read(file).map_err(|error| refusal(&error))?;
                let (data, reading) =
                    Dataset::read_csv(&text, f64::MAX).map_err(|error| refusal(&error))?;
                Ok((data, Some(reading)))
            }
            (Some(Data::Own), None) => Err(Refusal::line(
                "--points: missing; --data own needs a CSV file, or - for standard input",
            )),
            (Some(Data::Five | Data::Noisy), Some(file)) => Err(Refusal::line(format!(
                "--points: '{file}' is given, but it is allowed with --data own alone"
            ))),
        }
    }

    fn descend<const D: usize>(
        &self,
        (data, reading): &Points,
        start: [f64; D],
    ) -> Result<String, Refusal> {
        let plan =
            SgdConfig { batch: self.batch, epochs: self.epochs, seed: self.seed, tol: self.tol };
        let rule = self.rule.rule()?;
        let points = data.points().len();
        let updates = match self.batch {
            0 => 1,
            batch => points.div_ceil(batch),
        };
        let schedule = self.rule.schedule(updates.saturating_mul(self.epochs))?;
        let run = Descent::new(data, rule, self.alpha, start, plan).with_schedule(schedule).run();
        Ok(match self.print.format {
            Format::Table => self.table(&run, *reading),
            Format::Csv => csv::trajectories(&[(rule.name(), &self.rows(&run).1)]),
            Format::Json => {
                // Changing batches or a changing learning rate have no regime.
                let steady = updates == 1 && schedule == Schedule::Constant;
                let loss = MeanSquaredError(data.points());
                let regime = Quadratic::<D>::of(&loss)
                    .filter(|_| steady)
                    .and_then(|quadratic| quadratic.regime_of(&rule, self.alpha));
                line(&Fitted {
                    run: run::named(&rule, self.alpha, regime, &run.trajectory),
                    epochs: run.epochs.clone(),
                    batch_losses: run.updates.iter().map(|update| update.loss).collect(),
                })
            }
        })
    }

    /// The printed iterates and their indices.
    fn rows<const D: usize>(&self, run: &SgdRun<D>) -> (Vec<usize>, Trajectory<D>) {
        let all = &run.trajectory.iterates;
        let chosen = match self.per {
            Per::Update => (0..all.len()).collect(),
            Per::Epoch => run.epochs.clone(),
        };
        let iterates = chosen.iter().filter_map(|&k| all.get(k).copied()).collect();
        // The kind of step that led to each row but the start.
        let newton = chosen.iter().filter_map(|&k| run.trajectory.newton_to(k)).collect();
        (chosen, Trajectory { iterates, outcome: run.trajectory.outcome, newton })
    }

    fn table<const D: usize>(&self, run: &SgdRun<D>, reading: Option<CsvReading>) -> String {
        let mut rows = vec![vec!["k".to_owned(), "epoch".to_owned()]];
        let names: &[&str] = match D {
            1 => &["w", "loss", "gradient"],
            _ => &["w", "b", "loss", "gradient_w", "gradient_b"],
        };
        rows[0].extend(names.iter().map(ToString::to_string));
        let newton = !run.trajectory.newton.is_empty();
        if newton {
            rows[0].push("step".to_owned());
        }
        let (indices, printed) = self.rows(run);
        for (k, iterate) in indices.iter().zip(&printed.iterates) {
            let epoch = k.checked_sub(1).and_then(|k| run.updates.get(k)).map_or(0, |u| u.epoch);
            let mut row = vec![k.to_string(), epoch.to_string()];
            let numbers = iterate.x.iter().chain([&iterate.loss]).chain(&iterate.gradient);
            row.extend(numbers.map(|&number| {
                if number.is_finite() { shortest(number) } else { output::NONE.to_owned() }
            }));
            if newton {
                row.push(run.trajectory.newton_to(*k).map_or("", NewtonStep::name).to_owned());
            }
            rows.push(row);
        }
        let read = reading.map(|reading| format!("read as {reading}\n"));
        output::columns(&rows, Align::Right)
            + &read.unwrap_or_default()
            + &run::others(&run.trajectory)
            + &run::ended(printed.outcome, "update")
    }
}

/// Reads a file, or standard input for `-`, up to slightly more than the largest allowed data set.
///
/// Accepts UTF-8 and the UTF-16 that spreadsheets call Unicode text.
pub(crate) fn read(file: &str) -> std::io::Result<String> {
    const ENOUGH: u64 = 2_000_000;
    let mut bytes = Vec::new();
    if file == "-" {
        std::io::stdin().lock().take(ENOUGH).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(ENOUGH).read_to_end(&mut bytes)?;
    }
    let text = match &bytes[..] {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes).ok(),
    };
    text.ok_or_else(|| std::io::Error::other("it is no UTF-8 text; save it as CSV in UTF-8"))
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, []) = bytes.as_chunks::<2>() else { return None };
    String::from_utf16(&pairs.iter().map(|&pair| unit(pair)).collect::<Vec<_>>()).ok()
}
