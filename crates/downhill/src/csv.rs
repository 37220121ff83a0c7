//! Writes trajectories as comma-separated values.

use std::fmt::Write as _;

use crate::numbers;
use crate::rules::NewtonStep;
use crate::trajectory::Trajectory;

/// Formats runs as CSV, one row per iterate.
///
/// The columns are `run,k,x,loss,gradient` in one dimension and
/// `run,k,x,y,loss,gradient_x,gradient_y` in two. If any run uses Newton's method, a last column
/// `step` tells which step led to each of its iterates: `newton`, or `safeguard` or `singular`
/// where it was not Newton's step ([`NewtonStep`]). Numbers are in shortest round-trip form, and
/// names are quoted where RFC 4180 requires it. A number that is not finite, such as the loss at a
/// start outside the domain, is an empty field.
///
/// ```
/// use downhill::{StopCriteria, Parabola, Rule, csv, descend};
///
/// let limit = StopCriteria { max_iterations: 2, gradient_tol: 0.0 };
/// let run = descend(&Parabola, Rule::GradientDescent, 0.1, [10.0], limit);
/// assert_eq!(
///     csv::trajectories(&[("gd", &run)]),
///     "run,k,x,loss,gradient\ngd,0,10,100,20\ngd,1,8,64,16\ngd,2,6.4,40.96000000000001,12.8\n"
/// );
/// ```
#[must_use]
pub fn trajectories<const D: usize>(runs: &[(&str, &Trajectory<D>)]) -> String {
    let newton = runs.iter().any(|(_, trajectory)| !trajectory.newton.is_empty());
    let mut text = header(D, newton);
    for (name, trajectory) in runs {
        let name = quoted(name);
        for (k, iterate) in trajectory.iterates.iter().enumerate() {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{name},{k}");
            let numbers = iterate.x.iter().chain([&iterate.loss]).chain(&iterate.gradient);
            for value in numbers {
                text.push(',');
                text.push_str(&numbers::field(*value));
            }
            if newton {
                text.push(',');
                text.push_str(trajectory.newton_to(k).map_or("", NewtonStep::name));
            }
            text.push('\n');
        }
    }
    text
}

fn header(dimension: usize, newton: bool) -> String {
    const AXES: [&str; 3] = ["x", "y", "z"];
    let mut columns = vec!["run".to_owned(), "k".to_owned()];
    let axis = |i: usize| AXES.get(i).map_or_else(|| format!("x{}", i + 1), ToString::to_string);
    columns.extend((0..dimension).map(axis));
    columns.push("loss".to_owned());
    if dimension == 1 {
        columns.push("gradient".to_owned());
    } else {
        columns.extend((0..dimension).map(|i| format!("gradient_{}", axis(i))));
    }
    if newton {
        columns.push("step".to_owned());
    }
    columns.join(",") + "\n"
}

/// A field, quoted where RFC 4180 asks for it.
#[must_use]
pub fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnyLoss, Ravine, Rule, StopCriteria, descend};

    #[test]
    fn non_finite_numbers_are_empty_fields() {
        for (formula, start, row) in [
            ("-ln(x)-x", -0.5, "gd,0,-0.5,,\n"),
            ("x/0", 5.0, "gd,0,5,,\n"),
            ("0/0", 5.0, "gd,0,5,,\n"),
            ("x^2+ln(-1)", 2.0, "gd,0,2,,\n"),
            ("x^2", 1e200, "gd,0,1e200,,\n"),
            ("sqrt(x)", 0.0, "gd,0,0,0,\n"),
        ] {
            let Ok(AnyLoss::Loss1d(loss)) = formula.parse::<AnyLoss>() else { panic!("{formula}") };
            let gd = Rule::GradientDescent;
            let run = descend(loss.loss(), gd, 0.1, [start], StopCriteria::default());
            let rows = trajectories(&[("gd", &run)]);
            assert_eq!(rows, format!("run,k,x,loss,gradient\n{row}"), "{formula}");
        }
    }

    #[test]
    fn newton_runs_report_each_step() {
        let crate::AnyLoss::Loss2d(loss) = "x^4 - 2x^2 + y^2".parse::<crate::AnyLoss>().unwrap()
        else {
            panic!("two variables")
        };
        let limit = StopCriteria { max_iterations: 3, gradient_tol: 0.0 };
        let run = |rule, start| descend(&loss, rule, 1.0, start, limit);
        let steps = |runs: &[(&str, &Trajectory<2>)]| {
            let text = trajectories(runs);
            let last = |line: &str| line.rsplit(',').next().unwrap_or("").to_owned();
            text.lines().map(last).collect::<Vec<_>>()
        };
        let safe = run(Rule::Newton { safeguard: true }, [0.3, 1.0]);
        let first = ["step", "", "safeguard", "newton", "newton"];
        assert_eq!(steps(&[("newton", &safe)]), first);
        let pure = run(Rule::Newton { safeguard: false }, [0.3, 1.0]);
        assert_eq!(steps(&[("newton", &pure)]), ["step", "", "newton", "newton", "newton"]);
        let plain = run(Rule::GradientDescent, [0.0, 0.0]);
        assert_eq!(steps(&[("gd", &plain), ("newton", &safe)])[..5], ["step", "", "", "", ""]);
        assert_eq!(steps(&[("gd", &plain)])[0], "gradient_y");
    }

    #[test]
    fn two_dimensions_name_their_gradients() {
        let limit = StopCriteria { max_iterations: 1, gradient_tol: 0.0 };
        let run = descend(&Ravine::default(), Rule::GradientDescent, 0.0, [-4.0, 1.0], limit);
        let text = trajectories(&[("a,\"b\"", &run)]);
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("run,k,x,y,loss,gradient_x,gradient_y"));
        assert_eq!(lines.next(), Some("\"a,\"\"b\"\"\",0,-4,1,58,-4,100"));
        assert_eq!(lines.count(), 1);
    }
}
