//! What is known of a rule whatever the values of its hyperparameters are.

use super::hyperparameter::Hyperparameter;

/// The names, defaults and usual learning rate of one rule.
pub(super) struct Facts {
    /// The name, as parsed.
    pub(super) name: &'static str,
    /// The name for titles.
    pub(super) title: &'static str,
    /// The learning rate usually tried first: PyTorch's default if it has one.
    pub(super) usual_alpha: f64,
    /// The numeric hyperparameters.
    pub(super) hyperparameters: &'static [Hyperparameter],
    /// The names of the [`State::vectors`](super::State::vectors) in the rule's formula.
    pub(super) state_names: &'static [&'static str],
}
