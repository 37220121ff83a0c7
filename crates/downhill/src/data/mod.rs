//! Learning from data: points, the loss of a line through them, and fits by batches.

mod csv;
mod fit;
mod model;
mod points;

pub use csv::{CsvError, CsvReading};
pub use fit::{Fit, FitPlan, FitRun, Update, fit};
pub use model::{MeanSquaredError, Model};
pub use points::{Dataset, DatasetError, MAX_POINTS};
