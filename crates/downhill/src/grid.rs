//! A rectangle divided into cells, visited coarse to fine.

/// A rectangle divided into equal cells; the result of a cell belongs to its centre.
///
/// Columns are counted from the lowest first coordinate, rows from the lowest second one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// The sides (not the outermost centres): range of the first coordinate, then of the second.
    pub sides: [[f64; 2]; 2],
    columns: u32,
    rows: u32,
}

impl Grid {
    /// The most cells along a side.
    pub const MAX_CELLS: u32 = 2048;

    /// A grid with this many columns and rows, each clamped to 1 … [`Grid::MAX_CELLS`].
    #[must_use]
    pub fn new(sides: [[f64; 2]; 2], columns: u32, rows: u32) -> Self {
        let bounded = |count: u32| count.clamp(1, Self::MAX_CELLS);
        Self { sides, columns: bounded(columns), rows: bounded(rows) }
    }

    /// The number of columns.
    #[must_use]
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns as usize * self.rows as usize
    }

    /// Always false: a grid has at least one cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The centre of a cell.
    ///
    /// ```
    /// use downhill::Grid;
    ///
    /// let grid = Grid::new([[0.0, 4.0], [-1.0, 1.0]], 4, 2);
    /// assert_eq!(grid.centre(0, 0), [0.5, -0.5]);
    /// assert_eq!(grid.centre(3, 1), [3.5, 0.5]);
    /// ```
    #[must_use]
    pub fn centre(&self, column: u32, row: u32) -> [f64; 2] {
        let place = |[low, high]: [f64; 2], index: u32, count: u32| {
            low + (f64::from(index) + 0.5) / f64::from(count) * (high - low)
        };
        [place(self.sides[0], column, self.columns), place(self.sides[1], row, self.rows)]
    }

    /// The index of a cell in a row-by-row list.
    pub(crate) fn index(&self, column: u32, row: u32) -> usize {
        row as usize * self.columns as usize + column as usize
    }

    /// The index of the finest known cell around this one.
    pub(crate) fn coarser(
        &self,
        column: u32,
        row: u32,
        known: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut stride = 1;
        while stride <= FIRST_STRIDE {
            let index = self.index(column & !(stride - 1), row & !(stride - 1));
            if known(index) {
                return Some(index);
            }
            stride *= 2;
        }
        None
    }
}

/// The first pass visits only cells whose indices are both divisible by this power of two.
const FIRST_STRIDE: u32 = 16;

/// All cells of a grid, once each: first a coarse selection, then finer and finer ones.
#[derive(Clone, Debug)]
pub(crate) struct CoarseToFine {
    columns: u32,
    rows: u32,
    stride: u32,
    column: u32,
    row: u32,
}

impl CoarseToFine {
    pub(crate) fn new(grid: &Grid) -> Self {
        Self { columns: grid.columns, rows: grid.rows, stride: FIRST_STRIDE, column: 0, row: 0 }
    }
}

impl Iterator for CoarseToFine {
    type Item = (u32, u32);

    #[inline(always)]
    fn next(&mut self) -> Option<(u32, u32)> {
        loop {
            if self.column >= self.columns {
                self.column = 0;
                self.row += self.stride;
            }
            if self.row >= self.rows {
                if self.stride == 1 {
                    // The iterator stays at its end.
                    self.row = self.rows;
                    return None;
                }
                self.stride /= 2;
                self.row = 0;
            }
            let (column, row) = (self.column, self.row);
            self.column += self.stride;
            // Strides are powers of two.
            let before = 2 * self.stride - 1;
            let visited = self.stride < FIRST_STRIDE && (column | row) & before == 0;
            if !visited {
                return Some((column, row));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_pass_covers_the_whole() {
        let grid = Grid::new([[0.0, 1.0]; 2], 40, 33);
        let first: Vec<_> = CoarseToFine::new(&grid).take(9).collect();
        assert_eq!(first[..4], [(0, 0), (16, 0), (32, 0), (0, 16)]);
        assert_eq!(first[8], (32, 32));
        let known: Vec<usize> = first.iter().map(|&(c, r)| grid.index(c, r)).collect();
        assert_eq!(grid.coarser(39, 17, |i| known.contains(&i)), Some(grid.index(32, 16)));
        assert_eq!(grid.coarser(39, 17, |_| false), None);
    }

    #[test]
    fn numbers_of_cells_are_bounded() {
        assert_eq!(Grid::new([[0.0, 1.0]; 2], 0, u32::MAX).columns(), 1);
        assert_eq!(Grid::new([[0.0, 1.0]; 2], 0, u32::MAX).rows(), Grid::MAX_CELLS);
    }

    proptest! {
        #[test]
        fn every_cell_is_visited_once(columns in 1_u32..70, rows in 1_u32..70) {
            let grid = Grid::new([[0.0, 1.0]; 2], columns, rows);
            let mut visits = vec![0; grid.len()];
            for (column, row) in CoarseToFine::new(&grid) {
                visits[grid.index(column, row)] += 1;
            }
            prop_assert!(visits.iter().all(|&count| count == 1));
        }
    }
}
