//! The settings with which runs are compared.

use crate::framework::choice::named_choice;

named_choice! {
    /// How the hyperparameters of compared runs are chosen.
    #[derive(Default)]
    pub(crate) enum Fairness {
        /// All runs share α.
        #[default]
        Same = "same",
        /// Each run has its own best α, and β if it has one.
        Best = "best",
    }
}
