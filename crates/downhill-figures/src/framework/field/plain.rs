//! Texts as the lesson itself writes them, read without the code that explains what is wrong.

use downhill::AlphaChanges;
use downhill::numbers::{plain, whole};

use super::{Field, Slot};

impl Field<'_> {
    /// Takes a text that means the same to [`read`](Self::read) and needs no second look: a number
    /// within its bounds, a list with commas and semicolons, a known name. Returns `false` for any
    /// other, and then the value stays.
    ///
    /// The page has this before anyone reads, and the rest of `read` only then.
    #[must_use]
    pub(crate) fn read_plainly(&mut self, text: &str) -> bool {
        match &mut self.slot {
            Slot::Number(value, (low, high)) => match plain(text) {
                Some(number) if (*low..=*high).contains(&number) => **value = number + 0.0,
                _ => return false,
            },
            Slot::Rate(alpha, changes, (low, high)) => match plain(text) {
                Some(number) if (*low..=*high).contains(&number) => {
                    (**alpha, **changes) = (number + 0.0, AlphaChanges::default());
                }
                _ => return false,
            },
            Slot::Count(value, (low, high)) => match whole(text) {
                Some(number) if (f64::from(*low)..=f64::from(*high)).contains(&number) => {
                    **value = number as u32;
                }
                _ => return false,
            },
            Slot::Toggle(on) => match text {
                "" | "on" => **on = true,
                "off" => **on = false,
                _ => return false,
            },
            Slot::Choice(choice) => return choice.choose(text),
            Slot::Point(at, largest) => match numbers(text, false, *largest) {
                Some(numbers) if numbers.len() == at.len() => at.copy_from_slice(&numbers),
                _ => return false,
            },
            Slot::Points(points, most, largest) => match numbers(text, true, *largest) {
                Some(numbers) if numbers.len() <= 2 * *most => match numbers.as_chunks() {
                    (pairs, []) => **points = pairs.to_vec(),
                    _ => return false,
                },
                _ => return false,
            },
            Slot::Loss(loss) => return loss.read_plainly(text),
            // Longer ones are cut.
            Slot::Text(value) if text.len() <= 200 => text.clone_into(value),
            _ => return false,
        }
        true
    }
}

/// Numbers within ±`largest`, separated by commas; of pairs, every second separator is a semicolon.
fn numbers(text: &str, paired: bool, largest: f64) -> Option<Vec<f64>> {
    let mut separators = text.bytes().filter(|byte| matches!(byte, b',' | b';')).enumerate();
    if !separators.all(|(i, byte)| (byte == b';') == (paired && i % 2 == 1)) {
        return None;
    }
    let within = |number: &f64| number.abs() <= largest;
    // The reader sees −0 as 0.
    let number = |text| plain(text).filter(within).map(|number| number + 0.0);
    text.split([',', ';']).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panes::loss_chart::LossScale;
    use crate::text::locale::Locale;

    /// What stands in the field after each way of reading a text, if it was taken.
    fn both(make: &dyn Fn(&str) -> [Option<String>; 2], plainly: &[&str], not: &[&str]) {
        for text in plainly {
            let [short, long] = make(text);
            assert!(short.is_some() && short == long, "{text}: {short:?}, {long:?}");
        }
        for text in not {
            assert_eq!(make(text)[0], None, "{text}");
        }
    }

    /// Reads a text into two equal slots, plainly and in full.
    macro_rules! read {
        ($text:ident, $value:expr, $at:ident => $slot:expr) => {{
            let mut one = $value;
            let $at = &mut one;
            let mut field = Field { name: "it", slot: $slot };
            let short = field.read_plainly($text).then(|| field.text());
            let mut other = $value;
            let $at = &mut other;
            let mut field = Field { name: "it", slot: $slot };
            let long = field.read($text, &Locale::default()).is_ok().then(|| field.text());
            [short, long]
        }};
    }

    #[test]
    fn what_is_read_plainly_is_read_alike_in_full() {
        both(
            &|text| read!(text, 0.5, at => Slot::Number(at, (0.0, 10.0))),
            &["0.1", " 3 ", "1e-3", "-0", "10"],
            &["0,1", "-1", "11", "", "1e400", "1e-400", "0.1.2", "NaN", "1/2"],
        );
        both(
            &|text| read!(text, (0.5, AlphaChanges::default()), at => Slot::Rate(&mut at.0, &mut at.1, (0.0, 10.0))),
            &["0.1", " 3 ", "-0"],
            &["0.1,40:0.2", "0,1", "11", ""],
        );
        both(
            &|text| read!(text, 5, at => Slot::Count(at, (1, 100))),
            &["1", "100", "1e1"],
            &["0", "1.5", "x"],
        );
        both(
            &|text| read!(text, false, at => Slot::Toggle(at)),
            &["", "on", "off"],
            &["yes", "maybe"],
        );
        both(
            &|text| read!(text, LossScale::Log, at => Slot::Choice(at)),
            &["log", "linear"],
            &["Log", ""],
        );
        both(
            &|text| read!(text, [1.0, 2.0], at => Slot::Point(at, 9.0)),
            &["3,4", " -0 , −4"],
            &["3", "3;4", "3,4,5", "3,10", "3,", "3,4;"],
        );
        both(
            &|text| read!(text, vec![[1.0, 2.0]], at => Slot::Points(at, 2, 9.0)),
            &["3,4", "-0.2,-0.9;4.6,-4.2"],
            &["3", "3;4", "3,4,5,6", "1,2;3,4;5,6", "1,2;", "1,2;3", "10,1", "3,4\n5,6"],
        );
        both(
            &|text| read!(text, String::new(), at => Slot::Text(at)),
            &["", "de"],
            &[&"x".repeat(201)],
        );
        both(
            &|text| read!(text, loss("ravine"), at => Slot::Loss(at)),
            &["himmelblau", "bowl"],
            &["saddle", "x^2", " himmelblau", "hill"],
        );
    }

    fn loss(name: &str) -> downhill::NamedLoss<2> {
        downhill::NamedLoss::<2>::named(name).expect("a landscape")
    }
}
