//! Data sets as comma-separated values, in and out.

use core::fmt;

use super::points::{Dataset, DatasetError, MAX_POINTS};

/// The longest text that is read, in bytes.
const MAX_BYTES: usize = 1_000_000;

impl Dataset {
    /// Reads points, one `x,y` to a line.
    ///
    /// The separator is a comma, a semicolon or a tab; with one of the latter two the comma may be
    /// the decimal sign, as spreadsheets in many languages write it. Blank lines are skipped, and
    /// so are lines that begin with `#`. The first line may name the columns.
    ///
    /// # Errors
    /// The line, what was found and what was expected.
    ///
    /// ```
    /// use downhill::Dataset;
    ///
    /// let data = Dataset::from_csv("x,y\n1,2\n2,4.5\n")?;
    /// assert_eq!(data.points(), [[1.0, 2.0], [2.0, 4.5]]);
    /// assert_eq!(Dataset::from_csv("x;y\n1,5;-2\n")?.points(), [[1.5, -2.0]]);
    ///
    /// let error = Dataset::from_csv("1,2\n3,four\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: found 'four', expected a finite number for y");
    /// # Ok::<(), downhill::CsvError>(())
    /// ```
    pub fn from_csv(text: &str) -> Result<Self, CsvError> {
        if text.len() > MAX_BYTES {
            return Err(CsvError { line: 0, problem: Problem::TooLong });
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut points = Vec::new();
        let mut may_be_header = true;
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_matches([' ', '\r']);
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let located = |problem| CsvError { line: index + 1, problem };
            match point(line) {
                Ok(point) if points.len() < MAX_POINTS => points.push(point),
                Ok(_) => return Err(located(Problem::TooMany)),
                // Names for both columns are recognized by being no numbers at all.
                Err(Problem::NotANumber { .. }) if may_be_header && is_header(line) => {}
                Err(problem) => return Err(located(problem)),
            }
            may_be_header = false;
        }
        Self::new(points).map_err(|error| {
            let problem = match error {
                DatasetError::TooMany => Problem::TooMany,
                DatasetError::Empty | DatasetError::NotFinite { .. } => Problem::NoPoints,
            };
            CsvError { line: 0, problem }
        })
    }

    /// The points as `x,y` lines under a header, numbers in shortest round-trip form.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut text = String::from("x,y\n");
        for &[x, y] in self.points() {
            text.push_str(&crate::number::shortest(x));
            text.push(',');
            text.push_str(&crate::number::shortest(y));
            text.push('\n');
        }
        text
    }
}

/// The separator of a line's fields.
fn separator(line: &str) -> char {
    let mark = line.bytes().find(|byte| matches!(byte, b';' | b'\t'));
    mark.map_or(',', char::from)
}

/// A field without spaces and quotation marks around it.
fn bare(field: &str) -> &str {
    let field = field.trim();
    let unquoted = field.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    unquoted.map_or(field, str::trim)
}

fn is_header(line: &str) -> bool {
    line.split(separator(line)).map(bare).all(|field| {
        // `nan` and `1e999` are numbers, if not finite ones.
        let number = |first: char| first.is_ascii_digit() || "+-−.".contains(first);
        let infinite = ["nan", "inf", "infinity"];
        !field.is_empty()
            && !field.starts_with(number)
            && !infinite.iter().any(|name| field.eq_ignore_ascii_case(name))
    })
}

fn number(field: &str, decimal_comma: bool) -> Option<f64> {
    let plain = field.replace('−', "-");
    let plain = if decimal_comma { plain.replace(',', ".") } else { plain };
    crate::number::read(&plain).filter(|number| number.is_finite())
}

fn point(line: &str) -> Result<[f64; 2], Problem> {
    let mark = separator(line);
    let count = line.split(mark).count();
    if count != 2 {
        return Err(Problem::NotTwo { count });
    }
    let mut point = [0.0; 2];
    for ((coordinate, field), name) in point.iter_mut().zip(line.split(mark)).zip(["x", "y"]) {
        let field = bare(field);
        *coordinate = number(field, mark != ',')
            .ok_or_else(|| Problem::NotANumber { found: field.chars().take(40).collect(), name })?;
    }
    Ok(point)
}

/// Why a text is not a data set, and in which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvError {
    line: usize,
    problem: Problem,
}

impl CsvError {
    /// The line, counted from 1, or 0 where it is about the whole text.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    TooLong,
    NoPoints,
    TooMany,
    NotTwo { count: usize },
    NotANumber { found: String, name: &'static str },
}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        match &self.problem {
            Problem::TooLong => {
                write!(f, "the data are too long; expected at most {MAX_BYTES} bytes")
            }
            Problem::NoPoints => f.write_str("found no points; expected lines such as 1,2"),
            Problem::TooMany => write!(f, "found too many points; expected at most {MAX_POINTS}"),
            Problem::NotTwo { count } => {
                let s = if *count == 1 { "" } else { "s" };
                write!(f, "found {count} value{s}, expected two: x,y")
            }
            Problem::NotANumber { found, name } => {
                write!(f, "found '{found}', expected a finite number for {name}")
            }
        }
    }
}

impl core::error::Error for CsvError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_usual_dialects_are_read() {
        for text in [
            "1,2\n3,-4.5",
            "1,2\r\n3,-4.5\r\n",
            "\u{feff}x,y\n1,2\n\n3,-4.5\n",
            "# mine\n hours , points\n1 , 2\n3,−4.5",
            "1;2\n3;-4,5\n",
            "1\t2\n3\t-4,5\n",
            "\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"-4.5\"\n",
            "1e0,+2\n3.,-45e-1",
        ] {
            let data = Dataset::from_csv(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_eq!(data.points(), [[1.0, 2.0], [3.0, -4.5]], "{text:?}");
        }
    }

    #[test]
    fn errors_name_the_line() {
        for (text, line, sentence) in [
            ("", 0, "found no points; expected lines such as 1,2"),
            ("x,y\n", 0, "found no points; expected lines such as 1,2"),
            ("1,2\n3\n", 2, "line 2: found 1 value, expected two: x,y"),
            ("1,2,3\n", 1, "line 1: found 3 values, expected two: x,y"),
            ("x,y,z\n1,2\n", 1, "line 1: found 3 values, expected two: x,y"),
            ("\n1,2\nx,y\n", 3, "line 3: found 'x', expected a finite number for x"),
            ("x,2\n", 1, "line 1: found 'x', expected a finite number for x"),
            ("1,\n", 1, "line 1: found '', expected a finite number for y"),
            ("nan,nan\n1,2", 1, "line 1: found 'nan', expected a finite number for x"),
            (",\n1,2", 1, "line 1: found '', expected a finite number for x"),
            ("1,inf\n", 1, "line 1: found 'inf', expected a finite number for y"),
            ("1,1e999\n", 1, "line 1: found '1e999', expected a finite number for y"),
        ] {
            let error = Dataset::from_csv(text).expect_err(text);
            assert_eq!((error.line(), error.to_string().as_str()), (line, sentence), "{text:?}");
        }
    }

    #[test]
    fn size_is_bounded() {
        assert!(Dataset::from_csv(&"1,2\n".repeat(MAX_POINTS)).is_ok());
        let error = Dataset::from_csv(&"1,2\n".repeat(MAX_POINTS + 1)).unwrap_err();
        assert_eq!(error.to_string(), "line 10001: found too many points; expected at most 10000");
        let error = Dataset::from_csv(&"\n".repeat(MAX_BYTES + 1)).unwrap_err();
        assert_eq!(error.to_string(), "the data are too long; expected at most 1000000 bytes");
        let error = Dataset::from_csv(&format!("1,{}", "é".repeat(1000))).unwrap_err();
        assert!(error.to_string().len() < 200);
    }

    fn survives(text: &str) {
        match Dataset::from_csv(text) {
            Ok(data) => assert_eq!(Dataset::from_csv(&data.to_csv()), Ok(data)),
            Err(error) => assert!(error.line() <= text.len() + 1 && error.to_string().len() < 300),
        }
    }

    // `PROPTEST_CASES=100000 cargo test -p downhill --release break_nothing` is the long run.
    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn random_bytes_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            survives(&String::from_utf8_lossy(&bytes));
        }

        #[test]
        fn random_fields_break_nothing(fields in prop::collection::vec(prop::sample::select(vec![
            "1", "2.5", "-3e300", "1e-320", "9999999999999999999999", "nan", "inf", "x", "y", "", ",", ",", ";",
            "\t", "\n", "\n", "\r\n", "\"", "#", " ", "−1", "\u{feff}", "é",
        ]), 0..60)) {
            survives(&fields.concat());
        }

        #[test]
        fn what_is_written_is_read_back(points in prop::collection::vec(any::<[f64; 2]>(), 1..40)) {
            if let Ok(data) = Dataset::new(points) {
                prop_assert_eq!(Dataset::from_csv(&data.to_csv()), Ok(data));
            }
        }
    }
}
