//! `downhill train`: trains a small network, and says how sharply its hill bends on the way.

use std::path::Path;

use clap::Args;
use downhill::numbers::field;
use downhill::{
    AlphaChanges, Criterion, Hidden, HiddenActivation, Init, Measure, Network, NetworkData,
    NetworkLoss, Outcome, Rule, Samples, Split, Training, TrainingConfig,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::fit;
use crate::output::{self, Align, Format, FormatFlag};
use crate::parameters::{self, RuleFlags};
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::run::{ended, line};
use crate::weights;

/// Train a small network, and watch λ, the largest eigenvalue of its Hessian, beside 2/α
#[derive(Args)]
#[command(
    after_help = "The loss is over the training points, held_out over as many others; accuracy is that on the others. bound is 2/α, and
(2 + 2β)/α for momentum: sharper than that, the hill throws the walk off.

Examples:
  downhill train --data moons --hidden 16,16 --alpha 0.2 --steps 6000 --every 200
  downhill train --data spiral --hidden 24,24 --alpha 0.1 --noise 0.05 --format csv
  downhill train --alpha 0.1,3000:0.3 --every 100
  downhill train --own points.csv --loss logistic --rule adam --alpha 0.01 --batch 10
  downhill train --steps 0 --weights net.json"
)]
pub(crate) struct Train {
    /// Data: moons, circles, xor, spiral, blobs, sine, or own [default: moons, or own with --own]
    #[arg(long)]
    data: Option<String>,
    /// Own points: a CSV file with x,y,class to a line, or x,y for a y to be learned from x; - for standard input. One in five is held out
    #[arg(long, value_name = "FILE")]
    own: Option<String>,
    /// Number of points, from 2 to 1000; as many again are held out [default: 100]
    #[arg(long, value_parser = points, allow_hyphen_values = true)]
    points: Option<usize>,
    /// Standard deviation of the noise in each coordinate [default: 0.1]
    #[arg(long, value_parser = parameters::not_negative, allow_hyphen_values = true)]
    noise: Option<f64>,
    /// Sizes of the hidden layers: up to 4 of up to 32 units, or 0 for none
    #[arg(long, default_value = "16,16", allow_hyphen_values = true)]
    hidden: String,
    /// Activation of the hidden units: tanh, relu, sigmoid, softplus or linear
    #[arg(long, default_value = "tanh")]
    activation: String,
    /// Loss: mse (the mean of the squares), or logistic for classes
    #[arg(long, default_value = "mse")]
    loss: String,
    /// First weights: lecun, xavier, he, or a number that scales lecun's
    #[arg(long, default_value = "lecun", allow_hyphen_values = true)]
    init: String,
    #[command(flatten)]
    rule: RuleFlags,
    /// Learning rate α ≥ 0, with changes from given steps on as in 0.1,3000:0.3
    #[arg(long, default_value = "0.2", value_parser = parameters::changing, allow_hyphen_values = true)]
    alpha: (f64, AlphaChanges),
    /// Points per step: 0 all of them, 1 one (stochastic), others mini-batches
    #[arg(long, default_value = "0", value_parser = fit::whole, allow_hyphen_values = true)]
    batch: usize,
    /// Number of steps, at most 100000
    #[arg(long, default_value = "6000", value_parser = parameters::steps, allow_hyphen_values = true)]
    steps: usize,
    /// Number of steps between two rows
    #[arg(long, default_value = "200", value_parser = every, allow_hyphen_values = true)]
    every: usize,
    /// Seed of points, first weights and the order of the points, from 0 to 4294967295
    #[arg(long, default_value = "1", value_parser = parameters::seed, allow_hyphen_values = true)]
    seed: u32,
    /// JSON file of weights: the training begins with them if the file exists, and writes its own there in the end
    #[arg(long, value_name = "FILE")]
    weights: Option<String>,
    #[command(flatten)]
    print: FormatFlag,
}

/// The accuracy of λ: its residual, as a part of it. Its error is about the square.
const TOLERANCE: f64 = 1e-5;

fn points(text: &str) -> Result<usize, String> {
    parameters::whole(text, 2, Samples::MOST as u32).map(|count| count as usize)
}

fn every(text: &str) -> Result<usize, String> {
    parameters::whole(text, 1, u32::MAX).map(|count| count as usize)
}

/// A training as JSON.
#[derive(Serialize)]
struct Trained {
    spec: Map<String, Value>,
    rows: Vec<Row>,
    outcome: Ended,
}

/// What the network is like after so many steps; null where there is no number.
#[derive(Serialize)]
struct Row {
    k: usize,
    loss: f64,
    held_out: Option<f64>,
    accuracy: Option<f64>,
    lambda: Option<f64>,
    bound: Option<f64>,
}

#[derive(Serialize)]
struct Ended {
    kind: &'static str,
    k: usize,
}

const COLUMNS: [&str; 6] = ["k", "loss", "held_out", "accuracy", "lambda", "bound"];

impl Row {
    fn of(measure: &Measure) -> Self {
        let Measure { k, loss, held_out, accuracy, lambda, bound, .. } = *measure;
        Self { k, loss, held_out, accuracy, lambda, bound }
    }

    /// The cells of a row, with a text for what is no number.
    fn cells(&self, none: &str) -> Vec<String> {
        let numbers = [Some(self.loss), self.held_out, self.accuracy, self.lambda, self.bound];
        let number = |number: Option<f64>| {
            number.filter(|n| n.is_finite()).map_or_else(|| none.to_owned(), field)
        };
        let mut cells = vec![self.k.to_string()];
        cells.extend(numbers.map(number));
        cells
    }
}

/// The text's value, or the refusal of the flag.
fn named<T>(flag: &str, text: &str, allowed: impl Fn(T::Err) -> String) -> Result<T, Refusal>
where
    T: std::str::FromStr,
{
    text.parse().map_err(|error| Refusal::new(flag, text, allowed(error)))
}

impl Train {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        let hidden: Hidden =
            named("--hidden", &self.hidden, |e: downhill::ShapeError| e.allowed().to_owned())?;
        let unknown = |error: downhill::UnknownName| error.allowed().to_owned();
        let activation: HiddenActivation = named("--activation", &self.activation, unknown)?;
        let criterion: Criterion = named("--loss", &self.loss, unknown)?;
        let init: Init =
            named("--init", &self.init, |e: downhill::InitError| e.allowed().to_owned())?;
        let rule = self.rule.rule()?;
        if !rule.is_first_order() {
            let all = Rule::ALL.iter().filter(|rule| rule.is_first_order()).map(Rule::name);
            let allowed = all.collect::<Vec<_>>().join(", ");
            return Err(Refusal::new("--rule", rule.name(), format!("one of {allowed}")));
        }
        let schedule = self.rule.schedule(self.steps)?;
        let (alpha, changes) = self.alpha;
        parameters::within_steps(&changes, self.steps)?;
        let (data, Split { train, held_out }) = self.data()?;
        if criterion == Criterion::Logistic && !train.has_classes() {
            return Err(Refusal::line(format!(
                "--loss: 'logistic' is for two classes; the data {data} are numbers, for which mse is allowed"
            )));
        }
        let network = Network::new(train.inputs(), hidden, activation);
        let start = match self.weights.as_deref().filter(|file| Path::new(file).exists()) {
            Some(file) => weights::read(file, &network)?,
            None => network.start(init, self.seed),
        };
        let loss = |samples| NetworkLoss::new(network.clone(), criterion, samples);
        let config = TrainingConfig {
            rule,
            alpha,
            changes,
            schedule,
            batch: self.batch,
            seed: self.seed,
            steps: self.steps,
        };
        let mut training = Training::new(loss(train), held_out.map(loss), start, config)
            .map_err(|error| Refusal::line(error.to_string()))?;
        let rows = self.rows(&mut training);
        if let Some(file) = &self.weights {
            weights::write(file, &network, training.weights())?;
        }
        let outcome = training.outcome().unwrap_or(Outcome::Exhausted { k: training.k() });
        Ok(match self.print.format {
            Format::Table => table(&rows, outcome),
            Format::Csv => {
                let mut all = vec![COLUMNS.map(str::to_owned).to_vec()];
                all.extend(rows.iter().map(|row| row.cells("")));
                output::csv(&all)
            }
            Format::Json => {
                let spec = self.spec(data, hidden, init, &config);
                let outcome = Ended { kind: outcome.name(), k: outcome.k() };
                line(&Trained { spec, rows, outcome })
            }
        })
    }

    /// The rows of a training, which it ends.
    fn rows(&self, training: &mut Training) -> Vec<Row> {
        let progress = Progress::of(self.steps.div_ceil(self.every).max(1));
        let mut rows = vec![Row::of(&training.measure(Some(TOLERANCE)))];
        while training.outcome().is_none() {
            if training.advance(self.every) > 0 {
                rows.push(Row::of(&training.measure(Some(TOLERANCE))));
            }
            progress.count();
        }
        rows
    }

    /// The points, and the name of their kind.
    fn data(&self) -> Result<(&'static str, Split), Refusal> {
        let Some(file) = &self.own else {
            return match self.data.as_deref() {
                Some("own") => Err(Refusal::line(
                    "--own: missing; --data own needs a CSV file, or - for standard input",
                )),
                text => {
                    let data: NetworkData =
                        named("--data", text.unwrap_or("moons"), |e: downhill::UnknownName| {
                            e.allowed().replace(" or sine", ", sine or own")
                        })?;
                    let noise = self.noise.unwrap_or(0.1);
                    Ok((data.name(), data.draw(self.points.unwrap_or(100), noise, self.seed)))
                }
            };
        };
        if self.data.as_deref().is_some_and(|data| data != "own") {
            return Err(Refusal::line(format!(
                "--own: '{file}' is given, but it is allowed with --data own alone"
            )));
        }
        let made = [("--points", self.points.is_some()), ("--noise", self.noise.is_some())];
        if let Some((flag, _)) = made.iter().find(|(_, is_given)| *is_given) {
            return Err(Refusal::line(format!("{flag}: own points are taken as they are")));
        }
        let refusal =
            |why: &dyn std::fmt::Display| Refusal::line(format!("--own: '{file}': {why}"));
        let text = fit::read(file).map_err(|error| refusal(&error))?;
        let samples = Samples::read(&text).map_err(|error| refusal(&error))?;
        Ok(("own", samples.split(self.seed)))
    }

    /// What the training follows from, under the names of the flags.
    fn spec(
        &self,
        data: &str,
        hidden: Hidden,
        init: Init,
        config: &TrainingConfig,
    ) -> Map<String, Value> {
        let TrainingConfig { rule, alpha, changes, schedule, batch, seed, steps } = *config;
        let mut spec = Map::new();
        let mut set = |name: &str, value: Value| spec.insert(name.to_owned(), value);
        set("data", data.into());
        if self.own.is_none() {
            set("points", self.points.unwrap_or(100).into());
            set("noise", self.noise.unwrap_or(0.1).into());
        }
        set("hidden", hidden.to_string().into());
        set("activation", self.activation.as_str().into());
        set("loss", self.loss.as_str().into());
        set("init", init.to_string().into());
        set("rule", rule.name().into());
        for setting in rule.hyperparameters() {
            set(setting.name, rule.hyperparameter(setting.name).into());
        }
        let alpha = if changes.list().is_empty() {
            Value::from(alpha)
        } else {
            Value::from(changes.text(alpha))
        };
        set("alpha", alpha);
        set("batch", batch.into());
        set("schedule", schedule.to_string().into());
        set("steps", steps.into());
        set("seed", seed.into());
        spec
    }
}

fn table(rows: &[Row], outcome: Outcome) -> String {
    let mut all = vec![COLUMNS.map(str::to_owned).to_vec()];
    all.extend(rows.iter().map(|row| row.cells(output::NONE)));
    output::columns(&all, Align::Right) + &ended(outcome, "step")
}
