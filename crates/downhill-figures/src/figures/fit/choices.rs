//! The options of the fit: data, comparison, and the units of chart and table.

use crate::framework::choice::named_choice;

named_choice! {
    /// The source of the points.
    pub(super) enum Source {
        /// The lesson's five points.
        Five = "five",
        /// A line with noise.
        Noisy = "noisy",
        /// The reader's own points.
        Own = "own",
    }
}

named_choice! {
    /// The run shown for comparison.
    pub(super) enum Against {
        None = "none",
        Batch = "batch",
        Stochastic = "stochastic",
    }
}

named_choice! {
    /// The unit of the chart's horizontal axis.
    pub(super) enum Per {
        Update = "update",
        Epoch = "epoch",
    }
}

named_choice! {
    /// The content of the table.
    pub(super) enum Listed {
        Updates = "updates",
        Points = "points",
    }
}
