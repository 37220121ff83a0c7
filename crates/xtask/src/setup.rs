//! Installs whatever a command needs and does not find.
//!
//! The prerequisites are rustup and Node ≥ 20. Everything else is either on `PATH` in the right
//! version or installed below `target/tools`, by `npm ci`, or by the system's package manager.

mod apt;
mod browsers;
mod cargo_tool;
mod node;
pub(crate) mod python;
mod rust;

use std::thread;

use anyhow::{Result, anyhow};

/// Installs what building and serving the site needs.
pub(crate) fn for_site() -> Result<()> {
    side_by_side([
        &rust::ensure_target,
        &node::ensure,
        &|| cargo_tool::ensure(&cargo_tool::site()?),
    ])
}

/// Installs what the tests need: the site's tools, the browsers and their drivers.
pub(crate) fn for_tests() -> Result<()> {
    side_by_side([
        &rust::ensure_target,
        // One after the other: npm is no faster twice.
        &|| node::ensure().and_then(|()| node::ensure_projects()),
        &|| {
            let mut tools = cargo_tool::site()?;
            tools.push(cargo_tool::geckodriver());
            cargo_tool::ensure(&tools)
        },
        &browsers::ensure,
    ])
}

/// Installs what the benchmark needs: the site's tools and a browser.
pub(crate) fn for_bench() -> Result<()> {
    for_site()?;
    browsers::ensure()
}

/// Installs what the checks need: toolchain components, wasm-bindgen and npm's tools.
pub(crate) fn for_checks() -> Result<()> {
    rust::ensure_components()?;
    side_by_side([&rust::ensure_target, &node::ensure, &|| {
        cargo_tool::ensure(&[cargo_tool::wasm_bindgen()?])
    }])
}

/// Runs independent steps in parallel: one waits for the network while another compiles.
fn side_by_side<const N: usize>(steps: [&(dyn Fn() -> Result<()> + Sync); N]) -> Result<()> {
    thread::scope(|scope| {
        let running = steps.map(|step| scope.spawn(step));
        // All steps finish before the first failure is reported, so that no partial install keeps
        // running.
        let ended = running
            .map(|step| step.join().unwrap_or_else(|_| Err(anyhow!("a set-up step panicked"))));
        ended.into_iter().collect()
    })
}
