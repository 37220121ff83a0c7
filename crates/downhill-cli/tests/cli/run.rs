//! Running the command and reading what it printed.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// What the command answers.
pub(crate) fn downhill(arguments: &[&str]) -> Output {
    with_input(arguments, b"")
}

/// What the command answers to arguments and an input.
pub(crate) fn with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_downhill"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A command that refuses its flags does not read its input.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the command ends")
}

/// What a command printed that did all it was asked to.
#[track_caller]
pub(crate) fn text(output: Output) -> String {
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && complaint.is_empty(), "{complaint}");
    String::from_utf8(output.stdout).expect("text")
}

/// What the command prints.
#[track_caller]
pub(crate) fn printed(arguments: &[&str]) -> String {
    text(downhill(arguments))
}

/// What the command prints as JSON.
#[track_caller]
pub(crate) fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(&[arguments, &["--format", "json"]].concat())).expect("JSON")
}

/// The one line with which the command refuses, with status 2.
#[track_caller]
pub(crate) fn refusal(output: Output) -> String {
    let line = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(2), "{line}");
    assert!(output.stdout.is_empty());
    assert_eq!(line.lines().count(), 1, "{line}");
    line
}
