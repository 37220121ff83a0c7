//! Installs packages with Debian's and Ubuntu's package manager.

use anyhow::{Context, Result};

use crate::project;
use crate::run::{answer, command, run_logged};

/// Whether this system has apt.
pub(super) fn is_there() -> bool {
    project::find("apt-get").is_some()
}

/// Whether this process may install packages: as root on Debian or Ubuntu.
pub(super) fn may_install() -> bool {
    is_there() && answer(command("id").arg("-u")).is_some_and(|user| user.trim() == "0")
}

/// Installs packages without prompting.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    let logs = project::tools().join("logs");
    run_logged(
        "fetching the list of packages",
        apt_get().arg("update"),
        &logs.join("apt-update.log"),
    )?;
    run_logged(
        &format!("installing {}", packages.join(", ")),
        apt_get().args(["install", "-y", "--no-install-recommends"]).args(packages),
        &logs.join("apt-install.log"),
    )
    .with_context(|| format!("to install them by hand: apt-get install {}", packages.join(" ")))
}

fn apt_get() -> std::process::Command {
    let mut apt_get = command("apt-get");
    // Another installation may be running, such as the machine's own first update.
    apt_get.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=300"]);
    apt_get
}
