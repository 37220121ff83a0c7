//! The trace of a Chromium process: what its threads did, and for how long.
//!
//! Source: the Trace Event Format, whose events arrive through the driver's performance log.

use serde_json::Value;

/// The tasks of every thread, and the marks set by a page.
pub(crate) const CATEGORIES: &str =
    "devtools.timeline,disabled-by-default-devtools.timeline,blink.user_timing";

/// The event name of a task of a thread.
pub const TASK: &str = "RunTask";

/// The event name of a page's animation frame callbacks.
pub const FRAME: &str = "FireAnimationFrame";

/// The events of a trace.
#[derive(Debug)]
pub struct Trace {
    events: Vec<Value>,
}

impl Trace {
    /// Extracts the events from the driver's messages, which are JSON.
    pub(crate) fn of<'a>(messages: impl Iterator<Item = &'a str>) -> Self {
        let parsed = messages.filter_map(|message| serde_json::from_str::<Value>(message).ok());
        let events = parsed
            .map(|mut message| message["message"].take())
            .filter(|message| message["method"] == "Tracing.dataCollected")
            .map(|mut message| message["params"].take())
            .collect();
        Self { events }
    }

    /// The durations in milliseconds of the events of this name that the page's main thread began
    /// between two `performance.mark`s; `None` if a mark is missing.
    #[must_use]
    pub fn between(&self, name: &str, from: &str, to: &str) -> Vec<f64> {
        let mark = |name: &str| self.events.iter().find(|event| event["name"] == name);
        let (Some(first), Some(last)) = (mark(from), mark(to)) else { return Vec::new() };
        let thread = |event: &Value| (event["pid"].as_i64(), event["tid"].as_i64());
        let time = |event: &Value| event["ts"].as_f64().unwrap_or(f64::NAN);
        let span = time(first)..=time(last);
        self.events
            .iter()
            .filter(|event| event["name"] == name && thread(event) == thread(first))
            .filter(|event| span.contains(&time(event)))
            .filter_map(|event| event["dur"].as_f64())
            .map(|microseconds| microseconds / 1e3)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_main_threads_tasks_between_the_marks_count() {
        let event = |name: &str, thread: u32, at: u32, microseconds: u32| json!({ "name": name, "pid": 1, "tid": thread, "ts": at, "dur": microseconds });
        let message = |event: Value| {
            json!({ "message": { "method": "Tracing.dataCollected", "params": event } }).to_string()
        };
        let messages: Vec<String> = [
            event("RunTask", 7, 5, 9_000),
            event("begin", 7, 10, 0),
            event("RunTask", 7, 11, 2_500),
            event("RunTask", 8, 12, 30_000),
            event("Paint", 7, 13, 40_000),
            event("end", 7, 20, 0),
            event("RunTask", 7, 21, 50_000),
        ]
        .map(message)
        .to_vec();
        let trace = Trace::of(messages.iter().map(String::as_str));
        assert_eq!(trace.between(TASK, "begin", "end"), [2.5]);
        assert!(trace.between(TASK, "begin", "never").is_empty());
    }
}
