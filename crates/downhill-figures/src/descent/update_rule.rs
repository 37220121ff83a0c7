//! The update rule with the numbers of one step, laid out as a calculation.

use crate::descent::descent_1d::Descent1d;
use crate::draw::ColorRole;
use crate::framework::declaration::{Cell, Readout};
use crate::framework::view_state::ViewState;
use crate::text::numbers::lowered;

/// The terms of one step of plain descent: x_{k+1} = x_k − α·f′(x_k).
pub(crate) fn update_rule(descent: &Descent1d, view: &ViewState<'_>) -> Readout {
    let locale = view.locale;
    let last = descent.last();
    // At the end of a run the last step is shown, unless the next one leaves the domain.
    let beyond = descent.beyond(view.k as usize).is_some();
    let k = if view.k < last || beyond { view.k } else { last.saturating_sub(1) };
    let (now, next) = (lowered(k), lowered(k + 1));
    let here = descent.iterate(k);
    let (alpha, slope) = (descent.plan().at(k), here.gradient[0]);
    let step = alpha * slope;
    let landed = here.x[0] - step;
    let hidden = view.predicting && view.k == k;
    let number = |value: f64| locale.rounded(value);
    // After a sign.
    let factor = |value: f64| match number(value) {
        text if value < 0.0 => format!("({text})"),
        text => text,
    };
    let row = |term: String,
               sign: &str,
               value: Option<f64>,
               note: String,
               role: ColorRole|
     -> [Cell; 5] {
        let print = |value| if sign == "−" { factor(value) } else { number(value) };
        let text = value.map_or_else(|| "?".to_owned(), print);
        let (whole, decimals) = split(&text);
        [term, sign.to_owned(), whole, decimals, note].map(|text| Cell { text, role })
    };
    let head = locale.format("rule-head", &[("now", &*now), ("next", &*next)]);
    let product = format!("{} · {}", number(alpha), factor(slope));
    let rows = vec![
        row(format!("x{now}"), "", Some(here.x[0]), locale.get("rule-here"), ColorRole::Ink),
        row(format!("α · f′(x{now})"), "−", Some(step), product, ColorRole::Gradient),
        row(
            format!("x{next}"),
            "=",
            (!hidden).then_some(landed),
            locale.get(if hidden {
                "rule-hidden"
            } else if beyond {
                "rule-nowhere"
            } else {
                "rule-landed"
            }),
            ColorRole::Step,
        ),
    ];
    let result = if hidden { "?".to_owned() } else { number(landed) };
    let values = [
        ("k", &*k.to_string()),
        ("next", &*(k + 1).to_string()),
        ("x", &*number(here.x[0])),
        ("alpha", &*number(alpha)),
        ("slope", &*number(slope)),
        ("landed", &*result),
    ];
    Readout::Rule {
        id: "rule",
        part: "rule",
        label: locale.format("rule-words", &values),
        head,
        rows,
    }
}

/// Splits a number before its decimal separator.
fn split(text: &str) -> (String, String) {
    let digits = |c: char| c.is_ascii_digit() || c == '−' || c == '(';
    let at = text.find(|c: char| !digits(c)).unwrap_or(text.len());
    let (whole, decimals) = text.split_at_checked(at).unwrap_or((text, ""));
    (whole.to_owned(), decimals.to_owned())
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn numbers_are_split_at_the_point() {
        assert_eq!(split("−4.25"), ("−4".to_owned(), ".25".to_owned()));
        assert_eq!(split("(−4.25)"), ("(−4".to_owned(), ".25)".to_owned()));
        assert_eq!(split("12"), ("12".to_owned(), String::new()));
        assert_eq!(split("4,5"), ("4".to_owned(), ",5".to_owned()));
        assert_eq!(split("1 × 10⁷"), ("1".to_owned(), " × 10⁷".to_owned()));
    }
}
