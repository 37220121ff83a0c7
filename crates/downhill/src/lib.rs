//! The mathematics of gradient descent: losses, update rules, trajectories and their analysis.

mod dual;
mod lanes;
mod loss;
mod scalar;

pub use dual::Dual;
pub use lanes::{Lanes, WIDTH};
pub use loss::{Formula, Loss};
pub use scalar::Scalar;
