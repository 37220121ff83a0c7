//! Checks the allowed dependencies: `downhill ← downhill-figures ← downhill-web`, and
//! `downhill-figures ← downhill-cli`.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::run::{answer, cargo};

/// The workspace crates that a crate may depend on, and the libraries that it must not, with the
/// reason.
struct Rule {
    package: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static str],
    because: &'static str,
}

const BROWSER: [&str; 6] = [
    "js-sys",
    "plotters-canvas",
    "serde-wasm-bindgen",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
];

const RULES: [Rule; 7] = [
    Rule {
        package: "downhill",
        may_use: &[],
        never: &[
            "js-sys",
            "plotters",
            "plotters-backend",
            "rand",
            "serde-wasm-bindgen",
            "wasm-bindgen",
            "web-sys",
        ],
        because: "the mathematics knows no pixels, no browser and no clock",
    },
    Rule {
        package: "downhill-figures",
        may_use: &["downhill"],
        never: &BROWSER,
        because: "figures know no DOM",
    },
    Rule {
        package: "downhill-web",
        may_use: &["downhill", "downhill-figures"],
        never: &["clap", "resvg", "svg2pdf"],
        because: "what the CLI writes is not downloaded",
    },
    Rule {
        package: "downhill-formulas",
        may_use: &["downhill"],
        never: &["serde-wasm-bindgen", "web-sys"],
        because: "what reads formulas draws nothing",
    },
    Rule {
        package: "downhill-cli",
        may_use: &["downhill", "downhill-figures"],
        never: &BROWSER,
        because: "the CLI runs without a browser",
    },
    Rule {
        package: "downhill-tests",
        may_use: &["downhill", "downhill-figures"],
        never: &[],
        because: "tests see everything",
    },
    Rule {
        package: "xtask",
        may_use: &["downhill", "downhill-figures"],
        never: &[],
        because: "the lesson is made of computed numbers and drawn figures",
    },
];

/// A workspace package and its dependencies.
pub(super) struct Package {
    name: String,
    dependencies: Vec<String>,
}

/// The packages of the workspace, from `cargo metadata`.
pub(super) fn workspace() -> Result<Vec<Package>> {
    let text = answer(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))
        .context("cargo metadata")?;
    let metadata: Value = serde_json::from_str(&text)?;
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    Ok(packages
        .iter()
        .map(|package| Package {
            name: name(package),
            dependencies: package["dependencies"]
                .as_array()
                .into_iter()
                .flatten()
                .map(name)
                .collect(),
        })
        .collect())
}

/// Fails if a dependency is not allowed.
pub(super) fn check(packages: &[Package]) -> Result<()> {
    let own: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    for package in packages {
        let Some(rule) = RULES.iter().find(|rule| rule.package == package.name) else {
            bail!("{} has no rule in crates/xtask/src/check/arrows.rs", package.name);
        };
        for dependency in package.dependencies.iter().map(String::as_str) {
            let wrong_way = own.contains(&dependency) && !rule.may_use.contains(&dependency);
            if wrong_way || rule.never.contains(&dependency) {
                bail!("{} may not depend on {dependency}: {}", package.name, rule.because);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Package, check, workspace};

    fn package(name: &str, dependencies: &[&str]) -> Package {
        Package {
            name: name.into(),
            dependencies: dependencies.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn the_arrows_of_the_workspace_point_one_way() {
        check(&workspace().expect("cargo answers")).expect("the arrows hold");
    }

    #[test]
    fn wrong_arrows_are_refused() {
        let core = package("downhill", &["downhill-figures"]);
        assert!(check(&[core, package("downhill-figures", &[])]).is_err());
        assert!(check(&[package("downhill-figures", &["downhill", "web-sys"])]).is_err());
        assert!(check(&[package("downhill-surprise", &[])]).is_err());
        assert!(check(&[package("downhill-figures", &["downhill", "serde"])]).is_ok());
    }
}
