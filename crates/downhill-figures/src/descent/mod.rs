//! Models and readouts of descents that several figures share: runs in one dimension, regimes,
//! steps.

pub(crate) mod descent_1d;
pub(crate) mod fairness;
pub(crate) mod newton;
pub(crate) mod numbered;
pub(crate) mod readouts;
pub(crate) mod regime;
pub(crate) mod rules;
pub(crate) mod schedule_text;
pub(crate) mod update_rule;
