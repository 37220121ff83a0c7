//! `downhill basins`: maps each start on a grid to the minimizer it converges to.

use std::fmt::Write as _;
use std::iter;

use clap::Args;
use downhill::numbers::shortest;
use downhill::{AnyLoss, BasinPart, Cell, Grid, Outcome, PartEnds, StopCriteria};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use serde::Serialize;

use crate::output::{self, Align, Format, FormatFlag, counted};
use crate::parameters;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::run;

/// The fewest and the most starts that are run together. Where fewer are left than a core steps at a
/// time, it waits for the slowest; with more, long maps would show no progress.
const PART: [usize; 2] = [128, 4096];

/// Print the basins of attraction of a loss in x and y
#[derive(Args)]
#[command(after_help = "Examples:
  downhill basins --loss himmelblau --alpha 0.01 --box -5,5,-5,5 --grid 256 --steps 200 --format csv
  downhill basins --loss '(x^2-1)^2 + y^2' --box -2,2,-2,2 --grid 9

It uses all cores; RAYON_NUM_THREADS=1 limits it to one.")]
pub(crate) struct Basins {
    /// Loss in x and y: a formula, or a landscape's name
    #[arg(long, allow_hyphen_values = true)]
    loss: String,
    /// Learning rate α ≥ 0 of plain descent [default: the landscape's, or 0.1]
    #[arg(long, value_parser = parameters::not_negative, allow_hyphen_values = true)]
    alpha: Option<f64>,
    /// Lowest and highest x, lowest and highest y [default: the landscape's view]
    #[arg(long = "box", value_name = "X,X,Y,Y", allow_hyphen_values = true)]
    sides: Option<String>,
    /// Cells along each side, from 1 to 2048; a descent starts at the centre of each
    #[arg(long, default_value = "64", value_parser = grid, allow_hyphen_values = true)]
    grid: u32,
    /// Largest number of steps of each descent, at most 100000
    #[arg(long, default_value = "200", value_parser = parameters::steps, allow_hyphen_values = true)]
    steps: usize,
    /// A descent has converged where the gradient is shorter than this
    #[arg(long, default_value = "1e-6", value_parser = parameters::not_negative, allow_hyphen_values = true)]
    tol: f64,
    #[command(flatten)]
    print: FormatFlag,
}

/// The whole map as JSON: rows from the lowest y to the highest, cells within a row from the lowest
/// x.
#[derive(Serialize)]
struct Map<'a> {
    loss: &'a str,
    alpha: f64,
    #[serde(rename = "box")]
    sides: [[f64; 2]; 2],
    grid: u32,
    /// The landscape's minimizers, then any others that starts converged to.
    minimizers: &'a [[f64; 2]],
    /// Indices into `minimizers`, or null.
    minimizer: Vec<Vec<Option<u16>>>,
    iterations: Vec<Vec<usize>>,
    outcome: Vec<Vec<&'static str>>,
}

impl Basins {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        let AnyLoss::Loss2d(surface) = parameters::loss(&self.loss)? else {
            return Err(Refusal::new("--loss", &self.loss, "a loss in x and y"));
        };
        let known = surface.landscape();
        let sides = match (&self.sides, known) {
            (Some(text), _) => sides(text)?,
            (None, Some(landscape)) => landscape.view,
            (None, None) => return Err(Refusal::line("--box: missing; a formula needs a box")),
        };
        let alpha = self.alpha.or(known.map(|landscape| landscape.alpha)).unwrap_or(0.1);
        let limit = StopCriteria { max_iterations: self.steps, gradient_tol: self.tol };
        let text = surface.text().to_owned();
        let grid = Grid::new(sides, self.grid, self.grid);
        let mut basins = downhill::Basins::new(surface, alpha, limit, grid);
        complete(&mut basins);
        let rows: Vec<Vec<Cell>> = (0..self.grid)
            .map(|row| (0..self.grid).filter_map(|column| basins.cell(column, row)).collect())
            .collect();
        Ok(match self.print.format {
            Format::Table => {
                let cells = rows.concat();
                output::columns(&table(&grid, &rows), Align::Right)
                    + &summary(basins.minimizers(), &cells)
            }
            Format::Csv => output::csv(&table(&grid, &rows)),
            Format::Json => run::line(&Map {
                loss: &text,
                alpha,
                sides,
                grid: self.grid,
                minimizers: basins.minimizers(),
                minimizer: every(&rows, |cell| cell.minimizer),
                iterations: every(&rows, |cell| cell.outcome.k()),
                outcome: every(&rows, |cell| cell.outcome.name()),
            }),
        })
    }
}

/// Computes the map on all cores. The parts are recorded in the order of their starts, so that it is
/// the same on any number of cores.
fn complete(basins: &mut downhill::Basins) {
    // Several parts for each core, as some take longer than others.
    let share = basins.grid().len() / (8 * rayon::current_num_threads());
    let parts: Vec<BasinPart> =
        iter::from_fn(|| basins.split_off(share.clamp(PART[0], PART[1]))).collect();
    let progress = Progress::of(parts.len());
    let run = |part: BasinPart| {
        let ends = part.run();
        progress.count();
        ends
    };
    let ends: Vec<PartEnds> = parts.into_par_iter().map(run).collect();
    for part in ends {
        basins.record(part);
    }
}

fn every<T>(rows: &[Vec<Cell>], what: impl Fn(&Cell) -> T) -> Vec<Vec<T>> {
    rows.iter().map(|row| row.iter().map(&what).collect()).collect()
}

fn table(grid: &Grid, rows: &[Vec<Cell>]) -> Vec<Vec<String>> {
    let head = ["x", "y", "minimizer", "iterations", "outcome"].map(str::to_owned).to_vec();
    let cells = (0_u32..).zip(rows).flat_map(|(row, cells)| {
        (0_u32..).zip(cells).map(move |(column, cell)| {
            let [x, y] = grid.centre(column, row);
            vec![
                shortest(x),
                shortest(y),
                cell.minimizer.map_or(String::new(), |index| index.to_string()),
                cell.outcome.k().to_string(),
                cell.outcome.name().to_owned(),
            ]
        })
    });
    iter::once(head).chain(cells).collect()
}

/// Each minimizer with its fraction of the starts, and the outcomes of the rest.
fn summary(minimizers: &[[f64; 2]], cells: &[Cell]) -> String {
    let mut text = String::new();
    let of_all = counted(cells.len(), "start");
    for (index, [x, y]) in (0_u16..).zip(minimizers) {
        let own = cells.iter().filter(|cell| cell.minimizer == Some(index)).count();
        let (x, y) = (shortest(*x), shortest(*y));
        let _ = writeln!(text, "minimizer {index} at {x},{y}: {own} of {of_all}");
    }
    let count = |is: fn(&Outcome) -> bool| {
        cells.iter().filter(|cell| cell.minimizer.is_none() && is(&cell.outcome)).count()
    };
    for (others, what) in [
        (count(|outcome| matches!(outcome, Outcome::Converged { .. })), "converge elsewhere"),
        (count(|outcome| matches!(outcome, Outcome::Stalled { .. })), "stall"),
        (count(|outcome| matches!(outcome, Outcome::Diverged { .. })), "diverge"),
        (
            count(|outcome| matches!(outcome, Outcome::Undefined { infinite: false, .. })),
            "leave the domain of the loss or lie outside it",
        ),
        (
            count(|outcome| matches!(outcome, Outcome::Undefined { infinite: true, .. })),
            "lie or end where the loss is infinite or too large for a number",
        ),
        (count(|outcome| matches!(outcome, Outcome::Exhausted { .. })), "are still on their way"),
    ] {
        if others > 0 {
            let _ = writeln!(text, "{others} of {of_all} {what}");
        }
    }
    text
}

fn grid(text: &str) -> Result<u32, String> {
    parameters::whole(text, 1, Grid::MAX_CELLS)
}

fn sides(text: &str) -> Result<[[f64; 2]; 2], Refusal> {
    let allowed = "lowest x, highest x, lowest y, highest y, such as -5,5,-5,5";
    let numbers: Option<Vec<f64>> =
        text.split(',').map(|part| parameters::finite(part).ok()).collect();
    match numbers.as_deref() {
        Some(&[left, right, bottom, top])
            if left < right
                && bottom < top
                && (right - left).is_finite()
                && (top - bottom).is_finite() =>
        {
            Ok([[left, right], [bottom, top]])
        }
        _ => Err(Refusal::new("--box", text, allowed)),
    }
}
