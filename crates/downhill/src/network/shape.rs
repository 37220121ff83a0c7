//! The shape of a network, and where each weight stands in the list of its parameters.

use core::fmt;
use core::ops::Range;
use std::str::FromStr;

use super::activation::HiddenActivation;
use crate::numbers::whole;

/// The sizes of the hidden layers: up to [`Hidden::MOST`] of them, each of up to [`Hidden::WIDEST`] units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    sizes: [u8; Self::MOST],
    count: u8,
}

impl Hidden {
    /// The most hidden layers.
    pub const MOST: usize = 4;

    /// The most units of a hidden layer.
    pub const WIDEST: usize = 32;

    /// Layers of these sizes; without any, the network is a linear function.
    ///
    /// # Errors
    /// If there are too many, or one has no units or too many.
    pub fn new(sizes: &[usize]) -> Result<Self, ShapeError> {
        let mut hidden = Self { sizes: [0; Self::MOST], count: 0 };
        for &size in sizes {
            if size == 0 || size > Self::WIDEST {
                return Err(ShapeError);
            }
            *hidden.sizes.get_mut(usize::from(hidden.count)).ok_or(ShapeError)? = size as u8;
            hidden.count += 1;
        }
        Ok(hidden)
    }

    /// The sizes in order, from the inputs on.
    pub fn sizes(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.sizes[..usize::from(self.count)].iter().map(|size| usize::from(*size))
    }
}

impl Default for Hidden {
    /// Two layers of 16 units.
    fn default() -> Self {
        Self { sizes: [16, 16, 0, 0], count: 2 }
    }
}

impl FromStr for Hidden {
    type Err = ShapeError;

    /// Sizes with commas between them, as in `16,16`; 0 for no hidden layer.
    fn from_str(text: &str) -> Result<Self, ShapeError> {
        if text.trim() == "0" {
            return Self::new(&[]);
        }
        let mut sizes = Vec::new();
        for part in text.split(',') {
            let size = whole(part).filter(|size| *size <= 1e3).ok_or(ShapeError)?;
            sizes.push(size as usize);
        }
        Self::new(&sizes)
    }
}

impl fmt::Display for Hidden {
    /// As in `16,16`; it reads back as the same sizes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count == 0 {
            return f.write_str("0");
        }
        for (index, size) in self.sizes().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            fmt::Display::fmt(&size, f)?;
        }
        Ok(())
    }
}

/// The error for sizes of hidden layers that are not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShapeError;

impl ShapeError {
    /// What is allowed instead, to be read after a parameter's name and the text given.
    #[must_use]
    pub const fn allowed(self) -> &'static str {
        "up to 4 hidden layers of 1 to 32 units, as in 16,16, or 0 for none"
    }
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected ")?;
        f.write_str(self.allowed())
    }
}

impl core::error::Error for ShapeError {}

/// A layer: a = φ(Wx + b), or Wx + b itself for the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The number of its inputs, the columns of W.
    pub inputs: usize,
    /// The number of its units, the rows of W.
    pub units: usize,
    /// Where its parameters begin.
    from: usize,
}

impl Layer {
    /// The places of W in the parameters, row by row.
    #[must_use]
    pub fn weights(&self) -> Range<usize> {
        self.from..self.from + self.inputs * self.units
    }

    /// The places of b.
    #[must_use]
    pub fn biases(&self) -> Range<usize> {
        let from = self.weights().end;
        from..from + self.units
    }

    /// The places of both.
    #[must_use]
    pub fn parameters(&self) -> Range<usize> {
        self.from..self.biases().end
    }
}

/// A dense network with one or two inputs, hidden layers, and one output.
///
/// Its parameters are one list: layer by layer W row by row, then b, as in `parameters()` of a
/// `torch.nn.Sequential` of `Linear` layers.
///
/// ```
/// use downhill::{Hidden, HiddenActivation, Network};
///
/// let network = Network::new(2, "16,16".parse::<Hidden>()?, HiddenActivation::Tanh);
/// assert_eq!(network.parameters(), 337);
/// # Ok::<(), downhill::ShapeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    activation: HiddenActivation,
    layers: Vec<Layer>,
}

impl Network {
    /// A network of this shape. `inputs` is clamped to 1 … 2.
    #[must_use]
    pub fn new(inputs: usize, hidden: Hidden, activation: HiddenActivation) -> Self {
        let (mut layers, mut inputs, mut from) = (Vec::new(), inputs.clamp(1, 2), 0);
        for units in hidden.sizes().chain([1]) {
            let layer = Layer { inputs, units, from };
            from = layer.parameters().end;
            inputs = units;
            layers.push(layer);
        }
        Self { activation, layers }
    }

    /// The activation of its hidden units.
    #[must_use]
    pub fn activation(&self) -> HiddenActivation {
        self.activation
    }

    /// The number of inputs: 1 or 2.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.layers[0].inputs
    }

    /// Its layers, the last of which is the output.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The number of parameters.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.parameters().end)
    }

    /// The norm of each layer's part of a vector of parameters, such as the gradient.
    #[must_use]
    pub fn by_layer(&self, vector: &[f64]) -> Vec<f64> {
        let norm = |layer: &Layer| crate::vector::norm_of(&vector[layer.parameters()]);
        self.layers.iter().map(norm).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_written() {
        for text in ["0", "1", "16,16", "32,32,32,32"] {
            assert_eq!(
                text.parse::<Hidden>().map(|hidden| hidden.to_string()),
                Ok(text.to_owned())
            );
        }
        assert_eq!(" 8 , 4".parse::<Hidden>(), Hidden::new(&[8, 4]));
        for text in ["", "33", "0,4", "4,0", "1,2,3,4,5", "-1", "1.5", "x", "4,", "1e9"] {
            assert_eq!(text.parse::<Hidden>(), Err(ShapeError), "{text}");
        }
    }

    #[test]
    fn parameters_stand_one_after_the_other() {
        let network = Network::new(2, Hidden::new(&[5, 4]).unwrap(), HiddenActivation::Relu);
        let places: Vec<_> =
            network.layers().iter().map(|layer| (layer.weights(), layer.biases())).collect();
        assert_eq!(places, [(0..10, 10..15), (15..35, 35..39), (39..43, 43..44)]);
        assert_eq!(network.parameters(), 44);
        let largest = Network::new(7, Hidden::new(&[32; 4]).unwrap(), HiddenActivation::Tanh);
        assert_eq!((largest.inputs(), largest.parameters()), (2, 3297));
        let ones = network.by_layer(&[1.0; 44]);
        assert_eq!(ones[2], f64::sqrt(5.0));
    }
}
