//! Installs the browsers that the tests drive, and their drivers.

use anyhow::{Result, bail};

use super::apt;
use crate::project;
use crate::run::say;

/// A requirement of a browser: the program that shows it is installed, and the Debian package that
/// provides it.
struct Need {
    names: &'static [&'static str],
    package: &'static str,
}

struct Engine {
    name: &'static str,
    required: bool,
    needs: &'static [Need],
}

const ENGINES: [Engine; 3] = [
    Engine {
        name: "Chromium",
        required: true,
        needs: &[
            Need { names: &["chromium", "chromium-browser", "google-chrome"], package: "chromium" },
            Need { names: &["chromedriver"], package: "chromium-driver" },
        ],
    },
    // geckodriver is not in Debian 12; it comes from crates.io.
    Engine {
        name: "Firefox",
        required: false,
        needs: &[Need { names: &["firefox-esr", "firefox"], package: "firefox-esr" }],
    },
    Engine {
        name: "WebKit",
        required: false,
        needs: &[
            Need { names: &["WebKitWebDriver"], package: "webkit2gtk-driver" },
            Need { names: &["Xvfb"], package: "xvfb" },
        ],
    },
];

impl Need {
    fn is_met(&self) -> bool {
        self.names.iter().any(|name| project::find(name).is_some())
    }
}

impl Engine {
    fn missing(&self) -> Vec<&'static str> {
        self.needs.iter().filter(|need| !need.is_met()).map(|need| need.package).collect()
    }
}

/// Installs missing browsers if the process may; otherwise reports what is missing and how to get
/// it.
///
/// # Errors
/// If Chromium is missing, since the tests need at least one browser.
pub(super) fn ensure() -> Result<()> {
    let missing: Vec<&str> = ENGINES.iter().flat_map(Engine::missing).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if apt::may_install() {
        apt::install(&missing)?;
    }
    for engine in &ENGINES {
        let packages = engine.missing();
        if packages.is_empty() {
            continue;
        }
        let hint = format!("{} is missing; {}", engine.name, how_to_get(&packages));
        if engine.required {
            bail!("{hint}");
        }
        say(&format!("{hint}. Its tests are left out"));
    }
    Ok(())
}

fn how_to_get(packages: &[&str]) -> String {
    if apt::is_there() {
        return format!("install it with `sudo apt-get install {}`", packages.join(" "));
    }
    if cfg!(target_os = "macos") && packages.contains(&"chromium-driver") {
        return "install it with `brew install --cask google-chrome chromedriver`".into();
    }
    if cfg!(target_os = "macos") && packages.contains(&"firefox-esr") {
        return "install it with `brew install --cask firefox`".into();
    }
    format!("install what Debian calls {}", packages.join(" and "))
}
