//! The learning-rate schedule, by its name and numbers.

use downhill::{Schedule, ScheduleError};

use crate::framework::field::{Refusal, WrittenSlot};

/// A schedule as written, in any figure's field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ScheduleText(String);

impl Default for ScheduleText {
    fn default() -> Self {
        Self("constant".to_owned())
    }
}

impl ScheduleText {
    /// As written.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The schedule over this many steps.
    pub(crate) fn over(&self, steps: u32) -> Schedule {
        Schedule::for_steps(&self.0, steps as usize).unwrap_or_default()
    }
}

impl WrittenSlot for ScheduleText {
    fn text(&self) -> String {
        self.0.clone()
    }

    fn read(&mut self, text: &str) -> Result<(), Refusal> {
        // The allowed numbers do not depend on the number of steps.
        Schedule::for_steps(text, 1).map_err(|_| Refusal::Malformed)?;
        text.trim().clone_into(&mut self.0);
        Ok(())
    }

    fn allowed(&self) -> String {
        ScheduleError.allowed().to_owned()
    }
}
