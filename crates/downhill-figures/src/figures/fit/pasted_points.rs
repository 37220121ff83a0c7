//! The reader's own points as pasted, a table of numbers in any common notation.

use downhill::{CsvReading, Dataset};

use super::points::LARGEST_COORDINATE;
use crate::framework::field::{Refusal, WrittenSlot};

/// Points with how they were read. Part of the state, and of a link if there is room.
#[derive(Debug, Default)]
pub(super) struct PastedPoints {
    /// None while the points are those of another source.
    pub(super) points: Option<Dataset>,
    /// How the text was read, while the points are unchanged.
    pub(super) reading: Option<CsvReading>,
}

impl WrittenSlot for PastedPoints {
    fn text(&self) -> String {
        self.points.as_ref().map(Dataset::to_csv).unwrap_or_default()
    }

    /// An empty text removes the points, and the figure's own return.
    fn read(&mut self, text: &str) -> Result<(), Refusal> {
        let read = (!text.trim().is_empty()).then(|| Dataset::read_csv(text, LARGEST_COORDINATE));
        let read = read.transpose().map_err(|why| Refusal::Because(why.to_string()))?;
        (self.points, self.reading) = read.unzip();
        Ok(())
    }

    fn allowed(&self) -> String {
        String::new()
    }

    fn is_private(&self) -> bool {
        true
    }
}
