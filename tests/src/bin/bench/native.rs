//! Measures the command as installed beside plain JavaScript.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use downhill_tests::Bench;
use serde_json::{Value, json};

use crate::host::Host;
use crate::spread::spread;

/// How often each side is run.
const ROUNDS: usize = 15;

/// What the command runs on.
#[derive(Clone, Copy, PartialEq)]
enum Cores {
    /// One, to compare steps and not a number of processors.
    One,
    /// As many as there are, as for a user.
    All,
}

/// The maps on one core, under the names of the rows of the page with the same work, and one of them
/// on all cores.
pub(crate) fn measure(
    command: &Path,
    bench: &Bench<'_, '_>,
    host: &mut Host,
) -> Result<Value, String> {
    let himmelblau = ["--loss", "himmelblau", "--alpha", "0.01"];
    let rosenbrock = ["--loss", "rosenbrock", "--alpha", "0.0002"];
    let mut map = |row, how, cores| map(command, bench, host, (row, how, cores));
    Ok(json!({
        "map": map("map", &himmelblau, Cores::One)?,
        "rosenbrock": map("rosenbrock", &rosenbrock, Cores::One)?,
        "rosenbrock_on_all": map("rosenbrock", &rosenbrock, Cores::All)?,
    }))
}

/// A whole command minus the same command without a step, which starts, evaluates each start once
/// and prints as much.
fn map(
    command: &Path,
    bench: &Bench<'_, '_>,
    host: &mut Host,
    (row, how, cores): (&str, &[&str], Cores),
) -> Result<Value, String> {
    let run = |steps: &str, output: Stdio| {
        let mut command = Command::new(command);
        command
            .arg("basins")
            .args(how)
            .args(["--grid", "256", "--format", "csv", "--steps", steps]);
        if cores == Cores::One {
            command.env("RAYON_NUM_THREADS", "1");
        }
        command.stdin(Stdio::null()).stdout(output);
        let started = Instant::now();
        let output = command.output().map_err(|error| format!("starting the command: {error}"))?;
        let took = started.elapsed().as_secs_f64() * 1e3;
        if output.status.success() {
            Ok((took, output.stdout))
        } else {
            Err("the command fails".to_owned())
        }
    };
    let (steps, expected) =
        (steps(&run("200", Stdio::piped())?.1), bench.check(row)?["steps"].clone());
    if json!(steps) != expected {
        return Err(format!(
            "unequal work: the command takes {steps} steps, and the page {expected}"
        ));
    }
    let (mut native, mut plain, mut ratio) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        host.look();
        let whole = run("200", Stdio::null())?.0;
        let empty = run("0", Stdio::null())?.0;
        host.look();
        let script = bench.plain(row)?["ms"].as_f64().unwrap_or(f64::NAN);
        native.push(whole - empty);
        plain.push(script);
        ratio.push((whole - empty) / script);
    }
    let lost = host.lost();
    Ok(json!({
        "native": spread(native, lost), "plain": spread(plain, lost), "ratio": spread(ratio, lost),
        "rounds": ROUNDS, "lost": lost, "steps": steps,
    }))
}

/// The sum of the column of iterations.
fn steps(csv: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(csv);
    text.lines().skip(1).filter_map(|line| line.split(',').nth(3)?.parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn iterations_are_the_fourth_column() {
        let csv =
            b"x,y,minimizer,iterations,outcome\n0.5,1,0,17,converged\n-0.5,1,,200,exhausted\n";
        assert_eq!(steps(csv), 217);
    }
}
