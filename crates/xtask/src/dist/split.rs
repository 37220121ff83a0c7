//! Splits the page's module into a core and parts: one for each figure, one for kernels, and one for
//! what answers the reader, so that a reader fetches only what is near, and only when it is needed.
//!
//! In the sources nothing is split: all figures are one module, whose functions call each other and
//! share one memory. Each figure is reached through one function
//! (`downhill_figures::figures::create`), and so is what makes kernels; what answers the reader is
//! reached through a few. The module is cut there, after it has been linked and optimized as a whole:
//! what is needed only beyond these functions becomes a part, which uses the core's memory and puts
//! its functions into the core's table. Until it is there, none of them may be called, which
//! `www/elements/loader.js` and `controller.js` see to.

mod cut;
mod linked;
mod owners;
mod parsed;
mod plan;

use std::collections::BTreeMap;
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

/// The part with what the page needs only once someone reads: what responds to input, what reads and
/// explains any text, and the landscapes in two dimensions that the first figure does not begin with.
const INPUT: &str = plan::INPUT;
const ANSWERS: [&str; 8] = [
    "downhill::formula::exchange::memory::supply",
    "downhill_figures::framework::figure::Figure::start",
    "downhill_figures::framework::figure::Figure::respond",
    "downhill_figures::framework::figure::unsettled::<impl downhill_figures::framework::figure::Figure>::report",
    "downhill_figures::figures::hill::Hill::respond",
    "downhill_figures::figures::bowl::Bowl::respond",
    // The map that the page shows instead of the hill where it has no WebGL.
    "downhill_figures::figures::hill::hill_pane::on_map",
    "downhill_figures::panes::contour_map::ContourPane::still",
];

/// The files with what several figures use.
const FIRST_SHARED: &str = "hill-shared";
const SECOND_SHARED: &str = "bowl-shared";
const OTHERS: &str = "others";

/// The files of which each file beyond the core uses functions, and that have to be there first.
fn bases(file: &str) -> &'static [&'static str] {
    match file {
        FIRST_SHARED | SECOND_SHARED => &[],
        plan::FIRST => &[FIRST_SHARED],
        plan::SECOND => &[SECOND_SHARED],
        INPUT => &[FIRST_SHARED, SECOND_SHARED],
        OTHERS => &[FIRST_SHARED, SECOND_SHARED, INPUT],
        _ => &[FIRST_SHARED, SECOND_SHARED, INPUT, OTHERS],
    }
}

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
            .args(["--no-inline=*9framework6figure6Figure5start17h*"])
            .args(["--no-inline=*7respond17h*"])
            .args(["--no-inline=*9unsettled*6report17h*"])
            .args(["--no-inline=*6memory6supply17h*"])
            .args(["--no-inline=*9hill_pane6on_map17h*"])
            .args(["--no-inline=*11ContourPane5still17h*"])
            .args(["--no-inline=*8downhill10landscapes*9landscape17h*"])
            .args(OPTIMIZATION)
            .args([&file.display().to_string(), "-o", &file.display().to_string()]),
    )
}

/// Cuts the module, writing the core in its place and the parts to `parts/`, and the list of parts to
/// `elements/parts.js`.
pub(super) fn split(site: &Path) -> Result<()> {
    let file = site.join(format!("{MODULE}_bg.wasm"));
    let bytes = fs::read(&file).context("reading the module")?;
    let needs = linked::needs(&linked()?, part_of)?;
    let parts = [NAMES, &[KERNELS, INPUT]].concat();
    let places = Places::of(&parts);
    let plan = plan::plan(&Parsed::read(&bytes)?, &needs, &places, part_of);
    for (part, name) in parts.iter().enumerate() {
        let begins = plan.entries.iter().any(|at| plan.places[at] == Place::Part(part));
        ensure!(begins, "{name} has no function at which it begins");
    }
    let folder = site.join("parts");
    fs::create_dir_all(&folder).context("creating the folder of parts")?;
    let write = |place: Place, file: &Path| -> Result<()> {
        fs::write(file, cut::cut(&bytes, &plan, &needs, &places, place)?)
            .with_context(|| format!("writing {}", file.display()))?;
        optimize_cut(
            &format!("optimizing {}", file.file_name().unwrap_or_default().display()),
            file,
        )
    };
    write(Place::Core, &file)?;
    let shared = [
        (Place::FirstShared, FIRST_SHARED),
        (Place::SecondShared, SECOND_SHARED),
        (Place::Others, OTHERS),
    ];
    for (place, name) in shared {
        write(place, &folder.join(format!("{name}.wasm")))?;
    }
    let mut list = String::from("export const parts = {\n");
    for (part, name) in parts.iter().enumerate() {
        write(Place::Part(part), &folder.join(format!("{name}.wasm")))?;
    }
    for name in NAMES {
        let kernels = if COMPUTE_MUCH.contains(name) { ", \"kernels\"" } else { "" };
        writeln!(list, "  {name}: [\"{name}\"{kernels}],")?;
    }
    list.push_str("};\nexport const bases = {\n");
    for name in parts.iter().chain(shared.iter().map(|(_, name)| name)) {
        writeln!(list, "  {name:?}: {:?},", bases(name))?;
    }
    list.push_str("};\n");
    fs::write(site.join("elements/parts.js"), list).context("writing the list of parts")?;
    // A frame asks for them before its scripts have come.
    let all: BTreeMap<_, _> =
        NAMES.iter().map(|name| (name, [bases(name), &[*name]].concat())).collect();
    let still = site.join("still.js");
    let script = fs::read_to_string(&still).context("reading the script of stills")?;
    let script = format!("self.gdParts = {};\n{script}", serde_json::to_string(&all)?);
    fs::write(still, script).context("writing the script of stills")
}

/// The module with one figure alone, cut out of that of all, as it was before it was split. It has
/// everything that the figure needs.
pub(super) fn alone(module: &[u8], figure: &str) -> Result<Vec<u8>> {
    let linked = linked()?;
    let others = |name: &str| {
        let path = format!("{:#}", rustc_demangle::demangle(name));
        let is_other = match path.strip_prefix(FIGURES) {
            Some(other) => NAMES.contains(&other) && other != figure,
            None => path == LOAD_KERNELS && !COMPUTE_MUCH.contains(&figure),
        };
        is_other.then_some(Owners::part(0))
    };
    let needs = linked::needs(&linked, others)?;
    let places = Places::of(&["others"]);
    let plan = plan::plan(&Parsed::read(module)?, &needs, &places, others);
    ensure!(plan.entries.len() >= NAMES.len() - 1, "the module of {figure} has other figures");
    let file = project::target().join("single.wasm");
    fs::write(&file, cut::alone(module, &plan, &needs, &places)?).context("writing a module")?;
    let path = file.display().to_string();
    // All but what the cut has left was optimized before.
    run(
        &format!("optimizing the module of {figure} alone"),
        command("wasm-opt")
            .args(FEATURES)
            .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
            .args(["--low-memory-unused", "-Oz", &path, "-o", &path]),
    )?;
    fs::read(&file).context("reading a module")
}

/// The module with all figures, as it was before it was split, without the names of its functions.
pub(super) fn whole(module: &[u8]) -> Result<Vec<u8>> {
    let file = project::target().join("single.wasm");
    fs::write(&file, module).context("writing a module")?;
    let path = file.display().to_string();
    run(
        "removing names from the module of all figures",
        command("wasm-opt")
            .args(FEATURES)
            .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
            .args([&path, "-o", &path]),
    )?;
    fs::read(&file).context("reading a module")
}

/// The module as the linker leaves it.
fn linked() -> Result<Vec<u8>> {
    let file = project::target().join("wasm32-unknown-unknown/page/downhill_web.wasm");
    fs::read(&file).with_context(|| format!("reading {}", file.display()))
}

/// Optimizes once more, for what a cut has left.
fn optimize_cut(what: &str, file: &Path) -> Result<()> {
    let path = file.display().to_string();
    run(
        what,
        command("wasm-opt")
            .args(FEATURES)
            .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
            .args(OPTIMIZATION)
            .args([&path, "-o", &path]),
    )
}

/// The files that a figure needs beyond the core.
pub(super) fn files_of(name: &str) -> Vec<&str> {
    let mut files = bases(name).to_vec();
    files.push(name);
    if COMPUTE_MUCH.contains(&name) {
        files.push(KERNELS);
    }
    files
}

/// The functions at which figures begin, by the end of their paths.
const FIGURES: &str = "downhill_figures::figures::create::";

/// The function at which the part of the kernels begins.
const LOAD_KERNELS: &str = "downhill_web::kernels::load";

/// The part that begins at a function, by its name as linked.
fn part_of(name: &str) -> Option<Owners> {
    let path = format!("{:#}", rustc_demangle::demangle(name));
    if path == LOAD_KERNELS {
        return Some(Owners::part(NAMES.len()));
    }
    if ANSWERS.contains(&&*path) || is_later_landscape(&path) {
        return Some(Owners::part(NAMES.len() + 1));
    }
    let figure = path.strip_prefix(FIGURES)?;
    NAMES.iter().position(|name| *name == figure).map(Owners::part)
}

/// Whether a function makes a landscape that the first figure does not need at once.
fn is_later_landscape(path: &str) -> bool {
    let landscape = path.strip_prefix("downhill::landscapes::");
    let module = landscape.and_then(|path| path.strip_suffix("::landscape")).unwrap_or_default();
    let is = |(name, _): (&str, &str)| name.replace('-', "_") == module;
    downhill::titles_2d().any(is) && !downhill::FIRST_LANDSCAPES.contains(&module)
}

#[cfg(test)]
mod tests {
    use super::{Owners, part_of};

    #[test]
    fn parts_begin_at_the_functions_that_create_figures() {
        let name = "_ZN16downhill_figures7figures6create4hill17h0123456789abcdefE";
        assert_eq!(part_of(name), Some(Owners::part(0)));
        assert_eq!(part_of("_ZN16downhill_figures7figures6figure17h0123456789abcdefE"), None);
        let landscape = |module: &str| {
            let length = module.len();
            part_of(&format!(
                "_ZN8downhill10landscapes{length}{module}9landscape17h0123456789abcdefE"
            ))
        };
        assert_eq!(landscape("himmelblau"), None);
        assert_eq!(landscape("parabola"), None);
        assert_eq!(landscape("monkey_saddle"), Some(Owners::part(12)));
    }
}
