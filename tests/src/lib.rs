//! The harness of the browser tests: a server, three engines, and a page to act on as a person
//! would.
//!
//! # Writing a test
//!
//! A case is a function of a [`Page`] in one of the modules of `tests/browser/`, listed in that
//! module's `CASES`:
//!
//! ```no_run
//! use downhill_tests::{Case, Page, case};
//!
//! const CASES: &[Case] = &[case!(a_larger_alpha_zigzags), case!(fits_a_phone).size(360, 740).dark()];
//!
//! fn a_larger_alpha_zigzags(page: &Page) {
//!     page.open("embed.html?figure=bowl");
//!     let bowl = page.element("gd-bowl"); //            the only one, once its `ready` has resolved
//!     bowl.find("slider", "Learning rate α").drag_to(0.7);
//!     bowl.part("regime").wait_for_text("zigzag"); //   what a person reads
//!     bowl.find("button", "Step").click();
//!     bowl.find("textbox", "Learning rate α, value").fill("0.75");
//!     page.wait_until("the first step", "document.querySelector('gd-bowl').snapshot().k === 1");
//! }
//!
//! fn fits_a_phone(page: &Page) {
//!     page.open("index.html");
//!     let width = page.script("return document.documentElement.scrollWidth");
//!     assert!(width.as_u64() <= Some(360), "{width} px"); // less where a scroll bar takes some
//! }
//! # fn main() { downhill_tests::run(&[CASES]); }
//! ```
//!
//! Each case runs in every installed engine; run some with `cargo xtask test -- bowl`, or in one
//! engine with `cargo xtask test -- firefox`. The harness waits for states with a deadline, never
//! for a fixed time; a failed case leaves a screenshot in `target/browser-tests/`. At the end of a
//! case, the harness asserts that the page logged no error and did not violate the policy
//! ([`Page::take_errors`] is for cases that expect some).
//!
//! Roles and names are those of the accessibility tree; open shadow roots are searched too.

mod actions;
mod audit;
mod bench;
mod element;
mod engine;
mod http;
mod notebook;
mod page;
mod program;
mod project;
mod runner;
mod screen;
mod session;
mod site;
mod trace;
mod weight;

pub use audit::Violation;
pub use bench::Bench;
pub use element::Element;
pub use engine::Engine;
pub use notebook::Notebook;
pub use page::Page;
pub use project::{Project, Served, installed};
pub use runner::{Case, run};
pub use screen::Screen;
pub use session::Session;
pub use site::{POLICY, Site, release, release_folder, single_folder, site_folder};
pub use trace::{FRAME, TASK, Trace};
pub use weight::{Weight, brotli_size, gzip_sum};

/// The exit code of a program; what went wrong is printed.
#[must_use]
pub fn exit_code(result: Result<(), String>) -> std::process::ExitCode {
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            std::process::ExitCode::from(2)
        }
    }
}
