//! The median and other quantiles of a few numbers.

/// The median; of an even count the upper of the two middle numbers.
pub(crate) fn median(numbers: &[f64]) -> Option<f64> {
    at(numbers, numbers.len() / 2)
}

/// The number below which this fraction of all numbers lies.
pub(crate) fn quantile(numbers: &[f64], share: f64) -> Option<f64> {
    at(numbers, (share * numbers.len() as f64) as usize)
}

/// The number with this index in sorted order.
///
/// Counts instead of sorting, which would add a kilobyte to the page; there are never more than a
/// few hundred numbers.
fn at(numbers: &[f64], index: usize) -> Option<f64> {
    let below = |limit: f64| numbers.iter().filter(|number| **number < limit).count();
    let up_to = |limit: f64| numbers.iter().filter(|number| **number <= limit).count();
    numbers.iter().copied().find(|number| below(*number) <= index && index < up_to(*number))
}

#[cfg(test)]
mod tests {
    use super::{median, quantile};

    #[test]
    fn the_median_is_the_middle_one_in_order() {
        for numbers in [&[][..], &[2.0], &[3.0, 1.0], &[5.0, 1.0, 3.0], &[1.0, 1.0, 0.0, 7.0]] {
            let mut sorted = numbers.to_vec();
            sorted.sort_by(f64::total_cmp);
            assert_eq!(median(numbers), sorted.get(numbers.len() / 2).copied(), "{numbers:?}");
            assert_eq!(quantile(numbers, 0.0), sorted.first().copied(), "{numbers:?}");
        }
    }
}
