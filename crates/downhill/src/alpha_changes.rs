//! Learning rates that a person changes on the way: another α from some step on.

use core::fmt;

use crate::numbers::{plain, shortest, whole};

/// Other learning rates from given steps on.
///
/// A [`Schedule`](crate::Schedule) follows a formula; this is what a hand on the dial does: the walk
/// so far stays, and goes on with another α. Where there are both, the schedule starts from the α
/// in force.
///
/// ```
/// use downhill::AlphaChanges;
///
/// let (alpha, changes) = AlphaChanges::read("0.1,40:0.01")?;
/// assert_eq!([0, 39, 40, 99].map(|k| changes.alpha(alpha, k)), [0.1, 0.1, 0.01, 0.01]);
/// # Ok::<(), downhill::AlphaChangesError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AlphaChanges {
    /// The first step of each learning rate, in ascending order from 1 on.
    list: [(u32, f64); Self::MOST],
    count: usize,
}

impl AlphaChanges {
    /// The most changes of one descent.
    pub const MOST: usize = 8;

    /// The changes in order: a step, counted from 0, and its learning rate.
    #[must_use]
    pub fn list(&self) -> &[(u32, f64)] {
        &self.list[..self.count]
    }

    /// The learning rate of step `k` of a descent that begins with `alpha`.
    #[must_use]
    pub fn alpha(&self, alpha: f64, k: usize) -> f64 {
        let mut now = alpha;
        for &(from, next) in self.list() {
            if k >= from as usize {
                now = next;
            }
        }
        now
    }

    /// The same up to step `k` and with `alpha` from there on; `None` if that is one change too many.
    /// `k` is at least 1.
    #[must_use]
    pub fn from_step(mut self, k: u32, alpha: f64) -> Option<Self> {
        while self.count > 0 && self.list[self.count - 1].0 >= k {
            self.count -= 1;
            self.list[self.count] = (0, 0.0);
        }
        *self.list.get_mut(self.count)? = (k, alpha);
        self.count += 1;
        Some(self)
    }

    /// Reads a learning rate and its changes, as in `0.1,40:0.01`: α = 0.1, and 0.01 from step 40 on.
    ///
    /// # Errors
    /// If it is not a list of finite numbers of at least 0, with steps that ascend from 1 on.
    pub fn read(text: &str) -> Result<(f64, Self), AlphaChangesError> {
        Self::read_with(text, ',', &|number| plain(number))
    }

    /// The same with another separator and other numbers, those of a language.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    #[doc(hidden)]
    pub fn read_with(
        text: &str,
        separator: char,
        number: &dyn Fn(&str) -> Option<f64>,
    ) -> Result<(f64, Self), AlphaChangesError> {
        let rate = |text: &str| number(text).filter(|alpha| *alpha >= 0.0).map(|alpha| alpha + 0.0);
        let mut parts = text.split(separator);
        let first = parts.next().unwrap_or_default();
        let alpha = rate(first).ok_or_else(|| match first.bytes().any(|byte| byte == b':') {
            true => AlphaChangesError::NoFirst,
            false => AlphaChangesError::Malformed,
        })?;
        let (mut changes, mut last) = (Self::default(), 0.0);
        for part in parts {
            let (step, next) = part.split_once(':').ok_or(AlphaChangesError::Malformed)?;
            let step = whole(step).ok_or(AlphaChangesError::Malformed)?;
            let next = rate(next).ok_or(AlphaChangesError::Malformed)?;
            if step <= last || step > f64::from(u32::MAX) {
                return Err(AlphaChangesError::Order);
            }
            last = step;
            changes = changes.from_step(step as u32, next).ok_or(AlphaChangesError::TooMany)?;
        }
        Ok((alpha, changes))
    }

    /// The text that [`read`](Self::read) takes, for a descent that begins with `alpha`.
    #[must_use]
    pub fn text(&self, alpha: f64) -> String {
        let mut text = shortest(alpha);
        for &(k, alpha) in self.list() {
            for piece in [",", &*k.to_string(), ":", &*shortest(alpha)] {
                text.push_str(piece);
            }
        }
        text
    }
}

/// The error for text that is not a learning rate with changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AlphaChangesError {
    /// It is not in the notation.
    Malformed,
    /// It begins with a change.
    NoFirst,
    /// The steps do not ascend from 1 on.
    Order,
    /// There are more than [`AlphaChanges::MOST`] changes.
    TooMany,
}

impl AlphaChangesError {
    /// What is allowed instead, to be read after a parameter's name and the text given.
    #[must_use]
    pub const fn allowed(self) -> &'static str {
        match self {
            Self::Malformed => {
                "a learning rate, or one with changes STEP:RATE after commas, as in 0.1,40:0.01"
            }
            Self::NoFirst => "a learning rate to begin with, then its changes, as in 0.1,40:0.01",
            Self::Order => {
                "a learning rate and its changes, each at a later step than the one before, the \
                 first at step 1 or later, as in 0.1,20:0.05,40:0.01"
            }
            Self::TooMany => "a learning rate and at most 8 changes",
        }
    }
}

impl fmt::Display for AlphaChangesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected ")?;
        f.write_str(self.allowed())
    }
}

impl core::error::Error for AlphaChangesError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_has_its_sentence() {
        use AlphaChangesError::{Malformed, NoFirst, Order, TooMany};
        let fifty: String = (1..=50).map(|k| format!(",{k}:0.1")).collect();
        for (text, error) in [
            ("", Malformed),
            ("0.1,", Malformed),
            ("0.1,40:", Malformed),
            ("0.1,40", Malformed),
            ("0.1,:0.01", Malformed),
            ("0.1,4.5:0.01", Malformed),
            ("0.1,40:-1", Malformed),
            ("0.1,40:nan", Malformed),
            ("-0.1,40:1", Malformed),
            ("40:0.01,20:0.1", NoFirst),
            (":0.1", NoFirst),
            ("0.1,40:0.01,20:0.1", Order),
            ("0.1,40:0.01,40:0.1", Order),
            ("0.1,0:0.01", Order),
            ("0.1,1e12:0.01", Order),
            (&format!("0.1{fifty}"), TooMany),
        ] {
            assert_eq!(AlphaChanges::read(text), Err(error), "{text}");
        }
        assert!(TooMany.allowed().ends_with(&format!("at most {} changes", AlphaChanges::MOST)));
    }

    #[test]
    fn a_change_stays_until_the_next() {
        let (alpha, changes) = AlphaChanges::read(" 0.1, 3:0.5 ,7:-0").expect("two changes");
        let rates: Vec<f64> = (0..9).map(|k| changes.alpha(alpha, k)).collect();
        assert_eq!(rates, [0.1, 0.1, 0.1, 0.5, 0.5, 0.5, 0.5, 0.0, 0.0]);
        assert_eq!(changes.text(alpha), "0.1,3:0.5,7:0");
        assert_eq!(AlphaChanges::read("0.1").map(|(_, none)| none.list().len()), Ok(0));
    }

    #[test]
    fn from_here_on_forgets_what_was_planned_for_later() {
        let mut changes = AlphaChanges::default();
        for k in 1..=8 {
            changes = changes.from_step(10 * k, 0.1).expect("eight at most");
        }
        assert_eq!(changes.from_step(81, 0.2), None);
        assert_eq!(changes.from_step(80, 0.2).map(|same| same.list().len()), Some(8));
        let few = changes.from_step(25, 0.2).expect("fewer");
        assert_eq!(few.list(), [(10, 0.1), (20, 0.1), (25, 0.2)]);
        // What is no longer there makes no difference.
        assert_eq!(few.text(0.1), "0.1,10:0.1,20:0.1,25:0.2");
    }
}
