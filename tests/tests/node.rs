//! The published element scripts can be imported without a page, as on a server that renders one.

use std::fs;
use std::path::Path;
use std::process::Command;

use downhill_figures::NAMES;
use downhill_tests::{release_folder, site_folder};

/// Imports a published script twice in Node and returns its exports.
#[track_caller]
fn import(script: &Path) -> String {
    let program = "
        const [address] = process.argv.slice(1);
        const first = await import(address);
        await import(`${address}?again`);
        // Nothing may keep the process alive after this.
        console.log(Object.keys(first).sort().join(' '), ...(first.figures ?? []));";
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", program])
        .arg(format!("file://{}", script.display()))
        .output()
        .expect("Node starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", script.display());
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn the_elements_are_imported_where_there_is_no_page() {
    let folder = release_folder().join("elements");
    // It exports the names of all figures, so that a server can know them.
    let figures = [NAMES, &["code", "quiz"]].concat().join(" ");
    assert_eq!(import(&folder.join("define.js")), format!("figures {figures}"));
    // The script that tags begin with leads there.
    let stable = site_folder().join("elements/define.js");
    assert_eq!(import(&stable), import(&folder.join("define.js")));
    // What it imports, at once or later; the lesson page has scripts of its own beside them.
    let mut scripts = vec![folder.join("define.js")];
    let mut at = 0;
    while let Some(script) = scripts.get(at).cloned() {
        import(&script);
        at += 1;
        let text = fs::read_to_string(&script).expect("a published script");
        let names = text.split('"').filter(|name| name.starts_with("./") && name.ends_with(".js"));
        for name in names {
            let file = folder.join(&name[2..]);
            if file.is_file() && !scripts.contains(&file) {
                scripts.push(file);
            }
        }
    }
    let scripts = scripts.len();
    assert!(scripts > 5, "define.js and what it shares or fetches");
}
