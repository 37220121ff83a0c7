//! Finds where a condition ends between two numbers.

/// A number where a condition holds, close to where it ends: it holds at `inner` and not at
/// `outer`, and the interval between them is halved `halvings` times.
pub(crate) fn bisect(inner: f64, outer: f64, halvings: u32, holds: &dyn Fn(f64) -> bool) -> f64 {
    let (mut inner, mut outer) = (inner, outer);
    for _ in 0..halvings {
        let middle = f64::midpoint(inner, outer);
        if holds(middle) {
            inner = middle;
        } else {
            outer = middle;
        }
    }
    inner
}

#[cfg(test)]
mod tests {
    use super::bisect;

    #[test]
    fn the_end_is_found_from_both_sides() {
        assert!((bisect(0.0, 2.0, 40, &|x| x * x < 2.0) - 2_f64.sqrt()).abs() < 1e-11);
        let above = bisect(2.0, 0.0, 40, &|x| x * x > 2.0);
        assert!(above * above > 2.0 && above < 1.414_213_563, "{above}");
    }
}
