//! The mathematics of gradient descent: losses, update rules, trajectories and their analysis.

mod dual;
mod formula;
mod lanes;
mod loss;
mod scalar;

pub use dual::Dual;
pub use formula::{
    Expression, FormulaError, MAX_CHARACTERS as MAX_FORMULA_CHARACTERS, Problem as FormulaProblem,
};
pub use lanes::{Lanes, WIDTH};
pub use loss::{Formula, Loss};
pub use scalar::Scalar;
