//! Runs commands, reporting what they do and how long they take.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project;

/// Prints a line from xtask itself.
pub(crate) fn say(line: &str) {
    eprintln!("\u{203a} {line}");
}

/// Formats a duration for people: `0.8 s`, `3 min 5 s`.
pub(crate) fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    match whole {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        _ => format!("{} min {} s", whole / 60, whole % 60),
    }
}

/// A command that starts in the repository root and finds the project's own tools.
pub(crate) fn command(program: &str) -> Command {
    let file = project::find(program).unwrap_or_else(|| program.into());
    let mut command = Command::new(file);
    command.current_dir(project::root()).env("PATH", project::path());
    command
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    let mut cargo = command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    // The variables that `cargo run` sets for xtask would mislead the build scripts of other
    // packages.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CARGO_PKG_")) {
        cargo.env_remove(name);
    }
    cargo.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_MANIFEST_PATH");
    cargo
}

/// Runs a command on the terminal.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    say(what);
    let started = Instant::now();
    let status =
        command.status().with_context(|| format!("starting {:?}", command.get_program()))?;
    if !status.success() {
        bail!("{what} failed ({status})");
    }
    say(&format!("{what}: done in {}", seconds(started.elapsed())));
    Ok(())
}

/// Runs a command with its output in a file, whose end is shown if it fails. For steps that run in
/// parallel.
pub(crate) fn run_logged(what: &str, command: &mut Command, log: &Path) -> Result<()> {
    say(&format!("{what} (log: {})", log.strip_prefix(project::root()).unwrap_or(log).display()));
    let started = Instant::now();
    fs::create_dir_all(log.parent().context("a log file lies in a folder")?)?;
    let output = File::create(log).with_context(|| format!("creating {}", log.display()))?;
    let status = command
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .status()
        .with_context(|| format!("starting {:?}", command.get_program()))?;
    if !status.success() {
        let text = fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let end = lines[lines.len().saturating_sub(30)..].join("\n");
        bail!("{what} failed ({status}); its last lines:\n{end}");
    }
    say(&format!("{what}: done in {}", seconds(started.elapsed())));
    Ok(())
}

/// The output of a command, if it can be run and succeeds.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::seconds;
    use std::time::Duration;

    #[test]
    fn durations_read_well() {
        assert_eq!(seconds(Duration::from_millis(840)), "0.8 s");
        assert_eq!(seconds(Duration::from_secs(185)), "3 min 5 s");
    }
}
