//! Data sets: the points (x, y) that a model is fitted to.

use core::fmt;

use crate::random::{Random, RandomUse};

/// The largest number of points in a data set.
pub const MAX_POINTS: usize = 10_000;

/// Points (x, y): between one and [`MAX_POINTS`], all finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    points: Vec<[f64; 2]>,
}

impl Dataset {
    /// Creates a data set from these points.
    ///
    /// # Errors
    /// If there are no points or too many, or a coordinate is not finite.
    ///
    /// ```
    /// use downhill::Dataset;
    ///
    /// assert!(Dataset::new(vec![[1.0, 2.0]]).is_ok());
    /// let error = Dataset::new(vec![[1.0, f64::NAN]]).unwrap_err();
    /// assert_eq!(error.to_string(), "point 1 is not finite; expected finite x and y");
    /// ```
    pub fn new(points: Vec<[f64; 2]>) -> Result<Self, DatasetError> {
        if points.is_empty() {
            return Err(DatasetError::Empty);
        }
        if points.len() > MAX_POINTS {
            return Err(DatasetError::TooMany);
        }
        match points.iter().position(|point| !point.iter().all(|c| c.is_finite())) {
            Some(index) => Err(DatasetError::NotFinite { index }),
            None => Ok(Self { points }),
        }
    }

    /// The five points of y = 2x at x = 1, 2, 3, 4, 5.
    #[must_use]
    pub fn five() -> Self {
        Self { points: [1.0, 2.0, 3.0, 4.0, 5.0].map(|x| [x, 2.0 * x]).to_vec() }
    }

    /// A hundred points of y = 2x + noise·z, with x and z standard normal.
    ///
    /// A different `noise` with the same seed moves the points only vertically. A noise that is not
    /// finite counts as 0.
    #[must_use]
    pub fn noisy(seed: u32, noise: f64) -> Self {
        let noise = if noise.is_finite() { noise } else { 0.0 };
        let mut random = Random::new(seed, RandomUse::Data);
        let mut point = || {
            let x = random.normal();
            // Clamped, so that it is finite even for the largest noise.
            let y = (2.0 * x + noise * random.normal()).clamp(f64::MIN, f64::MAX);
            [x, y]
        };
        Self { points: (0..100).map(|_| point()).collect() }
    }

    /// The points, in order.
    #[must_use]
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// The same data with one point moved, as by dragging.
    ///
    /// # Errors
    /// If there is no point with this index, or the new position is not finite.
    pub fn with_point(mut self, index: usize, to: [f64; 2]) -> Result<Self, DatasetError> {
        match self.points.get_mut(index) {
            Some(point) if to.iter().all(|c| c.is_finite()) => *point = to,
            _ => return Err(DatasetError::NotFinite { index }),
        }
        Ok(self)
    }
}

impl AsRef<[[f64; 2]]> for Dataset {
    fn as_ref(&self) -> &[[f64; 2]] {
        &self.points
    }
}

/// The error for points that are not a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatasetError {
    /// There are no points.
    Empty,
    /// There are more than [`MAX_POINTS`].
    TooMany,
    /// A coordinate is infinite or NaN, or there is no such point.
    NotFinite {
        /// The point's index from 0.
        index: usize,
    },
}

impl fmt::Display for DatasetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there are no points; expected at least one"),
            Self::TooMany => write!(f, "there are too many points; expected at most {MAX_POINTS}"),
            Self::NotFinite { index } => {
                write!(f, "point {index} is not finite; expected finite x and y", index = index + 1)
            }
        }
    }
}

impl core::error::Error for DatasetError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_validated() {
        assert_eq!(Dataset::new(vec![]), Err(DatasetError::Empty));
        assert!(Dataset::new(vec![[0.0, 0.0]; MAX_POINTS]).is_ok());
        assert_eq!(Dataset::new(vec![[0.0, 0.0]; MAX_POINTS + 1]), Err(DatasetError::TooMany));
        let error = Dataset::new(vec![[0.0, 0.0], [f64::INFINITY, 0.0]]);
        assert_eq!(error, Err(DatasetError::NotFinite { index: 1 }));
    }

    #[test]
    fn a_point_can_be_moved() {
        let moved = Dataset::five().with_point(2, [3.0, 9.0]).unwrap();
        assert_eq!(moved.points()[1..4], [[2.0, 4.0], [3.0, 9.0], [4.0, 8.0]]);
        assert!(Dataset::five().with_point(5, [0.0, 0.0]).is_err());
        assert!(Dataset::five().with_point(0, [f64::NAN, 0.0]).is_err());
    }

    #[test]
    fn noise_moves_points_up_and_down_only() {
        let (quiet, loud) = (Dataset::noisy(1, 0.0), Dataset::noisy(1, 0.5));
        assert_eq!(quiet.points().len(), 100);
        for ([x, y], [same_x, other_y]) in quiet.points().iter().zip(loud.points()) {
            assert_eq!((x, *y), (same_x, 2.0 * x));
            assert_ne!(y, other_y);
        }
        assert_ne!(quiet, Dataset::noisy(2, 0.0));
        assert_eq!(Dataset::noisy(1, f64::NAN), quiet);
        assert!(Dataset::new(Dataset::noisy(1, f64::MAX).points).is_ok());
    }
}
