//! The benchmark measures what ships, and equal work on both sides. Nothing is timed here.

use std::fs;

use downhill_tests::{Bench, Case, Engine, Page, case, release, site_folder};

pub(crate) const CASES: &[Case] = &[
    case!(it_measures_what_ships).only(Engine::Chromium),
    case!(both_sides_do_equal_work).only(Engine::Chromium),
];

fn it_measures_what_ships(page: &Page<'_>) {
    let bench = Bench::open(page).expect("the page opens");
    bench.check("typed").expect("equal work");
    let modules = bench.shipped(&site_folder()).expect("the modules of the site");
    let start = format!("/{}", release());
    let names: Vec<_> = modules.iter().filter_map(|path| path.strip_prefix(&start)).collect();
    assert_eq!(
        names,
        [
            "/downhill-formulas_bg.wasm",
            "/downhill-web_bg.wasm",
            "/parts/bowl-shared.wasm",
            "/parts/hill-shared.wasm",
            "/parts/input.wasm",
            "/parts/kernels.wasm",
            "/parts/others.wasm",
            "/parts/starts.wasm"
        ]
    );

    // A site with another build of one module.
    let folder = site_folder().join("../other-site");
    fs::create_dir_all(folder.join(release()).join("parts")).expect("a folder");
    for module in &modules {
        let mut bytes = fs::read(site_folder().join(&module[1..])).expect("a module");
        if module.contains("starts") {
            *bytes.last_mut().expect("a byte") ^= 1;
        }
        fs::write(folder.join(&module[1..]), bytes).expect("a file");
    }
    let refused = bench.shipped(&folder).expect_err("another build");
    assert!(
        refused.starts_with(&format!("{start}/parts/starts.wasm is not the module of")),
        "{refused}"
    );
    fs::remove_dir_all(&folder).expect("it can be removed");
}

fn both_sides_do_equal_work(page: &Page<'_>) {
    let bench = Bench::open(page).expect("the page opens");
    let rows = bench.rows().expect("the scripts load");
    assert_eq!(rows.len(), 10, "{rows:?}");
    for row in rows {
        let did = bench.check(&row);
        assert!(did.is_ok(), "{row}: {did:?}");
    }
}
