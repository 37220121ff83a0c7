//! The share of time that the machine gives to others.
//!
//! A loop that always does the same in registers is timed between the measurements. What it takes
//! beyond its shortest time was spent on other processes, or by the host of a virtual machine on
//! others. It needs no cooperation of the system, and notices a lowered clock as well. The host's
//! own share, where Linux reports it, is printed once for the whole run.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

/// Iterations of the loop: a few milliseconds.
const SPIN: u32 = 400_000;

/// The spin loops so far.
#[derive(Debug)]
pub(crate) struct Host {
    quickest: f64,
    /// Those since the last question.
    recent: Vec<f64>,
    /// Ticks stolen from this machine and all ticks, at the start.
    ticks: Option<(f64, f64)>,
}

impl Default for Host {
    fn default() -> Self {
        Self { quickest: f64::INFINITY, recent: Vec::new(), ticks: ticks() }
    }
}

impl Host {
    /// Spins once.
    pub(crate) fn look(&mut self) {
        let started = Instant::now();
        let mut x = 0.5;
        for _ in 0..SPIN {
            x = black_box(3.5 * x * (1.0 - x));
        }
        let took = started.elapsed().as_secs_f64();
        self.quickest = if took < self.quickest { took } else { self.quickest };
        self.recent.push(took);
    }

    /// The share of time lost since the last question.
    #[allow(clippy::cast_precision_loss, reason = "there are few looks")]
    pub(crate) fn lost(&mut self) -> f64 {
        let looks = std::mem::take(&mut self.recent);
        1.0 - self.quickest * looks.len() as f64 / looks.iter().sum::<f64>()
    }

    /// The share of time that the host took from this machine since the start.
    pub(crate) fn stolen(&self) -> Option<f64> {
        let ((stolen, all), (before, past)) = (ticks()?, self.ticks?);
        Some((stolen - before) / (all - past))
    }
}

fn ticks() -> Option<(f64, f64)> {
    parsed(&fs::read_to_string("/proc/stat").ok()?)
}

/// Stolen ticks and all ticks. Source: `proc_stat(5)`; the ninth and tenth number are part of the first two.
fn parsed(stat: &str) -> Option<(f64, f64)> {
    let numbers = stat.lines().next()?.strip_prefix("cpu ")?.split_whitespace();
    let numbers: Vec<f64> = numbers.take(8).filter_map(|number| number.parse().ok()).collect();
    Some((*numbers.get(7)?, numbers.iter().sum()))
}

#[cfg(test)]
mod tests {
    use super::{Host, parsed};

    #[test]
    fn the_eighth_number_is_stolen() {
        let stat = "cpu  10 0 5 60 1 2 2 20 7 0\ncpu0 1 1";
        assert_eq!(parsed(stat), Some((20.0, 100.0)));
        assert_eq!(parsed("cpu0 1"), None);
    }

    #[test]
    fn a_share_is_lost_beyond_the_shortest_loop() {
        let mut host = Host::default();
        host.look();
        host.recent.push(3.0 * host.quickest);
        let lost = host.lost();
        assert!((lost - 0.5).abs() < 1e-12, "{lost}");
        assert!(host.recent.is_empty());
    }
}
