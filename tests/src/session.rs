//! One browser session: the WebDriver commands that the harness uses.
//!
//! Source: W3C, *WebDriver* (Recommendation), and browser vendors' extensions.

use std::cell::Cell;
use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};

use crate::engine::{Engine, Launched, launch_traced};
use crate::screen::Screen;
use crate::trace::{self, Trace};

/// How long a script may take. An audit of the whole lesson takes half a minute on a busy machine,
/// which is the drivers' default limit.
const LONGEST_SCRIPT: Duration = Duration::from_secs(80);

/// A browser under WebDriver control.
#[derive(Debug)]
pub struct Session {
    engine: Engine,
    screen: Screen,
    /// The size of the frame used for a screen smaller than the browser's smallest window.
    frame: Cell<Option<(u32, u32)>>,
    agent: ureq::Agent,
    address: String,
    /// The last field, so that the session is closed before its driver stops.
    _launched: Launched,
}

/// The result of a command, or the browser's error message.
type Answer = Result<Value, String>;

impl Session {
    /// Starts a driver and a browser with a fresh profile.
    ///
    /// # Errors
    /// If the driver or the browser does not start, with its message.
    pub fn start(engine: Engine, screen: Screen) -> Result<Self, String> {
        Self::open(engine, screen, engine.launch(&screen)?)
    }

    /// Like [`start`](Self::start), with Chromium and tracing: see [`Session::trace`].
    ///
    /// # Errors
    /// If the driver or Chromium does not start, with its message.
    pub fn start_traced(screen: Screen) -> Result<Self, String> {
        Self::open(Engine::Chromium, screen, launch_traced(trace::CATEGORIES)?)
    }

    fn open(engine: Engine, screen: Screen, mut launched: Launched) -> Result<Self, String> {
        let agent = ureq::Agent::new_with_config(
            ureq::Agent::config_builder()
                .timeout_global(Some(LONGEST_SCRIPT + Duration::from_secs(10)))
                .http_status_as_error(false)
                .build(),
        );
        let driver = format!("http://127.0.0.1:{}/session", launched.port);
        launched.capabilities["timeouts"] = json!({ "script": LONGEST_SCRIPT.as_millis() });
        let capabilities = json!({ "capabilities": { "alwaysMatch": launched.capabilities } });
        let answer = send(&agent, "POST", &driver, Some(&capabilities))
            .map_err(|error| format!("{engine} did not start: {error}"))?;
        let id = answer["sessionId"].as_str().ok_or("the driver gave no session")?;
        let address = format!("{driver}/{id}");
        let session =
            Self { engine, screen, frame: Cell::new(None), agent, address, _launched: launched };
        session.show_on(&screen)?;
        Ok(session)
    }

    /// The browser's engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The screen that the browser was set up with.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Changes the screen of the running browser; false if that needs another browser.
    pub(crate) fn adapt(&mut self, screen: &Screen) -> Result<bool, String> {
        if self.engine != Engine::Chromium && !self.screen.differs_in_size_only(screen) {
            return Ok(false);
        }
        if self.screen != *screen {
            self.show_on(screen)?;
            self.screen = *screen;
        }
        Ok(true)
    }

    /// Changes the viewport's size.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn resize(&self, width: u32, height: u32) -> Result<(), String> {
        self.show_on(&Screen { width, height, ..self.screen })
    }

    /// Shows pages as on another screen.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn show_on(&self, screen: &Screen) -> Result<(), String> {
        let Screen { width, height, ratio, dark, reduced_motion, forced_colors, touch } = *screen;
        if self.engine == Engine::Chromium {
            self.devtools(
                "Emulation.setDeviceMetricsOverride",
                &json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false }),
            )?;
            let features = json!([
                { "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } },
                { "name": "prefers-reduced-motion", "value": if reduced_motion { "reduce" } else { "no-preference" } },
                { "name": "forced-colors", "value": if forced_colors { "active" } else { "none" } },
            ]);
            self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
            self.devtools("Emulation.setTouchEmulationEnabled", &json!({ "enabled": touch }))?;
            return Ok(());
        }
        // A window is larger than its viewport by the current difference.
        let around =
            self.execute("return [outerWidth - innerWidth, outerHeight - innerHeight]", &[])?;
        let pixels =
            |at: usize| u32::try_from(around[at].as_i64().unwrap_or(0).max(0)).unwrap_or(0);
        let size = json!({ "width": width + pixels(0), "height": height + pixels(1) });
        self.post("window/rect", &size)?;
        // Windows are at least 500 pixels wide in Firefox, and 447 in MiniBrowser.
        let too_wide = self.execute("return innerWidth", &[])?.as_u64() > Some(width.into());
        self.frame.set(too_wide.then_some((width, height)));
        Ok(())
    }

    /// Loads a URL and waits for its `load` event. For a screen smaller than a window, the page is
    /// shown in a frame of that size.
    pub(crate) fn navigate(&self, address: &str) -> Answer {
        self.enter(&Value::Null)?;
        let (Some((width, height)), Some((origin, path))) =
            (self.frame.get(), split_origin(address))
        else {
            return self.post("url", &json!({ "url": address }));
        };
        let around = format!("{origin}/__test__/frame.html?{width}x{height}&/{path}");
        self.post("url", &json!({ "url": around }))?;
        self.enter_frame()
    }

    /// Enters the frame used for a small screen, if there is one.
    fn enter_frame(&self) -> Answer {
        self.enter(&self.execute("return document.querySelector('iframe')", &[])?)
    }

    /// Runs a function body with these arguments, awaiting a promise that it returns.
    pub(crate) fn execute(&self, body: &str, arguments: &[Value]) -> Answer {
        self.post("execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// Performs input actions.
    pub(crate) fn perform(&self, sources: &Value) -> Answer {
        self.post("actions", &json!({ "actions": sources }))
    }

    /// Enters a frame, given by its element, or with null returns to the top.
    pub(crate) fn enter(&self, frame: &Value) -> Answer {
        self.post("frame", &json!({ "id": frame }))
    }

    /// Returns to the parent frame.
    pub(crate) fn leave(&self) -> Answer {
        self.post("frame/parent", &json!({}))
    }

    /// A screenshot of the viewport as PNG.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn screenshot(&self) -> Result<Vec<u8>, String> {
        let answer = if self.frame.get().is_some() {
            self.enter(&Value::Null)?;
            let frame = self.execute("return document.querySelector('iframe')", &[])?;
            let id = frame
                .as_object()
                .and_then(|reference| reference.values().next()?.as_str())
                .ok_or("no frame")?;
            let picture = self.send("GET", &format!("element/{id}/screenshot"), None)?;
            self.enter_frame()?;
            picture
        } else {
            self.send("GET", "screenshot", None)?
        };
        let text = answer.as_str().ok_or("the picture is not text")?;
        base64::prelude::BASE64_STANDARD.decode(text).map_err(|error| error.to_string())
    }

    /// Sends a command of Chromium's DevTools protocol.
    ///
    /// # Errors
    /// In other engines, and if Chromium refuses.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Result<Value, String> {
        self.post("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// The trace of Chromium since it started or since the last call.
    ///
    /// # Errors
    /// If Chromium refuses, or was not started with [`Session::start_traced`].
    pub fn trace(&self) -> Result<Trace, String> {
        let entries = self.post("se/log", &json!({ "type": "performance" }))?;
        let messages = entries.as_array().into_iter().flatten();
        Ok(Trace::of(messages.filter_map(|entry| entry["message"].as_str())))
    }

    /// Chromium's console messages since the last call. The other drivers do not provide them.
    pub(crate) fn console(&self) -> Vec<String> {
        if self.engine != Engine::Chromium {
            return Vec::new();
        }
        let entries = self.post("se/log", &json!({ "type": "browser" })).unwrap_or_default();
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING")
            .map(|entry| format!("console: {}", entry["message"].as_str().unwrap_or_default()))
            // Chromium's own warning when a screenshot contains software-rendered WebGL.
            .filter(|message| !message.contains("GL Driver Message"))
            .collect()
    }

    pub(crate) fn post(&self, command: &str, body: &Value) -> Answer {
        self.send("POST", command, Some(body))
    }

    fn send(&self, method: &str, command: &str, body: Option<&Value>) -> Answer {
        send(&self.agent, method, &format!("{}/{command}", self.address), body)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // This also closes the browser.
        send(&self.agent, "DELETE", &self.address, None).ok();
    }
}

/// Splits a URL into `http://host:port` and the path after its slash.
fn split_origin(address: &str) -> Option<(&str, &str)> {
    let after_scheme = address.find("://")? + 3;
    let slash = after_scheme + address[after_scheme..].find('/')?;
    Some((&address[..slash], &address[slash + 1..]))
}

fn send(agent: &ureq::Agent, method: &str, address: &str, body: Option<&Value>) -> Answer {
    let lost = |error: ureq::Error| format!("no answer from the driver: {error}");
    let mut response = match (method, body) {
        ("GET", _) => agent.get(address).call(),
        ("DELETE", _) => agent.delete(address).call(),
        (_, body) => agent
            .post(address)
            .header("Content-Type", "application/json")
            .send(body.map(ToString::to_string).unwrap_or_default()),
    }
    .map_err(lost)?;
    let text = response.body_mut().with_config().limit(256 << 20).read_to_string().map_err(lost)?;
    let answer: Value =
        serde_json::from_str(&text).map_err(|error| format!("{error} in {text}"))?;
    let value = answer["value"].clone();
    if response.status().is_success() {
        return Ok(value);
    }
    let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Err(format!("{}: {}", field("error"), field("message")))
}
