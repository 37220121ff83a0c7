//! Median and quartiles of repeated measurements.

use serde_json::{Value, json};

/// The spread of these values, with the share of time lost while they were measured.
pub(crate) fn spread(mut values: Vec<f64>, lost: f64) -> Value {
    values.sort_by(f64::total_cmp);
    let at = |quarter: usize| {
        let last = values.len().checked_sub(1)?;
        values.get((quarter * last + 2) / 4).copied()
    };
    json!({ "median": at(2), "low": at(1), "high": at(3), "lost": lost })
}

#[cfg(test)]
mod tests {
    use super::spread;
    use serde_json::json;

    #[test]
    fn half_of_the_values_lie_between_the_quartiles() {
        let found = spread(vec![9.0, 1.0, 4.0, 3.0, 2.0], 0.5);
        assert_eq!(found, json!({ "median": 3.0, "low": 2.0, "high": 4.0, "lost": 0.5 }));
        assert_eq!(spread(Vec::new(), 0.0)["median"], json!(null));
    }
}
