//! The tables of the fit: its updates, or its points.

use super::Fit;
use super::choices::Listed;
use super::readouts::shown;
use crate::framework::declaration::Table;
use crate::framework::figure_kind::ViewState;

impl Fit {
    /// Whether the table lists the points.
    pub(super) fn lists_points(&self) -> bool {
        self.listed == Listed::Points
    }

    pub(super) fn list(&self, view: &ViewState<'_>) -> Table {
        let locale = view.locale;
        let head = |keys: &[&str]| keys.iter().map(|key| locale.get(key)).collect::<Vec<_>>();
        if self.lists_points() {
            return Table {
                caption: locale.get("caption-points"),
                columns: head(&[
                    "column-point",
                    "column-x",
                    "column-y",
                    "column-said",
                    "column-residual",
                ]),
                rows: self.data.points().len() as u32,
                k: self.chosen.unwrap_or(0) as u32,
                roles: Vec::new(),
            };
        }
        let mut columns =
            head(&["column-k", "column-epoch", "column-w", "column-mse", "column-batch-loss"]);
        if self.has_b() {
            columns.insert(3, locale.get("column-b"));
        }
        let rows = self.course.path.len() as u32;
        Table {
            caption: locale.get("caption-updates"),
            columns,
            rows,
            k: view.k.min(rows - 1),
            roles: Vec::new(),
        }
    }

    pub(super) fn list_row(&self, row: usize, view: &ViewState<'_>) -> Vec<String> {
        let locale = view.locale;
        if self.lists_points() {
            let Some(&[x, y]) = self.data.points().get(row) else { return Vec::new() };
            let [w, b] = self.course.iterate(view.k as usize).x;
            let said = w * x + b;
            let number = (row + 1).to_string();
            let coordinate = |value: f64| locale.digits.significant(value, 5);
            return vec![
                number,
                coordinate(x),
                coordinate(y),
                shown(locale, said),
                shown(locale, said - y),
            ];
        }
        let Some(here) = self.course.path.get(row) else { return Vec::new() };
        let before = row.checked_sub(1).and_then(|k| self.course.updates.get(k));
        let mut cells = vec![
            row.to_string(),
            before.map_or(0, |update| update.epoch).to_string(),
            shown(locale, here.x[0]),
            shown(locale, here.loss),
            before.map_or_else(String::new, |update| shown(locale, update.loss)),
        ];
        if self.has_b() {
            cells.insert(3, shown(locale, here.x[1]));
        }
        cells
    }
}
