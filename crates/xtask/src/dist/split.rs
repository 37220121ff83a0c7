//! Splits the page's module into a core and parts, one for each figure and one for kernels, so that
//! a reader fetches only what is near.
//!
//! In the sources nothing is split: all figures are one module, whose functions call each other and
//! share one memory. Each figure is reached through one function
//! (`downhill_figures::figures::create`), and so is what makes kernels. The module is cut there, after
//! it has been linked and optimized as a whole: what is needed only beyond one of these functions
//! becomes a part, which uses the core's memory and puts its functions into the core's table.

mod cut;
mod linked;
mod owners;
mod parsed;
mod plan;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use downhill_figures::NAMES;

use self::owners::Owners;
use self::parsed::Parsed;
use self::plan::{Place, Places};
use super::names::FEATURES;
use crate::project;
use crate::run::{command, run};

/// The module of the figures, as Trunk and wasm-bindgen name it.
pub(super) const MODULE: &str = "downhill-web";

/// Makes the linker keep its relocations; see `crates/downhill-web/build.rs`.
pub(super) const RELOCATIONS: &str = "DOWNHILL_RELOCATIONS";

/// The part with what makes kernels, and the figures that are fetched with it.
const KERNELS: &str = "kernels";
const COMPUTE_MUCH: [&str; 3] = ["lab", "starts", "race"];

/// How the module is optimized as a whole.
const OPTIMIZATION: [&str; 5] = ["--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz"];

/// Optimizes the module as a whole, keeping the names of its functions.
pub(super) fn optimize(site: &Path) -> Result<()> {
    let file = site.join(format!("{MODULE}_bg.wasm"));
    let mut module = Parsed::read(&fs::read(&file).context("reading the module")?)?.module;
    // The relocations are those of the linker's module, no longer of this one.
    let stale: Vec<_> = module
        .customs
        .iter()
        .filter(|(_, section)| section.name() == "linking" || section.name().starts_with("reloc."))
        .map(|(id, _)| id)
        .collect();
    for section in stale {
        module.customs.delete(section);
    }
    fs::write(&file, module.emit_wasm()).context("writing the module")?;
    run(
        "optimizing the module of the figures",
        command("wasm-opt")
            .args(FEATURES)
            // Where the module is cut must stay a call.
            .args(["--no-inline=*7figures6create*", "--debuginfo"])
            .args(["--no-inline=*12downhill_web7kernels4load17h*"])
            .args(OPTIMIZATION)
            .args([&file.display().to_string(), "-o", &file.display().to_string()]),
    )
}

/// Cuts the module, writing the core in its place and the parts to `parts/`, and the list of parts to
/// `elements/parts.js`.
pub(super) fn split(site: &Path) -> Result<()> {
    let file = site.join(format!("{MODULE}_bg.wasm"));
    let bytes = fs::read(&file).context("reading the module")?;
    let linked = project::target().join("wasm32-unknown-unknown/page/downhill_web.wasm");
    let linked = fs::read(&linked).with_context(|| format!("reading {}", linked.display()))?;
    let needs = linked::needs(&linked, part_of)?;
    let parts = [NAMES, &[KERNELS]].concat();
    let places = Places::of(&parts);
    let plan = plan::plan(&Parsed::read(&bytes)?, &needs, &places, part_of);
    ensure!(plan.entries.len() == parts.len(), "a part has no function at which it begins");
    let folder = site.join("parts");
    fs::create_dir_all(&folder).context("creating the folder of parts")?;
    let write = |place: Place, file: &Path| -> Result<()> {
        fs::write(file, cut::cut(&bytes, &plan, &needs, &places, place)?)
            .with_context(|| format!("writing {}", file.display()))?;
        let path = file.display().to_string();
        run(
            &format!("optimizing {}", file.file_name().unwrap_or_default().display()),
            command("wasm-opt")
                .args(FEATURES)
                .args(["--strip-debug", "--strip-producers", "--strip-target-features", "-Oz"])
                .args([&path, "-o", &path]),
        )
    };
    write(Place::Core, &file)?;
    write(Place::Common, &folder.join("common.wasm"))?;
    let mut list = String::from("export const parts = {\n");
    for (part, name) in parts.iter().enumerate() {
        write(Place::Part(part), &folder.join(format!("{name}.wasm")))?;
    }
    for name in NAMES {
        let common = if *name == plan::FIRST { "" } else { "\"common\", " };
        let kernels = if COMPUTE_MUCH.contains(name) { ", \"kernels\"" } else { "" };
        writeln!(list, "  {name}: [{common}\"{name}\"{kernels}],")?;
    }
    write!(list, "}};\nexport const first = \"{}\";\n", plan::FIRST)?;
    fs::write(site.join("elements/parts.js"), list).context("writing the list of parts")
}

/// The part that begins at a function, by its name as linked.
fn part_of(name: &str) -> Option<Owners> {
    let path = format!("{:#}", rustc_demangle::demangle(name));
    if path == "downhill_web::kernels::load" {
        return Some(Owners::part(NAMES.len()));
    }
    let figure = path.strip_prefix("downhill_figures::figures::create::")?;
    NAMES.iter().position(|name| *name == figure).map(Owners::part)
}

#[cfg(test)]
mod tests {
    use super::{Owners, part_of};

    #[test]
    fn parts_begin_at_the_functions_that_create_figures() {
        let name = "_ZN16downhill_figures7figures6create4hill17h0123456789abcdefE";
        assert_eq!(part_of(name), Some(Owners::part(0)));
        assert_eq!(part_of("_ZN16downhill_figures7figures6figure17h0123456789abcdefE"), None);
    }
}
