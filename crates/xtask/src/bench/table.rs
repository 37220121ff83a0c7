//! Prints the measurements.

use serde_json::Value;

use super::limits::{LIMITS, Limit, Unit};

/// The rows with two sides: a title, the group and name among the measurements, and the side beside
/// plain JavaScript.
const ROWS: [(&str, &str, &str, &str); 13] = [
    ("Himmelblau, 256² starts, at most 200 steps", "figures", "map", "page"),
    ("the same, typed as a formula", "figures", "typed", "page"),
    ("the same, α = 0.0001: all 200 steps", "figures", "whole", "page"),
    ("Rosenbrock, 256² starts, all 200 steps", "figures", "rosenbrock", "page"),
    ("sin(3x)·cos(2y) + exp(−x² − y²), typed", "figures", "waves", "page"),
    ("Rosenbrock, one start, 10,000 steps recorded", "figures", "recorded", "page"),
    ("race at its best α: 3 rules, 61 α, 500 steps", "figures", "best", "page"),
    ("lab: sweep over 261 α", "figures", "sweep", "page"),
    ("fit: an event of α, 100,000 updates", "figures", "fit", "page"),
    ("network 2-16-16-1, 100 points, 1000 steps", "figures", "net", "page"),
    ("command: Himmelblau, as above", "native", "map", "native"),
    ("command: Rosenbrock, as above", "native", "rosenbrock", "native"),
    ("the same on all cores", "native", "rosenbrock_on_all", "native"),
];

/// Other pages' first load, gzipped, as measured once.
const OTHERS: &str = "first load of others, gzip: Distill, “Why Momentum Really Works” 272.4 KB; TensorFlow Playground 121.8 KB";

const NOTES: &str = "\
Medians, with quartiles in brackets. Both sides ran in turns in one page, on the modules of dist/site, and came to equal
results. “lost”: the share of time that the machine gave to others, from a loop of fixed length timed between the samples.
The figure has no other tolerance than 10⁻⁶; with α = 0.0001 no start reaches it, and each takes all its steps.
The command: a whole run minus the same run without a step, on one core unless the row says otherwise.
";

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".into(), |share| format!("{:.0} %", 100.0 * share))
}

fn spread(value: &Value, unit: Unit) -> String {
    let Some(median) = value["median"].as_f64() else { return "–".into() };
    let quartiles = value["low"].as_f64().zip(value["high"].as_f64());
    with_quartiles(median, quartiles, unit)
}

fn with_quartiles(median: f64, quartiles: Option<(f64, f64)>, unit: Unit) -> String {
    let median = unit.number(median);
    let range =
        quartiles.map(|(low, high)| format!(" ({}–{})", unit.number(low), unit.number(high)));
    // The unit stands once.
    let bare = |text: String| text.replace(" ms", "").replace(" KB", "");
    format!("{median}{}", range.map_or_else(String::new, bare))
}

/// Nanoseconds a step on both sides, where a row counts steps.
fn a_step(row: &Value, side: &str) -> String {
    let Some(steps) = row["steps"].as_f64() else { return "–".into() };
    let time = |side: &str| row[side]["median"].as_f64().map_or(f64::NAN, |ms| ms * 1e6 / steps);
    format!("{:.1} / {:.1}", time(side), time("plain"))
}

/// The times of both sides.
pub(super) fn sides(measured: &Value) -> String {
    let line = |title: &str, [ours, plain, ratio, step, lost]: [String; 5]| {
        format!("{title:<46} {ours:>24} {plain:>23} {ratio:>20} {step:>14} {lost:>5}\n")
    };
    let head = ["ours", "JavaScript", "ours / JavaScript", "ns a step", "lost"];
    let mut text = line("", head.map(String::from));
    for (title, group, row, side) in ROWS {
        let row = &measured[group][row];
        text += &line(
            title,
            [
                spread(&row[side], Unit::Ms),
                spread(&row["plain"], Unit::Ms),
                spread(&row["ratio"], Unit::Ratio),
                a_step(row, side),
                percent(row["lost"].as_f64()),
            ],
        );
    }
    text
}

/// Every number that has a limit.
pub(super) fn limits(measured: &Value) -> String {
    LIMITS.iter().map(|limit| line(limit, measured)).collect()
}

/// Those of the limits that were measured.
pub(super) fn measured_limits(measured: &Value) -> String {
    let found = LIMITS.iter().filter(|limit| limit.found(measured).is_some());
    found.map(|limit| line(limit, measured)).collect()
}

fn line(limit: &Limit, measured: &Value) -> String {
    let found = limit.found(measured).map_or_else(
        || "–".into(),
        |found| with_quartiles(found, limit.quartiles(measured), limit.unit),
    );
    let held = if limit.is_held(measured) { "held" } else { "MISSED" };
    let checked = if limit.unit == Unit::Ratio { " *" } else { "" };
    format!(
        "{:<46} {found:>26} {:>12} {:>6}  {held}{checked}\n",
        limit.what,
        limit.words(),
        percent(limit.lost(measured)),
    )
}

/// What the numbers mean.
pub(super) fn notes(measured: &Value) -> String {
    let stolen = percent(measured["stolen"].as_f64());
    format!(
        "{NOTES}Over the whole run the host took {stolen} of this machine’s time (/proc/stat).\n* held by --check\n{OTHERS}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_step_is_a_share_of_its_row() {
        let row = json!({ "steps": 1000, "page": { "median": 0.25 }, "plain": { "median": 0.01 } });
        assert_eq!(a_step(&row, "page"), "250.0 / 10.0");
        assert_eq!(a_step(&json!({}), "page"), "–");
    }

    #[test]
    fn a_spread_has_its_unit_once() {
        let value = json!({ "median": 353.4, "low": 350.0, "high": 402.0 });
        assert_eq!(spread(&value, Unit::Ms), "353 ms (350–402)");
        assert_eq!(spread(&json!({ "median": 1.5 }), Unit::Ratio), "1.50");
        assert_eq!(spread(&json!(null), Unit::Ms), "–");
    }
}
