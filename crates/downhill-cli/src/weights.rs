//! The weights of a network as a JSON file, for readers who go on in PyTorch.
//!
//! `{"activation": "tanh", "layers": [{"weights": [[…], …], "biases": […]}, …]}`: `weights` has a row for
//! each unit, as `torch.nn.Linear` has. `activation` may be left out.

use std::fs;

use downhill::{Layer, Network};
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

#[derive(Serialize, Deserialize)]
struct File {
    activation: Option<String>,
    layers: Vec<Matrix>,
}

#[derive(Serialize, Deserialize)]
struct Matrix {
    weights: Vec<Vec<f64>>,
    biases: Vec<f64>,
}

impl Matrix {
    /// Says what is wrong with it for a layer.
    fn fault(&self, layer: &Layer) -> Option<String> {
        let Layer { units, inputs, .. } = *layer;
        let columns = self.weights.iter().find(|row| row.len() != inputs);
        if self.weights.len() != units {
            Some(format!("found {} rows of weights, expected {units}", self.weights.len()))
        } else if let Some(row) = columns {
            Some(format!("found a row of {} weights, expected {inputs}", row.len()))
        } else if self.biases.len() != units {
            Some(format!("found {} biases, expected {units}", self.biases.len()))
        } else {
            None
        }
    }
}

/// Reads the weights of a network of this shape.
pub(crate) fn read(file: &str, network: &Network) -> Result<Vec<f64>, Refusal> {
    let refusal = |why: String| Refusal::line(format!("--weights: '{file}': {why}"));
    let text = fs::read_to_string(file).map_err(|error| refusal(error.to_string()))?;
    let found: File = serde_json::from_str(&text).map_err(|error| {
        refusal(format!(
            "{error}; expected {{\"layers\": [{{\"weights\": [[…]], \"biases\": […]}}]}}"
        ))
    })?;
    let activation = network.activation().name();
    if let Some(other) = found.activation.filter(|other| other != activation) {
        return Err(refusal(format!("its activation is {other}, expected {activation}")));
    }
    let layers = network.layers();
    if found.layers.len() != layers.len() {
        let (found, expected) = (found.layers.len(), layers.len());
        return Err(refusal(format!(
            "found {found} layers, expected {expected} with the output's"
        )));
    }
    let mut weights = Vec::with_capacity(network.parameters());
    for (index, (matrix, layer)) in found.layers.into_iter().zip(layers).enumerate() {
        if let Some(fault) = matrix.fault(layer) {
            return Err(refusal(format!("layer {}: {fault}", index + 1)));
        }
        weights.extend(matrix.weights.into_iter().flatten());
        weights.extend(matrix.biases);
    }
    Ok(weights)
}

/// Writes weights.
pub(crate) fn write(file: &str, network: &Network, weights: &[f64]) -> Result<(), Refusal> {
    let matrix = |layer: &Layer| Matrix {
        weights: weights[layer.weights()].chunks(layer.inputs).map(<[f64]>::to_vec).collect(),
        biases: weights[layer.biases()].to_vec(),
    };
    let layers = network.layers().iter().map(matrix).collect();
    let activation = Some(network.activation().name().to_owned());
    // Serializing numbers, strings and lists cannot fail.
    let text = serde_json::to_string(&File { activation, layers }).unwrap_or_default() + "\n";
    fs::write(file, text)
        .map_err(|error| Refusal::line(format!("--weights: '{file}' cannot be written: {error}")))
}
