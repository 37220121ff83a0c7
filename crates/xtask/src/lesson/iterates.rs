//! A table of iterates in the prose.

use super::call::Call;
use super::number::{self, Precision, Setting};
use super::subject::Subject;

/// The rows asked for of a run in one variable: k, x, the loss and the gradient, and with `closed=yes` x by the closed form.
///
/// # Errors
/// As for a template, and where a row is not an iteration of the run.
pub(crate) fn table(call: &Call, caption: &str) -> Result<String, String> {
    let rows = call.text("rows").ok_or("a table of iterates needs `rows=0,1,…`")?;
    let rows: Vec<usize> = rows
        .split(',')
        .map(|row| row.parse().map_err(|_| format!("row `{row}` is not an iteration")))
        .collect::<Result<_, _>>()?;
    let precision = Precision::Digits(call.optional("digits")?.unwrap_or(10));
    let with_closed = match call.text("closed") {
        None => false,
        Some("yes") => true,
        Some(other) => return Err(format!("`closed={other}` is not `closed=yes`")),
    };
    let subject = Subject::of(call)?;
    let run = subject.run(call)?;
    call.finish()?;
    let mut heads = vec!["<i>k</i>", "<i>x</i>", "loss", "slope"];
    heads.extend(with_closed.then_some("closed form"));
    let heads: String = heads
        .iter()
        .map(|head| format!("<th scope=\"col\" class=\"number\">{head}</th>"))
        .collect();
    let mut html = format!(
        "<div class=\"table\"><table>\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    );
    for row in rows {
        let iterate =
            run.iterates.get(row).ok_or_else(|| format!("the run has no iteration {row}"))?;
        let mut cells = String::new();
        let mut values = vec![iterate.at[0], iterate.loss, iterate.gradient[0]];
        if with_closed {
            values.push(subject.closed_form(call, row)?);
        }
        for value in values {
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
        let call = Call::parse("iterates start=10 alpha=0.1 steps=1 rows=1 closed=yes").unwrap();
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
    }
}
