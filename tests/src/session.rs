//! One browser under WebDriver: the commands of the protocol that the harness uses.
//!
//! Source: W3C, *WebDriver* (Recommendation), and its vendors' extensions.

use std::cell::Cell;
use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};

use crate::engine::{Engine, Launched, launch_traced};
use crate::screen::Screen;
use crate::trace::{self, Trace};

/// How long a script may take. An audit of the whole lesson takes half a minute where machines are busy, which is
/// what drivers allow by themselves.
const LONGEST_SCRIPT: Duration = Duration::from_secs(80);

/// A browser that obeys.
#[derive(Debug)]
pub struct Session {
    engine: Engine,
    screen: Screen,
    /// The size of the frame that stands for a screen smaller than the browser's smallest window.
    frame: Cell<Option<(u32, u32)>>,
    agent: ureq::Agent,
    address: String,
    /// Last, so that the session is closed before its driver goes.
    _launched: Launched,
}

/// What a command answered, or the browser's own words about why it could not.
type Answer = Result<Value, String>;

impl Session {
    /// Starts a driver and a browser with a fresh profile.
    ///
    /// # Errors
    /// If the driver or the browser does not start, in their words.
    pub fn start(engine: Engine, screen: Screen) -> Result<Self, String> {
        Self::open(engine, screen, engine.launch(&screen)?)
    }

    /// The same with Chromium, which traces what it does: see [`Session::trace`].
    ///
    /// # Errors
    /// If the driver or Chromium does not start, in their words.
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

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// What the browser was told about the reader's screen.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Changes the screen in the running browser; false if that takes another browser.
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

    fn show_on(&self, screen: &Screen) -> Result<(), String> {
        let Screen { width, height, ratio, dark, reduced_motion } = *screen;
        if self.engine == Engine::Chromium {
            self.devtools(
                "Emulation.setDeviceMetricsOverride",
                &json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false }),
            )?;
            let features = json!([
                { "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } },
                { "name": "prefers-reduced-motion", "value": if reduced_motion { "reduce" } else { "no-preference" } },
            ]);
            self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
            return Ok(());
        }
        // A window is larger than its viewport by as much as it is now.
        let around =
            self.execute("return [outerWidth - innerWidth, outerHeight - innerHeight]", &[])?;
        let pixels =
            |at: usize| u32::try_from(around[at].as_i64().unwrap_or(0).max(0)).unwrap_or(0);
        let size = json!({ "width": width + pixels(0), "height": height + pixels(1) });
        self.post("window/rect", &size)?;
        // Firefox keeps its windows at least 500 pixels wide, MiniBrowser its at 447.
        let too_wide = self.execute("return innerWidth", &[])?.as_u64() > Some(width.into());
        self.frame.set(too_wide.then_some((width, height)));
        Ok(())
    }

    /// Loads an address and waits for its `load` event. On a screen smaller than a window the page comes in a frame of that size.
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

    /// Goes into the frame that stands for a small screen, if there is one.
    fn enter_frame(&self) -> Answer {
        self.enter(&self.execute("return document.querySelector('iframe')", &[])?)
    }

    /// Runs the body of a function with these arguments; a promise is waited for.
    pub(crate) fn execute(&self, body: &str, arguments: &[Value]) -> Answer {
        self.post("execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// Performs input as devices make it.
    pub(crate) fn perform(&self, sources: &Value) -> Answer {
        self.post("actions", &json!({ "actions": sources }))
    }

    /// Goes into a frame, given its element, or with null back to the page.
    pub(crate) fn enter(&self, frame: &Value) -> Answer {
        self.post("frame", &json!({ "id": frame }))
    }

    /// Goes to the frame around this one.
    pub(crate) fn leave(&self) -> Answer {
        self.post("frame/parent", &json!({}))
    }

    /// A picture of the viewport as PNG.
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

    /// A command of Chromium's DevTools protocol.
    ///
    /// # Errors
    /// In other engines, and if Chromium refuses.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Result<Value, String> {
        self.post("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// What a traced Chromium did since it started or was last asked.
    ///
    /// # Errors
    /// If Chromium refuses, or was not started with [`Session::start_traced`].
    pub fn trace(&self) -> Result<Trace, String> {
        let entries = self.post("se/log", &json!({ "type": "performance" }))?;
        let messages = entries.as_array().into_iter().flatten();
        Ok(Trace::of(messages.filter_map(|entry| entry["message"].as_str())))
    }

    /// What Chromium wrote to its console since the last time. The other drivers have no such thing.
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
            // Chromium's own advice where a picture is taken of what software drew in place of a graphics card.
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
        // Also ends the browser.
        send(&self.agent, "DELETE", &self.address, None).ok();
    }
}

/// `http://host:port` and the path after its slash.
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
