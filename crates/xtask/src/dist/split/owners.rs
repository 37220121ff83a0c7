//! Who needs a function or a datum.

/// A set of parts, or the core, which is there for all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Owners(u32);

impl Owners {
    /// The core.
    pub(super) const CORE: Self = Self(u32::MAX);

    /// A part, by its index.
    pub(super) fn part(index: usize) -> Self {
        Self(1 << index)
    }

    /// Adds `others`; returns whether any of them is new.
    pub(super) fn add(&mut self, others: Self) -> bool {
        let before = *self;
        self.0 |= others.0;
        *self != before
    }

    /// Whether all of `others` are among them.
    pub(super) fn has(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether nobody is among them.
    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::Owners;

    #[test]
    fn the_core_is_there_for_all() {
        let mut owners = Owners::part(3);
        assert!(owners.add(Owners::part(0)) && !owners.add(Owners::part(3)));
        assert!(owners.has(Owners::part(0)) && !owners.has(Owners::part(1)));
        assert!(owners.add(Owners::CORE) && owners.has(Owners::part(1)));
        assert!(owners != Owners::default() && Owners::default().is_none());
    }
}
