//! Predictions: the reader marks where the next iterate will be, and learns how far off the guess
//! was.

/// The reader's guess and the verdict on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prediction {
    /// Whether taps mark a guess.
    active: bool,
    guess: Option<Guess>,
    verdict: Option<Verdict>,
}

/// The reader's guess for the next iterate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Guess {
    /// The run that the guess is about.
    pub(crate) run: usize,
    /// The coordinates.
    pub(crate) at: Vec<f64>,
}

/// A guess compared with the actual iterate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Verdict {
    /// The guess.
    pub(crate) guess: Guess,
    /// The index of the actual iterate.
    pub(crate) k: u32,
    /// The actual iterate.
    pub(crate) landed: Vec<f64>,
    /// The distance between them.
    pub(crate) off: f64,
    /// That distance as a fraction of the step's length; `None` for a step of length zero.
    pub(crate) share: Option<f64>,
}

impl Prediction {
    pub(crate) const fn is_active(&self) -> bool {
        self.active
    }

    pub(crate) const fn guess(&self) -> Option<&Guess> {
        self.guess.as_ref()
    }

    pub(crate) const fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    /// Turns predicting on or off, dropping an unsettled guess.
    pub(crate) fn toggle(&mut self) {
        *self = Self { active: !self.active, ..Self::default() };
    }

    /// Turns predicting off.
    pub(crate) fn end(&mut self) {
        *self = Self::default();
    }

    /// Marks a guess, replacing an earlier one.
    pub(crate) fn mark(&mut self, guess: Guess) {
        self.guess = Some(guess);
        self.verdict = None;
    }

    /// Drops the guess, because the run has changed.
    pub(crate) fn forget(&mut self) {
        self.guess = None;
        self.verdict = None;
    }

    /// Compares the guess with the step from iterate `k − 1` to iterate `k`.
    pub(crate) fn settle(&mut self, k: u32, from: &[f64], landed: &[f64]) {
        self.verdict = None;
        if let Some(guess) = self.guess.take() {
            let off = distance(&guess.at, landed);
            let length = distance(from, landed);
            let share = (length > 0.0).then(|| off / length);
            self.verdict = Some(Verdict { guess, k, landed: landed.to_vec(), off, share });
        }
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_is_compared_with_the_iterate() {
        let mut prediction = Prediction::default();
        prediction.toggle();
        prediction.mark(Guess { run: 0, at: vec![3.0] });
        prediction.settle(1, &[5.0], &[4.0]);
        let verdict = prediction.verdict().expect("a verdict");
        assert_eq!((verdict.off, verdict.share), (1.0, Some(1.0)));
        assert!(prediction.guess().is_none());
        prediction.settle(2, &[4.0], &[3.2]);
        assert!(prediction.verdict().is_none(), "without a guess there is nothing to say");
    }
}
