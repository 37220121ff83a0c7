//! `cargo xtask measure-heights`: measures the height that the page reserves for every figure.

use anyhow::Result;

use crate::run::{cargo, run};
use crate::{dist, project, setup};

pub(crate) fn measure_heights() -> Result<()> {
    setup::for_tests()?;
    dist::build()?;
    run(
        "measuring the lesson's figures at all widths",
        cargo()
            .args([
                "run",
                "--quiet",
                "--package",
                "downhill-tests",
                "--bin",
                "measure_heights",
                "--",
            ])
            .arg(project::root().join("www/style/reserved-heights.css")),
    )
}
