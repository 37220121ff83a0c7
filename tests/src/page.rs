//! A page in a browser: actions, queries and waits.

use std::cell::RefCell;
use std::fmt::Display;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::element::Element;
use crate::engine::Engine;
use crate::screen::Screen;
use crate::session::Session;
use crate::site::{Site, single_folder};

/// The functions that run in the page.
const PAGE_JS: &str = include_str!("page.js");

/// The deadline for a state. Generous, because it costs time only when a test fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

/// A page of the built site, in one engine.
///
/// Its methods panic with a message where a person would give up; the runner adds the engine and a
/// screenshot.
#[derive(Debug)]
pub struct Page<'a> {
    pub(crate) session: &'a Session,
    site: &'a Site,
    errors: RefCell<Vec<String>>,
}

impl<'a> Page<'a> {
    /// A page of this site in this browser.
    #[must_use]
    pub fn new(session: &'a Session, site: &'a Site) -> Self {
        Self { session, site, errors: RefCell::default() }
    }

    /// The engine that shows the page.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.session.engine()
    }

    /// The screen that the page is shown on.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.session.screen()
    }

    /// The servers behind the page.
    #[must_use]
    pub fn site(&self) -> &Site {
        self.site
    }

    /// The browser itself, for what only one engine can do.
    #[must_use]
    pub fn session(&self) -> &Session {
        self.session
    }

    /// Opens a URL of the site, such as `embed.html?figure=bowl`, and waits for its `load` event.
    #[track_caller]
    pub fn open(&self, path: &str) {
        self.visit(&format!("{}{path}", self.site.address()));
    }

    /// Opens the lesson without scrolling, so that only figures near the first screen come alive, and
    /// waits for the hill's run.
    #[track_caller]
    pub fn arrive(&self) {
        self.open("index.html");
        // Nothing more may be asked of it: that would fetch what answers a reader.
        self.wait_until(
            "the hill's run on arrival",
            "document.querySelector('gd-hill')?.snapshot()?.k > 0",
        );
    }

    /// Opens a page of another origin with this HTML. `SITE/` in it becomes the site's URL.
    #[track_caller]
    pub fn open_host(&self, html: &str) {
        self.visit(&self.site.host_page(html));
    }

    /// Opens a page in one file from the disk, such as `bowl.html?alpha=0.9`.
    #[track_caller]
    pub fn open_single(&self, path: &str) {
        self.visit(&format!("file://{}/{path}", single_folder().display()));
    }

    /// Opens any address.
    #[track_caller]
    pub fn visit(&self, address: &str) {
        self.keep_errors();
        self.site.take_requests();
        done(&format!("opening {address}"), self.session.navigate(address));
    }

    /// Waits for the one perceivable element with this role and accessible name.
    #[must_use]
    #[track_caller]
    pub fn find(&self, role: &str, name: &str) -> Element<'_, 'a> {
        Element::found(self, &Value::Null, role, name)
    }

    /// Whether there is currently an element with this role and name.
    #[must_use]
    pub fn has(&self, role: &str, name: &str) -> bool {
        !self
            .call("find", &[Value::Null, role.into(), name.into()])
            .as_array()
            .is_none_or(Vec::is_empty)
    }

    /// Waits for the first element that matches this CSS selector, searching shadow roots, and for
    /// its `ready`.
    #[must_use]
    #[track_caller]
    pub fn element(&self, selector: &str) -> Element<'_, 'a> {
        Element::selected(self, &Value::Null, selector)
    }

    /// All elements that currently match this CSS selector, searching shadow roots.
    #[must_use]
    #[track_caller]
    pub fn elements(&self, selector: &str) -> Vec<Element<'_, 'a>> {
        let found = self.call("select", &[Value::Null, selector.into()]);
        let found = found.as_array().cloned().unwrap_or_default();
        found.into_iter().map(|reference| Element::new(self, reference, selector)).collect()
    }

    /// Opens a figure on a page of its own, with these further parameters, and returns its element.
    #[track_caller]
    pub fn open_figure(&self, figure: &str, parameters: &str) -> Element<'_, 'a> {
        self.open(&format!("embed.html?figure={figure}{parameters}"));
        self.element(&format!("gd-{figure}"))
    }

    /// Records layout shifts, also those that were before if `all` is set. Scroll anchoring is off, since it would hide some.
    #[track_caller]
    pub fn watch_shifts(&self, all: bool) {
        self.script_with(
            "document.documentElement.style.overflowAnchor = 'none';
             window.shifts = [];
             new PerformanceObserver((list) => {
               for (const { value, sources } of list.getEntries())
                 shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]);
             }).observe({ type: 'layout-shift', buffered: arguments[0] });",
            &[all.into()],
        );
    }

    /// Asserts that nothing has shifted since [`watch_shifts`](Self::watch_shifts), two frames from now.
    #[track_caller]
    pub fn assert_no_shift(&self, around: &str) {
        self.script("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assert_eq!(self.script("return shifts"), json!([]), "{around} moves what is around it");
    }

    /// Runs a function body in the page and awaits a promise that it returns.
    #[track_caller]
    pub fn script(&self, body: &str) -> Value {
        self.script_with(body, &[])
    }

    /// Like [`script`](Self::script), with `arguments`.
    #[track_caller]
    pub fn script_with(&self, body: &str, arguments: &[Value]) -> Value {
        done(&format!("in the script {body:?}"), self.session.execute(body, arguments))
    }

    /// Waits until a JavaScript expression is true; `what` describes it in error messages.
    #[track_caller]
    pub fn wait_until(&self, what: &str, expression: &str) {
        let body = format!("return {expression}");
        let mut last = Value::Null;
        let came = poll(|| {
            last = self.session.execute(&body, &[]).unwrap_or_else(Value::String);
            (last == Value::Bool(true)).then_some(())
        });
        assert!(came.is_some(), "waited in vain for {what}: {expression} is {last}");
    }

    /// Waits until every figure near the viewport is `alive`, fonts are loaded, and two frames have
    /// been painted.
    #[track_caller]
    pub fn settle(&self) {
        self.call("settle", &[]);
    }

    /// Like [`settle`](Self::settle), but starts every figure of the page, however far away.
    #[track_caller]
    pub fn settle_all(&self) {
        // Before the page's script has defined it, an element has nothing to wait for.
        self.wait_until(
            "all elements to be defined",
            "[...document.querySelectorAll('*')].every((it) => !it.localName.startsWith('gd-') || it.matches(':defined'))",
        );
        self.call("settle", &[true.into()]);
    }

    /// Acts inside a frame, given by a CSS selector, and returns to the page.
    #[track_caller]
    pub fn in_frame<T>(&self, selector: &str, act: impl FnOnce(&Self) -> T) -> T {
        let frame = self.element(selector);
        done(&format!("entering {selector}"), self.session.enter(&frame.reference));
        let result = act(self);
        done(&format!("leaving {selector}"), self.session.leave());
        result
    }

    /// Returns and clears all errors of the pages so far.
    pub fn take_errors(&self) -> Vec<String> {
        self.keep_errors();
        self.errors.take()
    }

    /// Saves a screenshot of the viewport.
    pub fn screenshot(&self, file: &Path) {
        let picture = done("taking a picture", self.session.screenshot());
        done(&format!("writing {}", file.display()), std::fs::write(file, picture));
    }

    /// Keeps the errors collected by the current page before it is left.
    fn keep_errors(&self) {
        let mut errors = self.errors.borrow_mut();
        self.collect(&mut errors);
        errors.extend(self.session.console());
    }

    fn collect(&self, into: &mut Vec<String>) {
        let collected = self.try_call("collected", &[]).unwrap_or_default();
        let collected = collected.as_array().cloned().unwrap_or_default();
        into.extend(collected.iter().filter_map(Value::as_str).map(String::from));
        let frames = self.try_call("frames", &[]).unwrap_or_default();
        for frame in frames.as_array().into_iter().flatten() {
            if self.session.enter(frame).is_ok() {
                self.collect(into);
                self.session.leave().ok();
            }
        }
    }

    /// Resets the browser for the next test.
    pub(crate) fn clean_up(&self) {
        self.session.enter(&Value::Null).ok();
        self.try_call("forget", &[]).ok();
        self.session.navigate("about:blank").ok();
    }

    #[track_caller]
    pub(crate) fn call(&self, function: &str, arguments: &[Value]) -> Value {
        done(&format!("asking the page to {function}"), self.try_call(function, arguments))
    }

    pub(crate) fn try_call(&self, function: &str, arguments: &[Value]) -> Result<Value, String> {
        let mut all = vec![Value::from(function)];
        all.extend_from_slice(arguments);
        self.session.execute(PAGE_JS, &all)
    }
}

/// Unwraps the result of an action, reporting a failure at the line of the test that called it.
#[track_caller]
pub(crate) fn done<T>(what: &str, outcome: Result<T, impl Display>) -> T {
    match outcome {
        Ok(value) => value,
        Err(error) => panic!("{what}: {error}"),
    }
}

/// Polls until there is a result or the deadline has passed.
pub(crate) fn poll<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() > deadline {
            return None;
        }
        // Leaves the processor to the page between two polls.
        thread::sleep(Duration::from_millis(10));
    }
}
