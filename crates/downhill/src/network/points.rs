//! The points that a network learns from: drawn by name, or the reader's own.

use core::f64::consts::{PI, TAU};
use core::fmt;
use std::str::FromStr;

use crate::names::UnknownName;
use crate::numbers::plain;
use crate::random::{Random, RandomUse};
use crate::scalar::Scalar;

/// A point with what the network should say there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The inputs; a network with one input ignores the second.
    pub x: [f64; 2],
    /// The output wanted: −1 or 1 for a class.
    pub target: f64,
}

/// Samples of two classes in the plane, or of a number that depends on one input.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    list: Vec<Sample>,
    has_classes: bool,
}

impl Samples {
    /// The most samples.
    pub const MOST: usize = 1000;

    /// Points in the plane, in two classes with the targets −1 and 1.
    ///
    /// # Errors
    /// If there are none or too many, a number is not finite, all are of one class or at one place.
    pub fn classes(list: Vec<Sample>) -> Result<Self, SamplesError> {
        let is_same = |sample: &Sample| sample.x == list[0].x;
        let has = |target: f64| list.iter().any(|sample| sample.target == target);
        check(&list, is_same)?;
        if list.iter().any(|sample| sample.target.abs() != 1.0) {
            return Err(SamplesError::Classes);
        }
        if !(has(1.0) && has(-1.0)) {
            return Err(SamplesError::OneClass);
        }
        Ok(Self { list, has_classes: true })
    }

    /// Points with a number to learn as a function of the first input.
    ///
    /// # Errors
    /// If there are none or too many, a number is not finite, or all are at one place.
    pub fn numbers(list: Vec<Sample>) -> Result<Self, SamplesError> {
        check(&list, |sample| sample.x[0] == list[0].x[0])?;
        Ok(Self { list, has_classes: false })
    }

    /// Reads samples of one's own, one to a line: `x,y,class` with two classes, or `x,y` for a y to
    /// learn from x.
    ///
    /// Columns are separated by commas, semicolons, tabs or blanks. Classes may be numbers or words; the
    /// smaller number, or the word that comes first, is −1. Blank lines and lines that begin with `#`
    /// are skipped, and so is a heading.
    ///
    /// # Errors
    /// The line, what was found and what was expected; and as for [`classes`](Self::classes).
    ///
    /// ```
    /// use downhill::Samples;
    ///
    /// let samples = Samples::read("x,y,class\n0,0,a\n1,0,b\n0,1,b\n1,1,a\n")?;
    /// assert_eq!((samples.list().len(), samples.list()[1].target), (4, 1.0));
    /// let error = Samples::read("0,0,a\n1,x,b\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: found 'x', expected a finite number for y");
    /// # Ok::<(), downhill::SamplesError>(())
    /// ```
    pub fn read(text: &str) -> Result<Self, SamplesError> {
        let (mut list, mut labels, mut columns) = (Vec::new(), Vec::<&str>::new(), 0);
        let mut places = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            let at = |problem| SamplesError::Line { line: index + 1, problem };
            if line.is_empty() || line.as_bytes()[0] == b'#' {
                continue;
            }
            let cells = cells(line);
            if columns == 0 && cells.iter().all(|cell| plain(cell).is_none()) {
                // A heading, or nothing that can be read.
                columns = usize::MAX;
                continue;
            }
            if !(2..=3).contains(&cells.len()) {
                return Err(at(Problem::Columns(cells.len())));
            }
            if columns == 0 || columns == usize::MAX {
                columns = cells.len();
            } else if columns != cells.len() {
                return Err(at(Problem::Uneven { found: cells.len(), expected: columns }));
            }
            let mut numbers = [0.0; 2];
            for (axis, name) in ["x", "y"].into_iter().enumerate() {
                let cell = cells[axis];
                numbers[axis] = plain(cell)
                    .filter(|number| number.abs() <= 1e6)
                    .ok_or_else(|| at(Problem::number(cell, name)))?;
            }
            if list.len() == Self::MOST {
                return Err(SamplesError::TooMany);
            }
            if let Some(label) = cells.get(2) {
                if label.is_empty() {
                    return Err(at(Problem::NoClass));
                }
                let place = labels.iter().position(|known| known == label).unwrap_or(labels.len());
                if place == labels.len() {
                    labels.push(label);
                }
                if labels.len() > 2 {
                    return Err(at(Problem::ThirdClass(quoted(label))));
                }
                places.push(place);
            }
            list.push(Sample { x: numbers, target: numbers[1] });
        }
        if places.is_empty() {
            for sample in &mut list {
                sample.x[1] = 0.0;
            }
            return Self::numbers(list);
        }
        let sizes: Vec<f64> = labels.iter().filter_map(|label| plain(label)).collect();
        let is_turned = matches!(sizes[..], [first, second] if first > second);
        // A lone 1 is the class above 0, as it would be in company.
        let is_lone = matches!(sizes[..], [one] if labels.len() == 1 && one > 0.0);
        for (sample, place) in list.iter_mut().zip(places) {
            sample.target = if (place == 1) == (is_turned || is_lone) { -1.0 } else { 1.0 };
        }
        Self::classes(list)
    }

    /// The samples, in order.
    #[must_use]
    pub fn list(&self) -> &[Sample] {
        &self.list
    }

    /// Whether targets are classes, −1 and 1.
    #[must_use]
    pub fn has_classes(&self) -> bool {
        self.has_classes
    }

    /// The number of inputs that matter: 2 for classes, 1 for numbers.
    #[must_use]
    pub fn inputs(&self) -> usize {
        1 + usize::from(self.has_classes)
    }

    /// Holds out one sample in five, chosen by a seed; none if there are fewer than ten, or if one of the
    /// parts would be no set of samples.
    #[must_use]
    pub fn split(self, seed: u32) -> Split {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        Random::new(seed, RandomUse::Shuffle).shuffle(&mut order);
        let (few, many) = order.split_at(self.list.len() / 5);
        let part = |places: &[usize]| {
            let mut places = places.to_vec();
            crate::sorting::sort(&mut places, crate::sorting::MANY, |a, b| a > b);
            let list: Vec<Sample> = places.into_iter().map(|place| self.list[place]).collect();
            if self.has_classes { Self::classes(list) } else { Self::numbers(list) }
        };
        match (part(many), part(few)) {
            (Ok(train), Ok(held_out)) if self.list.len() >= 10 => {
                Split { train, held_out: Some(held_out) }
            }
            _ => Split { train: self, held_out: None },
        }
    }
}

fn check(list: &[Sample], is_same: impl Fn(&Sample) -> bool) -> Result<(), SamplesError> {
    if list.is_empty() {
        return Err(SamplesError::Empty);
    }
    if list.len() > Samples::MOST {
        return Err(SamplesError::TooMany);
    }
    let is_finite = |s: &Sample| s.x[0].is_finite() && s.x[1].is_finite() && s.target.is_finite();
    if let Some(index) = list.iter().position(|sample| !is_finite(sample)) {
        return Err(SamplesError::NotFinite { index });
    }
    if list.iter().all(is_same) {
        return Err(SamplesError::OnePlace);
    }
    Ok(())
}

/// The cells of a line.
fn cells(line: &str) -> Vec<&str> {
    for separator in [b';', b'\t', b','] {
        if line.bytes().any(|byte| byte == separator) {
            return line.split(char::from(separator)).map(str::trim).collect();
        }
    }
    line.split_ascii_whitespace().collect()
}

/// A cell for a message, shortened.
fn quoted(cell: &str) -> String {
    cell.chars().take(40).filter(|c| !c.is_control()).collect()
}

/// Samples to learn from, and others to see what was learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The samples that the network is trained on.
    pub train: Samples,
    /// Those that it never sees.
    pub held_out: Option<Samples>,
}

/// Samples by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum NetworkData {
    /// Two half circles, one around an end of the other.
    #[default]
    Moons,
    /// A circle of radius 0.45 in one of radius 1.
    Circles,
    /// Opposite quarters of a square.
    Xor,
    /// Two arms that wind around each other.
    Spiral,
    /// Two clouds.
    Blobs,
    /// y = sin 3x, to be learned as a function of one input.
    Sine,
}

impl NetworkData {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Moons, Self::Circles, Self::Xor, Self::Spiral, Self::Blobs, Self::Sine];

    /// `moons`, `circles`, `xor`, `spiral`, `blobs` or `sine`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Moons => "moons",
            Self::Circles => "circles",
            Self::Xor => "xor",
            Self::Spiral => "spiral",
            Self::Blobs => "blobs",
            Self::Sine => "sine",
        }
    }

    /// Whether these are two classes, rather than numbers.
    #[must_use]
    pub const fn has_classes(self) -> bool {
        !matches!(self, Self::Sine)
    }

    /// Draws samples, and as many again that are held out.
    ///
    /// `noise` is the standard deviation of what is added to each coordinate, or to y of a sine; with the
    /// same seed another noise moves the same points. `points` is clamped to 2 … [`Samples::MOST`]; a
    /// noise that is not finite counts as 0.
    #[must_use]
    pub fn draw(self, points: usize, noise: f64, seed: u32) -> Split {
        let noise = if noise.is_finite() { noise } else { 0.0 };
        let points = points.clamp(2, Samples::MOST);
        let mut random = Random::new(seed, RandomUse::Data);
        let mut part = || {
            let list = (0..points).map(|index| self.sample(index, noise, &mut random)).collect();
            Samples { list, has_classes: self.has_classes() }
        };
        Split { train: part(), held_out: Some(part()) }
    }

    /// One sample; classes take turns.
    fn sample(self, index: usize, noise: f64, random: &mut Random) -> Sample {
        let target = if index.is_multiple_of(2) { 1.0 } else { -1.0 };
        let (along, across) = (random.uniform(), random.uniform());
        let shift = [random.normal(), random.normal()];
        let turned =
            |radius: f64, angle: f64| [radius * Scalar::cos(angle), radius * Scalar::sin(angle)];
        let place = match self {
            Self::Moons => {
                let [x, y] = turned(1.0, PI * along);
                [target * (x - 0.5), target * (y - 0.25)]
            }
            Self::Circles => turned(if target > 0.0 { 0.45 } else { 1.0 }, TAU * along),
            Self::Xor => {
                // A margin of 0.1 on either side of the axes.
                let x = 2.0 * along - 1.0;
                let side = if x < 0.0 { -1.0 } else { 1.0 };
                [x + 0.1 * side, target * side * (across + 0.1)]
            }
            Self::Spiral => {
                let [x, y] = turned(0.2 + 1.3 * along, 3.0 * PI * along);
                [target * x, target * y]
            }
            Self::Blobs => [target * 0.7, target * 0.5],
            Self::Sine => {
                let x = 3.0 * along - 1.5;
                let y = Scalar::sin(3.0 * x) + noise * shift[0];
                return Sample { x: [x, 0.0], target: y.clamp(f64::MIN, f64::MAX) };
            }
        };
        let spread = if self == Self::Blobs { noise + 0.3 } else { noise };
        let x = [0, 1].map(|axis| {
            // Clamped, so that it is finite even for the largest noise.
            (place[axis] + spread * shift[axis]).clamp(f64::MIN, f64::MAX)
        });
        Sample { x, target }
    }
}

impl FromStr for NetworkData {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let allowed = "moons, circles, xor, spiral, blobs or sine";
        let data = Self::ALL.into_iter().find(|data| data.name() == name);
        data.ok_or(UnknownName { kind: "data", allowed })
    }
}

/// Why samples, or a text of them, were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SamplesError {
    /// There are no points.
    Empty,
    /// There are more than [`Samples::MOST`].
    TooMany,
    /// A number is infinite or NaN.
    NotFinite {
        /// The point's index from 0.
        index: usize,
    },
    /// All points are at the same place.
    OnePlace,
    /// All points are of one class.
    OneClass,
    /// A class is not −1 or 1.
    Classes,
    /// A line of a text cannot be read.
    Line {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: Problem,
    },
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The number of columns is neither two nor three.
    Columns(usize),
    /// The number of columns is not that of the lines before.
    Uneven {
        /// The number in this line.
        found: usize,
        /// That of the lines before.
        expected: usize,
    },
    /// A cell is not a number.
    Number {
        /// The cell.
        found: String,
        /// The name of its column.
        name: &'static str,
        /// Whether it is a number that is too large.
        is_large: bool,
    },
    /// The class is missing.
    NoClass,
    /// There are two classes already.
    ThirdClass(String),
}

impl Problem {
    fn number(cell: &str, name: &'static str) -> Self {
        Self::Number { found: quoted(cell), name, is_large: plain(cell).is_some() }
    }
}

impl fmt::Display for SamplesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("found no points; expected lines such as 1,2,a"),
            Self::TooMany => {
                write!(f, "found too many points; expected at most {}", Samples::MOST)
            }
            Self::NotFinite { index } => {
                write!(f, "point {} is not finite; expected finite numbers", index + 1)
            }
            Self::OnePlace => f.write_str("all points are at the same place; expected two or more"),
            Self::OneClass => f.write_str("all points are of one class; expected two classes"),
            Self::Classes => f.write_str("found a class that is neither -1 nor 1"),
            Self::Line { line, problem } => {
                write!(f, "line {line}: ")?;
                match problem {
                    Problem::Columns(count) => {
                        let s = if *count == 1 { "" } else { "s" };
                        write!(f, "found {count} column{s}, expected x,y,class or x,y")
                    }
                    Problem::Uneven { found, expected } => {
                        write!(
                            f,
                            "found {found} columns, expected {expected} as in the lines before"
                        )
                    }
                    Problem::Number { found, name, is_large: false } => {
                        write!(f, "found '{found}', expected a finite number for {name}")
                    }
                    Problem::Number { found, name, is_large: true } => {
                        write!(f, "found '{found}', expected {name} from -1000000 to 1000000")
                    }
                    Problem::NoClass => f.write_str("found no class, expected one of two"),
                    Problem::ThirdClass(label) => {
                        write!(f, "found a third class, '{label}'; expected two classes")
                    }
                }
            }
        }
    }
}

impl core::error::Error for SamplesError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_two_classes_or_numbers() {
        for data in NetworkData::ALL {
            assert_eq!(data.name().parse(), Ok(data));
            let Split { train, held_out } = data.draw(100, 0.1, 1);
            let held_out = held_out.expect("as many again");
            assert_eq!((train.list().len(), held_out.list().len()), (100, 100));
            assert_ne!(train, held_out);
            for samples in [train, held_out] {
                let list = samples.list().to_vec();
                let again = match data.has_classes() {
                    true => Samples::classes(list),
                    false => Samples::numbers(list),
                };
                assert_eq!(again.as_ref(), Ok(&samples), "{}", data.name());
                assert!(samples.list().iter().all(|s| s.x[0].abs() < 2.5 && s.x[1].abs() < 2.5));
            }
            let wild = data.draw(9999, f64::MAX, 1).train;
            assert!(wild.list().iter().all(|s| s.x[0].is_finite() && s.target.is_finite()));
        }
        assert!("own".parse::<NetworkData>().is_err());
    }

    #[test]
    fn noise_moves_the_same_points() {
        let [quiet, loud] = [0.0, 0.1].map(|noise| NetworkData::Circles.draw(50, noise, 3).train);
        for (one, other) in quiet.list().iter().zip(loud.list()) {
            assert_eq!(one.target, other.target);
            let radius = crate::vector::norm(one.x);
            assert!((radius - if one.target > 0.0 { 0.45 } else { 1.0 }).abs() < 1e-12);
            assert!((one.x[0] - other.x[0]).abs() < 0.7 && one.x != other.x);
        }
    }

    #[test]
    fn without_noise_classes_lie_where_they_should() {
        let check = |data: NetworkData, class: &dyn Fn([f64; 2]) -> bool| {
            let samples = data.draw(200, 0.0, 5).train;
            for Sample { x, target } in samples.list() {
                assert_eq!(class(*x), *target > 0.0, "{} at {x:?}", data.name());
            }
        };
        check(NetworkData::Xor, &|[x, y]| x * y > 0.0);
        check(NetworkData::Circles, &|at| crate::vector::norm(at) < 0.7);
        // The half circle that is open below, around the middle of the other one's end.
        check(NetworkData::Moons, &|[x, y]| {
            (crate::vector::norm([x + 0.5, y + 0.25]) - 1.0).abs() < 1e-9
        });
        check(NetworkData::Spiral, &|[x, y]| {
            let along = (crate::vector::norm([x, y]) - 0.2) / 1.3;
            x * Scalar::cos(3.0 * PI * along) + y * Scalar::sin(3.0 * PI * along) > 0.0
        });
    }

    #[test]
    fn own_points_are_read() {
        let targets = |text: &str| {
            Samples::read(text).map(|s| s.list().iter().map(|s| s.target).collect::<Vec<_>>())
        };
        assert_eq!(targets("0 0 1\n1 1 0"), Ok(vec![1.0, -1.0]));
        assert_eq!(targets("x;y;c\n\n0;0;-1\n# no\n1;1;+1\n"), Ok(vec![-1.0, 1.0]));
        assert_eq!(targets("0\t0\tred\n1\t1\tblue"), Ok(vec![-1.0, 1.0]));
        let line = Samples::read("1,3\n2,5\n").expect("numbers");
        assert_eq!((line.inputs(), line.list()[1]), (1, Sample { x: [2.0, 0.0], target: 5.0 }));
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let many: String = (0..1001).map(|i| format!("{i},0,{}\n", i % 2)).collect();
        let bad = (0..500).map(|i| if i == 400 { "oops".into() } else { format!("{i},0,1") });
        let bad: Vec<String> = bad.collect();
        for (text, sentence) in [
            ("", "found no points; expected lines such as 1,2,a"),
            ("a b c", "found no points; expected lines such as 1,2,a"),
            (&many, "found too many points; expected at most 1000"),
            (&bad.join("\n"), "line 401: found 1 column, expected x,y,class or x,y"),
            ("1,2,a\n1,2", "line 2: found 2 columns, expected 3 as in the lines before"),
            ("1,2,a\n1,2,b\n1,3,c", "line 3: found a third class, 'c'; expected two classes"),
            ("1,2,a\n1,2,", "line 2: found no class, expected one of two"),
            ("1,2,a\n1,3,a", "all points are of one class; expected two classes"),
            ("1,2,a\n1,2,b", "all points are at the same place; expected two or more"),
            ("1,2\n1,3", "all points are at the same place; expected two or more"),
            ("1,2,a\n1,inf,b", "line 2: found 'inf', expected a finite number for y"),
            ("1e7,2,a", "line 1: found '1e7', expected x from -1000000 to 1000000"),
            ("1;2,5;a", "line 1: found '2,5', expected a finite number for y"),
            ("1 2 3 4", "line 1: found 4 columns, expected x,y,class or x,y"),
        ] {
            assert_eq!(Samples::read(text).unwrap_err().to_string(), sentence, "{text:.20}");
        }
        let odd = vec![Sample { x: [0.0, 1.0], target: 2.0 }, Sample { x: [0.0; 2], target: 1.0 }];
        assert_eq!(Samples::classes(odd), Err(SamplesError::Classes));
    }

    #[test]
    fn one_in_five_is_held_out() {
        let whole = NetworkData::Xor.draw(50, 0.0, 1).train;
        let split = whole.clone().split(1);
        let held_out = split.held_out.expect("ten");
        assert_eq!((split.train.list().len(), held_out.list().len()), (40, 10));
        let is_known = |s: &Sample| whole.list().contains(s) && !split.train.list().contains(s);
        assert!(held_out.list().iter().all(is_known));
        let few = NetworkData::Xor.draw(8, 0.0, 1).train;
        assert_eq!(few.clone().split(1), Split { train: few, held_out: None });
    }
}
