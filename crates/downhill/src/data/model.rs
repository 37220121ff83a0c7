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

impl<P: AsRef<[[f64; 2]]>> MeanSquaredError<P> {
    /// The loss and its gradient, with the bits that dual numbers give, in a fraction of the time
    /// where code is optimized for its size.
    pub(crate) fn at<const D: usize>(&self, parameters: [f64; D]) -> (f64, [f64; D]) {
        let points = self.0.as_ref();
        // Adding −0 changes no number, not even one that is 0.
        let (w, b) = match *parameters.as_slice() {
            [w] => (w, -0.0),
            [w, b] => (w, b),
            _ => return (f64::NAN, [0.0; D]),
        };
        let (mut sum, mut by_w, mut by_b) = (0.0, -0.0, -0.0);
        for &[x, y] in points {
            let error = w * x + b - y;
            sum += error * error;
            by_w += error * x + x * error;
            by_b += error + error;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
        let count = points.len() as f64;
        let mut gradient = [0.0; D];
        if !points.is_empty() {
            for (axis, partial) in gradient.iter_mut().enumerate() {
                *partial = if axis == 0 { by_w / count } else { by_b / count };
            }
        }
        (sum / count, gradient)
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
    fn the_short_way_has_the_bits_of_dual_numbers() {
        let sets = [Dataset::noisy(4, 0.3).points().to_vec(), Dataset::five().points().to_vec()];
        let corners = [0.0, -0.0, 1.5, -2.25, 1e300, f64::INFINITY, f64::NAN];
        for points in sets.iter().flat_map(|all| [&all[..], &all[..3], &all[1..2], &[]]) {
            for points in [points, &[[-0.0, 0.0]], &[[0.0, -0.0], [-1.0, 0.0]]] {
                let loss = MeanSquaredError(points);
                for w in corners {
                    let slope = (loss.at([w]), loss.value_and_gradient([w]));
                    assert_eq!(format!("{:?}", slope.0), format!("{:?}", slope.1), "{w}");
                    for b in corners {
                        let line = (loss.at([w, b]), loss.value_and_gradient([w, b]));
                        assert_eq!(format!("{:?}", line.0), format!("{:?}", line.1), "{w} {b}");
                    }
                }
                let three = (loss.at([1.0; 3]), loss.value_and_gradient([1.0; 3]));
                assert_eq!(format!("{:?}", three.0), format!("{:?}", three.1));
            }
        }
    }

    #[test]
    fn without_points_there_is_no_loss() {
        assert!(MeanSquaredError([[0.0; 2]; 0]).value([1.0]).is_nan());
    }
}
