//! Template quantities about a network's training.

use downhill::{
    AlphaChanges, Criterion, Hidden, HiddenActivation, Init, LossPlane, Measure, Network,
    NetworkData, NetworkLoss, Schedule, Training, TrainingConfig,
};

use super::call::Call;

/// The accuracy of λ, as in `downhill train`.
const TOLERANCE: f64 = 1e-5;

/// A training with the figure's fields, at the step that the placeholder names.
struct Trained {
    network: Network,
    training: Training,
}

impl Trained {
    fn at(call: &Call) -> Result<Self, String> {
        let data: NetworkData = call.optional("data")?.unwrap_or(NetworkData::Moons);
        let hidden: Hidden = call.optional("layers")?.unwrap_or_default();
        let activation: HiddenActivation =
            call.optional("activation")?.unwrap_or(HiddenActivation::Tanh);
        let init: Init = call.optional("init")?.unwrap_or(Init::LeCun);
        let seed: u32 = call.optional("seed")?.unwrap_or(1);
        let points = call.optional("points")?.unwrap_or(100);
        let noise = call.optional("noise")?.unwrap_or(0.1);
        let (alpha, changes) = AlphaChanges::read(call.text("alpha").unwrap_or("0.2"))
            .map_err(|error| error.to_string())?;
        let k: usize = call.required("k")?;
        let config = TrainingConfig {
            rule: call.rule()?,
            alpha,
            changes,
            schedule: Schedule::Constant,
            batch: call.optional("batch")?.unwrap_or(0),
            seed,
            steps: k,
        };
        let split = data.draw(points, noise, seed);
        let network = Network::new(split.train.inputs(), hidden, activation);
        let start = network.start(init, seed);
        let loss = |samples| NetworkLoss::new(network.clone(), Criterion::MeanSquares, samples);
        let mut training =
            Training::new(loss(split.train), split.held_out.map(loss), start, config)
                .map_err(|error| error.to_string())?;
        training.advance(k);
        if training.k() < k {
            return Err(format!("the training ends before step {k}: {:?}", training.outcome()));
        }
        Ok(Self { network, training })
    }
}

/// The network's parameters, counted.
///
/// # Errors
/// As for all: if a field is not allowed.
pub(super) fn weights(call: &Call) -> Result<usize, String> {
    let hidden: Hidden = call.optional("layers")?.unwrap_or_default();
    Ok(Network::new(2, hidden, HiddenActivation::Tanh).parameters())
}

/// What can be said of it, with λ if that is asked for.
///
/// # Errors
/// If a field is not allowed, or the training ends before step k.
pub(super) fn measure(call: &Call, with_lambda: bool) -> Result<Measure, String> {
    let mut trained = Trained::at(call)?;
    Ok(trained.training.measure(with_lambda.then_some(TOLERANCE)))
}

/// The largest eigenvalue of the Hessian.
///
/// # Errors
/// As above, and if it is not finite.
pub(super) fn lambda(call: &Call) -> Result<f64, String> {
    measure(call, true)?.lambda.ok_or_else(|| "λ is not finite there".to_owned())
}

/// The share of its walk in percent that a plane through the last weights holds: `plane=walk` or `random`.
///
/// # Errors
/// As above, and if there is no such plane.
pub(super) fn held(call: &Call) -> Result<f64, String> {
    let kind = call.text("plane").unwrap_or("walk").to_owned();
    let Trained { network, training } = Trained::at(call)?;
    let walk: Vec<&[f64]> = training.walk().iter().map(|known| known.weights()).collect();
    let origin = training.weights();
    let plane = match kind.as_str() {
        "walk" => LossPlane::of_walk(&walk, origin),
        "random" => LossPlane::random(&network, origin, training.config().seed),
        other => return Err(format!("no plane `{other}`; there are walk, random")),
    };
    Ok(100.0 * plane.share(&walk))
}

#[cfg(test)]
mod tests {
    use super::super::quantity::{Value, evaluate};
    use super::Call;

    fn value(text: &str) -> Result<Value, String> {
        let call = Call::parse(text).unwrap();
        let value = evaluate(&call)?;
        call.finish()?;
        Ok(value)
    }

    fn number(text: &str) -> f64 {
        match value(text) {
            Ok(Value::Number(number)) => number,
            other => panic!("{text} is {other:?}"),
        }
    }

    #[test]
    fn the_edge_is_met() {
        assert_eq!(value("net-weights"), Ok(Value::Count(337)));
        // 2·16 + 16 + 16·16 + 16 + 16 + 1.
        assert_eq!(number("net-bound k=0"), 10.0);
        let edge = number("net-lambda data=spiral k=3000");
        assert!((edge / 10.0 - 1.0).abs() < 0.1, "{edge}");
        assert!(number("net-loss data=spiral k=3000") < number("net-loss data=spiral k=0"));
        assert!(number("net-held k=500 plane=walk") > 10.0 * number("net-held k=500 plane=random"));
    }

    #[test]
    fn missing_or_wrong_parts_are_reported() {
        let fault = |text: &str| value(text).unwrap_err();
        assert_eq!(fault("net-loss"), "`net-loss` needs `k=…`");
        assert!(fault("net-loss k=1 layers=99").contains("layers=99"));
        assert!(fault("net-loss k=1 alpha=x").contains('x'));
        assert!(fault("net-held k=1 plane=flat").contains("flat"));
        assert!(fault("net-loss k=3000 alpha=0.3,2000:3").contains("ends before"));
    }
}
