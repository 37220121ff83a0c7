//! The reader's own points: pasted, or drawn one by one.

use downhill::numbers::shortest;
use downhill::{Sample, Samples, SamplesError};

use crate::framework::field::{Refusal, WrittenSlot};
use crate::text::numbers::to_decimals;

/// Points in two classes, or with a y to learn from x. Part of the state, and of a link if there is room.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OwnPoints {
    pub(super) list: Vec<Sample>,
    /// Whether the points have numbers instead of classes.
    has_numbers: bool,
    /// Whether the reader removed all points, to draw others.
    pub(super) is_cleared: bool,
}

impl OwnPoints {
    /// The points to train on, or what is wrong with them.
    pub(super) fn samples(&self) -> Result<Samples, SamplesError> {
        let list = self.list.clone();
        if self.has_numbers { Samples::numbers(list) } else { Samples::classes(list) }
    }

    /// Takes over the points that are shown, to go on drawing from them: as exactly as they can be seen,
    /// so that a link has room for a hundred.
    pub(super) fn take_shown(&mut self, samples: &Samples) {
        self.take(samples);
        let cells = |sample: &Sample| [sample.x[0], sample.x[1], sample.target];
        let largest = self
            .list
            .iter()
            .flat_map(cells)
            .fold(0.0, |most, cell: f64| if cell.abs() > most { cell.abs() } else { most });
        let decimals = 2.0 - f64::floor(libm::log10(largest));
        for Sample { x, target } in &mut self.list {
            for cell in x.iter_mut().chain([target]) {
                *cell = to_decimals(*cell, decimals);
            }
        }
    }

    fn take(&mut self, samples: &Samples) {
        self.list = samples.list().to_vec();
        self.has_numbers = !samples.has_classes();
    }

    /// Adds a point: of class −1 or 1, or where the network has one input with y as its target. Returns
    /// whether there was room.
    pub(super) fn add(&mut self, [x, y]: [f64; 2], class: f64) -> bool {
        if self.list.len() >= Samples::MOST {
            return false;
        }
        self.list.push(match self.has_numbers {
            true => Sample { x: [x, 0.0], target: y },
            false => Sample { x: [x, y], target: class },
        });
        true
    }

    /// Removes all points; those drawn from then on have classes.
    pub(super) fn clear(&mut self) {
        *self = Self { is_cleared: true, ..Self::default() };
    }
}

impl WrittenSlot for OwnPoints {
    fn text(&self) -> String {
        let mut text = String::new();
        for Sample { x, target } in &self.list {
            let [x, y] = *x;
            let cells = if self.has_numbers { vec![x, *target] } else { vec![x, y, *target] };
            for (index, cell) in cells.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                text.push_str(&shortest(*cell));
            }
            text.push('\n');
        }
        text
    }

    /// An empty text removes the points.
    fn read(&mut self, text: &str) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            *self = Self::default();
            return Ok(());
        }
        match Samples::read(text) {
            Ok(samples) => self.take(&samples),
            // While points are drawn, those of one class are there first.
            Err(SamplesError::OneClass | SamplesError::OnePlace) if self.read_some(text) => {}
            Err(error) => return Err(Refusal::Because(error.to_string())),
        }
        Ok(())
    }

    fn allowed(&self) -> String {
        String::new()
    }

    fn is_private(&self) -> bool {
        true
    }
}

impl OwnPoints {
    /// Takes points that were drawn and written, too few yet to learn from.
    fn read_some(&mut self, text: &str) -> bool {
        let mut list = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let mut cells = line.split(',').map(downhill::numbers::plain);
            let (Some(Some(x)), Some(Some(y)), Some(Some(target)), None) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                return false;
            };
            if target.abs() != 1.0 {
                return false;
            }
            list.push(Sample { x: [x, y], target });
        }
        *self = Self { list, ..Self::default() };
        true
    }
}
