//! A small Shell sort, which avoids kilobytes of the standard library's sorts for every type.

/// Gaps for up to a few thousand items. Only the single gap 1 makes a stable sort.
///
/// Source: Ciura, *Best increments for the average case of Shellsort* (2001).
pub const MANY: &[usize] = &[1750, 701, 301, 132, 57, 23, 10, 4, 1];

/// The gap for a few items, such as the axes of a space; it makes a stable sort.
pub const FEW: &[usize] = &[1];

/// Sorts by insertion with decreasing gaps; the last should be 1.
///
/// Source: Shell, *A high-speed sorting procedure* (1959).
pub fn sort<T>(items: &mut [T], gaps: &[usize], is_after: impl Fn(&T, &T) -> bool) {
    for &gap in gaps {
        for end in gap..items.len() {
            let mut at = end;
            while at >= gap && is_after(&items[at - gap], &items[at]) {
                items.swap(at - gap, at);
                at -= gap;
            }
        }
    }
}

/// Sorts by a key, in ascending order.
pub fn sort_by_key<T>(items: &mut [T], gaps: &[usize], key: impl Fn(&T) -> f64) {
    sort(items, gaps, |a, b| key(a).total_cmp(&key(b)).is_gt());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorted_values_ascend(mut items in prop::collection::vec(any::<f64>(), 0..300)) {
            let bits = |all: &[f64]| all.iter().map(|item| item.to_bits()).collect::<Vec<_>>();
            let mut expected = items.clone();
            expected.sort_by(f64::total_cmp);
            sort_by_key(&mut items, MANY, |item| *item);
            prop_assert_eq!(bits(&items), bits(&expected));
        }

        #[test]
        fn equals_stay_in_their_order(keys in prop::collection::vec(0_u8..5, 0..60)) {
            let mut items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut items, FEW, |(key, _)| f64::from(*key));
            prop_assert_eq!(items, expected);
        }
    }
}
