//! The three browser engines: whether they are installed, and how they are started.

use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::program::{self, Running};
use crate::screen::Screen;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium with chromedriver. Required.
    Chromium,
    /// Firefox with geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser with WebKitWebDriver, on a virtual display.
    WebKit,
}

/// A listening driver, and the capabilities for its session.
#[derive(Debug)]
pub(crate) struct Launched {
    pub(crate) port: u16,
    pub(crate) capabilities: Value,
    // The order matters: the driver is dropped before its display, and the profile last.
    _driver: Running,
    _display: Option<Running>,
    _profile: Option<Folder>,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Engine {
    /// All engines, the required one first.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The engine's name, used as a prefix of case names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The engine with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// What this engine needs and this machine lacks.
    #[must_use]
    pub fn missing(self) -> Vec<&'static str> {
        let needs: &[(&str, bool)] = match self {
            Self::Chromium => &[("chromedriver", program::find(&["chromedriver"]).is_some())],
            Self::Firefox => &[
                ("geckodriver", program::find(&["geckodriver"]).is_some()),
                ("firefox", firefox().is_some()),
            ],
            Self::WebKit => &[
                ("WebKitWebDriver", program::find(&["WebKitWebDriver"]).is_some()),
                ("MiniBrowser", mini_browser().is_some()),
                ("Xvfb", program::find(&["Xvfb"]).is_some()),
            ],
        };
        needs.iter().filter(|(_, is_there)| !is_there).map(|(name, _)| *name).collect()
    }

    pub(crate) fn launch(self, screen: &Screen) -> Result<Launched, String> {
        let missing = self.missing();
        if !missing.is_empty() {
            return Err(format!("{self} needs {}", missing.join(" and ")));
        }
        match self {
            Self::Chromium => chromium(),
            Self::Firefox => start_firefox(screen),
            Self::WebKit => webkit(screen),
        }
    }
}

fn driver(name: &str) -> Command {
    let mut command = Command::new(program::find(&[name]).unwrap_or_else(|| name.into()));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Chromium with tracing of its threads in these categories.
pub(crate) fn launch_traced(categories: &str) -> Result<Launched, String> {
    let mut launched = chromium()?;
    launched.capabilities["goog:loggingPrefs"]["performance"] = json!("ALL");
    launched.capabilities["goog:chromeOptions"]["perfLoggingPrefs"] =
        json!({ "enableNetwork": false, "enablePage": false, "traceCategories": categories });
    Ok(launched)
}

fn chromium() -> Result<Launched, String> {
    let port = program::free_port();
    let driver =
        Running::start(driver("chromedriver").arg(format!("--port={port}")))?.listening_on(port)?;
    let mut options = json!({
        "args": [
            "--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader",
            "--hide-scrollbars", "--force-color-profile=srgb",
        ],
    });
    if let Some(binary) = program::find(&["chromium", "chromium-browser", "google-chrome"]) {
        options["binary"] = json!(binary);
    }
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    Ok(Launched { port, capabilities, _driver: driver, _display: None, _profile: None })
}

fn firefox() -> Option<PathBuf> {
    let application = PathBuf::from("/Applications/Firefox.app/Contents/MacOS/firefox");
    program::find(&["firefox-esr", "firefox"])
        .or_else(|| application.is_file().then_some(application))
}

fn start_firefox(screen: &Screen) -> Result<Launched, String> {
    let port = program::free_port();
    let driver = Running::start(driver("geckodriver").args(["--port", &port.to_string()]))?
        .listening_on(port)?;
    let preferences = json!({
        "layout.css.prefers-color-scheme.content-override": if screen.dark { 0 } else { 1 },
        "ui.prefersReducedMotion": i32::from(screen.reduced_motion),
        "layout.css.devPixelsPerPx": screen.ratio.to_string(),
        // A fresh profile would open pages of its own and check for updates.
        "browser.shell.checkDefaultBrowser": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    });
    let capabilities = json!({
        "browserName": "firefox",
        "moz:firefoxOptions": { "binary": firefox(), "args": ["-headless"], "prefs": preferences },
    });
    Ok(Launched { port, capabilities, _driver: driver, _display: None, _profile: None })
}

fn mini_browser() -> Option<PathBuf> {
    let libraries = ["/usr/lib", "/usr/libexec", "/usr/lib64"].map(PathBuf::from);
    let folders =
        libraries.into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let nested = folders.flat_map(|folder| {
        let inside = fs::read_dir(folder.path())
            .ok()
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path());
        inside.chain([folder.path()]).collect::<Vec<_>>()
    });
    let mut found: Vec<PathBuf> = nested
        .filter(|folder| {
            folder
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("webkit2gtk-4"))
        })
        .map(|folder| folder.join("MiniBrowser"))
        .filter(|file| file.is_file())
        .collect();
    found.sort();
    found.pop()
}

fn webkit(screen: &Screen) -> Result<Launched, String> {
    let (display, number) = display()?;
    let profile = Folder::new()?;
    // WebKitGTK takes the reader's preferences from GTK's settings.
    let settings = format!(
        "[Settings]\ngtk-enable-animations={}\ngtk-application-prefer-dark-theme={}\n",
        u8::from(!screen.reduced_motion),
        u8::from(screen.dark),
    );
    profile.write("config/gtk-3.0/settings.ini", &settings)?;
    let port = program::free_port();
    let mut command = driver("WebKitWebDriver");
    command
        .arg(format!("--port={port}"))
        .env("DISPLAY", format!(":{number}"))
        .env("GDK_BACKEND", "x11")
        .env("GDK_SCALE", screen.ratio.round().to_string())
        .env("HOME", &profile.0)
        .env("XDG_CONFIG_HOME", profile.0.join("config"))
        .env("XDG_DATA_HOME", profile.0.join("data"))
        .env("XDG_CACHE_HOME", profile.0.join("cache"))
        .env_remove("WAYLAND_DISPLAY");
    if screen.dark {
        command.env("GTK_THEME", "Adwaita:dark");
    }
    if is_root() {
        // The sandbox refuses to run as root; the pages under test are the project's own.
        command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    }
    let driver = Running::start(&mut command)?.listening_on(port)?;
    let capabilities = json!({
        "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation"] },
    });
    Ok(Launched {
        port,
        capabilities,
        _driver: driver,
        _display: Some(display),
        _profile: Some(profile),
    })
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|user| user.stdout.starts_with(b"0\n"))
}

/// Starts a virtual display and returns its number, which Xvfb chooses.
fn display() -> Result<(Running, String), String> {
    let mut xvfb = driver("Xvfb");
    xvfb.args(["-displayfd", "1", "-screen", "0", "3000x2400x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped());
    let mut running = Running::start(&mut xvfb)?;
    let output = running.child().stdout.take().ok_or("Xvfb has no output")?;
    let mut number = String::new();
    BufReader::new(output).read_line(&mut number).map_err(|error| format!("Xvfb: {error}"))?;
    let number = number.trim().to_owned();
    if number.is_empty() { Err("Xvfb did not start".into()) } else { Ok((running, number)) }
}

/// A temporary folder that is removed on drop.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, String> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("downhill-webkit-{}-{count}", std::process::id()));
        fs::create_dir_all(&path)
            .map_err(|error| format!("creating {}: {error}", path.display()))?;
        Ok(Self(path))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let file = self.0.join(name);
        let parent = file.parent().unwrap_or(&self.0);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&file, text))
            .map_err(|error| format!("writing {}: {error}", file.display()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}
