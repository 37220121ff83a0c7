//! The benchmark's page: the built site with figures' work and plain JavaScript side by side.
//!
//! Its scripts are in `tests/bench/`. The site is served as it was built, and what the browser
//! compiled is compared with it byte by byte: a benchmark of another build says nothing.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use serde_json::{Value, json};

use crate::page::Page;

/// The URL path below which the benchmark's scripts are served.
pub(crate) const SCRIPTS: &str = "/__test__/bench/";

/// Calls a function of `rows.js`.
const CALL: &str = "
  const [name, ...rest] = arguments;
  return import('/__test__/bench/rows.js').then((rows) => rows[name](...rest));";

/// A page on which rows of the benchmark are checked and measured.
#[derive(Debug)]
pub struct Bench<'p, 'a> {
    page: &'p Page<'a>,
}

impl<'p, 'a> Bench<'p, 'a> {
    /// Opens the site's page of one figure, in Chromium.
    ///
    /// # Errors
    /// If the browser refuses.
    pub fn open(page: &'p Page<'a>) -> Result<Self, String> {
        let witness = json!({ "source": include_str!("../bench/witness.js") });
        page.session().devtools("Page.addScriptToEvaluateOnNewDocument", &witness)?;
        page.open("embed.html?figure=starts");
        page.settle();
        Ok(Self { page })
    }

    /// The names of all rows.
    ///
    /// # Errors
    /// If the scripts do not load.
    pub fn rows(&self) -> Result<Vec<String>, String> {
        let body = "return import('/__test__/bench/rows.js').then(({ names }) => names)";
        let names = self.page.session.execute(body, &[])?;
        let names = names.as_array().into_iter().flatten();
        Ok(names.filter_map(|name| name.as_str().map(String::from)).collect())
    }

    /// Asserts that the figure and plain JavaScript come to equal results in a row; returns how
    /// much both did.
    ///
    /// # Errors
    /// If they do not.
    pub fn check(&self, row: &str) -> Result<Value, String> {
        self.call(&[json!("check"), json!(row)])
    }

    /// Checks a row and times both sides in turns.
    ///
    /// # Errors
    /// If the results differ.
    pub fn measure(&self, row: &str) -> Result<Value, String> {
        self.call(&[json!("measure"), json!(row)])
    }

    /// Times the plain side of a row once, with the share of time lost to others.
    ///
    /// # Errors
    /// If the results of the row differ.
    pub fn plain(&self, row: &str) -> Result<Value, String> {
        self.call(&[json!("plain"), json!(row)])
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, String> {
        self.page.session.execute(CALL, arguments)
    }

    /// Compares the modules that the browser has compiled with the files of a site; returns their
    /// paths.
    ///
    /// # Errors
    /// If one differs, or if none was compiled.
    pub fn shipped(&self, site: &Path) -> Result<Vec<String>, String> {
        let compiled = self.page.session.execute("return window.compiled", &[])?;
        let compiled = compiled.as_object().cloned().unwrap_or_default();
        if compiled.is_empty() {
            return Err("the page compiled no module of the site".into());
        }
        for (path, bytes) in &compiled {
            let bytes =
                bytes.as_str().and_then(|text| base64::prelude::BASE64_STANDARD.decode(text).ok());
            let file = fs::read(site.join(path.trim_start_matches('/'))).ok();
            if bytes.is_none() || bytes != file {
                return Err(format!("{path} is not the module of {}", site.display()));
            }
        }
        Ok(compiled.into_iter().map(|(path, _)| path).collect())
    }
}
