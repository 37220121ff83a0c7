//! Paths within the checkout, and the versions it pins.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The packages built for the host: all but the wasm boundary.
pub(crate) const HOST: [&str; 3] = ["--workspace", "--exclude", "downhill-web"];

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("xtask lies two folders below the root")
        .to_path_buf()
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The folder for installed tools, with their `bin/` below it.
pub(crate) fn tools() -> PathBuf {
    root().join("target/tools")
}

/// The version of a package in Cargo.lock.
pub(crate) fn locked_version(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).context("reading Cargo.lock")?;
    version_in(&lock, package).with_context(|| format!("{package} is not in Cargo.lock"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines();
    let wanted = format!("name = \"{package}\"");
    lines.find(|line| *line == wanted)?;
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.into())
}

/// `PATH` with the project's own tools first: those below `target/tools`, then npm's, then the
/// system's.
pub(crate) fn path() -> std::ffi::OsString {
    let own = [tools().join("bin"), root().join("node_modules/.bin")];
    let machine = env::var_os("PATH").unwrap_or_default();
    let all = own.into_iter().chain(env::split_paths(&machine));
    env::join_paths(all).unwrap_or(machine)
}

/// The first program with this name on [`path`].
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path()).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn reads_a_version_from_the_lock_file() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.2.3\"\n\n[[package]]\nname = \"b\"\nversion = \"0.1.0\"\n";
        assert_eq!(version_in(lock, "b").as_deref(), Some("0.1.0"));
        assert_eq!(version_in(lock, "a-b").as_deref(), Some("1.2.3"));
        assert_eq!(version_in(lock, "a"), None);
    }

    #[test]
    fn trunk_asks_for_the_locked_wasm_bindgen() {
        let trunk = std::fs::read_to_string(super::root().join("Trunk.toml")).expect("Trunk.toml");
        let locked = super::locked_version("wasm-bindgen").expect("a locked version");
        assert!(
            trunk.contains(&format!("wasm_bindgen = \"{locked}\"")),
            "Trunk.toml should name {locked}"
        );
    }
}
