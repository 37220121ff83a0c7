//! The mathematics of gradient descent: losses, update rules, trajectories and their analysis.
//!
//! A blindfolded walker on a hillside feels the slope under one foot and steps the other way. The
//! hill is a [`Loss`]; the slope is its gradient, found by automatic differentiation ([`Dual`]); how
//! a slope becomes a step is a [`Rule`]; the walk is a [`Trajectory`] and ends with an [`Outcome`].
//!
//! ```
//! use downhill::{AnyLoss, Limit, Rule, descend};
//!
//! let AnyLoss::One(square) = AnyLoss::parse("x^2")? else { panic!("one variable") };
//! let limit = Limit { steps: 5, tol: 0.0 };
//! let run = descend(square.loss(), &Rule::GradientDescent, 0.1, [10.0], limit);
//! let places: Vec<String> = run.iterates.iter().map(|i| format!("{:.4}", i.at[0])).collect();
//! assert_eq!(places, ["10.0000", "8.0000", "6.4000", "5.1200", "4.0960", "3.2768"]);
//! # Ok::<(), downhill::LossError>(())
//! ```
//!
//! The crate knows no pixels, no browser and no clock. It is total: whatever the numbers are, a
//! descent ends with an outcome. And it is reproducible bit for bit on every platform, because every
//! transcendental function comes from the `libm` crate.

mod any_loss;
mod basins;
mod chain;
pub mod csv;
mod data;
mod descent;
mod dual;
mod eigen;
mod formula;
mod grid;
mod landscape;
pub mod landscapes;
mod lanes;
mod loss;
pub mod number;
mod quadratic;
mod random;
mod regime;
mod rules;
mod scalar;
mod schedule;
mod stationary;
mod trajectory;
mod vector;
mod walkers;

pub use any_loss::{AnyLoss, LossError, Surface};
pub use basins::{Basins, Cell};
pub use chain::{Activation, Chain, ChainRun, Verdict};
pub use data::{
    CsvError, Dataset, DatasetError, Fit, FitPlan, FitRun, MAX_POINTS, MeanSquaredError, Model,
    Update, fit,
};
pub use descent::{Descent, Limit, descend};
pub use dual::Dual;
pub use formula::{
    Expression, FormulaError, MAX_CHARACTERS as MAX_FORMULA_CHARACTERS, Problem as FormulaProblem,
};
pub use grid::Grid;
pub use landscape::Landscape;
pub use landscapes::{Parabola, Ravine, landscapes_1d, landscapes_2d};
pub use lanes::{Lanes, WIDTH};
pub use loss::{Formula, Loss};
pub use quadratic::Quadratic;
pub use random::{Random, RandomUse};
pub use regime::{Band, Regime};
pub use rules::{Rule, RuleError, Setting, State, Step};
pub use scalar::Scalar;
pub use schedule::{Schedule, ScheduleError};
pub use stationary::{Stationary, classify};
pub use trajectory::{Iterate, Outcome, Trajectory};
pub use walkers::{Alarm, Walkers};
