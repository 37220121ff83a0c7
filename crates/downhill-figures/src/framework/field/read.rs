//! Parses a text as a field's value: exactly, clamped to the nearest bound, or not at all.

use downhill::AlphaChanges;
use downhill::numbers::{code_point, invisible, plain, readings, shortest, vanishes, whole};

use super::{Field, Place, Problem, Refusal, Slot};
use crate::text::locale::Locale;
use crate::text::numbers::Digits;

/// The longest text that a message quotes.
const LONGEST_QUOTE: usize = 40;

/// Why a text was not taken as given: it is malformed, for a reason that says it all or not, it is
/// ambiguous, or it was clamped to a bound.
enum Misfit {
    Malformed,
    Because(String),
    Ambiguous([String; 2]),
    /// Not a list here, but one with other marks: as it is written here, and whether it had decimal
    /// commas.
    Foreign(String, bool),
    Bounded,
}

/// Where a text comes from, which determines its number notation.
#[derive(Clone, Copy)]
enum Hand<'a> {
    /// A page, a URL or a command: one notation for all languages.
    Plain,
    /// A person at the keyboard: the separators of the page's language count, and the field is called
    /// what its control is.
    Typed(&'a Locale, &'a str),
}

impl Hand<'_> {
    fn number(self, text: &str) -> Result<f64, Misfit> {
        match self {
            Self::Plain => plain(text),
            Self::Typed(locale, _) => locale.digits.read(text),
        }
        .ok_or(Misfit::Malformed)
    }

    fn whole(self, text: &str) -> Result<f64, Misfit> {
        match self {
            Self::Plain => whole(text),
            Self::Typed(locale, _) => locale.digits.read_whole(text),
        }
        .ok_or(Misfit::Malformed)
    }

    /// Splits a list of numbers separated by commas, with pairs separated by semicolons or line
    /// breaks.
    ///
    /// In typed text, semicolons may separate any numbers; in a language with a decimal comma, so
    /// may vertical bars, or a comma and a space.
    fn list(
        self,
        text: &str,
        paired: bool,
        fits: &dyn Fn(usize) -> bool,
    ) -> Result<Vec<f64>, Misfit> {
        let digits = match self {
            Self::Plain => None,
            Self::Typed(locale, _) => Some(&locale.digits),
        };
        let read = |parts: Vec<&str>| numbers(&parts, digits, fits);
        let whole = |text: &&str| !text.trim().is_empty();
        let usual = if paired {
            let pairs = text.split([';', '\n']).filter(whole);
            let pairs: Option<Vec<_>> = pairs.map(|pair| pair.split_once(',')).collect();
            pairs.and_then(|pairs| read(pairs.into_iter().flat_map(|(x, y)| [x, y]).collect()))
        } else {
            let typed = matches!(self, Self::Typed(..));
            read(text.split(|c| c == ',' || typed && c == ';').collect())
        };
        // With decimal commas. Character by character, because string search costs kilobytes in the page.
        let next = text.chars().skip(1).chain(['\0']);
        let parted = |(c, next)| if c == ',' && next == ' ' { ';' } else { c };
        let own: String = text.chars().zip(next).map(parted).collect();
        let own: Vec<&str> = own.split([';', '|', '\n']).filter(whole).collect();
        let locale = match self {
            Self::Typed(locale, _) if locale.digits.has_comma() => locale,
            _ => {
                return usual.ok_or_else(|| {
                    // A list too long to be quoted is too long to be rewritten.
                    let short = text.len() <= LONGEST_QUOTE;
                    numbers(&own, Some(&Digits::new(",", ".")), &|count| short && fits(count))
                        .map_or(Misfit::Malformed, |all| foreign(&all, paired))
                });
            }
        };
        match (usual, read(own)) {
            (Some(one), Some(other)) if one != other => {
                let shown = |numbers: Vec<f64>| match numbers.as_chunks() {
                    (pairs, []) if paired => locale.points(pairs),
                    _ => locale.list(&numbers),
                };
                Err(Misfit::Ambiguous([one, other].map(shown)))
            }
            (usual, own) => usual.or(own).ok_or(Misfit::Malformed),
        }
    }
}

impl Field<'_> {
    /// Takes a text from a page, a URL or a command as the field's value: exactly, clamped to the
    /// nearest bound, or not at all.
    ///
    /// Its numbers are in the one notation for all languages ([`downhill::numbers::plain`]).
    ///
    /// # Errors
    /// If the text was not taken as given. A number out of range is then clamped to the nearest
    /// bound; otherwise the previous value stays.
    pub fn read(&mut self, text: &str, locale: &Locale) -> Result<(), Problem> {
        self.read_by(Hand::Plain, text, locale)
    }

    /// Like [`read`](Self::read), for text typed into the control with this label, whose numbers may
    /// have the separators of the reader's language.
    ///
    /// # Errors
    /// As for [`read`](Self::read), and if the text is an ambiguous number.
    pub fn enter(&mut self, text: &str, label: &str, locale: &Locale) -> Result<(), Problem> {
        self.read_by(Hand::Typed(locale, label), text, locale)
    }

    fn read_by(&mut self, hand: Hand<'_>, text: &str, locale: &Locale) -> Result<(), Problem> {
        let name = match hand {
            Hand::Plain => self.name,
            Hand::Typed(_, label) => label,
        };
        let misfit = match self.take(text, hand) {
            Ok(()) => return Ok(()),
            Err(Misfit::Because(why)) => {
                let refusal = locale.format("problem-data", &[("name", name), ("why", &*why)]);
                let message = format!("{refusal} {}", locale.get("problem-data-kept"));
                let parameter = self.name.to_owned();
                return Err(Problem { parameter, refusal, message, offset: None });
            }
            Err(misfit) => misfit,
        };
        let shown = if let Slot::Path(..) = self.slot { String::new() } else { self.shown(locale) };
        let mut quote: String = text.chars().take(LONGEST_QUOTE).collect();
        if quote.len() < text.len() {
            quote.push('…');
        }
        let mut allowed = self.allowed(text, locale);
        // `1e9` is whole: only its size is wrong.
        if let (Misfit::Bounded, Slot::Count(_, (low, high))) = (&misfit, &self.slot) {
            let (low, high) = (low.to_string(), high.to_string());
            allowed = locale.format("allowed-number", &[("low", &*low), ("high", &*high)]);
        }
        let values = [("name", name), ("got", &*quote), ("allowed", &*allowed), ("kept", &*shown)];
        // A long path is not repeated.
        let end = match (&misfit, &self.slot) {
            (Misfit::Bounded, Slot::Path(..)) => "problem-data-bounded",
            (Misfit::Bounded, _) => "problem-bounded",
            (_, Slot::Path(..)) => "problem-data-kept",
            _ => "problem-kept",
        };
        let refusal =
            locale.format("problem-field", &values) + &self.advice(misfit, hand, text, locale);
        let message = format!("{refusal} {}", locale.format(end, &values));
        let offset = self
            .formula_error(text)
            .map(|error| Place { character: error.character() - 1, column: error.column() });
        Err(Problem { parameter: self.name.to_owned(), refusal, message, offset })
    }

    /// How to write the text differently: a sentence after a space, or nothing.
    fn advice(&self, misfit: Misfit, hand: Hand<'_>, text: &str, locale: &Locale) -> String {
        let mut both = Vec::new();
        let mut key = "hint-one";
        match misfit {
            Misfit::Bounded | Misfit::Because(_) => return String::new(),
            Misfit::Ambiguous(readings) => both.extend(readings),
            Misfit::Foreign(written, commas) => {
                if commas {
                    key = "hint-point";
                }
                both.push(written);
            }
            Misfit::Malformed => {
                if matches!(self.slot, Slot::Loss(_)) {
                    return String::new();
                }
                if let Some(unseen) = invisible(text) {
                    key = "hint-unseen";
                    both.push(code_point(unseen));
                } else if self.is_number() && vanishes(text) {
                    return " ".to_owned() + &locale.get("hint-small");
                } else if self.is_number() {
                    let whole = matches!(self.slot, Slot::Count(..));
                    for reading in readings(text) {
                        if whole && f64::trunc(reading.value) != reading.value {
                            continue;
                        }
                        let written = match hand {
                            Hand::Plain => shortest(reading.value),
                            Hand::Typed(locale, _) => locale.full(reading.value),
                        };
                        // If even the page's own notation has no decimal point here, something else
                        // is wrong.
                        let points = written.chars().all(|c| c != ',' && c != '٫');
                        if reading.decimal == Some(',') && points {
                            key = "hint-point";
                        }
                        both.push(written);
                    }
                }
            }
        }
        let said = match both.as_slice() {
            [] => return String::new(),
            [a] => locale.format(key, &[("a", a)]),
            [a, b, ..] => locale.format("hint-two", &[("a", a), ("b", b)]),
        };
        " ".to_owned() + &said
    }

    /// Whether the field takes a single number.
    fn is_number(&self) -> bool {
        match &self.slot {
            Slot::Number(..) | Slot::Rate(..) | Slot::Count(..) | Slot::Own(..) => true,
            Slot::Point(at, _) | Slot::Parameters(at, _) => at.len() == 1,
            _ => false,
        }
    }

    fn take(&mut self, text: &str, hand: Hand<'_>) -> Result<(), Misfit> {
        match &mut self.slot {
            Slot::Number(value, (low, high)) => {
                let (bounded, fits) = nearest(hand.number(text)?, *low, *high);
                **value = bounded;
                fits
            }
            Slot::Rate(alpha, changes, (low, high)) => {
                if !has_changes(text) {
                    let (bounded, fits) = nearest(hand.number(text)?, *low, *high);
                    (**alpha, **changes) = (bounded, AlphaChanges::default());
                    return fits;
                }
                // In a language with a decimal comma, semicolons separate.
                let own = text.bytes().any(|byte| byte == b';');
                let read = match hand {
                    Hand::Typed(locale, _) if own => {
                        AlphaChanges::read_with(text, ';', &|part| locale.digits.read(part))
                    }
                    _ => AlphaChanges::read(text),
                };
                let (first, next) = read.map_err(|_| Misfit::Malformed)?;
                let rates = next.list().iter().map(|&(_, rate)| rate);
                if rates.chain([first]).any(|rate| !(*low..=*high).contains(&rate)) {
                    return Err(Misfit::Malformed);
                }
                (**alpha, **changes) = (first, next);
                Ok(())
            }
            Slot::Count(value, (low, high)) => {
                let wanted = hand.whole(text)?;
                let (bounded, fits) = nearest(wanted, f64::from(*low), f64::from(*high));
                **value = bounded as u32;
                fits
            }
            Slot::Toggle(on) => {
                **on = match text.trim() {
                    "" | "on" | "true" | "1" => true,
                    "off" | "false" | "0" => false,
                    _ => return Err(Misfit::Malformed),
                };
                Ok(())
            }
            Slot::Choice(choice) => {
                if choice.choose(text.trim()) {
                    Ok(())
                } else {
                    Err(Misfit::Malformed)
                }
            }
            Slot::Point(at, largest) if at.len() == 1 => {
                let (bounded, fits) = nearest(hand.number(text)?, -*largest, *largest);
                at[0] = bounded;
                fits
            }
            Slot::Point(at, largest) => {
                let wanted = hand.list(text, false, &|count| count == at.len())?;
                bounded(at, &wanted, *largest)
            }
            Slot::Parameters(at, largest) => {
                let wanted = match at.len() {
                    1 => vec![hand.number(text)?],
                    most => hand.list(text, false, &|count| count <= most)?,
                };
                at.fill(0.0);
                bounded(at, &wanted, *largest)
            }
            Slot::Loss(loss) => loss.read(text).map_err(|_| Misfit::Malformed),
            Slot::Written(value) => value.read(text).map_err(|refusal| match refusal {
                Refusal::Malformed => Misfit::Malformed,
                Refusal::Because(why) => Misfit::Because(why),
            }),
            Slot::Points(points, most, largest) => {
                take_points(points, text, hand, (1, *most), *largest)
            }
            Slot::Path(points, most, largest) => {
                take_points(points, text, hand, (0, *most), *largest)
            }
            Slot::Names(chosen, names) => {
                let mut wanted = 0_u32;
                for name in text.split(',') {
                    // A name that is listed twice may be given twice.
                    let free = |i: &usize| names[*i] == name.trim() && wanted >> i & 1 == 0;
                    wanted |= 1 << (0..names.len()).find(free).ok_or(Misfit::Malformed)?;
                }
                **chosen = wanted;
                Ok(())
            }
            Slot::Own(value, _, word) if text.trim() == *word => {
                **value = None;
                Ok(())
            }
            Slot::Own(value, (low, high), _) => {
                let (bounded, fits) = nearest(hand.number(text)?, *low, *high);
                **value = Some(bounded);
                fits
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

/// Takes from `least` to `most` points, each coordinate clamped to the nearest bound.
fn take_points(
    points: &mut Vec<[f64; 2]>,
    text: &str,
    hand: Hand<'_>,
    (least, most): (usize, usize),
    largest: f64,
) -> Result<(), Misfit> {
    let fits = |count| count % 2 == 0 && (2 * least..=2 * most).contains(&count);
    let wanted = hand.list(text, true, &fits)?;
    *points = vec![[0.0; 2]; wanted.len() / 2];
    bounded(points.as_flattened_mut(), &wanted, largest)
}

/// Numbers in the notation of the page, or with these separators; `None` if there are too many, or
/// one is no number.
fn numbers(
    parts: &[&str],
    digits: Option<&Digits>,
    fits: &dyn Fn(usize) -> bool,
) -> Option<Vec<f64>> {
    if !fits(parts.len()) {
        return None;
    }
    parts
        .iter()
        .map(|part| digits.map_or_else(|| plain(part), |digits| digits.read(part)))
        .collect()
}

/// A list that was written with other marks, in the notation of the page.
fn foreign(numbers: &[f64], paired: bool) -> Misfit {
    let mut written = String::new();
    for (index, number) in numbers.iter().enumerate() {
        if index > 0 {
            written.push(if paired && index % 2 == 0 { ';' } else { ',' });
        }
        written.push_str(&shortest(*number));
    }
    Misfit::Foreign(written, numbers.iter().any(|number| f64::trunc(*number) != *number))
}

/// Whether a learning rate is given with changes.
pub(super) fn has_changes(text: &str) -> bool {
    text.bytes().any(|byte| byte == b':')
}

/// Assigns numbers, each clamped to the nearest bound, and returns whether all were within bounds.
fn bounded(places: &mut [f64], wanted: &[f64], largest: f64) -> Result<(), Misfit> {
    let mut all = Ok(());
    for (place, &number) in places.iter_mut().zip(wanted) {
        let (bounded, fits) = nearest(number, -largest, largest);
        *place = bounded;
        all = all.and(fits);
    }
    all
}

/// Clamps a number to two bounds, and returns whether it was within them.
fn nearest(wanted: f64, low: f64, high: f64) -> (f64, Result<(), Misfit>) {
    if (low..=high).contains(&wanted) {
        // The reader sees −0 as 0.
        (wanted + 0.0, Ok(()))
    } else {
        (if wanted < low { low } else { high }, Err(Misfit::Bounded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panes::loss_chart::LossScale;

    fn locale() -> Locale {
        Locale::new("en", ".", "")
    }

    #[test]
    fn a_number_out_of_range_is_clamped() {
        let mut alpha = 0.1;
        let mut field = Field { name: "alpha", slot: Slot::Number(&mut alpha, (0.0, 10.0)) };
        let problem = field.read("-3", &locale()).expect_err("a negative learning rate");
        assert_eq!(problem.message, "alpha must be a number from 0 to 10, not “-3”. 0 is used.");
        assert_eq!(alpha, 0.0);
    }

    #[test]
    fn a_whole_number_out_of_range_is_not_told_to_be_whole() {
        let mut steps = 25;
        let mut field = Field { name: "steps", slot: Slot::Count(&mut steps, (1, 100)) };
        let [far, half] = ["1e9", "2.5"].map(|text| field.read(text, &locale()));
        let far = far.expect_err("too many").message;
        assert_eq!(far, "steps must be a number from 1 to 100, not “1e9”. 100 is used.");
        let half = half.expect_err("no whole number").message;
        assert_eq!(half, "steps must be a whole number from 1 to 100, not “2.5”. 100 stays.");
    }

    #[test]
    fn a_zero_has_no_sign() {
        let mut alpha = 0.25;
        let mut field = Field { name: "alpha", slot: Slot::Number(&mut alpha, (0.0, 10.0)) };
        assert!(field.read("-0", &locale()).is_ok());
        assert_eq!(field.text(), "0");
        let mut start = [1.0, 2.0];
        let mut field = Field { name: "start", slot: Slot::Point(&mut start, 100.0) };
        assert!(field.enter("−0, 3", "start", &locale()).is_ok());
        assert_eq!(field.text(), "0,3");
    }

    #[test]
    fn malformed_values_keep_the_last_good_one() {
        for text in ["fast", "NaN", "inf", "", "1e400", "0.1.2", "<b>"] {
            let mut alpha = 0.25;
            let mut field = Field { name: "alpha", slot: Slot::Number(&mut alpha, (0.0, 10.0)) };
            let problem = field.read(text, &locale()).expect_err("no number");
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
        assert!(field.read("1", &locale()).is_err());
        for text in ["1,2,3", "1;2", "1; 2", "1,2;", "1\n2", "1 2"] {
            let problem = field.read(text, &locale()).expect_err(text);
            assert!(problem.refusal.contains("comma"), "{}", problem.refusal);
        }
        assert!(field.read(" 1.5, -2 ", &locale()).is_ok());
        assert_eq!(start, [1.5, -2.0]);
    }

    /// The message for a text that a field of this kind does not take as given.
    fn refused(slot: Slot<'_>, text: &str, typed: Option<&Locale>) -> String {
        let mut field = Field { name: "start", slot };
        let read = match typed {
            Some(locale) => field.enter(text, "start", locale),
            None => field.read(text, &locale()),
        };
        read.expect_err("a text that is not taken").refusal
    }

    #[test]
    fn another_notation_is_shown_in_ours() {
        let number = |text| refused(Slot::Number(&mut 0.1, (0.0, 10.0)), text, None);
        for (text, advice) in [
            ("0,9", "“0,9”. Write decimals with a point, as in 0.9."),
            ("0,01", "Write decimals with a point, as in 0.01."),
            ("1,234", "It can be read as 1234 or as 1.234: write one of them."),
            ("1,234.5", "Write 1234.5."),
            ("1/2", "Write 0.5."),
            ("90%", "Write 0.9."),
            ("1·10^-3", "Write 0.001."),
            ("٠٫٩", "Write 0.9."),
            ("–2", "Write -2."),
            ("1e-400", "not “1e-400”. It is too small to be told from 0."),
            ("−.1e−330", "It is too small to be told from 0."),
            ("0.\u{200b}9", "It contains the invisible character U+200B."),
        ] {
            assert!(number(text).ends_with(advice), "{}", number(text));
        }
        assert!(number("NaN").ends_with("not “NaN”."));
        let place = refused(Slot::Point(&mut [5.0], 100.0), "1,5", None);
        assert!(place.ends_with("not “1,5”. Write decimals with a point, as in 1.5."), "{place}");
        let steps = |text| refused(Slot::Count(&mut 25, (1, 100)), text, None);
        assert!(steps("1,5").ends_with("not “1,5”."), "{}", steps("1,5"));
        assert!(
            steps("1,000").ends_with("as 1000 or as 1: write one of them."),
            "{}",
            steps("1,000")
        );
        let word = refused(Slot::Choice(&mut LossScale::Log), "lin\u{ad}ear", None);
        assert!(word.ends_with("It contains the invisible character U+00AD."), "{word}");
    }

    #[test]
    fn typed_numbers_are_refused_in_the_readers_notation() {
        let german = Locale::new("de", ",", ".");
        let number = |text| refused(Slot::Number(&mut 0.1, (0.0, 10.0)), text, Some(&german));
        assert!(
            number("1e-400").ends_with("It is too small to be told from 0."),
            "{}",
            number("1e-400")
        );
        assert!(number("1,5e-400").ends_with("not “1,5e-400”."), "{}", number("1,5e-400"));
        assert!(
            number("1.234").ends_with("as 1234 or as 1,234: write one of them."),
            "{}",
            number("1.234")
        );
        assert!(number("1,234.5").ends_with("Write 1234,5."), "{}", number("1,234.5"));
        let spaced = number("1 234,5");
        assert!(spaced.ends_with("not “1 234,5”. Write 1234,5."), "{spaced}");
        let persian = Locale::new("fa", "٫", "٬");
        let comma = refused(Slot::Number(&mut 0.1, (0.0, 10.0)), "0,9", Some(&persian));
        assert!(comma.ends_with("not “0,9”. Write 0٫9."), "{comma}");
    }

    #[test]
    fn lists_of_numbers_are_typed_as_the_page_writes_them() {
        let (english, german) = (Locale::new("en", ".", ","), Locale::new("de", ",", "."));
        let place = |text: &str, locale: &Locale| {
            let mut start = [0.0; 2];
            let read = Field { name: "start", slot: Slot::Point(&mut start, 100.0) }
                .enter(text, "start", locale);
            read.map(|()| start).map_err(|problem| problem.refusal)
        };
        for (text, locale, at) in [
            ("-4,1", &english, [-4.0, 1.0]),
            ("1.5; -2", &english, [1.5, -2.0]),
            ("-4,1", &german, [-4.0, 1.0]),
            ("-1,2; 1", &german, [-1.2, 1.0]),
            ("-1,2, 1", &german, [-1.2, 1.0]),
            ("-1.2, 1", &german, [-1.2, 1.0]),
            ("1,25;2,5", &german, [1.25, 2.5]),
        ] {
            assert_eq!(place(text, locale), Ok(at), "{text}");
        }
        assert!(place("0,5;1", &english).is_err() && place("1,2,3", &german).is_err());
        let mut starts = vec![[0.0; 2]];
        let mut field = Field { name: "start", slot: Slot::Points(&mut starts, 4, 100.0) };
        let both = field.enter("1,2;3,4", "start", &german).expect_err("two readings").refusal;
        assert!(both.ends_with("as 1 | 2; 3 | 4 or as 1,2 | 3,4: write one of them."), "{both}");
        assert!(field.enter("0,5; -1; 1,5; 2", "start", &german).is_ok());
        assert!(field.enter("0,5 | -1; 1,5 | 2", "start", &german).is_ok());
        assert!(field.read("0,5;1;2", &german).is_err() && field.read("0.5;1", &german).is_err());
        assert_eq!(field.text(), "0.5,-1;1.5,2");
        assert!(field.read("1,2\n3,4\n", &german).is_ok());
        assert_eq!(field.text(), "1,2;3,4");
        let mut line = [0.0; 2];
        let mut field = Field { name: "start", slot: Slot::Parameters(&mut line, 100.0) };
        assert!(field.enter("1,5", "start", &german).is_err());
        assert!(field.enter("1,5", "start", &english).is_ok());
        assert!(
            field.read("2;7", &english).is_err() && field.enter("2;7", "start", &english).is_ok()
        );
        assert_eq!(field.text(), "2,7");
    }

    #[test]
    fn a_list_with_decimal_commas_is_shown_with_points() {
        let english = Locale::new("en", ".", ",");
        for typed in [None, Some(&english)] {
            let place = |text| refused(Slot::Point(&mut [0.0; 2], 100.0), text, typed);
            let mut starts = vec![[0.0; 2]];
            let both = refused(Slot::Points(&mut starts, 4, 100.0), "1,5;2;0,5;1", typed);
            assert!(both.ends_with(" Write decimals with a point, as in 1.5,2;0.5,1."), "{both}");
            let one = place("1,5; -2,25");
            assert!(one.ends_with(" Write decimals with a point, as in 1.5,-2.25."), "{one}");
            assert!(place("1 | 2").ends_with("not “1 | 2”. Write 1,2."), "{}", place("1 | 2"));
            assert!(place("one;2").ends_with("not “one;2”."), "{}", place("one;2"));
        }
    }

    #[test]
    fn what_is_typed_is_called_as_its_control_is() {
        let mut tol = 0.1;
        let mut field = Field { name: "tol", slot: Slot::Number(&mut tol, (0.0, 10.0)) };
        let typed = field.enter("-1", "Tolerance ε", &locale()).expect_err("a negative number");
        assert_eq!(typed.parameter, "tol");
        assert!(typed.message.starts_with("Tolerance ε must be a number from 0"), "{typed:?}");
        let attribute = field.read("-1", &locale()).expect_err("a negative number");
        assert!(attribute.message.starts_with("tol must be a number from 0"), "{attribute:?}");
    }

    #[test]
    fn attributes_are_read_alike_in_every_language() {
        for locale in [
            Locale::new("en", ".", ","),
            Locale::new("de", ",", "."),
            Locale::new("fr", ",", "\u{202f}"),
        ] {
            let mut alpha = 0.1;
            let mut field = Field { name: "alpha", slot: Slot::Number(&mut alpha, (0.0, 1e6)) };
            for text in ["0,9", "1.234,5", "1 234", "1,234.5"] {
                assert!(field.read(text, &locale).is_err(), "{text}");
            }
            assert!(field.read("1.234", &locale).is_ok());
            assert_eq!(alpha, 1.234);
        }
    }

    #[test]
    fn a_long_text_is_quoted_in_part() {
        let mut on = false;
        let mut field = Field { name: "autoplay", slot: Slot::Toggle(&mut on) };
        let problem = field.read(&"y".repeat(500), &locale()).expect_err("no toggle");
        assert!(problem.message.len() < 200, "{}", problem.message);
    }
}
