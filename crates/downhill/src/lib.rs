//! The mathematics of gradient descent: losses, update rules, trajectories and their analysis.
//!
//! Blindfolded on a hillside, a walker feels the slope underfoot and steps downhill until the
//! ground is flat. The hill is a [`Loss`]: a point on it is one choice of a model's parameters, and
//! its height is the model's error. An update [`Rule`] turns a slope into a step. The points
//! visited are the iterates of a [`Trajectory`], which ends with an [`Outcome`].
//!
//! What follows is the lesson in code. The doctests check every number.
//!
//! # A slope
//!
//! Losses are given by name or by formula, and have exact derivatives: a formula is written once
//! over any [`Scalar`] and evaluated on [`Dual`] numbers, which carry derivatives.
//!
//! ```
//! use downhill::{AnyLoss, Loss};
//!
//! let AnyLoss::Loss1d(square) = "x^2".parse::<AnyLoss>()? else { panic!("x alone") };
//! assert_eq!(square.gradient([5.0]), [10.0]); // go left
//! assert_eq!(square.gradient([-3.0]), [-6.0]); // go right
//! assert_eq!(square.gradient([0.0]), [0.0]); // stay
//!
//! let AnyLoss::Loss2d(bowl) = "bowl".parse::<AnyLoss>()? else { panic!("x and y") };
//! assert_eq!(bowl.gradient([3.0, 4.0]), [6.0, 8.0]); // uphill, at right angles to the contour
//! # Ok::<(), downhill::LossError>(())
//! ```
//!
//! # A step
//!
//! The new point is x − α·f′(x). On x² that is x·(1 − 2α), so the whole run can be predicted:
//! [`Quadratic`] has the k-th iterate in closed form, the [`Regime`] of every learning rate α, the
//! stability bound and the best rate.
//!
//! ```
//! use downhill::{StopCriteria, Parabola, Quadratic, Rule, descend};
//!
//! let all = StopCriteria { max_iterations: 25, gradient_tol: 0.0 };
//! let run = descend(&Parabola, Rule::GradientDescent, 0.1, [5.0], all);
//! let last = run.iterates[25];
//! assert_eq!(format!("{:.4} {:.4}", last.x[0], last.loss), "0.0189 0.0004");
//!
//! // 5·0.8²⁵ agrees except for rounding in the last two digits.
//! let parabola = Quadratic::of(&Parabola).expect("x² is quadratic");
//! let [closed] = parabola.closed_form([5.0], 0.1, 25);
//! assert!((closed - last.x[0]).abs() < 1e-14 * closed);
//!
//! let names = [0.3, 0.5, 0.7, 1.0, 1.1].map(|alpha| parabola.regime(alpha).name());
//! assert_eq!(names, ["monotone", "one step", "zigzag", "bounce", "diverge"]);
//! assert_eq!((parabola.best_alpha(), parabola.largest_stable_alpha()), (0.5, 1.0));
//! ```
//!
//! # When to stop
//!
//! A descent stops where the gradient is shorter than a tolerance. Such a point may also be a
//! saddle or on a plateau; [`CriticalPoint`] distinguishes them. A run that goes to infinity ends
//! too, with an outcome and never with a panic.
//!
//! ```
//! use downhill::{StopCriteria, Outcome, Parabola, Rule, descend, landscapes::Saddle};
//!
//! let limit = StopCriteria { max_iterations: 100, gradient_tol: 1e-6 };
//! let gd = Rule::GradientDescent;
//! assert_eq!(descend(&Parabola, gd, 0.1, [10.0], limit).outcome, Outcome::Converged { k: 76 });
//! assert_eq!(descend(&Parabola, gd, 1.1, [10.0], limit).outcome.name(), "diverged");
//! assert_eq!(descend(&Saddle, gd, 0.1, [1.0, 0.0], limit).outcome.name(), "stalled");
//! ```
//!
//! # Learning from data
//!
//! The mean squared error of a line over points is a loss in the line's parameters. On the five
//! points of y = 2x its curvature is 22, so α must stay below 2/22.
//!
//! ```
//! use downhill::{Curvature, Dataset, StopCriteria, MeanSquaredError, Rule, descend};
//!
//! let error = MeanSquaredError(Dataset::five());
//! assert_eq!(Curvature::<1>::at(&error, [0.0]).largest_stable_alpha(), 2.0 / 22.0);
//! let all = StopCriteria { max_iterations: 50, gradient_tol: 0.0 };
//! let run = descend(&error, Rule::GradientDescent, 0.01, [0.0], all);
//! let w = |k: usize| format!("{:.4}", run.iterates[k].x[0]);
//! assert_eq!([w(0), w(1), w(11), w(50)], ["0.0000", "0.4400", "1.8700", "2.0000"]);
//! ```
//!
//! [`Sgd`] does the same in batches, down to a single point per update.
//!
//! # The ravine
//!
//! Where a valley is steep across and nearly flat along, plain descent zigzags and
//! [`Rule::Momentum`] does not: from the same start with the same α its loss is four orders of
//! magnitude lower after a hundred steps.
//!
//! ```
//! use downhill::{StopCriteria, Quadratic, Ravine, Rule, descend};
//!
//! let ravine = Ravine { kappa: 200.0, angle: 0.0 };
//! let all = StopCriteria { max_iterations: 100, gradient_tol: 0.0 };
//! let loss = |rule| descend(&ravine, rule, 0.009, [-4.0, 1.0], all).iterates[100].loss;
//! assert_eq!(format!("{:.2}", loss(Rule::GradientDescent)), "1.31");
//! assert_eq!(format!("{:.6}", loss(Rule::Momentum { beta: 0.9 })), "0.000149");
//!
//! // At their best they contract by (κ−1)/(κ+1) and (√κ−1)/(√κ+1) per step.
//! let quadratic = Quadratic::of(&ravine).expect("a quadratic");
//! let (alpha, beta) = quadratic.best_momentum();
//! assert_eq!(format!("{:.4}", quadratic.rate(quadratic.best_alpha(), 0.0)), "0.9900");
//! assert_eq!(format!("{:.4}", quadratic.rate(alpha, beta)), "0.8679");
//! ```
//!
//! # More update rules
//!
//! [`Rule::ALL`] lists the rules, each of which reports its working: a [`Step`] has the gradient, the
//! state before and after, the effective learning rate of each coordinate, and the displacement.
//!
//! ```
//! use downhill::{Descent, StopCriteria, Rule, landscapes::Rosenbrock};
//!
//! let adam = "adam".parse::<Rule>()?;
//! let mut descent = Descent::new(&Rosenbrock, adam, 0.001, [-1.2, 1.0], StopCriteria::default());
//! let step = descent.step().expect("the first");
//! // Bias correction makes Adam's first step ±α whatever the gradient is.
//! assert!(step.gradient[0] < -215.0 && step.gradient[1] < -87.0);
//! assert!(step.displacement.iter().all(|d| (d - 0.001).abs() < 1e-12));
//! # Ok::<(), downhill::RuleError>(())
//! ```
//!
//! # Deep networks
//!
//! [`DeepNetwork`] multiplies one factor per layer, which is why gradients vanish or explode.
//!
//! # Training
//!
//! A [`Network`] is small enough to be watched. Its loss bends most by λ, the largest eigenvalue of
//! the Hessian; trained with full batches, λ climbs until it meets 2/α, and stays there.
//!
//! ```
//! use downhill::{
//!     Criterion, Hidden, HiddenActivation, Init, Network, NetworkData, NetworkLoss, Training,
//!     TrainingConfig,
//! };
//!
//! let points = NetworkData::Moons.draw(100, 0.1, 1);
//! let network = Network::new(2, Hidden::default(), HiddenActivation::Tanh);
//! let start = network.start(Init::LeCun, 1);
//! let loss = NetworkLoss::new(network, Criterion::MeanSquares, points.train);
//! let config = TrainingConfig { alpha: 0.2, steps: 2000, ..TrainingConfig::default() };
//! let mut training = Training::new(loss, None, start, config).expect("a start of its size");
//! training.advance(2000);
//! let now = training.measure(Some(1e-6));
//! assert!(now.loss < 0.02 && now.accuracy == Some(1.0));
//! let (lambda, bound) = (now.lambda.expect("asked for"), now.bound.expect("2/α"));
//! assert!((lambda / bound - 1.0).abs() < 0.1);
//! ```
//!
//! # Guarantees
//!
//! The crate knows no pixels, no browser and no clock. It is total: a descent ends with an outcome
//! for any numbers. And it is reproducible bit for bit on every platform, because all
//! transcendental functions come from the `libm` crate.

mod alpha_changes;
mod any_loss;
mod basins;
#[cfg(not(target_arch = "wasm32"))]
mod batch;
mod compiled;
mod critical_point;
#[doc(hidden)]
pub mod csv;
mod curvature;
mod data;
mod deep_network;
mod descent;
mod dual;
mod eigen;
#[cfg(not(target_arch = "wasm32"))]
mod f64x2;
mod formula;
mod grid;
mod landscape;
pub mod landscapes;
#[cfg(not(target_arch = "wasm32"))]
mod lanes;
mod learning_rate;
mod loss;
mod names;
mod network;
mod noise;
#[doc(hidden)]
pub mod numbers;
mod progress;
mod quadratic;
mod random;
mod rate_map;
mod regime;
mod rules;
mod scalar;
mod schedule;
#[doc(hidden)]
pub mod sorting;
mod stopping;
mod sweep;
mod trajectory;
mod vector;

pub use alpha_changes::{AlphaChanges, AlphaChangesError};
pub use any_loss::{AnyLoss, LossError, NamedLoss};
pub use basins::{BasinPart, Basins, Cell, PartEnds};
#[doc(hidden)]
pub use compiled::kernel;
pub use compiled::{CompiledFormula, RecordingError};
pub use critical_point::{CriticalPoint, classify};
pub use curvature::Curvature;
pub use data::{
    BriefUpdate, CsvError, CsvReading, Dataset, DatasetError, MAX_POINTS, MeanSquaredError, Model,
    Sgd, SgdConfig, SgdRun, Update, fit,
};
pub use deep_network::{Activation, BackwardPass, DeepNetwork, GradientFlow};
pub use descent::{Descent, descend};
pub use dual::Dual;
pub use eigen::ROUNDING;
// For the lesson's page, whose modules hand formulas to each other.
#[cfg(feature = "parser")]
#[doc(hidden)]
pub use formula::read_formula;
pub use formula::{Expression, FormulaError, MAX_CHARACTERS as MAX_FORMULA_CHARACTERS};
#[cfg(feature = "parser")]
pub use formula::{Problem as FormulaProblem, columns};
#[doc(hidden)]
pub use formula::{knows_formula, supply_formula};
pub use grid::Grid;
pub use landscape::Landscape;
pub use landscapes::{
    FIRST_LANDSCAPES, Parabola, Ravine, is_landscape, landscape_1d, landscape_2d, landscapes_1d,
    landscapes_2d, titles_1d, titles_2d,
};
pub use loss::{Formula, Loss};
pub use names::UnknownName;
pub use network::{
    Checkpoint, Criterion, Curvatures, Hidden, HiddenActivation, Init, InitError, Layer, LossPlane,
    Measure, Network, NetworkData, NetworkLoss, PlaneKind, Sample, Samples, SamplesError,
    SamplesProblem, ShapeError, Sharpness, SharpnessSearch, Split, Training, TrainingConfig,
    TrainingError,
};
pub use noise::Noisy;
pub use quadratic::Quadratic;
pub use random::{Random, RandomUse};
pub use rate_map::RateMap;
pub use regime::{Band, EQUAL, Regime};
pub use rules::{
    Hyperparameter, NewtonStep, Rule, RuleError, State, Step, StepContext, UpdateRule,
};
pub use scalar::Scalar;
pub use schedule::{Schedule, ScheduleError};
pub use stopping::StopCriteria;
pub use sweep::{Spacing, Sweep, SweepPoint, fastest};
pub use trajectory::{Iterate, Outcome, Trajectory};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
