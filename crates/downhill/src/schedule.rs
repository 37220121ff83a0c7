//! Learning-rate schedules: how α changes from step to step.

use std::fmt;
use std::str::FromStr;

use crate::numbers::{plain, shortest};
use crate::stopping::StopCriteria;

/// How the learning rate of step k = 0, 1, … depends on the given α.
///
/// ```
/// use downhill::Schedule;
///
/// let cosine = Schedule::Cosine { steps: 100 };
/// assert_eq!(cosine.alpha(0.1, 0), 0.1);
/// assert!((cosine.alpha(0.1, 50) - 0.05).abs() < 1e-17);
/// assert_eq!(cosine.alpha(0.1, 100), 0.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Schedule {
    /// Always α.
    #[default]
    Constant,
    /// α·γ^⌊k/n⌋, PyTorch's `StepLR(step_size=n, gamma=γ)`.
    StepDecay {
        /// γ, the factor, 0 < γ ≤ 1.
        factor: f64,
        /// n, the number of steps between reductions, at least 1.
        every: usize,
    },
    /// α/(1 + ck), which falls like 1/k: slowly enough to get anywhere, fast enough to settle under
    /// noise.
    ///
    /// Source: Robbins, Monro, *A stochastic approximation method* (1951).
    Inverse {
        /// c ≥ 0.
        decay: f64,
    },
    /// ½α(1 + cos(πk/n)) up to step n, 0 from there on.
    ///
    /// Source: Loshchilov, Hutter, *SGDR: stochastic gradient descent with warm restarts* (2017), without
    /// restarts; PyTorch's `CosineAnnealingLR(T_max=n)` up to n.
    Cosine {
        /// n.
        steps: usize,
    },
    /// α(k + 1)/n up to step n, α from there on.
    ///
    /// Source: Goyal et al., *Accurate, large minibatch SGD* (2017), section 2.2.
    WarmUp {
        /// n.
        steps: usize,
    },
    /// A zigzag between rα and α: up in n steps from rα, down in n, and again. Now and then large steps
    /// carry a walk across flat ground and saddles.
    ///
    /// α(r + (1 − r)·max(0, 1 − |k/n − 2c + 1|)) in cycle c = ⌊1 + k/(2n)⌋.
    ///
    /// Source: Smith, *Cyclical learning rates for training neural networks* (2017), section 3.1, the
    /// policy `triangular`; PyTorch's `CyclicLR(base_lr=rα, max_lr=α, step_size_up=n)`.
    Cyclical {
        /// r, the lowest rate as a fraction of α, 0 ≤ r ≤ 1.
        lowest: f64,
        /// n, the number of steps from the lowest rate to α, at least 1.
        half: usize,
    },
}

impl Schedule {
    /// The names that [`for_steps`](Self::for_steps) knows.
    pub const NAMES: [&'static str; 6] =
        ["constant", "step-decay", "1/t", "cosine", "warm-up", "cyclical"];

    /// Parses the schedule with this name, for a descent of `steps` steps.
    ///
    /// Its numbers may follow after a colon: `step-decay:0.5,100` (γ and n), `1/t:0.01` (c),
    /// `cosine:200`, `warm-up:20` (n), `cyclical:0.25,50` (r and n). By default γ is ½, c is 0.01,
    /// r is ¼, and n is a tenth of the steps, or all of them for the cosine.
    ///
    /// # Errors
    /// If there is no such schedule, or its numbers are not allowed.
    pub fn for_steps(text: &str, steps: usize) -> Result<Self, ScheduleError> {
        let (name, numbers) = match text.split_once(':') {
            Some((name, numbers)) => (name.trim(), numbers.split(',').map(str::trim).collect()),
            None => (text.trim(), Vec::new()),
        };
        let tenth = (steps / 10).max(1);
        let real = |text: &str| plain(text).filter(|x| *x >= 0.0);
        let whole = |text: &str| {
            let number = crate::numbers::whole(text).filter(|n| *n >= 1.0)?;
            (number < 1e15).then_some(number as usize)
        };
        let schedule = match (name, numbers.as_slice()) {
            ("constant", []) => Some(Self::Constant),
            ("step-decay", []) => Some(Self::StepDecay { factor: 0.5, every: tenth }),
            ("step-decay", [factor, every]) => real(factor)
                .filter(|factor| *factor > 0.0 && *factor <= 1.0)
                .zip(whole(every))
                .map(|(factor, every)| Self::StepDecay { factor, every }),
            ("1/t", []) => Some(Self::Inverse { decay: 0.01 }),
            ("1/t", [decay]) => real(decay).map(|decay| Self::Inverse { decay }),
            ("cosine", []) => Some(Self::Cosine { steps: steps.max(1) }),
            ("cosine", [steps]) => whole(steps).map(|steps| Self::Cosine { steps }),
            ("warm-up", []) => Some(Self::WarmUp { steps: tenth }),
            ("warm-up", [steps]) => whole(steps).map(|steps| Self::WarmUp { steps }),
            ("cyclical", []) => Some(Self::Cyclical { lowest: 0.25, half: tenth }),
            ("cyclical", [lowest, half]) => real(lowest)
                .filter(|lowest| *lowest <= 1.0)
                .zip(whole(half))
                .map(|(lowest, half)| Self::Cyclical { lowest, half }),
            _ => None,
        };
        schedule.ok_or(ScheduleError)
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::StepDecay { .. } => "step-decay",
            Self::Inverse { .. } => "1/t",
            Self::Cosine { .. } => "cosine",
            Self::WarmUp { .. } => "warm-up",
            Self::Cyclical { .. } => "cyclical",
        }
    }

    /// The learning rate of step `k`, counted from 0.
    #[must_use]
    pub fn alpha(&self, alpha: f64, k: usize) -> f64 {
        // Step counts have at most six digits, so they are exact as f64.
        match *self {
            Self::Constant => alpha,
            Self::StepDecay { factor, every } => {
                alpha * libm::pow(factor, (k / every.max(1)) as f64)
            }
            Self::Inverse { decay } => alpha / (1.0 + decay * k as f64),
            Self::Cosine { steps } if k >= steps => 0.0,
            Self::Cosine { steps } => {
                let turn = core::f64::consts::PI * k as f64 / steps as f64;
                0.5 * alpha * (1.0 + libm::cos(turn))
            }
            Self::WarmUp { steps } if k >= steps => alpha,
            Self::WarmUp { steps } => alpha * (k + 1) as f64 / steps as f64,
            Self::Cyclical { lowest, half } => {
                let half = half.max(1);
                let within = k % half.saturating_mul(2);
                let up = if within > half { half - (within - half) } else { within };
                alpha * (lowest + (1.0 - lowest) * (up as f64 / half as f64))
            }
        }
    }
}

impl FromStr for Schedule {
    type Err = ScheduleError;

    /// As [`for_steps`](Self::for_steps), with the steps of [`StopCriteria::default`].
    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        Self::for_steps(text, StopCriteria::default().max_iterations)
    }
}

impl fmt::Display for Schedule {
    /// The name with its numbers, as in `step-decay:0.5,100`; it reads back as the same schedule.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match *self {
            Self::Constant => Ok(()),
            Self::StepDecay { factor, every } => write!(f, ":{},{every}", shortest(factor)),
            Self::Inverse { decay } => write!(f, ":{}", shortest(decay)),
            Self::Cosine { steps } | Self::WarmUp { steps } => write!(f, ":{steps}"),
            Self::Cyclical { lowest, half } => write!(f, ":{},{half}", shortest(lowest)),
        }
    }
}

/// The error for text that is not a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduleError;

impl ScheduleError {
    /// What is allowed instead, to be read after a parameter's name and the text given.
    #[must_use]
    pub const fn allowed(self) -> &'static str {
        "constant, step-decay, step-decay:FACTOR,EVERY (0 < FACTOR ≤ 1, EVERY ≥ 1), 1/t, 1/t:DECAY (≥ 0), \
         cosine, cosine:STEPS, warm-up, warm-up:STEPS (≥ 1), cyclical or cyclical:LOWEST,HALF \
         (0 ≤ LOWEST ≤ 1, HALF ≥ 1)"
    }
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no such schedule; expected {}", self.allowed())
    }
}

impl std::error::Error for ScheduleError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_schedule() {
        for name in Schedule::NAMES {
            let schedule = Schedule::for_steps(name, 100).unwrap();
            assert_eq!(schedule.name(), name);
            for k in [0, 1, 99, 100, 1_000_000] {
                let alpha = schedule.alpha(0.1, k);
                assert!((0.0..=0.1).contains(&alpha), "{name} at {k}: {alpha}");
            }
            assert_eq!(schedule.alpha(0.0, 3), 0.0);
        }
    }

    #[test]
    fn numbers_follow_a_colon() {
        let parse = |text| Schedule::for_steps(text, 100);
        assert_eq!(parse("step-decay:0.1, 30"), Ok(Schedule::StepDecay { factor: 0.1, every: 30 }));
        assert_eq!(parse("1/t:0.5"), Ok(Schedule::Inverse { decay: 0.5 }));
        assert_eq!(parse("cosine"), Ok(Schedule::Cosine { steps: 100 }));
        let cyclical = Schedule::Cyclical { lowest: 0.1, half: 20 };
        assert_eq!(parse("cyclical: 0.1,20"), Ok(cyclical));
        assert_eq!(cyclical.to_string(), "cyclical:0.1,20");
        assert_eq!(parse("warm-up:7"), Ok(Schedule::WarmUp { steps: 7 }));
        for text in [
            "",
            "linear",
            "constant:1",
            "step-decay:2,3",
            "step-decay:0.5",
            "step-decay:0.5,0",
            "1/t:-1",
            "1/t:inf",
            "cosine:0",
            "warm-up:x",
            "cyclical:0.5",
            "cyclical:1.5,10",
            "cyclical:0.5,0",
        ] {
            assert_eq!(parse(text), Err(ScheduleError), "{text}");
        }
        assert!(Schedule::for_steps("cosine", 0).is_ok());
    }

    #[test]
    fn schedules_follow_their_formulas() {
        let decay = Schedule::StepDecay { factor: 0.5, every: 10 };
        assert_eq!([0, 9, 10, 29, 30].map(|k| decay.alpha(0.8, k)), [0.8, 0.8, 0.4, 0.2, 0.1]);
        let inverse = Schedule::Inverse { decay: 1.0 };
        assert_eq!([0, 1, 3].map(|k| inverse.alpha(1.0, k)), [1.0, 0.5, 0.25]);
        let warm_up = Schedule::WarmUp { steps: 4 };
        assert_eq!([0, 1, 3, 4, 9].map(|k| warm_up.alpha(1.0, k)), [0.25, 0.5, 1.0, 1.0, 1.0]);
        let cyclical = Schedule::Cyclical { lowest: 0.5, half: 2 };
        let rates = [0, 1, 2, 3, 4, 5, 6].map(|k| cyclical.alpha(1.0, k));
        assert_eq!(rates, [0.5, 0.75, 1.0, 0.75, 0.5, 0.75, 1.0]);
    }

    /// The formula of Smith's paper, written as it stands there.
    #[test]
    fn the_cyclical_schedule_is_the_papers() {
        let (base, most, half_cycle) = (0.02, 0.1, 7.0);
        let schedule = Schedule::Cyclical { lowest: base / most, half: 7 };
        for k in 0..100_u32 {
            let iterations = f64::from(k);
            let cycle = f64::floor(1.0 + iterations / (2.0 * half_cycle));
            let x = (iterations / half_cycle - 2.0 * cycle + 1.0).abs();
            let rate = base + (most - base) * (1.0 - x);
            assert!((schedule.alpha(most, k as usize) - rate).abs() < 1e-15, "step {k}");
        }
    }
}
