//! Servers of the built site, under the policy of a strict host, and of host pages that embed it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::bench::SCRIPTS;
use crate::http::{Response, Server};
use crate::program;
use crate::weight::gzip;

/// The policy under which everything has to work.
pub const POLICY: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

/// The path of the error-collecting script.
const COLLECT: &str = "/__test__/collect.js";

/// A page that shows another in a frame, for viewports smaller than the smallest window.
const FRAME: &str = "/__test__/frame.html";

/// The output folder of `cargo xtask dist`.
#[must_use]
pub fn site_folder() -> PathBuf {
    program::root().join("dist/site")
}

/// The folder of the site in which everything lies that changes with a release: named by its content, and named by
/// the site's pages.
///
/// # Panics
/// If the site has not been built.
#[must_use]
pub fn release_folder() -> PathBuf {
    let page = fs::read_to_string(site_folder().join("index.html")).expect("the site is built");
    let main = page.split('"').find_map(|word| word.strip_suffix("/main.js"));
    site_folder().join(main.expect("the lesson names its script"))
}

/// The name of that folder.
///
/// # Panics
/// If the site has not been built.
#[must_use]
pub fn release() -> String {
    release_folder().file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The folder of the pages in one file that `cargo xtask dist` writes.
#[must_use]
pub fn single_folder() -> PathBuf {
    program::root().join("dist/single")
}

/// Two servers on loopback: the site under the strict policy, and a host of another origin without
/// one, which has the pages in one file.
#[derive(Debug)]
pub struct Site {
    site: Origin,
    host: Origin,
    /// Further servers that a case started.
    others: Mutex<Vec<Origin>>,
}

impl Site {
    /// Serves the built site.
    ///
    /// # Errors
    /// If it has not been built, or no port is available.
    pub fn start() -> Result<Self, String> {
        let folder = site_folder();
        if !folder.join("index.html").is_file() {
            return Err("there is no site in dist/site/; build it with `cargo xtask dist`".into());
        }
        let (site, host) = (Some(folder), Some(single_folder()));
        Ok(Self::of(Origin::start(site, Some(POLICY))?, Origin::start(host, None)?))
    }

    fn of(site: Origin, host: Origin) -> Self {
        Self { site, host, others: Mutex::default() }
    }

    /// Serves the built site with cross-origin isolation, which gives its pages the finest clock of
    /// the browser.
    ///
    /// # Errors
    /// If no port is available.
    pub fn isolated() -> Result<Self, String> {
        let state = State { isolated: true, ..State::new(Some(site_folder()), Some(POLICY)) };
        Ok(Self::of(Origin::serve(state)?, Origin::start(None, None)?))
    }

    /// Serves the built site gzipped, as most hosts do.
    ///
    /// # Errors
    /// If no port is available.
    pub fn compressed() -> Result<Self, String> {
        let state = State { compressed: true, ..State::new(Some(site_folder()), Some(POLICY)) };
        Ok(Self::of(Origin::serve(state)?, Origin::start(None, None)?))
    }

    /// The site's URL, with a trailing slash.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.site.address
    }

    /// The URL of the host of another origin, with a trailing slash.
    #[must_use]
    pub fn host_address(&self) -> &str {
        &self.host.address
    }

    /// Serves a page of another origin and returns its URL. `SITE/` in it becomes the site's URL.
    pub fn host_page(&self, html: &str) -> String {
        let mut extra = locked(&self.host.state.extra);
        let name = format!("host-{}.html", extra.len());
        extra.insert(format!("/{name}"), html.replace("SITE/", self.address()));
        format!("{}{name}", self.host.address)
    }

    /// Serves a folder of another origin, under the same policy as the site, and returns its URL.
    ///
    /// # Errors
    /// If no port is available.
    pub fn serve(&self, name: &str, folder: &Path) -> Result<String, String> {
        let origin = Origin::start(None, Some(POLICY))?;
        locked(&origin.state.folders).insert(format!("/{name}/"), folder.to_path_buf());
        let address = format!("{}{name}/", origin.address);
        locked(&self.others).push(origin);
        Ok(address)
    }

    /// Serves a folder beside the host's pages, and returns its URL.
    pub fn host_folder(&self, name: &str, folder: &Path) -> String {
        locked(&self.host.state.folders).insert(format!("/{name}/"), folder.to_path_buf());
        format!("{}{name}/", self.host.address)
    }

    /// The paths requested of the folders served last, since the last call.
    pub fn take_requests_of_folder(&self) -> Vec<String> {
        let others = locked(&self.others);
        others
            .last()
            .map_or_else(Vec::new, |origin| std::mem::take(&mut locked(&origin.state.requests)))
    }

    /// The requested paths since the last call, in order, without the harness's own.
    pub fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut locked(&self.site.state.requests))
    }
}

/// A server of one folder.
#[derive(Debug)]
struct Origin {
    address: String,
    state: Arc<State>,
    _server: Server,
}

#[derive(Debug)]
struct State {
    folder: Option<PathBuf>,
    policy: Option<&'static str>,
    /// Whether pages are cross-origin isolated, which gives them a finer clock.
    isolated: bool,
    /// Whether files are gzipped.
    compressed: bool,
    /// The gzipped files so far: a host compresses a file once, and here it would take its time from
    /// the browser that is measured.
    gzipped: Mutex<HashMap<String, Vec<u8>>>,
    extra: Mutex<HashMap<String, String>>,
    /// Folders by the beginning of their paths.
    folders: Mutex<HashMap<String, PathBuf>>,
    requests: Mutex<Vec<String>>,
}

impl Origin {
    fn start(folder: Option<PathBuf>, policy: Option<&'static str>) -> Result<Self, String> {
        Self::serve(State::new(folder, policy))
    }

    fn serve(state: State) -> Result<Self, String> {
        let state = Arc::new(state);
        let answering = Arc::clone(&state);
        let server = Server::start(move |target| answering.answer(target))?;
        Ok(Self { address: server.origin(), state, _server: server })
    }
}

impl State {
    fn new(folder: Option<PathBuf>, policy: Option<&'static str>) -> Self {
        Self {
            folder,
            policy,
            isolated: false,
            compressed: false,
            gzipped: Mutex::default(),
            extra: Mutex::default(),
            folders: Mutex::default(),
            requests: Mutex::default(),
        }
    }

    fn answer(&self, target: &str) -> Response {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let found = match path {
            COLLECT => Some(include_bytes!("collect.js").to_vec()),
            FRAME => frame(query),
            _ if path.starts_with(SCRIPTS) => {
                let folder = program::root().join("tests/bench");
                file_below(&folder, &path[SCRIPTS.len()..]).and_then(|file| fs::read(file).ok())
            }
            _ => {
                locked(&self.requests).push(path.to_owned());
                self.content(path)
            }
        };
        let mut headers = vec![
            ("Content-Type", kind(path).to_owned()),
            // As static hosts do, so that other sites can load the modules.
            ("Access-Control-Allow-Origin", "*".into()),
            ("Cache-Control", "no-store".into()),
        ];
        if let Some(policy) = self.policy.filter(|_| path != FRAME) {
            headers.push(("Content-Security-Policy", policy.into()));
        }
        if self.isolated {
            headers.push(("Cross-Origin-Opener-Policy", "same-origin".into()));
            headers.push(("Cross-Origin-Embedder-Policy", "require-corp".into()));
        }
        let (status, mut body) = match found {
            Some(body) => ("200 OK", body),
            // Browsers request it by themselves; any other missing file fails the test of the page
            // that requests it.
            None if path == "/favicon.ico" => ("204 No Content", Vec::new()),
            None => ("404 Not Found", b"not here".to_vec()),
        };
        if self.compressed {
            headers.push(("Content-Encoding", "gzip".into()));
            let known = locked(&self.gzipped).get(path).cloned();
            body = known.unwrap_or_else(|| gzip(&body));
            locked(&self.gzipped).insert(path.to_owned(), body.clone());
        }
        Response { status, headers, body }
    }

    fn file(&self, path: &str) -> Option<PathBuf> {
        let folders = locked(&self.folders);
        let own =
            folders.iter().find_map(|(start, folder)| Some((path.strip_prefix(&**start)?, folder)));
        match own {
            Some((rest, folder)) => file_below(folder, rest),
            None => file_below(self.folder.as_ref()?, path),
        }
    }

    fn content(&self, path: &str) -> Option<Vec<u8>> {
        let bytes = match locked(&self.extra).get(path) {
            Some(html) => html.clone().into_bytes(),
            None => fs::read(self.file(path)?).ok()?,
        };
        if kind(path).starts_with("text/html") { Some(with_collector(&bytes)) } else { Some(bytes) }
    }
}

/// A page with one frame: `320x800&/path?query`.
fn frame(query: &str) -> Option<Vec<u8>> {
    let (size, path) = query.split_once('&')?;
    let (width, height) = size.split_once('x')?;
    let path = path.replace('&', "&amp;").replace('"', "&quot;");
    let html = format!(
        "<!doctype html><html lang=\"en\"><title>A small screen</title><body topmargin=\"0\" leftmargin=\"0\">\
         <iframe title=\"The page\" width=\"{width}\" height=\"{height}\" frameborder=\"0\" src=\"{path}\"></iframe>"
    );
    Some(html.into_bytes())
}

/// The file for a path, if it is inside the folder.
fn file_below(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = path.trim_start_matches('/');
    if relative.split('/').any(|part| part == "..") {
        return None;
    }
    let file = folder.join(relative);
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

/// Inserts the collecting script before all other scripts.
fn with_collector(html: &[u8]) -> Vec<u8> {
    let html = String::from_utf8_lossy(html);
    let script = format!("<script src=\"{COLLECT}\"></script>");
    let at = html.find("<head>").map_or(0, |head| head + "<head>".len());
    // Only the doctype may come before `<head>`, and it has to stay first.
    let at = if at == 0 {
        html.find("<html").and_then(|tag| Some(tag + html[tag..].find('>')? + 1)).unwrap_or(0)
    } else {
        at
    };
    format!("{}{script}{}", &html[..at], &html[at..]).into_bytes()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "text/html; charset=utf-8",
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{file_below, with_collector};
    use std::path::Path;

    #[test]
    fn the_collector_comes_first_but_after_the_doctype() {
        for page in
            ["<!doctype html><html lang=en><head><script>", "<!doctype html><html lang=en><script>"]
        {
            let html = String::from_utf8(with_collector(page.as_bytes())).expect("text");
            assert!(html.starts_with("<!doctype html><html lang=en>"), "{html}");
            let (collector, own) = (html.find("__test__"), html.rfind("<script>"));
            assert!(collector < own, "{html}");
        }
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        assert_eq!(file_below(Path::new("/site"), "/../secret"), None);
        assert_eq!(file_below(Path::new("/site"), "/www/a.js"), Some("/site/www/a.js".into()));
    }
}
