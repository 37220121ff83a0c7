//! Tests of the Python package in real notebooks: the wheel, as it is installed.

use downhill_tests::{Case, Element, Engine, Notebook, Page, case};
use serde_json::{Value, json};

pub(crate) const CASES: &[Case] = &[
    case!(the_readme_runs_in_jupyterlab).only(Engine::Chromium),
    case!(traits_and_figure_are_one_in_jupyterlab).only(Engine::Chromium),
    case!(what_is_wrong_is_said_and_stays_in_jupyterlab).only(Engine::Chromium),
    case!(a_cell_follows_the_figure_in_marimo).only(Engine::Chromium),
];

/// The programs of the package's readme, as cells.
fn readme() -> Vec<&'static str> {
    let text = include_str!("../../python/README.md");
    text.split("```python\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// Acts in a notebook of JupyterLab with these cells.
fn in_jupyterlab(page: &Page<'_>, cells: &[&str], act: impl FnOnce()) {
    let notebook = Notebook::jupyterlab(cells).unwrap_or_else(|why| panic!("{why}"));
    page.visit(notebook.address());
    page.wait_until(
        "all cells",
        &format!("document.querySelectorAll('.jp-CodeCell').length === {}", cells.len()),
    );
    page.wait_until(
        "a kernel at rest",
        "document.querySelector('#jp-main-statusbar')?.textContent.includes('| Idle')",
    );
    act();
    asserts_no_other_host(page);
    // Before its server is gone, of which it would complain.
    page.visit("about:blank");
}

/// Runs the selected cell, as Shift and Enter do, and waits until the given one has ended.
fn run(page: &Page<'_>, cell: usize) {
    page.elements(".jp-CodeCell .cm-content")[cell].click();
    page.press("Shift+Enter");
    ended(page, cell);
}

fn ended(page: &Page<'_>, cell: usize) {
    let prompt = format!("document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')[{cell}]");
    page.wait_until("the end of the cell", &format!("/\\[\\d+\\]/.test({prompt}.textContent)"));
}

/// What a cell has printed, or its error.
fn output(page: &Page<'_>, cell: usize) -> String {
    let text = page.script(&format!(
        "return document.querySelectorAll('.jp-CodeCell')[{cell}].querySelector('.jp-OutputArea').textContent"
    ));
    text.as_str().unwrap_or_default().to_owned()
}

/// Runs a cell again and again until what it prints has the words: the page answers between cells.
#[track_caller]
fn says(page: &Page<'_>, cell: usize, words: &str) {
    let mut last = String::new();
    for _ in 0..20 {
        run(page, cell);
        last = output(page, cell);
        if last.contains(words) {
            return;
        }
    }
    panic!("cell {cell} does not say {words:?}, but {last:?}");
}

fn spec(figure: &Element<'_, '_>, field: &str) -> Value {
    figure.script_with("return arguments[0].spec[arguments[1]]", &[field.into()])
}

/// The server of the notebook is all that the page has asked.
fn asserts_no_other_host(page: &Page<'_>) {
    let others = page.script(
        "return performance.getEntriesByType('resource').map(({ name }) => name)
           .filter((name) => !name.startsWith(location.origin) && !/^(blob|data):/.test(name))",
    );
    assert_eq!(others, json!([]));
}

fn the_readme_runs_in_jupyterlab(page: &Page<'_>) {
    let cells = readme();
    in_jupyterlab(page, &cells, || run_readme(page, &cells));
}

fn run_readme(page: &Page<'_>, cells: &[&str]) {
    page.find("menuitem", "Run").click();
    page.find("menuitem", "Run All Cells").click();
    for cell in 0..cells.len() {
        ended(page, cell);
    }
    let printed = output(page, 2);
    assert!(printed.contains("vanilla exhausted ") && printed.contains("momentum "), "{printed}");
    for cell in 0..cells.len() {
        assert!(!output(page, cell).contains("Error"), "{}", output(page, cell));
    }
    // Two figures tied by Python, and one that draws the path of the program above it.
    let [ravine, plane, race] = ["gd-ravine", "gd-plane", "gd-race"].map(|tag| page.element(tag));
    for figure in [&ravine, &plane] {
        figure.wait_until("the α that Python set", "it.spec.alpha === 0.02");
    }
    race.wait_until(
        "the path",
        "it.snapshot().runs.find(({ name }) => name === 'path')?.iterates.length === 31",
    );
    assert_eq!(spec(&race, "start"), json!([1.5, 0.1]));
    let drawn =
        race.script("return arguments[0].shadowRoot.querySelector('[part~=table]').textContent");
    assert!(drawn.as_str().is_some_and(|rows| rows.contains("Your path")), "{drawn}");
}

fn traits_and_figure_are_one_in_jupyterlab(page: &Page<'_>) {
    let cells = [
        "from downhill import Ravine\nw = Ravine(alpha=0.02)\nw",
        "w.alpha = 1.1",
        "print(w.start, w.beta, w.k)",
        "w.seek(3)\nw.hide = 'table'",
        "print(w.runs()[0].iterates.shape, w.runs()[0].losses[0], w.snapshot()['k'])",
    ];
    in_jupyterlab(page, &cells, || move_both(page, cells.len()));
}

fn move_both(page: &Page<'_>, cells: usize) {
    run(page, 0);
    let figure = page.element("gd-ravine");
    assert_eq!(spec(&figure, "alpha"), json!(0.02));
    run(page, 1);
    figure.wait_until("the new α", "it.spec.alpha === 1.1");
    figure.part("regime").wait_for_text("diverge");
    // A click in the picture is a start in Python.
    figure.scroll_into_view();
    figure.part("canvas").click_at(0.75, 0.25);
    figure.wait_until("a new start", "it.spec.start[0] > 0");
    let start = spec(&figure, "start");
    says(page, 2, &format!("({}, {}) 0.9 0", start[0], start[1]));
    // What is typed into the figure belongs to it: in JupyterLab an x alone cuts a cell.
    let field = figure.find("textbox", "Momentum β, value");
    field.fill("0.5");
    says(page, 2, " 0.5 0");
    figure.find("button", "Step").focus();
    page.press("x");
    assert_eq!(page.elements(".jp-CodeCell").len(), cells);
    run(page, 3);
    figure.wait_until("the iteration that was asked for", "it.spec.k === 3");
    figure.wait_until("the hidden table", "it.getAttribute('hide').startsWith('table')");
    let runs = figure.script("return arguments[0].snapshot().runs[0]");
    let (count, loss) = (runs["iterates"].as_array().map_or(0, Vec::len), &runs["losses"][0]);
    says(page, 4, &format!("({count}, 2) {loss} 3"));
}

fn what_is_wrong_is_said_and_stays_in_jupyterlab(page: &Page<'_>) {
    let cells = [
        "from downhill import Starts\nw = Starts(alhpa=1)",
        "w = Starts()\nw",
        "w.loss = 'x^^2'",
        "print(w.loss, w.problems['loss'])",
        "w.alpha = 'fast'",
    ];
    in_jupyterlab(page, &cells, || make_mistakes(page));
}

fn make_mistakes(page: &Page<'_>) {
    run(page, 0);
    let unknown = output(page, 0);
    assert!(unknown.contains("TypeError") || unknown.contains("UnknownField"), "{unknown}");
    assert!(unknown.contains("Did you mean alpha?"), "{unknown}");
    run(page, 1);
    let figure = page.element("gd-starts");
    run(page, 2);
    figure.part("error").wait_for_text("himmelblau stays.");
    says(
        page,
        3,
        "himmelblau loss must be a loss in x and y, by name or as a formula (character 3: ",
    );
    run(page, 4);
    assert!(output(page, 4).contains("alpha must be a number from 0 to"), "{}", output(page, 4));
    assert_eq!(spec(&figure, "loss"), json!("himmelblau"));
}

const MARIMO: &str = "import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    from downhill import Bowl

    w = mo.ui.anywidget(Bowl(alpha=0.2))
    w
    return mo, w


@app.cell
def _(mo, w):
    mo.md(f\"Python has {w.alpha}.\")
    return


if __name__ == \"__main__\":
    app.run()
";

fn a_cell_follows_the_figure_in_marimo(page: &Page<'_>) {
    let notebook = Notebook::marimo(MARIMO).unwrap_or_else(|why| panic!("{why}"));
    page.visit(notebook.address());
    let figure = page.element("gd-bowl");
    page.wait_until("Python’s value", "document.body.innerText.includes('Python has 0.2.')");
    figure.find("textbox", "Learning rate α, value").fill("0.75");
    page.wait_until("the new one", "document.body.innerText.includes('Python has 0.75.')");
    figure.part("regime").wait_for_text("zigzag");
    asserts_no_other_host(page);
    page.visit("about:blank");
    // marimo asks for pictures that it does not show.
    let errors = page.take_errors();
    assert!(
        errors.iter().all(|error| error.contains("preloaded using link preload")),
        "{errors:?}"
    );
}
