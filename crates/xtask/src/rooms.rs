//! `cargo xtask rooms`: measures the room that the page keeps free for every figure.

use anyhow::Result;

use crate::run::{cargo, run};
use crate::{dist, project, setup};

pub(crate) fn rooms() -> Result<()> {
    setup::for_tests()?;
    dist::build()?;
    run(
        "measuring the lesson's figures at all widths",
        cargo()
            .args(["run", "--quiet", "--package", "downhill-tests", "--bin", "rooms", "--"])
            .arg(project::root().join("www/style/rooms.css")),
    )
}
