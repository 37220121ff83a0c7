//! Renders a table of iterates.

use super::call::Call;
use super::loss::TemplateLoss;
use super::number::{self, Precision, Setting};

/// A column of the table.
#[derive(Clone, Copy)]
enum Column {
    X,
    Loss,
    Slope,
    Closed,
}

impl Column {
    fn parse(name: &str) -> Result<Self, String> {
        match name {
            "x" => Ok(Self::X),
            "loss" => Ok(Self::Loss),
            "slope" => Ok(Self::Slope),
            "closed" => Ok(Self::Closed),
            _ => Err(format!("there is no column `{name}`; there are x, loss, slope, closed")),
        }
    }

    fn head(self) -> &'static str {
        match self {
            Self::X => "<i>x</i>",
            Self::Loss => "loss",
            Self::Slope => "slope",
            Self::Closed => "closed form",
        }
    }
}

/// Renders the requested rows of a run in one variable, with `columns=` a list of x, loss, slope
/// and closed.
///
/// # Errors
/// As for a placeholder, and if a row is not an iteration of the run.
pub(crate) fn table(call: &Call, caption: &str) -> Result<String, String> {
    let rows = call.text("rows").ok_or("a table of iterates needs `rows=0,1,…`")?;
    let rows: Vec<usize> = rows
        .split(',')
        .map(|row| row.parse().map_err(|_| format!("row `{row}` is not an iteration")))
        .collect::<Result<_, _>>()?;
    let columns = call.text("columns").unwrap_or("x,loss");
    let columns: Vec<Column> = columns.split(',').map(Column::parse).collect::<Result<_, _>>()?;
    let precision = Precision::Digits(call.optional("digits")?.unwrap_or(10));
    let loss = TemplateLoss::of(call)?;
    let run = loss.run(call)?;
    call.finish()?;
    let heads: String = columns
        .iter()
        .map(|column| format!("<th scope=\"col\" class=\"number\">{}</th>", column.head()))
        .collect();
    let mut html = format!(
        "<div class=\"table\" tabindex=\"0\"><table>\n<caption>{caption}</caption>\n\
         <thead><tr><th scope=\"col\" class=\"number\"><i>k</i></th>{heads}</tr></thead>\n<tbody>\n"
    );
    for row in rows {
        let iterate =
            run.iterates.get(row).ok_or_else(|| format!("the run has no iteration {row}"))?;
        let mut cells = String::new();
        for column in &columns {
            let value = match column {
                Column::X => iterate.at[0],
                Column::Loss => iterate.loss,
                Column::Slope => iterate.gradient[0],
                Column::Closed => loss.closed_form(call, row)?,
            };
            let written = number::write(value, precision, Setting::Prose)?;
            cells.push_str(&format!("<td class=\"number\">{written}</td>"));
        }
        html.push_str(&format!("<tr><th scope=\"row\" class=\"number\">{row}</th>{cells}</tr>\n"));
    }
    html.push_str("</tbody></table></div>\n");
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_iterates() {
        let call = Call::parse("iterates start=10 alpha=0.1 steps=20 rows=0,2,20").unwrap();
        let html = table(&call, "From 10").unwrap();
        assert!(html.contains("<caption>From 10</caption>"));
        let row = ">2</th><td class=\"number\">6.4</td><td class=\"number\">40.96</td>";
        assert!(html.contains(row), "{html}");
        assert_eq!(html.matches("<tr>").count(), 4);
        let call = Call::parse("iterates start=10 alpha=0.1 steps=1 rows=1 columns=x,slope,closed")
            .unwrap();
        let html = table(&call, "").unwrap();
        assert!(
            html.contains("closed form</th>") && html.matches(">8</td>").count() == 2,
            "{html}"
        );
    }

    #[test]
    fn wrong_rows_are_refused() {
        let fault = |text: &str| table(&Call::parse(text).unwrap(), "").unwrap_err();
        assert!(fault("iterates start=10 alpha=0.1 steps=2 rows=3").contains("no iteration 3"));
        assert!(fault("iterates start=10 alpha=0.1 steps=2 rows=0..3").contains("0..3"));
        assert!(fault("iterates start=10 alpha=0.1 steps=2 rows=0 columns=y").contains("`y`"));
    }
}
