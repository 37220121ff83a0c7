//! Dense networks: small ones, trained where they can be watched.
//!
//! A [`Network`] is the shape, its weights are a slice. [`NetworkLoss`] is the loss over points as a
//! function of the weights, with its gradient and exact Hessian-vector products. [`Training`] descends
//! on it, and [`LossPlane`] is a plane through the weights on which to look at the hill.

mod activation;
mod criterion;
mod eight;
mod elementary;
mod hessian;
mod lanczos;
mod loss;
mod passes;
mod plane;
mod points;
mod shape;
mod start;
mod symmetric;
mod training;

pub use activation::HiddenActivation;
pub use criterion::Criterion;
pub use hessian::{Curvatures, SharpnessSearch};
pub use lanczos::Sharpness;
pub use loss::NetworkLoss;
pub use plane::{LossPlane, PlaneKind};
pub use points::{NetworkData, Problem as SamplesProblem, Sample, Samples, SamplesError, Split};
pub use shape::{Hidden, Layer, Network, ShapeError};
pub use start::{Init, InitError};
pub use training::{Checkpoint, Measure, Training, TrainingConfig, TrainingError};
