//! The progress of long work: a line on standard error, for someone who waits at a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Work that takes less shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// The shortest time between two updates of the line.
const REFRESH: Duration = Duration::from_millis(100);

/// How far some work has got that several threads share. Dropped, it leaves nothing on screen.
pub(crate) struct Progress {
    pieces: usize,
    done: AtomicUsize,
    began: Instant,
    /// `None` unless standard error is a terminal.
    line: Option<Mutex<Line>>,
}

/// The line on screen.
struct Line {
    /// The time since the beginning at which it changes next.
    next: Duration,
    /// Its length in characters.
    length: usize,
}

impl Progress {
    /// The progress of work in this many pieces, which begins now.
    pub(crate) fn of(pieces: usize) -> Self {
        let line = io::stderr().is_terminal().then(|| Mutex::new(Line::new()));
        Self { pieces, done: AtomicUsize::new(0), began: Instant::now(), line }
    }

    /// Counts a piece that is done.
    pub(crate) fn count(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // A thread that finds another one writing goes on with its work.
        if let Some(Ok(mut line)) = self.line.as_ref().map(Mutex::try_lock) {
            show(&line.update(done, self.pieces, self.began.elapsed()));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(Ok(line)) = self.line.as_mut().map(Mutex::get_mut) {
            show(&line.erased());
        }
    }
}

fn show(text: &str) {
    // The work goes on if nobody can be told of it.
    let _ = write!(io::stderr(), "{text}");
}

impl Line {
    fn new() -> Self {
        Self { next: PATIENCE, length: 0 }
    }

    /// What to write at this time; empty if the line stays as it is.
    fn update(&mut self, done: usize, pieces: usize, elapsed: Duration) -> String {
        if elapsed < self.next {
            return String::new();
        }
        self.next = elapsed + REFRESH;
        let text = format!("{:>3} % computed", 100 * done / pieces.max(1));
        self.length = text.chars().count();
        // Only characters that every terminal knows.
        format!("\r{text}")
    }

    /// What to write to remove the line.
    fn erased(&self) -> String {
        match self.length {
            0 => String::new(),
            length => format!("\r{:length$}\r", ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_work_shows_no_progress() {
        let mut line = Line::new();
        assert_eq!(line.update(9, 10, Duration::from_millis(999)), "");
        assert_eq!(line.erased(), "");
    }

    #[test]
    fn long_work_shows_its_progress_now_and_then_and_leaves_nothing() {
        let mut line = Line::new();
        assert_eq!(line.update(1, 12, Duration::from_millis(1000)), "\r  8 % computed");
        assert_eq!(line.update(2, 12, Duration::from_millis(1099)), "");
        assert_eq!(line.update(12, 12, Duration::from_millis(1100)), "\r100 % computed");
        assert_eq!(line.erased(), "\r              \r");
    }
}
