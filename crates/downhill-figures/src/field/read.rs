//! How a text becomes a field's value: exactly, at the nearest bound, or not at all.

use downhill::{Dataset, Schedule};

use super::{Field, OWN, Problem, Slot, loss};
use crate::voice::Voice;

/// The longest text that a sentence repeats.
const LONGEST_QUOTE: usize = 40;

/// Where a text did not fit: either nothing of it could be used, or a bound was taken in its place.
enum Misfit {
    Malformed,
    Bounded,
}

impl Field<'_> {
    /// Takes a text as the field's value: exactly, at the nearest bound, or not at all.
    ///
    /// # Errors
    /// A [`Problem`] if the text was not taken as it stands. A number out of range was then taken at
    /// the nearest bound; for anything else the former value stays.
    pub fn read(&mut self, text: &str, voice: &Voice) -> Result<(), Problem> {
        if let Slot::Data(points, largest) = &mut self.slot {
            let read = dataset(text, *largest, voice);
            return read.map(|read| **points = read).map_err(|why| {
                let refusal = voice.say("problem-data", &[("name", self.name), ("why", &*why)]);
                let message = format!("{refusal} {}", voice.get("problem-data-kept"));
                Problem { parameter: self.name.to_owned(), refusal, message, offset: None }
            });
        }
        let misfit = match self.take(text, voice) {
            Ok(()) => return Ok(()),
            Err(misfit) => misfit,
        };
        let shown = self.shown(voice);
        let mut quote: String = text.chars().take(LONGEST_QUOTE).collect();
        if quote.len() < text.len() {
            quote.push('…');
        }
        let values = [
            ("name", self.name),
            ("got", &*quote),
            ("allowed", &*self.allowed(text, voice)),
            ("kept", &*shown),
        ];
        let end = match misfit {
            Misfit::Malformed => "problem-kept",
            Misfit::Bounded => "problem-bounded",
        };
        let refusal = voice.say("problem-field", &values);
        let message = format!("{refusal} {}", voice.say(end, &values));
        let offset = self.formula_error(text).map(|error| error.offset());
        Err(Problem { parameter: self.name.to_owned(), refusal, message, offset })
    }

    fn take(&mut self, text: &str, voice: &Voice) -> Result<(), Misfit> {
        let number = |text: &str| voice.digits.read(text).ok_or(Misfit::Malformed);
        match &mut self.slot {
            Slot::Number(value, (low, high)) => {
                let (bounded, fits) = nearest(number(text)?, *low, *high);
                **value = bounded;
                fits
            }
            Slot::Count(value, (low, high)) => {
                let wanted = number(text)?;
                if libm::trunc(wanted) != wanted {
                    return Err(Misfit::Malformed);
                }
                let (bounded, fits) = nearest(wanted, f64::from(*low), f64::from(*high));
                **value = bounded as u32;
                fits
            }
            Slot::Toggle(on) => {
                **on = match text {
                    "" | "on" | "true" | "1" => true,
                    "off" | "false" | "0" => false,
                    _ => return Err(Misfit::Malformed),
                };
                Ok(())
            }
            Slot::Choice(index, names) => {
                // In an address a plus means a space.
                let same = |name: &&str| *name == text.trim() || name.replace('+', " ") == text;
                let found = names.iter().position(same);
                **index = found.ok_or(Misfit::Malformed)?;
                Ok(())
            }
            Slot::Point(at, largest) => {
                let parts: Vec<&str> = text.split([',', ';']).collect();
                // In one dimension a comma may be the language's own separator.
                let parts = if at.len() == 1 { vec![text] } else { parts };
                if parts.len() != at.len() {
                    return Err(Misfit::Malformed);
                }
                let wanted = parts.into_iter().map(number).collect::<Result<Vec<_>, _>>()?;
                let mut all = Ok(());
                for (slot, wanted) in at.iter_mut().zip(wanted) {
                    let (bounded, fits) = nearest(wanted, -*largest, *largest);
                    *slot = bounded;
                    all = all.and(fits);
                }
                all
            }
            Slot::Parameters(at, largest) => {
                let given = if at.len() == 1 { 1 } else { text.split([',', ';']).count() };
                let Some(first) = at.get_mut(..given) else { return Err(Misfit::Malformed) };
                let mut field = Field { name: self.name, slot: Slot::Point(first, *largest) };
                let read = field.take(text, voice);
                if !matches!(read, Err(Misfit::Malformed)) {
                    at[given..].fill(0.0);
                }
                read
            }
            Slot::Data(..) => Err(Misfit::Malformed),
            Slot::Loss(chosen) => {
                **chosen = loss::curve(text).map_err(|_| Misfit::Malformed)?;
                Ok(())
            }
            Slot::Ground(chosen) => {
                **chosen = loss::ground(text).map_err(|_| Misfit::Malformed)?;
                Ok(())
            }
            Slot::Points(points, most, largest) => {
                let mut wanted = Vec::new();
                let mut all = Ok(());
                for pair in text.split(';').filter(|pair| !pair.trim().is_empty()) {
                    let (x, y) = pair.split_once(',').ok_or(Misfit::Malformed)?;
                    let (x, x_fits) = nearest(number(x)?, -*largest, *largest);
                    let (y, y_fits) = nearest(number(y)?, -*largest, *largest);
                    all = all.and(x_fits).and(y_fits);
                    wanted.push([x, y]);
                }
                if wanted.is_empty() || wanted.len() > *most {
                    return Err(Misfit::Malformed);
                }
                **points = wanted;
                all
            }
            Slot::Names(chosen, names) => {
                let mut wanted = 0;
                for name in text.split(',') {
                    let found = names.iter().position(|known| *known == name.trim());
                    wanted |= 1 << found.ok_or(Misfit::Malformed)?;
                }
                **chosen = wanted;
                Ok(())
            }
            Slot::Own(value, _) if text.trim() == OWN => {
                **value = None;
                Ok(())
            }
            Slot::Own(value, (low, high)) => {
                let (bounded, fits) = nearest(number(text)?, *low, *high);
                **value = Some(bounded);
                fits
            }
            Slot::Schedule(value) => {
                // Which numbers are allowed does not depend on how many steps there are.
                Schedule::parse(text, 1).map_err(|_| Misfit::Malformed)?;
                text.trim().clone_into(value);
                Ok(())
            }
            Slot::Text(value) => {
                value.clear();
                value.extend(text.chars().take(200));
                Ok(())
            }
            Slot::Notes(value) => {
                text.clone_into(value);
                Ok(())
            }
        }
    }
}

/// Points as CSV; otherwise what is wrong with them. No text is no points, and what a figure has of its own returns.
fn dataset(text: &str, largest: f64, voice: &Voice) -> Result<Option<Dataset>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let read = Dataset::from_csv(text).map_err(|error| error.to_string())?;
    let far = |point: &[f64; 2]| point.iter().any(|coordinate| coordinate.abs() > largest);
    match read.points().iter().position(far) {
        None => Ok(Some(read)),
        Some(index) => {
            let values =
                [("n", &*(index + 1).to_string()), ("largest", &*voice.digits.exact(largest))];
            Err(voice.say("problem-far", &values))
        }
    }
}

/// A number at the nearest of two bounds, and whether it lay between them.
fn nearest(wanted: f64, low: f64, high: f64) -> (f64, Result<(), Misfit>) {
    if (low..=high).contains(&wanted) {
        // −0 is 0 to a reader.
        (wanted + 0.0, Ok(()))
    } else {
        (if wanted < low { low } else { high }, Err(Misfit::Bounded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice() -> Voice {
        Voice::new("en", ".", "")
    }

    #[test]
    fn a_number_out_of_range_is_taken_at_the_nearest_bound() {
        let mut alpha = 0.1;
        let mut field = Field { name: "alpha", slot: Slot::Number(&mut alpha, (0.0, 10.0)) };
        let problem = field.read("-3", &voice()).expect_err("a negative learning rate");
        assert_eq!(problem.message, "alpha must be a number from 0 to 10, not “-3”. 0 is taken.");
        assert_eq!(alpha, 0.0);
    }

    #[test]
    fn what_is_malformed_leaves_the_last_good_value() {
        for text in ["fast", "NaN", "inf", "", "1e400", "0.1.2", "<b>"] {
            let mut alpha = 0.25;
            let mut field = Field { name: "alpha", slot: Slot::Number(&mut alpha, (0.0, 10.0)) };
            let problem = field.read(text, &voice()).expect_err("no number");
            assert!(problem.message.ends_with("0.25 stays."), "{}", problem.message);
            assert_eq!(
                problem.refusal,
                format!("alpha must be a number from 0 to 10, not “{text}”.")
            );
            assert_eq!(alpha, 0.25);
        }
    }

    #[test]
    fn points_have_as_many_coordinates_as_the_loss_has_variables() {
        let mut start = [-4.0, 1.0];
        let mut field = Field { name: "start", slot: Slot::Point(&mut start, 100.0) };
        assert!(field.read("1", &voice()).is_err());
        assert!(field.read("1,2,3", &voice()).is_err());
        assert!(field.read(" 1.5, -2 ", &voice()).is_ok());
        assert_eq!(start, [1.5, -2.0]);
    }

    #[test]
    fn a_long_text_is_quoted_in_part() {
        let mut on = false;
        let mut field = Field { name: "autoplay", slot: Slot::Toggle(&mut on) };
        let problem = field.read(&"y".repeat(500), &voice()).expect_err("no toggle");
        assert!(problem.message.len() < 200, "{}", problem.message);
    }
}
