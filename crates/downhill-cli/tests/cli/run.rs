//! Runs the command and reads its output.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Runs the command.
pub(crate) fn downhill(arguments: &[&str]) -> Output {
    with_input(arguments, b"")
}

/// Runs the command with a standard input.
pub(crate) fn with_input(arguments: &[&str], input: &[u8]) -> Output {
    output(Command::new(env!("CARGO_BIN_EXE_downhill")).args(arguments), input)
}

/// Runs the command with a number of threads and returns its output.
#[track_caller]
pub(crate) fn printed_with_threads(threads: u32, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_downhill"));
    text(output(command.env("RAYON_NUM_THREADS", threads.to_string()).args(arguments), b""))
}

fn output(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A command that refuses its flags does not read its input.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the command ends")
}

/// The standard output of a successful run.
#[track_caller]
pub(crate) fn text(output: Output) -> String {
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && complaint.is_empty(), "{complaint}");
    String::from_utf8(output.stdout).expect("text")
}

/// Runs the command and returns its output.
#[track_caller]
pub(crate) fn printed(arguments: &[&str]) -> String {
    text(downhill(arguments))
}

/// Runs the command and parses its output as JSON.
#[track_caller]
pub(crate) fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(&[arguments, &["--format", "json"]].concat())).expect("JSON")
}

/// The one line with which the command exits with status 2.
#[track_caller]
pub(crate) fn refusal(output: Output) -> String {
    let line = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{line}");
    assert!(output.stdout.is_empty());
    assert_eq!(line.lines().count(), 1, "{line}");
    line
}
