//! Template quantities about a deep chain of layers.

use downhill::{Activation, BackwardPass, DeepNetwork};

use super::call::Call;

/// The backward pass of a chain with the figure's fields.
///
/// # Errors
/// If a field is not allowed.
pub(crate) fn backward_pass(call: &Call) -> Result<BackwardPass, String> {
    let usual = DeepNetwork::default();
    let on = |key| match call.text(key) {
        None | Some("off") => Ok(false),
        Some("on") => Ok(true),
        Some(other) => Err(format!("`{key}={other}` is neither on nor off")),
    };
    let activation = call.text("activation").unwrap_or(usual.activation.name());
    let chain = DeepNetwork {
        depth: call.optional("depth")?.unwrap_or(usual.depth),
        activation: activation
            .parse::<Activation>()
            .map_err(|_| format!("there is no activation `{activation}`"))?,
        weight_scale: call.optional("weight-scale")?.unwrap_or(usual.weight_scale),
        skip: on("skip")?,
        norm: on("norm")?,
        seed: call.optional("seed")?.unwrap_or(usual.seed),
    };
    Ok(chain.run())
}

/// The size of the gradient at the layer that the placeholder names.
///
/// # Errors
/// If a field is not allowed, or there is no such layer.
pub(crate) fn gradient(call: &Call) -> Result<f64, String> {
    let layer: usize = call.required("layer")?;
    let gradients = backward_pass(call)?.gradients;
    let size = layer.checked_sub(1).and_then(|index| gradients.get(index));
    size.copied().ok_or_else(|| format!("the chain has no layer {layer}"))
}

#[cfg(test)]
mod tests {
    use super::super::quantity::{Value, evaluate};
    use super::*;

    /// The values are PyTorch's, as in tests/oracle/chain.json.
    #[test]
    fn sizes_factors_and_verdicts() {
        let value = |text: &str| evaluate(&Call::parse(text).unwrap());
        let Ok(Value::Number(first)) = value("chain-gradient layer=1") else { panic!() };
        assert!((first / 1.159_943_669_395_497_4e-12 - 1.0).abs() < 1e-9, "{first}");
        let healthy = Ok(Value::Text("healthy".to_owned()));
        assert_eq!(value("chain-verdict skip=on"), healthy);
        assert_eq!(value("chain-verdict norm=on depth=64"), healthy);
        let Ok(Value::Number(factor)) = value("chain-factor") else { panic!() };
        assert!((libm::pow(factor, 19.0) / first - 1.0).abs() < 1e-9);
        for wrong in ["chain-gradient layer=0", "chain-gradient layer=21", "chain-factor skip=yes"]
        {
            assert!(value(wrong).is_err(), "{wrong}");
        }
    }
}
