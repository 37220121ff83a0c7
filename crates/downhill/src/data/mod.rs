//! Learning from data: points, the loss of a line through them, and stochastic gradient descent.

mod batches;
mod csv;
mod model;
mod points;
mod sgd;

pub(crate) use batches::Batches;
pub use csv::{CsvError, CsvReading};
pub use model::{MeanSquaredError, Model};
pub use points::{Dataset, DatasetError, MAX_POINTS};
pub use sgd::{BriefUpdate, Sgd, SgdConfig, SgdRun, Update, fit};
