//! The order in which points are used: epochs, shuffled and cut into batches.

use core::ops::Range;

use crate::random::{Random, RandomUse};

/// The batches of a descent, of which a copy goes on in the same way.
///
/// Every epoch uses each point once. Unless a batch holds all points, they are reshuffled at the
/// beginning of each epoch, starting from the previous order; the last batch holds the remainder.
#[derive(Clone, Debug)]
pub(crate) struct Batches {
    size: usize,
    random: Random,
    order: Vec<usize>,
    /// The part of `order` that the last update used.
    used: Range<usize>,
    epochs_done: usize,
}

impl Batches {
    /// The first epoch of so many points. A `size` of 0, or at least the number of points, means all.
    pub(crate) fn new(points: usize, size: usize, seed: u32) -> Self {
        Self {
            size: if size == 0 { points } else { size.min(points) },
            random: Random::new(seed, RandomUse::Shuffle),
            order: (0..points).collect(),
            used: 0..0,
            epochs_done: 0,
        }
    }

    /// The indices of the last batch; empty before the first.
    pub(crate) fn last(&self) -> &[usize] {
        &self.order[self.used.clone()]
    }

    /// The number of completed epochs.
    pub(crate) fn epochs_done(&self) -> usize {
        self.epochs_done
    }

    /// The number of batches of an epoch.
    pub(crate) fn per_epoch(&self) -> usize {
        self.order.len().div_ceil(self.size)
    }

    /// Goes on to the next batch.
    pub(crate) fn draw(&mut self) {
        let all = self.order.len();
        let from = if self.used.end < all { self.used.end } else { 0 };
        if from == 0 && self.size < all {
            self.random.shuffle(&mut self.order);
        }
        self.used = from..(from + self.size).min(all);
    }

    /// Ends an update with the last batch; returns its epoch.
    pub(crate) fn finish(&mut self) -> usize {
        let epoch = self.epochs_done + 1;
        if self.used.end == self.order.len() {
            self.epochs_done = epoch;
        }
        epoch
    }
}
