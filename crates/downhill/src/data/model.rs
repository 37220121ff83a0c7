//! The model, a line through the data, and its mean squared error.

use std::str::FromStr;

use crate::loss::Formula;
use crate::names::UnknownName;
use crate::scalar::Scalar;

/// A model of y as a function of x, with one or two parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// ŷ = wx.
    Slope,
    /// ŷ = wx + b.
    Line,
}

impl Model {
    /// Every model.
    pub const ALL: [Self; 2] = [Self::Slope, Self::Line];

    /// `wx` or `wx+b`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Slope => "wx",
            Self::Line => "wx+b",
        }
    }

    /// The number of parameters.
    #[must_use]
    pub fn parameters(self) -> usize {
        match self {
            Self::Slope => 1,
            Self::Line => 2,
        }
    }
}

impl FromStr for Model {
    type Err = UnknownName;

    /// The model with this name; spaces do not matter.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let model = Self::ALL.into_iter().find(|model| model.name() == name);
        model.ok_or(UnknownName { kind: "model", allowed: "wx or wx+b" })
    }
}

/// The mean squared error of a line over points, as a loss over its parameters.
///
/// (1/m)·Σ(wx − y)² over w, or (1/m)·Σ(wx + b − y)² over (w, b). Both are quadratic. The partial
/// derivatives are (2/m)·Σ(ŷ − y)x and (2/m)·Σ(ŷ − y). Without points, or for any other number of
/// parameters, the result is NaN.
///
/// ```
/// use downhill::{Dataset, Loss, MeanSquaredError};
///
/// let loss = MeanSquaredError(Dataset::five());
/// assert_eq!(loss.value_and_gradient([0.0]), (44.0, [-44.0]));
/// assert_eq!(loss.value_and_gradient([2.0]), (0.0, [0.0]));
/// assert_eq!(loss.hessian([0.0]), [[22.0]]);
/// assert_eq!(loss.gradient([0.0, 0.0]), [-44.0, -12.0]);
/// ```
#[derive(Clone, Debug)]
pub struct MeanSquaredError<P>(
    /// The points.
    pub P,
);

impl<P: AsRef<[[f64; 2]]>, const D: usize> Formula<D> for MeanSquaredError<P> {
    fn eval<S: Scalar>(&self, parameters: [S; D]) -> S {
        let points = self.0.as_ref();
        match *parameters.as_slice() {
            [w] => mean_square(points, |x, y| w * x - y),
            [w, b] => mean_square(points, |x, y| w * x + b - y),
            // A line has no other number of parameters.
            _ => S::from(f64::NAN),
        }
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}

fn mean_square<S: Scalar>(points: &[[f64; 2]], error: impl Fn(S, S) -> S) -> S {
    let mut sum = S::from(0.0);
    for &[x, y] in points {
        let error = error(S::from(x), S::from(y));
        sum = sum + error * error;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    let count = points.len() as f64;
    sum / S::from(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Dataset;
    use crate::loss::Loss;

    #[test]
    fn models_are_found_by_name() {
        for model in Model::ALL {
            assert_eq!(model.name().parse::<Model>(), Ok(model));
        }
        assert_eq!(" wx + b ".parse::<Model>(), Ok(Model::Line));
        assert!("w".parse::<Model>().is_err());
        assert_eq!(Model::Line.parameters(), 2);
    }

    #[test]
    fn derivatives_are_those_of_the_lesson() {
        let data = Dataset::noisy(4, 0.3);
        let m = 100.0;
        let (w, b) = (1.25, -0.5);
        let loss = MeanSquaredError(&data);
        let sum = |term: &dyn Fn(f64, f64) -> f64| -> f64 {
            data.points().iter().map(|&[x, y]| term(x, w * x + b - y)).sum()
        };
        let (value, gradient) = loss.value_and_gradient([w, b]);
        let expected = [2.0 / m * sum(&|x, e| e * x), 2.0 / m * sum(&|_, e| e)];
        assert!((value - sum(&|_, e| e * e) / m).abs() < 1e-13);
        for (found, expected) in gradient.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-13);
        }
        let curvature = 2.0 / m * sum(&|x, _| x * x);
        assert!((loss.hessian([w, b])[0][0] - curvature).abs() < 1e-13);
        assert!((loss.hessian([w, b])[1][1] - 2.0).abs() < 1e-13);
    }

    #[test]
    fn without_points_there_is_no_loss() {
        assert!(MeanSquaredError([[0.0; 2]; 0]).value([1.0]).is_nan());
    }
}
