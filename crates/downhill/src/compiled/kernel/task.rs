//! What a kernel is made for: its functions and the variables of its formula.

use wasm_encoder::Function;

use super::derivatives::Operations;
use super::{MOST_OPERATIONS, classify, record, walk};
use crate::compiled::Program;

/// A task, of which a kernel does one, since engines take time to compile each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Plain descents from many starts with one learning rate: `walk` and `classify`.
    Map,
    /// Plain descents with many learning rates, in this many variables: `walk` and `classify`.
    Sweep(usize),
    /// One plain descent with all its iterates, in this many variables: `record`.
    Record(usize),
}

impl Task {
    /// The functions with their names; `None` if the formula is too long.
    pub(super) fn functions(self, program: &Program) -> Option<Vec<(&'static str, Function)>> {
        if program.instructions.len() > MOST_OPERATIONS {
            return None;
        }
        let variables = match self {
            Self::Map => 2,
            Self::Sweep(variables) | Self::Record(variables) => variables,
        };
        let with_gradient = Operations::of(program).differentiated(0, variables);
        // The Hessian takes several times as many.
        if with_gradient.entries.len() > MOST_OPERATIONS / 2 {
            return None;
        }
        let gradient = with_gradient.multiplied_out();
        if let Self::Record(_) = self {
            return Some(vec![("record", record::record(&gradient))]);
        }
        let with_hessian = with_gradient.differentiated(1, variables).multiplied_out();
        if with_hessian.entries.len() > MOST_OPERATIONS {
            return None;
        }
        let walk = walk::walk(&gradient, self != Self::Map);
        Some(vec![("walk", walk), ("classify", classify::classify(&with_hessian))])
    }
}
