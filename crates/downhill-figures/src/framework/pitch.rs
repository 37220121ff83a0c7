//! A loss as a pitch, for those who would rather hear a run than see it.

use crate::draw::between;

/// The pitch of the loss at the start, in hertz: the A that orchestras tune to.
const START_HZ: f64 = 440.0;

/// How far it goes up and down, in octaves: to what small loudspeakers play and ears bear.
const MOST_OCTAVES: f64 = 2.0;

/// The octaves for each decade of loss.
const OCTAVES: f64 = 0.5;

/// The pitch of a loss in hertz: half an octave lower for each decade that it has fallen since the
/// start.
///
/// Losses below zero have no logarithm, so that they are measured from `lowest`, the lowest loss of
/// the run, if that is below zero.
pub(crate) fn pitch(loss: f64, start: f64, lowest: f64) -> f64 {
    let floor = if lowest < 0.0 { lowest } else { 0.0 };
    let decades = libm::log10((loss - floor) / (start - floor));
    // A run that begins at its lowest point has no start to compare with.
    let octaves = if decades.is_nan() { 0.0 } else { OCTAVES * decades };
    START_HZ * libm::pow(2.0, between(octaves, -MOST_OCTAVES, MOST_OCTAVES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_falling_loss_is_a_falling_pitch_within_bounds() {
        assert_eq!(pitch(25.0, 25.0, 0.0), 440.0);
        assert!((pitch(0.25, 25.0, 0.0) - 220.0).abs() < 1e-9, "two decades are an octave");
        assert_eq!(pitch(0.0, 25.0, 0.0), 110.0);
        assert_eq!(pitch(1e300, 25.0, 25.0), 1760.0);
        assert_eq!(pitch(f64::INFINITY, 25.0, 25.0), 1760.0);
    }

    #[test]
    fn losses_below_zero_are_measured_from_the_lowest() {
        assert_eq!(pitch(-3.0, 1.0, -3.0), 110.0);
        assert!(pitch(-2.0, 1.0, -3.0) < 440.0);
        for [loss, start, lowest] in [[0.0; 3], [f64::NAN, 1.0, 0.0], [-1.0, -1.0, -1.0]] {
            assert_eq!(pitch(loss, start, lowest), 440.0);
        }
    }
}
