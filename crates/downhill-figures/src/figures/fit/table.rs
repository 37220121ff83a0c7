//! The table of the fit: its updates, or its points.

use super::Fit;
use super::choices::Listed;
use crate::framework::declaration::Table;
use crate::framework::view_state::ViewState;

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
        // The next row would give away the prediction.
        let all = self.course.path().len() as u32;
        let rows = if view.predicting { all.min(view.k + 1) } else { all };
        Table {
            caption: locale.get("caption-updates"),
            columns,
            rows,
            k: view.k.min(rows - 1),
            roles: Vec::new(),
        }
    }
}
