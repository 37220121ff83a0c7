//! The quantities a template can ask for, all computed by the `downhill` crate.

use downhill::{Formula, Loss, Scalar};

use super::call::Call;
use super::number::{self, Precision, Setting};

/// What a template stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Number(f64),
}

struct Parabola;

impl Formula<1> for Parabola {
    fn eval<S: Scalar>(&self, [x]: [S; 1]) -> S {
        x * x
    }
}

fn run(call: &Call) -> Result<Vec<f64>, String> {
    let start: f64 = call.required("start")?;
    let alpha: f64 = call.required("alpha")?;
    let _ = call.text("loss");
    let mut iterates = vec![start];
    for _ in 0..100 {
        let x = iterates[iterates.len() - 1];
        iterates.push(x - alpha * Parabola.gradient([x])[0]);
    }
    Ok(iterates)
}

/// The value of a quantity.
///
/// # Errors
/// Where there is no such quantity, or what it needs is missing or not allowed.
pub(crate) fn evaluate(call: &Call) -> Result<Value, String> {
    match call.name.as_str() {
        "x" => {
            let k: usize = call.required("k")?;
            Ok(Value::Number(run(call)?[k]))
        }
        "loss" => {
            let k: usize = call.required("k")?;
            Ok(Value::Number(Parabola.value([run(call)?[k]])))
        }
        other => Err(format!("there is no quantity `{other}`; there are x, loss")),
    }
}

/// A table of iterates at the rows asked for.
///
/// # Errors
/// As for a template.
pub(crate) fn iterates_table(call: &Call, caption: &str) -> Result<String, String> {
    let rows = call.numbers("rows")?.ok_or("a table of iterates needs `rows=0,1,…`")?;
    let iterates = run(call)?;
    let mut html = format!("<div class=\"table\"><table>\n<caption>{caption}</caption>\n");
    for row in rows {
        let k = row as usize;
        let x = number::write(iterates[k], Precision::Digits(8), Setting::Prose);
        html.push_str(&format!("<tr><th scope=\"row\">{k}</th><td>{x}</td></tr>\n"));
    }
    html.push_str("</table></div>\n");
    Ok(html)
}
