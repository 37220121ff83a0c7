//! The only source of randomness: a seeded generator with the same numbers on every platform.

use core::convert::Infallible;

use rand_pcg::Pcg32;
use rand_pcg::rand_core::TryRng;

/// A seeded generator of uniform and normal numbers.
///
/// The same seed and use give the same bits everywhere, and this will not change. The generator is
/// PCG-XSH-RR 64/32: O'Neill, *PCG: A Family of Simple Fast Space-Efficient Statistically Good
/// Algorithms for Random Number Generation* (2014).
///
/// ```
/// use downhill::{Random, RandomUse};
///
/// let mut one = Random::new(1, RandomUse::Shuffle);
/// let mut same = Random::new(1, RandomUse::Shuffle);
/// assert_eq!(one.uniform_u32(100), same.uniform_u32(100));
/// ```
#[derive(Clone, Debug)]
pub struct Random {
    generator: Pcg32,
}

/// The purpose of the numbers; each has its own sequence for the same seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RandomUse {
    /// The points of a noisy data set.
    Data,
    /// The order of the points in an epoch.
    Shuffle,
    /// The weights of a deep chain or a network.
    Weights,
    /// The noise on a gradient.
    Noise,
    /// Directions in the space of a network's weights.
    Directions,
}

impl Random {
    /// PCG's default stream.
    const STREAM: u64 = 0x0a02_bdbf_7bb3_c0a7;

    /// A generator at the beginning of the sequence for this seed and use.
    #[must_use]
    pub fn new(seed: u32, r#use: RandomUse) -> Self {
        let high: u64 = match r#use {
            RandomUse::Data => 1,
            RandomUse::Shuffle => 2,
            RandomUse::Weights => 3,
            RandomUse::Noise => 4,
            RandomUse::Directions => 5,
        };
        Self { generator: Pcg32::new(high << 32 | u64::from(seed), Self::STREAM) }
    }

    fn next(&mut self) -> u32 {
        let Ok(number) = self.generator.try_next_u32().map_err(|never: Infallible| match never {});
        number
    }

    /// A uniform integer from 0 up to but not including `bound`.
    ///
    /// Uses rejection sampling, so that all values are equally likely. A `bound` of 0 counts as 1.
    pub fn uniform_u32(&mut self, bound: u32) -> u32 {
        let bound = Ord::max(bound, 1);
        // 2³² mod bound: this many of the smallest numbers would be over-represented.
        let surplus = bound.wrapping_neg() % bound;
        loop {
            let number = self.next();
            if number >= surplus {
                return number % bound;
            }
        }
    }

    /// A uniform number strictly between 0 and 1: (n + ½)/2³² for a uniform n.
    pub fn uniform(&mut self) -> f64 {
        (f64::from(self.next()) + 0.5) / 4_294_967_296.0
    }

    /// A standard normal deviate, √(−2 ln u)·cos(2πv) for uniform u and v.
    ///
    /// It is within ±6.77. Source: Box, Muller, *A note on the generation of random normal
    /// deviates* (1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(self.uniform())).sqrt();
        radius * libm::cos(core::f64::consts::TAU * self.uniform())
    }

    /// Goes on as if this many deviates had been drawn.
    pub fn skip_normals(&mut self, count: u64) {
        self.generator.advance(2 * count);
    }

    /// Shuffles a list, each order equally likely.
    ///
    /// Source: Fisher, Yates, *Statistical tables* (1938), in Durstenfeld's form (1964). At most
    /// 2³² − 1 items are moved.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
            items.swap(last, self.uniform_u32(bound) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_pcg32() {
        // The published first outputs of pcg32-demo, seeded with state 42 and stream 54.
        let mut random = Random { generator: Pcg32::new(42, 54) };
        let outputs =
            [0xa15c_02b7, 0x7b47_f409, 0xba1d_3330, 0x83d2_f293, 0xbfa4_784b, 0xcbed_606e];
        for output in outputs {
            assert_eq!(random.next(), output);
        }
    }

    #[test]
    fn seeds_and_uses_have_their_own_sequences() {
        let first = |seed, r#use| Random::new(seed, r#use).next();
        assert_eq!(first(1, RandomUse::Data), first(1, RandomUse::Data));
        assert_ne!(first(1, RandomUse::Data), first(2, RandomUse::Data));
        assert_ne!(first(1, RandomUse::Data), first(1, RandomUse::Shuffle));
    }

    #[test]
    fn whole_numbers_are_uniform() {
        let mut random = Random::new(7, RandomUse::Shuffle);
        let mut counts = [0_u32; 6];
        for _ in 0..60_000 {
            counts[random.uniform_u32(6) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
        assert_eq!(random.uniform_u32(0), 0);
        assert_eq!(random.uniform_u32(1), 0);
        assert!(random.uniform_u32(u32::MAX) < u32::MAX);
    }

    #[test]
    fn deviates_have_the_moments_of_the_normal_distribution() {
        let mut random = Random::new(3, RandomUse::Data);
        let n = 100_000.0;
        let [mut mean, mut square, mut cube, mut fourth] = [0.0; 4];
        for _ in 0..100_000 {
            let z = random.normal();
            assert!(z.abs() < 6.78);
            mean += z / n;
            square += z * z / n;
            cube += z * z * z / n;
            fourth += z * z * z * z / n;
        }
        // Five standard errors each.
        assert!(mean.abs() < 0.016 && (square - 1.0).abs() < 0.023, "{mean} {square}");
        assert!(cube.abs() < 0.062 && (fourth - 3.0).abs() < 0.16, "{cube} {fourth}");
    }

    #[test]
    fn every_order_is_equally_likely() {
        let mut random = Random::new(11, RandomUse::Shuffle);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..24_000 {
            let mut items = [0, 1, 2, 3];
            random.shuffle(&mut items);
            *counts.entry(items).or_insert(0_u32) += 1;
        }
        assert_eq!(counts.len(), 24);
        assert!(counts.values().all(|count| (840..1_160).contains(count)), "{counts:?}");
    }
}
