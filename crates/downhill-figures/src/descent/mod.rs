//! What figures compute and say of a descent: the run in one dimension, regimes, and a step's terms.

pub(crate) mod descent_1d;
pub(crate) mod fairness;
pub(crate) mod newton;
pub(crate) mod readouts;
pub(crate) mod regime;
pub(crate) mod rules;
pub(crate) mod update_rule;
