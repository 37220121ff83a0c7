//! A page in a browser, to act on and to look at.

use std::cell::RefCell;
use std::fmt::Display;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::element::Element;
use crate::engine::Engine;
use crate::screen::Screen;
use crate::session::Session;
use crate::site::Site;

/// The functions that run in the page.
const PAGE_JS: &str = include_str!("page.js");

/// How long a state may take to come about. Generous, because it only costs time when a test fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

/// A page of the built site, in one engine.
///
/// Its methods panic with a sentence where a person would give up; the runner adds the engine and a picture.
#[derive(Debug)]
pub struct Page<'a> {
    pub(crate) session: &'a Session,
    site: &'a Site,
    errors: RefCell<Vec<String>>,
}

impl<'a> Page<'a> {
    /// A page in this browser, of this site.
    #[must_use]
    pub fn new(session: &'a Session, site: &'a Site) -> Self {
        Self { session, site, errors: RefCell::default() }
    }

    /// The engine that shows the page.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.session.engine()
    }

    /// The screen that the page is on.
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

    /// Opens an address of the site, such as `embed.html?figure=bowl`, and waits for its `load` event.
    #[track_caller]
    pub fn open(&self, path: &str) {
        self.visit(&format!("{}{path}", self.site.address()));
    }

    /// Opens a page of another origin that contains this HTML. `SITE/` in it becomes the site's address.
    #[track_caller]
    pub fn open_host(&self, html: &str) {
        self.visit(&self.site.host_page(html));
    }

    #[track_caller]
    fn visit(&self, address: &str) {
        self.keep_errors();
        self.site.take_requests();
        done(&format!("opening {address}"), self.session.navigate(address));
    }

    /// The one element of this role and accessible name that a person can perceive, once there is one.
    #[must_use]
    #[track_caller]
    pub fn find(&self, role: &str, name: &str) -> Element<'_, 'a> {
        Element::found(self, &Value::Null, role, name)
    }

    /// Whether something of this role and name is there now.
    #[must_use]
    pub fn has(&self, role: &str, name: &str) -> bool {
        !self
            .call("find", &[Value::Null, role.into(), name.into()])
            .as_array()
            .is_none_or(Vec::is_empty)
    }

    /// The first element that this CSS selector matches, shadow roots included, once it is there and `ready`.
    #[must_use]
    #[track_caller]
    pub fn element(&self, selector: &str) -> Element<'_, 'a> {
        Element::selected(self, &Value::Null, selector)
    }

    /// All elements that this CSS selector matches now, shadow roots included.
    #[must_use]
    #[track_caller]
    pub fn elements(&self, selector: &str) -> Vec<Element<'_, 'a>> {
        let found = self.call("select", &[Value::Null, selector.into()]);
        let found = found.as_array().cloned().unwrap_or_default();
        found.into_iter().map(|reference| Element::new(self, reference, selector)).collect()
    }

    /// Runs the body of a function in the page; a promise is waited for.
    #[track_caller]
    pub fn script(&self, body: &str) -> Value {
        self.script_with(body, &[])
    }

    /// The same with `arguments`.
    #[track_caller]
    pub fn script_with(&self, body: &str, arguments: &[Value]) -> Value {
        done(&format!("in the script {body:?}"), self.session.execute(body, arguments))
    }

    /// Waits until a JavaScript expression is true; `what` says what that means.
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

    /// Waits until every figure near the viewport is `ready`, fonts are there, and two frames have been painted.
    #[track_caller]
    pub fn settle(&self) {
        self.call("settle", &[]);
    }

    /// The same for every figure of the page, however far away: each is asked to come alive.
    #[track_caller]
    pub fn settle_all(&self) {
        self.call("settle", &[true.into()]);
    }

    /// Acts inside a frame, given by a CSS selector, and comes back.
    #[track_caller]
    pub fn in_frame<T>(&self, selector: &str, act: impl FnOnce(&Self) -> T) -> T {
        let frame = self.element(selector);
        done(&format!("entering {selector}"), self.session.enter(&frame.reference));
        let result = act(self);
        done(&format!("leaving {selector}"), self.session.leave());
        result
    }

    /// Everything that went wrong on the pages so far, and forgets it.
    pub fn take_errors(&self) -> Vec<String> {
        self.keep_errors();
        self.errors.take()
    }

    /// Saves a picture of the viewport.
    pub fn screenshot(&self, file: &Path) {
        let picture = done("taking a picture", self.session.screenshot());
        done(&format!("writing {}", file.display()), std::fs::write(file, picture));
    }

    /// Takes over what the present page collected, before it goes.
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

    /// Leaves nothing for the next test.
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

/// What came of an action; if nothing, says so at the line of the test that asked for it.
#[track_caller]
pub(crate) fn done<T>(what: &str, outcome: Result<T, impl Display>) -> T {
    match outcome {
        Ok(value) => value,
        Err(error) => panic!("{what}: {error}"),
    }
}

/// Asks again and again, until there is an answer or patience ends.
pub(crate) fn poll<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() > deadline {
            return None;
        }
        // Between two questions the page gets the processor.
        thread::sleep(Duration::from_millis(10));
    }
}
