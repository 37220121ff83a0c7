//! The package for bundlers, in `dist/npm/`: the site's modules before they are bundled, with addresses
//! written out, and types.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::split;
use crate::contract::{self, Element};
use crate::lesson::PROGRAMS;
use crate::project;
use crate::run::command;

const NAME: &str = "downhill-lesson";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What `www/npm/files.js` lists itself.
const EVERYWHERE: [&str; 3] = ["input", "hill-shared", "bowl-shared"];

/// The worker's import of MicroPython: bundlers take the file as it is and leave the import alone.
const IMPORT: &str = "import(new URL(";
const IMPORT_AS_IT_IS: &str = "import(/* @vite-ignore */ /* webpackIgnore: true */ new URL(";

/// Writes the package from a site that is built and split, but not bundled.
pub(super) fn write(site: &Path) -> Result<()> {
    let root = project::root();
    let package = root.join("dist/npm");
    fs::remove_dir_all(&package).ok();
    let lib = package.join("lib");
    copy(&site.join("elements"), &lib.join("elements"), &|name| name.ends_with(".js"))?;
    fs::remove_file(lib.join("elements/define.js")).context("removing the list of all figures")?;
    copy(&site.join("parts"), &lib.join("parts"), &|_| true)?;
    copy(&site.join("micropython"), &lib.join("micropython"), &|_| true)?;
    for module in ["downhill-web", "downhill-formulas"] {
        let wasm = format!("{module}_bg.wasm");
        fs::copy(site.join(&wasm), lib.join(&wasm)).with_context(|| format!("copying {wasm}"))?;
        let script = fs::read_to_string(site.join(format!("{module}.js")))?;
        put(&lib.join(format!("{module}.js")), &without_default_address(&script, &wasm)?)?;
    }
    let worker = lib.join("elements/code/worker.js");
    let script = fs::read_to_string(&worker).context("reading the worker")?;
    ensure!(script.contains(IMPORT), "the worker imports MicroPython in another way");
    put(&worker, &script.replace(IMPORT, IMPORT_AS_IT_IS))?;
    texts(site, &lib.join("texts"))?;

    let elements = contract::elements()?;
    let names: Vec<&str> = elements.iter().map(|element| element.name).collect();
    let template = |name: &str| fs::read_to_string(root.join("www/npm").join(name));
    put(&lib.join("elements/files.js"), &template("files.js")?)?;
    let imports: Vec<String> =
        names.iter().map(|name| format!("{name}: () => import(\"./{name}.js\"),")).collect();
    put(
        &package.join("index.js"),
        &template("index.js")?.replace("FIGURES", &imports.join("\n  ")),
    )?;
    let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    put(
        &package.join("README.md"),
        &template("README.md")?.replace("FIGURES", &listed.join(", ")),
    )?;
    put(&package.join("index.d.ts"), &contract::types(&elements))?;
    put(&package.join("react.d.ts"), &contract::jsx(&elements))?;
    put(&package.join("react.js"), "export {};\n")?;
    let all: Vec<String> = names.iter().map(|name| format!("import \"./{name}.js\";\n")).collect();
    put(&package.join("elements.js"), &all.concat())?;
    for element in &elements {
        put(&package.join(format!("{}.js", element.name)), &entry(element))?;
    }
    for name in names.iter().chain(&["elements"]) {
        let types = "import \"./index.js\";\n\nexport {};\n";
        put(&package.join(format!("{name}.d.ts")), types)?;
    }
    fs::copy(root.join("www/payloads.d.ts"), package.join("payloads.d.ts"))
        .context("copying the types of payloads")?;
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(root.join(license), package.join(license)).context("copying the licences")?;
    }
    let pretty = |value: &Value| serde_json::to_string_pretty(value).map(|text| text + "\n");
    put(&package.join("custom-elements.json"), &pretty(&contract::manifest(&elements))?)?;
    put(&package.join("package.json"), &pretty(&manifest(&names))?)
}

/// `package.json`.
fn manifest(names: &[&str]) -> Value {
    // Types lie beside the scripts, where TypeScript looks for them.
    let entry = |name: &str| json!(format!("./{name}.js"));
    let mut exports = serde_json::Map::new();
    exports.insert(".".into(), entry("index"));
    for name in ["elements", "react"].iter().chain(names) {
        exports.insert(format!("./{name}"), entry(name));
    }
    for file in ["custom-elements.json", "package.json"] {
        exports.insert(format!("./{file}"), json!(format!("./{file}")));
    }
    let effects: Vec<String> =
        ["elements"].iter().chain(names).map(|name| format!("./{name}.js")).collect();
    json!({
        "name": NAME,
        "version": VERSION,
        "description": "The figures of Downhill, an interactive lesson on gradient descent, as custom elements",
        "license": "MIT OR Apache-2.0",
        "keywords": ["gradient descent", "web components", "custom elements", "education"],
        "type": "module",
        "exports": exports,
        "types": "./index.d.ts",
        "customElements": "./custom-elements.json",
        "sideEffects": effects,
    })
}

/// The module that registers one element and provides its files.
fn entry(element: &Element) -> String {
    let name = element.name;
    let fields: Vec<&str> = element.parameters.iter().map(|parameter| parameter.name).collect();
    let registry = "import { register } from \"./lib/elements/register.js\";\n";
    let text =
        |path: &str, file: &str| format!("  {path:?}: () => import(\"./lib/texts/{file}.js\"),\n");
    let palette = text("../style/palette.json", "palette.json");
    match name {
        "code" => {
            let programs = PROGRAMS
                .map(|name| text(&format!("../programs/{name}.json"), &format!("{name}.json")));
            format!(
                "import {{ provideTexts, provideWorker }} from \"./lib/elements/files.js\";\n{registry}\n\
                 provideTexts({{\n{}{palette}{}}});\n\
                 provideWorker(() => new Worker(new URL(\"./lib/elements/code/worker.js\", import.meta.url), {{ type: \"module\" }}));\n\
                 register(\"code\", () => import(\"./lib/elements/code/cell.js\"), {fields:?});\n",
                text("code/code.css", "code.css"),
                programs.concat()
            )
        }
        "quiz" => format!(
            "import {{ provideTexts }} from \"./lib/elements/files.js\";\n{registry}\n\
             provideTexts({{\n{}{palette}{}}});\n\
             register(\"quiz\", () => import(\"./lib/elements/quiz/quiz.js\"), {fields:?});\n",
            text("quiz/quiz.css", "quiz.css"),
            text("../questions.html", "questions.html")
        ),
        _ => {
            let files = split::files_of(name).into_iter().filter(|file| !EVERYWHERE.contains(file));
            let files = files.map(|file| {
                format!("  \"../parts/{file}.wasm\": new URL(\"./lib/parts/{file}.wasm\", import.meta.url),\n")
            });
            format!(
                "import {{ provide }} from \"./lib/elements/files.js\";\n{registry}\n\
                 provide({{\n{}}});\nregister({name:?}, undefined, {fields:?});\n",
                files.collect::<String>()
            )
        }
    }
}

/// Texts that the site fetches, each as a module.
fn texts(site: &Path, folder: &Path) -> Result<()> {
    let programs = PROGRAMS.map(|name| format!("programs/{name}.json"));
    let files = [
        "elements/figure.css",
        "elements/embed/dialog.css",
        "elements/code/code.css",
        "elements/quiz/quiz.css",
        "style/palette.json",
        "style/landscapes.json",
        "questions.html",
    ];
    for file in files.map(String::from).iter().chain(&programs) {
        let path = site.join(file);
        let text = if file.ends_with(".css") {
            let minified = command("esbuild").arg(&path).arg("--minify").output()?;
            ensure!(minified.status.success(), "{file} could not be minified");
            String::from_utf8(minified.stdout)?
        } else {
            fs::read_to_string(&path).with_context(|| format!("reading {file}"))?
        };
        let name = file.rsplit('/').next().unwrap_or(file);
        let module = format!("export default {};\n", serde_json::to_string(&text)?);
        put(&folder.join(format!("{name}.js")), &module)?;
    }
    Ok(())
}

/// The script of a module without the address that it would fetch by itself: bundlers would follow it.
fn without_default_address(script: &str, wasm: &str) -> Result<String> {
    let address = format!("new URL('{wasm}', import.meta.url)");
    ensure!(script.contains(&address), "the script of {wasm} has another default address");
    Ok(script.replace(&address, "undefined"))
}

fn put(file: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(file.parent().context("a file lies in a folder")?)?;
    fs::write(file, text).with_context(|| format!("writing {}", file.display()))
}

/// Copies the files of a folder whose names are wanted, and its folders.
fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("creating {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if path.is_dir() {
            copy(&path, &to.join(&name), wanted)?;
        } else if wanted(&name.to_string_lossy()) {
            fs::copy(&path, to.join(&name))
                .with_context(|| format!("copying {}", path.display()))?;
        }
    }
    Ok(())
}
