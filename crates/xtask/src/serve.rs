//! `cargo xtask serve`: serves the lesson locally and rebuilds it on change.

use anyhow::Result;

use crate::options::Options;
use crate::run::{command, run};
use crate::setup;

pub(crate) fn serve(options: &mut Options) -> Result<()> {
    let open = !options.flag("--no-open");
    let port = options.value("--port")?.unwrap_or_else(|| "8080".into());
    options.finish()?;
    setup::for_site()?;
    let mut trunk = command("trunk");
    // A separate folder from `dist`, which the tests use.
    trunk.args(["serve", "--port", &port, "--dist", "target/site"]);
    if open {
        trunk.arg("--open");
    }
    run(&format!("serving the lesson on http://127.0.0.1:{port}/ (Ctrl+C ends it)"), &mut trunk)
}
