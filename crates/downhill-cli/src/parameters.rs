//! Parses command-line text as numbers, points, losses and rules.

use clap::Args;
use downhill::numbers::{self, Reading};
use downhill::{AlphaChanges, AnyLoss, Landscape, Rule, RuleError, Schedule};

use crate::output::counted;
use crate::refusal::Refusal;

/// Parses a finite number in the notation of attributes and URLs.
pub(crate) fn finite(text: &str) -> Result<f64, String> {
    numbers::plain(text).ok_or_else(|| with_advice("a finite number", text))
}

/// Parses a finite, non-negative number.
pub(crate) fn not_negative(text: &str) -> Result<f64, String> {
    let number = numbers::plain(text).filter(|number| *number >= 0.0);
    number.ok_or_else(|| with_advice("a finite number of at least 0", text))
}

/// Parses a learning rate, which may be followed by its changes: `0.1,40:0.01`.
pub(crate) fn changing(text: &str) -> Result<(f64, AlphaChanges), String> {
    // A lone number is explained like any other.
    if !text.contains(':') {
        return not_negative(text).map(|alpha| (alpha, AlphaChanges::default()));
    }
    AlphaChanges::read(text).map_err(|error| error.allowed().to_owned())
}

/// Refuses changes of α that no step would see.
pub(crate) fn within_steps(changes: &AlphaChanges, steps: usize) -> Result<(), Refusal> {
    match changes.list().last() {
        Some(&(k, alpha)) if k as usize >= steps => Err(Refusal::line(format!(
            "--alpha: the change {k}:{} comes too late; with {} the last is step {}",
            numbers::shortest(alpha),
            counted(steps, "step"),
            steps.saturating_sub(1)
        ))),
        _ => Ok(()),
    }
}

/// Parses an integer from `low` to `high`, both included.
pub(crate) fn whole(text: &str, low: u32, high: u32) -> Result<u32, String> {
    let number = numbers::whole(text);
    let allowed = number.filter(|number| (f64::from(low)..=f64::from(high)).contains(number));
    let number = allowed.map(|number| number as u32);
    number.ok_or_else(|| with_advice(&format!("a whole number from {low} to {high}"), text))
}

/// Parses a number of descent steps.
pub(crate) fn steps(text: &str) -> Result<usize, String> {
    whole(text, 0, downhill::StopCriteria::MAX_STEPS as u32).map(|steps| steps as usize)
}

/// States what is allowed and, if the text is ambiguous notation, how to write what was meant.
fn with_advice(allowed: &str, text: &str) -> String {
    if let Some(unseen) = numbers::invisible(text) {
        let name = numbers::code_point(unseen);
        return format!("{allowed}; it contains the invisible character {name}");
    }
    if numbers::vanishes(text) {
        return format!("{allowed}; it is too small to be told from 0");
    }
    // Text in plain notation was refused for its value.
    let readings =
        if numbers::plain(text).is_some() { Vec::new() } else { numbers::readings(text) };
    let shortest = |reading: &Reading| numbers::shortest(reading.value);
    match readings.as_slice() {
        [] => allowed.to_owned(),
        [one] if one.decimal == Some(',') => {
            format!("{allowed}; write decimals with a point, as in {}", shortest(one))
        }
        [one] => format!("{allowed}; write {}", shortest(one)),
        [one, other, ..] => {
            format!("{allowed}; it can be read as {} or as {}", shortest(one), shortest(other))
        }
    }
}

/// Parses a point: coordinates separated by commas.
pub(crate) fn point<const D: usize>(parameter: &str, text: &str) -> Result<[f64; D], Refusal> {
    let coordinates: Option<Vec<f64>> = text.split(',').map(numbers::plain).collect();
    coordinates.and_then(|coordinates| coordinates.try_into().ok()).ok_or_else(|| {
        let allowed = match D {
            1 => with_advice("one finite number", text),
            _ => format!("{D} finite numbers separated by commas, such as -4,1"),
        };
        Refusal::new(parameter, text, allowed)
    })
}

/// Parses a loss, given by name or formula.
pub(crate) fn loss(text: &str) -> Result<AnyLoss, Refusal> {
    text.parse::<AnyLoss>().map_err(|error| {
        let column = error.formula().column();
        Refusal::new("--loss", text, error.allowed()).within(text, column)
    })
}

/// Parses `on` or `off`.
fn switch(text: &str) -> Result<bool, String> {
    match text.trim() {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("on or off".to_owned()),
    }
}

/// Formats a switch as `on` or `off`.
pub(crate) fn on_or_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// The flags of a rule's hyperparameters.
fn flags(rule: &Rule) -> String {
    let switch = rule.safeguard().map(|_| "--safeguard".to_owned());
    let names = rule.hyperparameters().iter().map(|setting| format!("--{}", setting.name));
    let names: Vec<String> = names.chain(switch).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// A loss, and where a descent on it starts.
#[derive(Args)]
pub(crate) struct LossAndStart {
    /// Loss: a formula such as 'x^2', or a landscape's name
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) loss: String,
    /// Start: x, or x,y [default: the landscape's]
    #[arg(long, allow_hyphen_values = true)]
    start: Option<String>,
}

impl LossAndStart {
    /// The given start, else the landscape's.
    pub(crate) fn start<const D: usize>(
        &self,
        landscape: Option<&Landscape<D>>,
    ) -> Result<[f64; D], Refusal> {
        match (&self.start, landscape) {
            (Some(text), _) => point("--start", text),
            (None, Some(landscape)) => Ok(landscape.start),
            (None, None) => Err(Refusal::line("--start: missing; a formula needs a start")),
        }
    }
}

/// Noise on the gradient of every step.
#[derive(Args, Clone, Copy)]
pub(crate) struct NoiseFlags {
    /// Standard deviation of normal noise added to each coordinate of the gradient
    #[arg(long, default_value = "0", value_parser = not_negative, allow_hyphen_values = true)]
    pub(crate) noise: f64,
    /// Seed of the noise
    #[arg(long, default_value = "1", value_parser = seed, allow_hyphen_values = true)]
    pub(crate) seed: u32,
}

/// Parses a seed.
pub(crate) fn seed(text: &str) -> Result<u32, String> {
    whole(text, 0, u32::MAX)
}

/// An update rule, its settings, and how α changes on the way.
#[derive(Args)]
pub(crate) struct RuleFlags {
    /// Update rule; `downhill rules` lists them with their settings
    #[arg(long, default_value = "gd")]
    rule: String,
    /// How α changes: `constant`, `step-decay[:FACTOR,EVERY]`, `1/t[:DECAY]`, `cosine[:STEPS]`, `warm-up[:STEPS]`, `cyclical[:LOWEST,HALF]`
    #[arg(long, default_value = "constant")]
    schedule: String,
    /// Momentum β of momentum and nesterov, from 0 up to but not including 1
    #[arg(long, visible_alias = "momentum", value_parser = finite, allow_hyphen_values = true)]
    beta: Option<f64>,
    /// β₁ of adam, adamw and nadam, from 0 up to but not including 1
    #[arg(long, value_parser = finite, allow_hyphen_values = true)]
    beta1: Option<f64>,
    /// β₂ of adam, adamw and nadam, from 0 up to but not including 1
    #[arg(long, value_parser = finite, allow_hyphen_values = true)]
    beta2: Option<f64>,
    /// ε of the rules that divide, ε₁ of adafactor, at least 0
    #[arg(long, value_parser = finite, allow_hyphen_values = true)]
    eps: Option<f64>,
    /// Smoothing ρ of rmsprop (PyTorch's alpha) and adadelta, from 0 up to but not including 1
    #[arg(long, value_parser = finite, allow_hyphen_values = true)]
    rho: Option<f64>,
    /// Weight decay λ of adamw, at least 0
    #[arg(long, value_parser = finite, allow_hyphen_values = true)]
    weight_decay: Option<f64>,
    /// Momentum decay ψ of nadam, at least 0
    #[arg(long, value_parser = finite, allow_hyphen_values = true)]
    momentum_decay: Option<f64>,
    /// ε₂ of adafactor, at least 0
    #[arg(long, value_parser = finite, allow_hyphen_values = true)]
    eps2: Option<f64>,
    /// Clipping threshold d of adafactor, above 0
    #[arg(long, value_parser = finite, allow_hyphen_values = true)]
    clip: Option<f64>,
    /// Exponent c of adafactor's decay, at least 0
    #[arg(long, value_parser = finite, allow_hyphen_values = true)]
    decay: Option<f64>,
    /// Safeguard of newton: on takes a safe step where the Hessian is not positive definite, off its own everywhere [default: on]
    #[arg(long, value_name = "on|off", value_parser = switch)]
    safeguard: Option<bool>,
}

impl RuleFlags {
    /// The rule with the given hyperparameters.
    pub(crate) fn rule(&self) -> Result<Rule, Refusal> {
        let mut rule = self
            .rule
            .parse::<Rule>()
            .map_err(|error| Refusal::new("--rule", &self.rule, error.allowed()))?;
        let given = [
            ("beta", self.beta),
            ("beta1", self.beta1),
            ("beta2", self.beta2),
            ("eps", self.eps),
            ("rho", self.rho),
            ("weight-decay", self.weight_decay),
            ("momentum-decay", self.momentum_decay),
            ("eps2", self.eps2),
            ("clip", self.clip),
            ("decay", self.decay),
        ];
        let known = rule;
        for (name, value) in given {
            let Some(value) = value else { continue };
            rule = rule.with(name, value).map_err(|error| match error {
                RuleError::UnknownHyperparameter { rule } => {
                    let has = flags(&known);
                    Refusal::line(format!(
                        "--{name}: '{value}' is not a setting of the rule {rule}; allowed: {has}"
                    ))
                }
                _ => Refusal::new(&format!("--{name}"), value, error.allowed()),
            })?;
        }
        if let Some(on) = self.safeguard {
            if known.safeguard().is_none() {
                let (rule, value) = (known.name(), on_or_off(on));
                return Err(Refusal::line(format!(
                    "--safeguard: '{value}' is not a setting of the rule {rule}; allowed: {}",
                    flags(&known)
                )));
            }
            rule = rule.with_safeguard(on);
        }
        Ok(rule)
    }

    /// The learning-rate schedule for a descent of `steps` steps.
    pub(crate) fn schedule(&self, steps: usize) -> Result<Schedule, Refusal> {
        Schedule::for_steps(&self.schedule, steps)
            .map_err(|error| Refusal::new("--schedule", &self.schedule, error.allowed()))
    }
}
