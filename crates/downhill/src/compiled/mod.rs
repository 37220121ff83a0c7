//! Formulas compiled to a list of instructions for one interpreter, instead of to machine code for
//! every scalar.

mod bytes;
pub mod kernel;
mod program;
mod traced;

use core::{array, fmt};

#[cfg(not(target_arch = "wasm32"))]
use crate::batch::{Batch, BatchPlan};
use crate::dual::Dual;
use crate::loss::{Formula, Loss};
use crate::scalar::Scalar;
#[cfg(not(feature = "parser"))]
pub(crate) use bytes::Bytes;
use kernel::{LoadedKernel, Task};
pub(crate) use program::Program;
use program::{Interpreter, RESULTS, VARIABLES};
pub(crate) use traced::{Tape, Traced};

/// A formula compiled to the list of its operations, in order.
///
/// A formula as Rust code is compiled for every scalar: for values, for gradients, for Hessians and
/// for eight lanes. As a list of operations it takes a few hundred bytes for all of them, and every
/// result has the same bits. It runs several times slower, which no figure notices.
///
/// ```
/// use downhill::{Formula, Loss, CompiledFormula, landscapes::Himmelblau};
///
/// let recording = CompiledFormula::of(&Himmelblau)?;
/// assert_eq!(recording.value_and_gradient([0.5, 2.0]), Himmelblau.value_and_gradient([0.5, 2.0]));
/// # Ok::<(), downhill::RecordingError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledFormula {
    program: Program,
    is_quadratic: bool,
}

impl CompiledFormula {
    /// Compiles a formula in one or two variables.
    ///
    /// The formula must perform the same operations everywhere, which is what [`Scalar::select`] is
    /// for.
    ///
    /// # Errors
    /// If the formula has more than two variables, or needs more than 30 intermediate results at a
    /// time.
    pub fn of<const D: usize>(formula: &impl Formula<D>) -> Result<Self, RecordingError> {
        if D > VARIABLES {
            return Err(RecordingError::Variables { count: D });
        }
        let tape = Tape::default();
        let result = formula.eval(array::from_fn::<Traced, D, _>(|index| tape.variable(index)));
        let program = tape.program(result).ok_or(RecordingError::Results)?;
        Ok(Self { program, is_quadratic: formula.is_quadratic() })
    }

    #[cfg(feature = "parser")]
    pub(crate) fn new(program: Program, is_quadratic: bool) -> Self {
        Self { program, is_quadratic }
    }

    /// The formula's kernel for a task; `None` without an engine, or if the formula is too long.
    pub(crate) fn kernel(&self, task: Task) -> Option<LoadedKernel> {
        LoadedKernel::of(&self.program, task)
    }

    /// The same, if it is loaded already.
    pub(crate) fn known_kernel(&self, task: Task) -> Option<LoadedKernel> {
        LoadedKernel::known(&self.program, task)
    }

    /// The cost of one evaluation, in additions.
    pub(crate) fn cost(&self) -> f64 {
        self.program.cost()
    }

    fn run<S: Scalar>(&self, at: [S; 2]) -> S {
        Interpreter::new().run(&self.program, at)
    }
}

/// The error for a formula that cannot be compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingError {
    /// It has more than two variables.
    Variables {
        /// The number of variables.
        count: usize,
    },
    /// It needs more intermediate results at a time than there are registers.
    Results,
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variables { count } => {
                write!(
                    f,
                    "a formula in {count} variables cannot be recorded: at most {VARIABLES} are allowed"
                )
            }
            Self::Results => write!(
                f,
                "a formula that needs more than {RESULTS} intermediate results at a time cannot be recorded: \
                 compute sums as they come, instead of all their terms first"
            ),
        }
    }
}

impl std::error::Error for RecordingError {}

/// All dimensions share the interpreters for two, which keeps the page small; in one dimension an
/// unused derivative by y is computed and dropped.
impl<const D: usize> Loss<D> for CompiledFormula {
    fn value(&self, at: [f64; D]) -> f64 {
        self.run(padded(at))
    }

    fn value_and_gradient(&self, at: [f64; D]) -> (f64, [f64; D]) {
        let f = self.run(Dual::variables(padded(at)));
        (f.value, truncated(f.partials))
    }

    fn hessian(&self, at: [f64; D]) -> [[f64; D]; D] {
        let inner = Dual::variables(padded(at));
        let f = self.run(Dual::variables(inner));
        let rows = f.partials.map(|partial| truncated(partial.partials));
        array::from_fn(|i| rows.get(i).copied().unwrap_or([0.0; D]))
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn step_batch(&self, batch: &mut Batch<D>, plan: BatchPlan) -> usize {
        let mut interpreter = Interpreter::new();
        let loss_and_gradient = |at| {
            let f = interpreter.run(&self.program, Dual::variables(padded(at)));
            (f.value, truncated(f.partials))
        };
        batch.step_interpreted(loss_and_gradient, plan)
    }

    fn is_quadratic(&self) -> bool {
        self.is_quadratic
    }

    fn compiled(&self) -> Option<&CompiledFormula> {
        Some(self)
    }
}

/// The first two coordinates, padded with NaN.
fn padded<S: Scalar, const D: usize>(at: [S; D]) -> [S; 2] {
    array::from_fn(|i| at.get(i).copied().unwrap_or(S::from(f64::NAN)))
}

/// The derivatives by the point's variables; those beyond y are 0.
fn truncated<S: Scalar, const D: usize>(partials: [S; 2]) -> [S; D] {
    array::from_fn(|i| partials.get(i).copied().unwrap_or(S::from(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Ackley, Kink, SixHumpCamel};
    use proptest::prelude::*;

    /// Uses everything that a scalar offers, some of it on constants only.
    struct Everything;

    impl Formula<2> for Everything {
        fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
            let two = S::from(4.0).sqrt();
            let known = two.select(S::from(3.0), S::from(0.1), -two.powi(3) / S::from(7.0));
            let bent = (x - known).abs().powf(two) + (y * y + two).ln() * (x * y).sin();
            let half = S::from(0.5);
            let turned = (x.sin() * half).asin() * (y.cos() * half).acos() + (x - y).atan();
            let stairs = (x * y).floor() * (x + y).sign();
            let waves = x.cos().tanh() + turned * stairs - (y / S::from(9.0)).tan()
                + (-x).exp()
                + y.powi(-3);
            x.select(y, bent, waves).max(y) - bent.min(known) * waves.abs().sqrt()
        }
    }

    fn same<const D: usize>(formula: &impl Formula<D>, at: [f64; D]) {
        let recording = CompiledFormula::of(formula).unwrap();
        // As text, because all NaN then compare equal.
        let shown = |loss: &dyn Loss<D>| {
            let mut walkers = Batch::at([at; 8]);
            loss.step_batch(&mut walkers, BatchPlan::steps(2, 0.01));
            let all = (loss.value_and_gradient(at), loss.hessian(at), walkers.lane(5));
            format!("{} {all:?}", loss.value(at))
        };
        assert_eq!(shown(&recording), shown(&Compiled(formula)), "at {at:?}");
    }

    /// Evaluates a formula as compiled Rust code, like a native loss.
    struct Compiled<'a, F>(&'a F);

    impl<F: Formula<D>, const D: usize> Formula<D> for Compiled<'_, F> {
        fn eval<S: Scalar>(&self, at: [S; D]) -> S {
            self.0.eval(at)
        }
    }

    proptest! {
        #[test]
        fn a_compiled_formula_has_the_bits_of_its_source(x in -9.0..9.0, y in -9.0..9.0) {
            for at in [[x, y], [x, x], [x, 0.0], [0.0, 0.0], [x, f64::NAN]] {
                same(&Everything, at);
                same(&Ackley, at);
                same(&SixHumpCamel, at);
            }
            same(&Kink, [x]);
        }
    }

    /// ∏(x + i) with all its factors computed first.
    struct Waiting<const N: usize>;

    impl<const N: usize> Formula<2> for Waiting<N> {
        fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
            let factors: [S; N] = array::from_fn(|i| x + S::from(i as f64) * y);
            factors.into_iter().fold(S::from(1.0), |product, factor| product * factor)
        }
    }

    #[test]
    fn formulas_with_too_many_results_are_refused() {
        // While the last factor is computed, one more intermediate result is needed: its product by
        // y.
        same(&Waiting::<29>, [1.0, 0.5]);
        assert_eq!(CompiledFormula::of(&Waiting::<31>), Err(RecordingError::Results));
        assert_eq!(CompiledFormula::of(&Waiting::<200>), Err(RecordingError::Results));
        let sentence = RecordingError::Results.to_string();
        assert!(sentence.contains("more than 30 intermediate results"), "{sentence}");
    }

    #[test]
    fn a_third_variable_is_refused() {
        struct Ball;
        impl Formula<3> for Ball {
            fn eval<S: Scalar>(&self, [x, y, z]: [S; 3]) -> S {
                x * x + y * y + z * z
            }
        }
        let error = CompiledFormula::of(&Ball).unwrap_err();
        assert_eq!(error, RecordingError::Variables { count: 3 });
        assert!(error.to_string().contains("3 variables"));
    }

    #[test]
    fn constants_and_variables_are_formulas_too() {
        struct Level;
        impl Formula<2> for Level {
            fn eval<S: Scalar>(&self, _: [S; 2]) -> S {
                S::from(7.0)
            }
        }
        struct Second;
        impl Formula<2> for Second {
            fn eval<S: Scalar>(&self, [_, y]: [S; 2]) -> S {
                y
            }
        }
        same(&Level, [1.0, 2.0]);
        same(&Second, [1.0, 2.0]);
    }
}
