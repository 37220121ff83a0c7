//! Which of a figure's panes something is about.

use std::ops::{BitOr, BitOrAssign};

use serde::Serialize;

/// A set of panes: one bit for each, the first pane's the lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PaneSet(u32);

impl PaneSet {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self(u32::MAX);

    /// One pane, by its index.
    #[must_use]
    pub const fn one(pane: usize) -> Self {
        Self(if pane < 32 { 1 << pane } else { 0 })
    }

    /// These panes if something holds, else none.
    #[must_use]
    pub const fn when(self, holds: bool) -> Self {
        if holds { self } else { Self::NONE }
    }

    /// Whether a pane is among them.
    #[must_use]
    pub const fn contains(self, pane: usize) -> bool {
        self.0 & Self::one(pane).0 != 0
    }
}

impl BitOr for PaneSet {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for PaneSet {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}
