//! `cargo xtask test`: runs all tests, with the browser tests in every installed browser.

use std::time::Instant;

use anyhow::Result;

use crate::options::Options;
use crate::project;
use crate::run::{cargo, run, say, seconds};
use crate::{dist, notebooks, setup};

pub(crate) fn test(options: &mut Options) -> Result<()> {
    let filter = options.after_dashes();
    let browsers = !options.flag("--no-browsers");
    options.finish()?;
    let mut took = Vec::new();
    let mut stage = |name: &str, work: &mut dyn FnMut() -> Result<()>| -> Result<()> {
        let started = Instant::now();
        work()?;
        took.push(format!("{name} {}", seconds(started.elapsed())));
        Ok(())
    };
    if browsers {
        stage("set-up", &mut || setup::for_tests())?;
    }
    setup::python::ensure()?;
    stage("Rust", &mut || {
        let crates = ["--exclude", "downhill-tests"];
        run(
            "testing the crates",
            cargo()
                .args(["test", "--quiet"])
                .args(project::HOST)
                .args(crates)
                .arg("--")
                .args(&filter),
        )
    })?;
    if browsers {
        stage("site", &mut dist::build)?;
        stage("Python", &mut notebooks::test)?;
        stage("browsers", &mut || {
            run(
                "testing the site",
                cargo().args(["test", "--package", "downhill-tests", "--"]).args(&filter),
            )
        })?;
    }
    say(&format!("all tests passed: {}", took.join(", ")));
    Ok(())
}
