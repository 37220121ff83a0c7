//! Sets of a figure's panes.

use std::ops::{BitOr, BitOrAssign};

use serde::Serialize;

/// A set of panes: one bit per pane, with the first pane in the lowest bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct PaneSet(u32);

impl PaneSet {
    /// No panes.
    pub const NONE: Self = Self(0);
    /// All panes.
    pub const ALL: Self = Self(u32::MAX);

    /// A single pane, by its index.
    #[must_use]
    pub const fn one(pane: usize) -> Self {
        Self(if pane < 32 { 1 << pane } else { 0 })
    }

    /// This set if the condition holds, otherwise none.
    #[must_use]
    pub const fn when(self, holds: bool) -> Self {
        if holds { self } else { Self::NONE }
    }

    /// Whether it contains a pane.
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
