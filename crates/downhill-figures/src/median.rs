//! The middle one of a few numbers.

/// The number with as many below it as above it; of an even count the upper of the two in the middle.
///
/// Counted instead of sorted: a sort is a kilobyte of the page's module, and nobody has more than a hundred numbers here.
pub(crate) fn median(numbers: &[f64]) -> Option<f64> {
    let below = |limit: f64| numbers.iter().filter(|number| **number < limit).count();
    let up_to = |limit: f64| numbers.iter().filter(|number| **number <= limit).count();
    let middle = numbers.len() / 2;
    numbers.iter().copied().find(|number| below(*number) <= middle && middle < up_to(*number))
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_one_in_order() {
        for numbers in [&[][..], &[2.0], &[3.0, 1.0], &[5.0, 1.0, 3.0], &[1.0, 1.0, 0.0, 7.0]] {
            let mut sorted = numbers.to_vec();
            sorted.sort_by(f64::total_cmp);
            assert_eq!(median(numbers), sorted.get(numbers.len() / 2).copied(), "{numbers:?}");
        }
    }
}
