//! Playback of a run: the current iterate, and the marble's animation towards it.

/// The current iterate, and the animation of the marble towards it.
///
/// Time arrives as elapsed seconds; there is no clock in here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Playback {
    /// The index of the current iterate.
    k: u32,
    /// Where the marble is drawn: a fractional index, on its way to `k`.
    shown: f64,
    playing: bool,
    /// The reader prefers reduced motion: marbles jump.
    still: bool,
}

/// The duration of the animation of a single step.
const ROLL_SECONDS: f64 = 0.35;

impl Playback {
    pub(crate) const fn k(&self) -> u32 {
        self.k
    }

    pub(crate) const fn is_playing(&self) -> bool {
        self.playing
    }

    /// Whether the reader prefers reduced motion.
    pub(crate) const fn is_still(&self) -> bool {
        self.still
    }

    /// Whether anything changes with time.
    pub(crate) fn is_moving(&self) -> bool {
        self.playing || self.shown != f64::from(self.k)
    }

    pub(crate) fn reduce_motion(&mut self, still: bool) {
        self.still = still;
        if still {
            self.shown = f64::from(self.k);
        }
    }

    /// Jumps to an iterate.
    pub(crate) fn seek(&mut self, k: u32) -> bool {
        let changed = self.k != k;
        self.k = k;
        self.shown = f64::from(k);
        changed
    }

    /// Advances by `n` iterates, at most to `last`; the marble follows in time.
    pub(crate) fn step(&mut self, n: u32, last: u32) -> bool {
        let target = self.k.saturating_add(n).min(last);
        let changed = target != self.k;
        // Only the last of several steps is animated.
        self.shown = if self.still { f64::from(target) } else { f64::from(target.max(1) - 1) };
        if !changed {
            self.shown = f64::from(target);
        }
        self.k = target;
        changed
    }

    /// Starts playing; at the end of the run, starts over.
    pub(crate) fn play(&mut self, last: u32) {
        if self.k >= last {
            self.seek(0);
        }
        self.playing = last > 0;
    }

    pub(crate) const fn pause(&mut self) {
        self.playing = false;
    }

    /// Advances time; returns whether `k` changed.
    pub(crate) fn tick(&mut self, seconds: f64, steps_per_second: f64, last: u32) -> bool {
        let seconds = if seconds.is_finite() { seconds.clamp(0.0, 0.25) } else { 0.0 };
        let before = self.k;
        if self.playing {
            self.shown += seconds * steps_per_second;
            let reached = f64::ceil(self.shown);
            self.k = if reached >= f64::from(last) { last } else { (reached as u32).max(self.k) };
            if self.shown >= f64::from(last) {
                self.playing = false;
                self.shown = f64::from(last);
            }
            // With reduced motion the marble stays on each iterate until the next is due.
            if self.still && self.playing {
                self.k = f64::floor(self.shown) as u32;
            }
        } else {
            self.shown += seconds / ROLL_SECONDS;
            if self.shown >= f64::from(self.k) {
                self.shown = f64::from(self.k);
            }
        }
        self.k != before
    }

    /// Clamps the index to a run that may have become shorter.
    pub(crate) fn bound(&mut self, last: u32) {
        if self.k > last {
            self.seek(last);
        }
    }

    /// Where to draw the marble: a fractional index.
    pub(crate) fn position(&self) -> f64 {
        if self.still { f64::from(self.k) } else { self.shown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_there_at_once_and_the_marble_follows() {
        let mut player = Playback::default();
        assert!(player.step(1, 25));
        assert_eq!((player.k(), player.shown), (1, 0.0));
        assert!(player.is_moving());
        assert!(!player.tick(0.2, 3.0, 25));
        assert!(player.shown > 0.5 && player.shown < 1.0);
        assert!(!player.tick(0.2, 3.0, 25));
        assert!(!player.is_moving());
    }

    #[test]
    fn playing_ends_at_the_last_iterate_and_starts_again_from_there() {
        let mut player = Playback::default();
        player.play(3);
        for _ in 0..20 {
            let _ = player.tick(0.1, 3.0, 3);
        }
        assert_eq!((player.k(), player.is_moving()), (3, false));
        player.play(3);
        assert_eq!(player.k(), 0);
    }

    #[test]
    fn with_less_motion_the_marble_jumps() {
        let mut player = Playback::default();
        player.reduce_motion(true);
        assert!(player.step(1, 25));
        assert_eq!(player.position(), 1.0);
        assert!(!player.is_moving());
    }

    #[test]
    fn an_invalid_time_counts_as_zero() {
        let mut player = Playback::default();
        player.play(10);
        assert!(!player.tick(f64::NAN, 3.0, 10));
        assert!(!player.tick(-5.0, 3.0, 10));
        assert_eq!(player.shown, 0.0);
    }
}
