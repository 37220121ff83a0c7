//! What a kernel is made for: its functions and the variables of its formula.

use core::mem::discriminant;

use wasm_encoder::Function;

use super::derivatives::Operations;
use super::{MOST_OPERATIONS, classify, rates, record, walk};
use crate::compiled::Program;
use crate::rules::Rule;

/// A task, of which a kernel does one, since engines take time to compile each.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    /// Plain descents from many starts with one learning rate: `walk` and `classify`.
    Map,
    /// Plain descents with many learning rates, in this many variables: `walk` and `classify`.
    Sweep(usize),
    /// Descents of a rule, whatever its hyperparameters are, in this many variables: `record` keeps
    /// all iterates of one, `sweep` tells the ends of many with learning rates of their own.
    Rule(Rule, usize),
}

impl PartialEq for Task {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Map, Self::Map) => true,
            (Self::Sweep(one), Self::Sweep(other)) => one == other,
            (Self::Rule(one, variables), Self::Rule(other, others)) => {
                discriminant(one) == discriminant(other) && variables == others
            }
            _ => false,
        }
    }
}

impl Task {
    /// The functions with their names; `None` if the formula is too long.
    pub(super) fn functions(self, program: &Program) -> Option<Vec<(&'static str, Function)>> {
        if program.instructions.len() > MOST_OPERATIONS {
            return None;
        }
        let variables = match self {
            Self::Map => 2,
            Self::Sweep(variables) | Self::Rule(_, variables) => variables,
        };
        let with_gradient = Operations::of(program).differentiated(0, variables);
        // The Hessian takes several times as many.
        if with_gradient.entries.len() > MOST_OPERATIONS / 2 {
            return None;
        }
        if let Self::Rule(rule, _) = self {
            let with_step = with_gradient.with_step(&rule);
            let mut functions = vec![("record", record::record(&with_step))];
            // Sweeps of plain descent have kernels of their own.
            if rule != Rule::GradientDescent {
                functions.push(("sweep", rates::sweep(&with_step)));
            }
            return Some(functions);
        }
        let gradient = with_gradient.multiplied_out();
        let with_hessian = with_gradient.differentiated(1, variables).multiplied_out();
        if with_hessian.entries.len() > MOST_OPERATIONS {
            return None;
        }
        let is_sweep = matches!(self, Self::Sweep(_));
        let walk = walk::walk(&gradient, is_sweep);
        Some(vec![("walk", walk), ("classify", classify::classify(&with_hessian))])
    }
}
