//! Parses and writes data sets as comma-separated values.
//!
//! People paste from spreadsheets, programs and web pages in many languages. A text is tried with
//! every possible separator and decimal mark; it is refused if none of them works, or if two of
//! them give different points.

mod error;
mod number;
mod reading;
#[cfg(test)]
mod tests;
mod text;

pub use error::CsvError;
pub use reading::CsvReading;

use super::points::{Dataset, MAX_POINTS};
use crate::numbers::shortest;
use error::{Problem, quote, sign_hint};
use number::{Marks, number};
use reading::name;
use text::{Line, cells, has_tabs, is_heading, lines, parts};

/// The longest accepted text, in bytes.
const MAX_BYTES: usize = 1_000_000;

impl Dataset {
    /// Parses points, one `x,y` per line.
    ///
    /// The whole text has one separator: a comma, a semicolon, a tab, a vertical bar or spaces.
    /// With any but an unquoted comma, the comma may be the decimal mark, and the point then groups
    /// thousands. Blank lines and lines that begin with `#` are skipped. Leading lines without a
    /// number are headings. A first line `sep=;` sets the separator, as spreadsheets write it, and
    /// `dec=,` the decimal mark.
    ///
    /// # Errors
    /// The line, what was found and what was expected; also if a text can be read in two ways.
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
        Self::read_csv(text, f64::MAX).map(|(data, _)| data)
    }

    /// Like [`from_csv`](Self::from_csv), but limits coordinates to ±`largest` and reports how the
    /// text was read.
    ///
    /// # Errors
    /// As for [`from_csv`](Self::from_csv), and if a coordinate is larger.
    ///
    /// ```
    /// use downhill::Dataset;
    ///
    /// let (data, reading) = Dataset::read_csv("x;y\n0,5;1\n1.000;2\n", 1e12)?;
    /// assert_eq!(data.points(), [[0.5, 1.0], [1000.0, 2.0]]);
    /// assert_eq!(
    ///     reading.to_string(),
    ///     "2 points; columns separated by a semicolon, decimals by a comma, thousands by a point; line 1 is a heading"
    /// );
    /// # Ok::<(), downhill::CsvError>(())
    /// ```
    pub fn read_csv(text: &str, largest: f64) -> Result<(Self, CsvReading), CsvError> {
        if text.len() > MAX_BYTES {
            return Err(CsvError { line: 0, problem: Problem::TooLong });
        }
        let (all, comments) = lines(text);
        let mut lines = &all[..];
        let [mut separators, mut decimals] = [Vec::new(), Vec::new()];
        while let Some((first, rest)) = lines.split_first()
            && let Some((is_separator, mark)) = directive(first)?
        {
            if is_separator { &mut separators } else { &mut decimals }.push(mark);
            lines = rest;
        }
        let is_told = !separators.is_empty() || !decimals.is_empty();
        if separators.is_empty() {
            separators = possible_separators(lines);
        }
        if decimals.is_empty() {
            decimals = vec!['.', ','];
        }
        let headings = lines.iter().take_while(|line| is_heading(&line.text)).count();
        let text = Text { lines, headings, largest, is_told };
        let mut found: Option<Attempt> = None;
        let mut failed: Vec<(Way, CsvError)> = Vec::new();
        for &separator in &separators {
            for &decimal in &decimals {
                let way = Way { separator, decimal };
                match text.attempt(way) {
                    // A comma cannot both separate columns and mark decimals, unless cells are
                    // quoted.
                    Ok(next)
                        if separator == ','
                            && decimal == ','
                            && next.marks.decimal != Some(',')
                            && !is_told => {}
                    Ok(next) => match &found {
                        None => found = Some(next),
                        Some(first) => text.agree(first, &next)?,
                    },
                    Err(error) => failed.push((way, error)),
                }
            }
        }
        let Some(Attempt { way, points, marks }) = found else { return Err(worst(failed)) };
        let reading = CsvReading {
            points: points.len(),
            comments,
            separator: way.separator,
            marks,
            headings: lines[..headings]
                .first()
                .zip(lines[..headings].last())
                .map(|(a, b)| (a.number, b.number)),
        };
        let data =
            Self::new(points).map_err(|_| CsvError { line: 0, problem: Problem::NoPoints })?;
        Ok((data, reading))
    }

    /// Formats the points as `x,y` lines under a header, with numbers in shortest round-trip form.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut text = String::from("x,y\n");
        for &[x, y] in self.points() {
            text.push_str(&shortest(x));
            text.push(',');
            text.push_str(&shortest(y));
            text.push('\n');
        }
        text
    }
}

/// A combination of separator and decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    separator: char,
    decimal: char,
}

/// The result of parsing a text in one way.
struct Attempt {
    way: Way,
    points: Vec<[f64; 2]>,
    marks: Marks,
}

/// The lines of a text, and the number of headings at the start.
struct Text<'a> {
    lines: &'a [Line],
    headings: usize,
    largest: f64,
    /// Whether the text itself declares its separator or decimal mark.
    is_told: bool,
}

/// Parses `sep=;` or `dec=,`: whether it sets the separator, and the mark.
fn directive(line: &Line) -> Result<Option<(bool, char)>, CsvError> {
    let text = line.text.trim_matches('"');
    let name = text.get(..4).unwrap_or_default();
    let is_separator = name.eq_ignore_ascii_case("sep=");
    if !is_separator && !name.eq_ignore_ascii_case("dec=") {
        return Ok(None);
    }
    let value = text.get(4..).unwrap_or_default();
    // Trailing spaces have been trimmed.
    let mark = value.chars().next().unwrap_or(' ');
    let allowed = if is_separator { ",;\t| " } else { ".," };
    if allowed.contains(mark) && value.chars().all(|c| c == mark || ",; ".contains(c)) {
        return Ok(Some((is_separator, mark)));
    }
    Err(CsvError { line: line.number, problem: Problem::Directive { found: quote(text) } })
}

/// The separators that the text may use.
fn possible_separators(lines: &[Line]) -> Vec<char> {
    for mark in [';', '|'] {
        if lines.iter().any(|line| parts(&line.text, mark)) {
            return vec![mark];
        }
    }
    let tabs = lines.iter().any(|line| has_tabs(&line.text));
    vec![if tabs { '\t' } else { ',' }, ' ']
}

impl Text<'_> {
    fn attempt(&self, way: Way) -> Result<Attempt, CsvError> {
        let mut points = Vec::new();
        let mut marks = Marks::default();
        for (index, line) in self.lines.iter().enumerate() {
            let located = |problem| CsvError { line: line.number, problem };
            let cells = cells(&line.text, way.separator).ok_or(located(Problem::Quotes))?;
            let is_heading = index < self.headings;
            // Headings contain spaces between words, and a heading may span both columns.
            if is_heading && (way.separator == ' ' || cells.len() <= 2) {
                continue;
            }
            let [x, y] = &cells[..] else {
                return Err(located(self.not_two(&cells, way.separator)));
            };
            let mut point = [0.0; 2];
            for ((coordinate, cell), name) in point.iter_mut().zip([x, y]).zip(["x", "y"]) {
                // Such a comma belongs between two columns.
                let comma = way.separator == ' ' && cell.starts_with(',');
                *coordinate = number(cell, way.decimal, &mut marks)
                    .filter(|_| !comma)
                    .ok_or_else(|| located(Problem::not_a_number(cell, name)))?;
                if coordinate.abs() > self.largest {
                    let largest = shortest(self.largest);
                    return Err(located(Problem::TooFar { found: quote(cell), largest }));
                }
            }
            self.is_pair(line, way, [x, y])?;
            if points.len() == MAX_POINTS {
                return Err(located(Problem::TooMany));
            }
            points.push(point);
        }
        if points.is_empty() {
            return Err(CsvError { line: 0, problem: Problem::NoPoints });
        }
        Ok(Attempt { way, points, marks })
    }

    /// The error for a line without exactly two columns.
    fn not_two(&self, cells: &[String], separator: char) -> Problem {
        // A bracket may be the only problem: without the sign, the number of columns would be
        // right.
        if let Some(cell) = cells.iter().find(|cell| sign_hint(cell).contains("bracket")) {
            return Problem::not_a_number(cell, "x");
        }
        let mut with_it = self.lines.iter().filter(|line| parts(&line.text, separator));
        let like = with_it.next().map_or(0, |line| line.number);
        Problem::NotTwo { count: cells.len(), separator, like }
    }

    /// Refuses a line that looks like two numbers but may be one, or like one point but may be two.
    fn is_pair(&self, line: &Line, way: Way, [x, y]: [&String; 2]) -> Result<(), CsvError> {
        let padded = |y: &str| {
            y.strip_prefix('0').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let is_pair =
            |cell: &str| cell.split_once(',').is_some_and(|(_, y)| !padded(y) && !y.contains(','));
        let readings = if ", ".contains(way.separator) && padded(y) {
            // Such as 0,05 or 1 000.
            ["two numbers", "one"]
        } else if self.lines.len() == 1
            && "; ".contains(way.separator)
            && way.decimal == ','
            && is_pair(x)
            && is_pair(y)
        {
            // Such as 1,2;3,4, since a figure accepts several points in one line.
            ["one point with decimal commas", "two points"]
        } else {
            return Ok(());
        };
        if self.is_told {
            return Ok(());
        }
        let readings = readings.map(str::to_owned);
        let remedy = "expected one x,y to a line, or sep= with the separator above them";
        let problem = Problem::Ambiguous { found: quote(&line.text), readings, remedy };
        Err(CsvError { line: line.number, problem })
    }

    /// Refuses a text if two ways of reading it give different points.
    fn agree(&self, one: &Attempt, other: &Attempt) -> Result<(), CsvError> {
        let mut pairs = one.points.iter().zip(&other.points).zip(&self.lines[self.headings..]);
        let Some(((&here, &there), line)) = pairs.find(|((here, there), _)| here != there) else {
            return Ok(());
        };
        let by_separator = one.way.separator != other.way.separator;
        let reading = |[x, y]: [f64; 2], way: Way| {
            let (mark, of) = if by_separator {
                (way.separator, " between the columns")
            } else {
                (way.decimal, " for decimals")
            };
            ["x = ", &shortest(x), ", y = ", &shortest(y), " with ", name(mark), of].concat()
        };
        let remedy = if by_separator {
            "put a semicolon between the columns"
        } else {
            "write dec=. or dec=, in a line above"
        };
        let readings = [reading(here, one.way), reading(there, other.way)];
        let problem = Problem::Ambiguous { found: quote(&line.text), readings, remedy };
        Err(CsvError { line: line.number, problem })
    }
}

/// The most helpful of the errors: mixed decimal marks, or else the one farthest into the text.
fn worst(failed: Vec<(Way, CsvError)>) -> CsvError {
    for pair in failed.windows(2) {
        let [(way, one), (_, other)] = pair else { continue };
        let (
            Problem::NotANumber { found: a, name: x, .. },
            Problem::NotANumber { found: b, name: y, .. },
        ) = (&one.problem, &other.problem)
        else {
            continue;
        };
        let reads = |cell: &str, decimal| number(cell, decimal, &mut Marks::default()).is_some();
        // A cell that can be read only with a comma, where a decimal point was expected, or the
        // other way round.
        let only = |cell: &str, decimal, other| reads(cell, decimal) && !reads(cell, other);
        if way.separator != pair[1].0.separator || !only(a, ',', '.') || !only(b, '.', ',') {
            continue;
        }
        let ((found, line, decimal), (other, other_line)) = if (one.line, x) >= (other.line, y) {
            ((a, one.line, '.'), (b, other.line))
        } else {
            ((b, other.line, ','), (a, one.line))
        };
        let (found, other) = (found.clone(), other.clone());
        let problem = Problem::Mixed { found, other, line: other_line, decimal };
        return CsvError { line, problem };
    }
    // A separator that does not occur was not meant. Of errors equally far into the text, the first
    // counts.
    let rank = |error: &CsvError| {
        let meant = !matches!(error.problem, Problem::NotTwo { count: 1, .. });
        (meant, error.line, matches!(error.problem, Problem::Ambiguous { .. }))
    };
    let further =
        |best: CsvError, next: CsvError| if rank(&next) > rank(&best) { next } else { best };
    let errors = failed.into_iter().map(|(_, error)| error).reduce(further);
    errors.unwrap_or(CsvError { line: 0, problem: Problem::NoPoints })
}
