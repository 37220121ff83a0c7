//! The published package in the projects of `tests/packages/`: built, opened and clicked.

use downhill_tests::{Case, Engine, Page, Project, case};
use serde_json::json;

pub(crate) const CASES: &[Case] = &[
    case!(vite_builds_it).only(Engine::Chromium),
    case!(vite_serves_it).only(Engine::Chromium),
    case!(one_figure_is_small).only(Engine::Chromium),
    case!(react_has_its_tags_and_types).only(Engine::Chromium),
    case!(astro_renders_it_on_the_server).only(Engine::Chromium),
];

/// What a page with one figure of the package fetches, gzipped: the budget of a figure in a frame.
const FIRST_USE: usize = 135_000;

#[track_caller]
fn project(name: &str) -> Project {
    Project::new(name).unwrap_or_else(|problem| panic!("{problem}"))
}

#[track_caller]
fn run(project: &Project, tool: &str, arguments: &[&str]) -> String {
    project.run(tool, arguments).unwrap_or_else(|problem| panic!("{problem}"))
}

/// Opens a page of a built project under the strict policy.
#[track_caller]
fn open(page: &Page<'_>, project: &Project, name: &str, path: &str) {
    let folder = project.folder().join("dist");
    let address = page.site().serve(name, &folder).unwrap_or_else(|problem| panic!("{problem}"));
    page.visit(&format!("{address}{path}"));
}

/// A bowl, a map with a formula, and a program: kernels, the parser, a worker.
#[track_caller]
fn uses_vite_page(page: &Page<'_>) {
    let bowl = page.element("gd-bowl");
    bowl.find("button", "Step").click();
    bowl.part("readouts").wait_for_text("x₁ −4");
    bowl.find("slider", "Learning rate α").drag_to(0.3);
    bowl.part("regime").wait_for_text("monotone");
    let starts = page.element("gd-starts");
    starts.wait_until("the formula", "it.spec.loss === 'x^2 + 3*y^2'");
    let code = page.element("gd-code");
    code.find("button", "Run").click();
    code.part("readouts").wait_for_text("Your run");
    code.wait_until("the end of the run", "it.snapshot().data.variables.alpha === 0.1");
}

fn vite_builds_it(page: &Page<'_>) {
    let project = project("vite");
    run(&project, "vite", &["build", "--logLevel", "warn"]);
    open(page, &project, "vite", "index.html");
    uses_vite_page(page);
    // There is no site that a frame or a link could point to.
    let bowl = page.element("gd-bowl");
    bowl.find("button", "Embed").click();
    assert!(page.find("textbox", "HTML").value().contains("import \"downhill-lesson/bowl\""));
    assert!(!page.has("radio", "Frame"));
}

fn vite_serves_it(page: &Page<'_>) {
    let project = project("vite");
    let served = project.serve().unwrap_or_else(|problem| panic!("{problem}"));
    page.visit(&format!("{}index.html", served.address));
    uses_vite_page(page);
    page.visit("about:blank");
}

fn one_figure_is_small(page: &Page<'_>) {
    let project = project("vite");
    run(&project, "vite", &["build", "--logLevel", "warn", "--outDir", "dist"]);
    open(page, &project, "vite", "bowl.html");
    // Nothing more may be asked of it: that would fetch what answers a reader.
    page.wait_until("a figure", "document.querySelector('gd-bowl')?.shadowRoot?.querySelector('[part=regime]')?.textContent.startsWith('zigzag')");
    let asked = page.site().take_requests_of_folder();
    assert!(asked.iter().any(|path| path.ends_with(".wasm")), "{asked:?}");
    let sum = downhill_tests::gzip_sum(&project.folder().join("dist"), "/vite/", &asked);
    assert!(sum <= FIRST_USE, "one figure is {sum} B of at most {FIRST_USE} B: {asked:#?}");
}

fn react_has_its_tags_and_types(page: &Page<'_>) {
    let project = project("react");
    run(&project, "tsc", &["--project", "."]);
    // Every line with a mistake is found, and no other.
    let wrong = include_str!("../packages/react/wrong.tsx");
    let told = project.run("tsc", &["--project", "tsconfig.wrong.json"]).expect_err("wrong types");
    for (index, line) in wrong.lines().enumerate() {
        let found = told.contains(&format!("wrong.tsx({},", index + 1));
        assert_eq!(found, line.starts_with("  <"), "{line}: {told}");
    }
    run(&project, "vite", &["build", "--logLevel", "warn"]);
    open(page, &project, "react", "index.html");
    let bowl = page.element("gd-bowl");
    assert_eq!(bowl.find("textbox", "Learning rate α, value").value(), "0.9");
    page.find("button", "Two steps").click();
    page.find("status", "iteration 2").wait_for_text("iteration 2");
    page.find("button", "Smaller steps").click();
    bowl.part("regime").wait_for_text("monotone");
    let starts = page.element("gd-starts");
    starts.wait_until("both starts", "JSON.stringify(it.spec.start) === '[[0.5,-1],[1,2]]'");
    assert_eq!(bowl.part("error").text(), "");
}

fn astro_renders_it_on_the_server(page: &Page<'_>) {
    let project = project("astro");
    run(&project, "astro", &["build", "--silent"]);
    open(page, &project, "astro", "index.html");
    let names =
        page.script("return document.querySelector('#figures').textContent.split(' ').length");
    assert_eq!(names, json!(13));
    let ravine = page.element("gd-ravine");
    ravine.find("button", "Step").click();
    ravine.part("standing").wait_for_text("After 4 iterations");
    let quiz = page.element("gd-quiz");
    quiz.find("radio", "½").click();
    quiz.find("button", "Check").click();
    quiz.part("outcome").wait_for_text("Right.");
}
