//! Output formats of the commands: an aligned table to read, CSV and JSON for other programs.

use clap::{Args, ValueEnum};

/// How to print.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// Aligned columns to read
    Table,
    /// Comma-separated values, numbers in shortest round-trip form; empty where there is none
    Csv,
    /// JSON; null where there is no number
    Json,
}

/// The flag of every command that prints rows.
#[derive(Args)]
pub(crate) struct FormatFlag {
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: Format,
}

/// How the cells of a column are aligned.
#[derive(Clone, Copy)]
pub(crate) enum Align {
    /// For text.
    Left,
    /// For numbers.
    Right,
}

/// Table entry for a missing number: a loss outside its domain or too large for f64.
pub(crate) const NONE: &str = "none";

/// Formats rows as aligned columns, each as wide as its widest cell.
pub(crate) fn columns<S: AsRef<str>>(rows: &[Vec<S>], align: Align) -> String {
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| unsigned_zero(cell.as_ref())).collect())
        .collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths = vec![0; count];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| match align {
                Align::Left => format!("{cell:<width$}"),
                Align::Right => format!("{cell:>width$}"),
            })
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// A number with its noun, whose plural is regular: `1 step`, `2 steps`.
pub(crate) fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Drops the sign of a zero, which matters to a program but not to a reader.
fn unsigned_zero(cell: &str) -> &str {
    if cell == "-0" { "0" } else { cell }
}

/// Formats rows as CSV, with quotes where RFC 4180 requires them.
pub(crate) fn csv<S: AsRef<str>>(rows: &[Vec<S>]) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> =
            row.iter().map(|cell| downhill::csv::quoted(cell.as_ref())).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_also_under_greek_letters() {
        let rows = vec![vec!["β₁", "x"], vec!["long", "y"]];
        assert_eq!(columns(&rows, Align::Left), "β₁    x\nlong  y\n");
        assert_eq!(columns(&rows, Align::Right), "  β₁  x\nlong  y\n");
    }

    #[test]
    fn cells_with_commas_are_quoted() {
        assert_eq!(csv(&[vec!["a,b", "say \"c\""]]), "\"a,b\",\"say \"\"c\"\"\"\n");
    }
}
