//! Data sets as comma-separated values, in and out.
//!
//! What people paste comes from spreadsheets, programs and web pages in many languages. A text is read in every way
//! that it can be; where two of them give different points it is refused, and so is what none of them explains.

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

/// The longest text that is read, in bytes.
const MAX_BYTES: usize = 1_000_000;

impl Dataset {
    /// Reads points, one `x,y` to a line.
    ///
    /// One separator holds for the whole text: a comma, a semicolon, a tab, a vertical bar or blanks; with any but
    /// an unquoted comma, the comma may be the decimal mark, and the other mark then parts thousands. Blank lines are skipped, and
    /// so are lines that begin with `#`. Lines without a number at the beginning are headings. A first line `sep=;` names the
    /// separator, as spreadsheets write it, and `dec=,` the decimal mark.
    ///
    /// # Errors
    /// The line, what was found and what was expected; also where a text can be read in two ways.
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

    /// As [`from_csv`](Self::from_csv), with coordinates from −`largest` to `largest`, and with how the text was understood.
    ///
    /// # Errors
    /// As [`from_csv`](Self::from_csv), and where a coordinate is larger.
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
                    // A comma cannot both part the columns and mark decimals, unless cells are quoted.
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

    /// The points as `x,y` lines under a header, numbers in shortest round-trip form.
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

/// A way to read a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    separator: char,
    decimal: char,
}

/// What a text is when it is read in one way.
struct Attempt {
    way: Way,
    points: Vec<[f64; 2]>,
    marks: Marks,
}

/// The lines of a text and how many of the first are headings.
struct Text<'a> {
    lines: &'a [Line],
    headings: usize,
    largest: f64,
    /// Whether its marks are named in the text itself.
    is_told: bool,
}

/// `sep=;` or `dec=,`: whether it is about the separator, and the mark.
fn directive(line: &Line) -> Result<Option<(bool, char)>, CsvError> {
    let text = line.text.trim_matches('"');
    let name = text.get(..4).unwrap_or_default();
    let is_separator = name.eq_ignore_ascii_case("sep=");
    if !is_separator && !name.eq_ignore_ascii_case("dec=") {
        return Ok(None);
    }
    let value = text.get(4..).unwrap_or_default();
    // Blanks at the end of the line are gone.
    let mark = value.chars().next().unwrap_or(' ');
    let allowed = if is_separator { ",;\t| " } else { ".," };
    if allowed.contains(mark) && value.chars().all(|c| c == mark || ",; ".contains(c)) {
        return Ok(Some((is_separator, mark)));
    }
    Err(CsvError { line: line.number, problem: Problem::Directive { found: quote(text) } })
}

/// What may part the columns.
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
            // Blanks are between the words of a heading, too, and it may be a title over both columns.
            if is_heading && (way.separator == ' ' || cells.len() <= 2) {
                continue;
            }
            let [x, y] = &cells[..] else {
                return Err(located(self.not_two(&cells, way.separator)));
            };
            let mut point = [0.0; 2];
            for ((coordinate, cell), name) in point.iter_mut().zip([x, y]).zip(["x", "y"]) {
                // Such a comma stands between two columns.
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

    /// What is wrong with a line of more or fewer than two columns.
    fn not_two(&self, cells: &[String], separator: char) -> Problem {
        // A bracket may be all there is to it; without other signs there are as many columns.
        if let Some(cell) = cells.iter().find(|cell| sign_hint(cell).contains("bracket")) {
            return Problem::not_a_number(cell, "x");
        }
        let mut with_it = self.lines.iter().filter(|line| parts(&line.text, separator));
        let like = with_it.next().map_or(0, |line| line.number);
        Problem::NotTwo { count: cells.len(), separator, like }
    }

    /// Refuses what looks like two numbers and may be one, and what looks like a point and may be two.
    fn is_pair(&self, line: &Line, way: Way, [x, y]: [&String; 2]) -> Result<(), CsvError> {
        let padded = |y: &str| {
            y.strip_prefix('0').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let is_pair =
            |cell: &str| cell.split_once(',').is_some_and(|(_, y)| !padded(y) && !y.contains(','));
        let readings = if ", ".contains(way.separator) && padded(y) {
            // As 0,05 or 1 000.
            ["two numbers", "one"]
        } else if self.lines.len() == 1
            && "; ".contains(way.separator)
            && way.decimal == ','
            && is_pair(x)
            && is_pair(y)
        {
            // As 1,2;3,4 where a figure takes several places in one line.
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

    /// Refuses a text that two ways give different points.
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

/// The most telling of what went wrong: both decimal marks, or else what came furthest.
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
        // Where a decimal point was expected something came that reads only with a comma, and the other way round.
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
    // Where the separator does not occur the way is not meant; of ways that came equally far, the first is.
    let rank = |error: &CsvError| {
        let meant = !matches!(error.problem, Problem::NotTwo { count: 1, .. });
        (meant, error.line, matches!(error.problem, Problem::Ambiguous { .. }))
    };
    let further =
        |best: CsvError, next: CsvError| if rank(&next) > rank(&best) { next } else { best };
    let errors = failed.into_iter().map(|(_, error)| error).reduce(further);
    errors.unwrap_or(CsvError { line: 0, problem: Problem::NoPoints })
}
