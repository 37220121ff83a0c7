//! Tests of the lab: presets, saved runs side by side, and the sweep with the current α as a point
//! on it.

use downhill::{Parabola, Rule, Scalar, StopCriteria, Sweep, descend};
use downhill_tests::{Case, Element, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(presets_have_the_numbers_of_the_lesson),
    case!(the_lesson_shows_its_lab),
    case!(the_sweep_is_that_of_the_core),
    case!(runs_are_saved_renamed_and_removed),
    case!(a_saved_run_is_restored_with_one_change),
    case!(runs_are_saved_by_keyboard_alone).size(360, 740),
    case!(the_point_of_the_sweep_is_dragged),
    case!(the_point_of_the_sweep_is_tapped).size(360, 740),
    case!(keys_move_the_point_of_the_sweep),
    case!(at_most_five_runs_are_saved),
    case!(saved_runs_survive_moving_the_element),
    case!(the_track_of_alpha_is_spaced_by_decades),
    case!(any_loss_can_be_tried),
    case!(tolerance_and_limit_end_a_run),
];

const SWEEP: &str =
    "The sweep: iterations to converge against the learning rate α, with the present α as a point";

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("lab", query)
}

fn live(page: &Page<'_>, words: &str) {
    page.element("[role=status][aria-live=polite]").wait_for_text(words);
}

fn names(lab: &Element<'_, '_>) -> serde_json::Value {
    lab.script("return arguments[0].snapshot().runs.map(({ name }) => name)")
}

/// Iterations to convergence on x² from 5 to 10⁻⁶, from a loop in CPython:
///
/// ```python
/// def needed(x, a):
///     for k in range(10001):
///         if abs(2*x) < 1e-6: return k
///         x -= a*(2*x)
/// ```
const NEEDED: [(f64, u32); 6] =
    [(0.001, 8051), (0.01, 798), (0.1, 73), (0.5, 1), (0.9, 73), (0.99, 798)];

fn presets_have_the_numbers_of_the_lesson(page: &Page<'_>) {
    let lab = open(page, "&steps=1000");
    for (preset, alpha, ends) in [
        ("Crawl", 0.01, "The run converged at iteration 798."),
        ("Steady", 0.1, "The run converged at iteration 73."),
        ("Best", 0.5, "The run converged at iteration 1."),
        ("Zigzag", 0.9, "The run converged at iteration 73."),
        ("Bounce", 1.0, "The run has not converged after 1000 iterations."),
        ("Explode", 1.1, "The run diverged at iteration"),
    ] {
        let button = lab.find("button", preset);
        button.click();
        lab.wait_until("its α", &format!("it.alpha === {alpha}"));
        lab.wait_until("the run playing", "it.snapshot().k > 0");
        lab.script("arguments[0].seek(1e6)");
        lab.part("outcome").wait_for_text(ends);
        assert_eq!(button.attribute("aria-pressed").as_deref(), Some("true"));
    }
    lab.part("regime").wait_for_text("diverge");
    live(page, "The run diverged at iteration");
    // Statistics of the current iterate.
    lab.find("button", "Steady").click();
    lab.find("button", "Reset").click();
    lab.find("button", "Step").click();
    for words in ["Iteration 1 of 73", "Position 4", "Loss 16", "Gradient 8"] {
        lab.part("readouts").wait_for_text(words);
    }
}

fn the_lesson_shows_its_lab(page: &Page<'_>) {
    page.open("index.html");
    let lab = page.element("gd-lab");
    lab.wait_until(
        "100 steps from 5 with α = 0.1",
        "it.alpha === 0.1 && it.start === 5 && it.steps === 100",
    );
    for (alpha, k) in NEEDED {
        lab.script(&format!("arguments[0].alpha = {alpha}"));
        lab.wait_until(
            "the iterations to converge",
            &format!("it.snapshot().data['iterations-to-converge'] === {k}"),
        );
    }
    lab.find("application", SWEEP).scroll_into_view();
    lab.script("arguments[0].alpha = 1");
    lab.wait_until("none", "it.snapshot().data['iterations-to-converge'] === 'exhausted'");
    lab.part("sweep").wait_for_text(
        "Fewest from this start: α = 0.5: 1 iteration. From α = 1 on, nothing converges.",
    );
}

fn the_sweep_is_that_of_the_core(page: &Page<'_>) {
    let lab = open(page, "&start=-3&tol=1e-4");
    lab.wait_until("the sweep", "it.snapshot().data.alphas.length > 100");
    let data = lab.script("return arguments[0].snapshot().data");
    let limit = StopCriteria { max_iterations: 10_000, gradient_tol: 1e-4 };
    let sweep = Sweep::new(&Parabola, Rule::GradientDescent, [-3.0], limit);
    let alphas: Vec<f64> = data["alphas"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_f64)
        .collect();
    assert!((alphas[0], alphas[alphas.len() - 1]) == (0.001, 1.2) && alphas.is_sorted());
    let outcomes = data["outcomes"].as_str().expect("letters");
    assert_eq!(outcomes.chars().count(), alphas.len(), "an outcome for each rate");
    for (index, (alpha, letter)) in alphas.into_iter().zip(outcomes.chars()).enumerate() {
        let outcome = sweep.at(alpha).outcome;
        let shown = (data["iterations"][index].as_f64(), letter);
        assert_eq!(
            shown,
            (Some(outcome.k() as f64), outcome.name().chars().next().expect("a letter")),
            "α = {alpha}"
        );
    }
}

fn runs_are_saved_renamed_and_removed(page: &Page<'_>) {
    let lab = open(page, "&steps=100");
    let table = lab.find("table", "This run and the kept ones");
    assert_eq!(table.attribute("aria-rowcount").as_deref(), Some("2"));
    lab.find("button", "Keep this run").click();
    live(page, "Kept as α = 0.1.");
    lab.find("button", "Zigzag").click();
    lab.part("comparison").wait_for_text("Compared with “α = 0.1”, one thing differs: α is 0.9 instead of 0.1. This run: converged, k = 73. The other: converged, k = 73.");
    lab.find("button", "Keep this run").click();
    lab.find("button", "Best").click();
    assert_eq!(names(&lab), json!(["gd", "α = 0.1", "α = 0.9"]));
    // Whole runs are saved, with their settings.
    let run = |row: u32| {
        lab.script(&format!("const {{ alpha, regime, settings, iterates, outcome }} = arguments[0].snapshot().runs[{row}]; return [alpha, regime, settings, iterates.length, outcome]"))
    };
    assert_eq!(run(0)[4], json!({ "kind": "converged", "k": 1 }));
    assert_eq!(
        run(1),
        json!([0.1, "monotone", { "loss": "parabola", "start": 5, "steps": 100, "tol": 1e-6 }, 74, { "kind": "converged", "k": 73 }])
    );
    // All of them are in the CSV, bit for bit those of the core.
    let limit = StopCriteria { max_iterations: 100, gradient_tol: 1e-6 };
    let of = |alpha| descend(&Parabola, Rule::GradientDescent, alpha, [5.0], limit);
    let runs = [of(0.5), of(0.1), of(0.9)];
    let expected = downhill::csv::trajectories(&[
        ("gd", &runs[0]),
        ("α = 0.1", &runs[1]),
        ("α = 0.9", &runs[2]),
    ]);
    assert!(lab.script("return arguments[0].toCSV()") == expected, "the CSV has other numbers");
    // The last saved run is selected and can be named.
    lab.find("textbox", "Name of the chosen run").fill("there and back");
    lab.element("tr[data-k='2']")
        .wait_until("its name", "it.cells[0].textContent === 'there and back'");
    live(page, "Renamed to there and back.");
    lab.element("tr[data-k='1']").click();
    live(page, "α = 0.1 converged at iteration 73.");
    lab.find("button", "Remove it").click();
    live(page, "Removed α = 0.1.");
    assert_eq!(names(&lab), json!(["gd", "there and back"]));
    // A link has the saved runs too, with their names.
    lab.find("button", "Link to this state").click();
    let link = lab.find("textbox", "Link to this state").value();
    assert!(
        link.contains("alpha=0.5") && link.contains("kept=") && link.contains("there%20and%20back"),
        "{link}"
    );
}

fn a_saved_run_is_restored_with_one_change(page: &Page<'_>) {
    let lab = open(page, "&start=3&alpha=0.2&tol=0.001&steps=60");
    lab.find("button", "Keep this run").click();
    lab.find("textbox", "Start x₀").fill("-4");
    lab.find("textbox", "Tolerance ε").fill("0.5");
    lab.find("button", "Explode").click();
    lab.part("comparison").wait_for_text("3 things differ: α is 1.1 instead of 0.2, the start is −4 instead of 3, ε is 0.5 instead of 0.001.");
    lab.find("textbox", "Iteration k, value").fill("5");
    host::listen(page);
    lab.find("button", "Rewind to it").click();
    live(page, "Back at the start of α = 0.2, with all its settings.");
    let spec = lab.script("const { loss, alpha, start, steps, tol, k } = arguments[0].spec; return [loss, alpha, start, steps, tol, k]");
    assert_eq!(spec, json!(["parabola", 0.2, 3, 60, 0.001, 0]));
    assert_eq!(host::heard(page, "gd-change").len(), 1);
    lab.part("comparison").wait_for_text("This run has the settings of “α = 0.2”.");
    lab.find("button", "Zigzag").click();
    lab.part("comparison").wait_for_text("one thing differs: α is 0.9 instead of 0.2.");
}

fn runs_are_saved_by_keyboard_alone(page: &Page<'_>) {
    let lab = open(page, "");
    lab.find("button", "Keep this run").focus();
    page.press("Enter");
    lab.find("button", "Best").focus();
    page.press(" ");
    lab.find("button", "Keep this run").focus();
    page.press(" ");
    assert_eq!(names(&lab), json!(["gd", "α = 0.1", "α = 0.5"]));
    lab.part("table").focus();
    page.press("ArrowUp");
    live(page, "α = 0.1 has not converged after 25 iterations.");
    lab.element("tr[data-k='1']")
        .wait_until("the row to be marked", "it.getAttribute('aria-current') === 'true'");
    lab.find("textbox", "Name of the chosen run").focus();
    lab.find("textbox", "Name of the chosen run").type_over("slow");
    page.press("Enter");
    assert_eq!(names(&lab), json!(["gd", "slow", "α = 0.5"]));
    lab.part("table").focus();
    page.press("Home");
    page.press("End");
    page.press("Delete");
    assert_eq!(names(&lab), json!(["gd", "slow"]));
    live(page, "Removed α = 0.5.");
}

/// Where α is drawn on the sweep, as a fraction of the pane's width, and the height for
/// `iterations`.
fn on_sweep(sweep: &Element<'_, '_>, alpha: f64, iterations: f64) -> (f64, f64) {
    let [_, _, width_px, height_px] = sweep.bounds();
    let up = Scalar::ln(iterations / 0.7) / Scalar::ln(16_000.0 / 0.7);
    let across = (46.0 + alpha / 1.2 * (width_px - 60.0)) / width_px;
    (across, (10.0 + (1.0 - up) * (height_px - 36.0)) / height_px)
}

fn assert_alpha(lab: &Element<'_, '_>, alpha: f64) {
    lab.wait_until(&format!("α near {alpha}"), &format!("Math.abs(it.alpha - {alpha}) < 0.008"));
    // The slider agrees.
    let slider = lab.find("slider", "Learning rate α");
    slider.wait_until("the slider", &format!("Math.abs(it.valueAsNumber - {alpha}) < 0.008"));
}

fn the_point_of_the_sweep_is_dragged(page: &Page<'_>) {
    let lab = open(page, "&steps=100");
    let sweep = lab.find("application", SWEEP);
    sweep.scroll_into_view();
    sweep.drag(on_sweep(&sweep, 0.1, 73.0), on_sweep(&sweep, 0.7, 10.0));
    assert_alpha(&lab, 0.7);
    lab.part("regime").wait_for_text("zigzag");
    // Beyond the end it stays on the axis.
    sweep.drag(on_sweep(&sweep, 0.7, 19.0), (0.999, 0.3));
    assert_alpha(&lab, 1.2);
    sweep.click_at(on_sweep(&sweep, 0.3, 19.0).0, 0.4);
    assert_alpha(&lab, 0.3);
}

fn the_point_of_the_sweep_is_tapped(page: &Page<'_>) {
    let lab = open(page, "&steps=100");
    let sweep = lab.find("application", SWEEP);
    sweep.scroll_into_view();
    let (across, down) = on_sweep(&sweep, 0.8, 30.0);
    sweep.tap_at(across, down);
    assert_alpha(&lab, 0.8);
    live(page, "α = 0.8");
}

fn keys_move_the_point_of_the_sweep(page: &Page<'_>) {
    let lab = open(page, "&steps=100");
    lab.find("application", SWEEP).focus();
    for (key, alpha) in [
        ("ArrowRight", 0.11),
        ("ArrowUp", 0.12),
        ("ArrowLeft", 0.11),
        ("PageUp", 0.21),
        ("End", 1.2),
        ("PageDown", 1.1),
        ("Home", 0.001),
    ] {
        page.press(key);
        lab.wait_until(key, &format!("it.alpha === {alpha}"));
    }
    live(page, "α = 0.001: 8051 iterations");
    page.press("Enter");
    lab.wait_until("the best", "it.alpha === 0.5");
    live(page, "α = 0.5: 1 iteration");
}

fn at_most_five_runs_are_saved(page: &Page<'_>) {
    let lab = open(page, "");
    let keep = lab.find("button", "Keep this run");
    for _ in 0..7 {
        keep.click();
    }
    keep.wait_until("no room for more", "it.getAttribute('aria-disabled') === 'true'");
    assert_eq!(
        names(&lab),
        json!(["gd", "α = 0.1", "α = 0.1 (2)", "α = 0.1 (3)", "α = 0.1 (4)", "α = 0.1 (5)"])
    );
    lab.find("button", "Remove it").click();
    keep.wait_until("room for another", "!it.hasAttribute('aria-disabled')");
}

fn saved_runs_survive_moving_the_element(page: &Page<'_>) {
    host::open(page, "<gd-lab></gd-lab><section></section>");
    let lab = page.element("gd-lab");
    lab.find("button", "Keep this run").click();
    lab.find("textbox", "Name of the chosen run").fill("first; of all");
    lab.find("button", "Bounce").click();
    lab.script("document.querySelector('section').append(arguments[0])");
    lab.wait_until("the kept run", "it.snapshot?.().runs.length === 2");
    assert_eq!(names(&lab), json!(["gd", "first; of all"]));
    assert_eq!(lab.script("return arguments[0].alpha"), 1.0);
    assert_eq!(lab.script("return 'kept' in arguments[0].spec"), false);
}

fn the_track_of_alpha_is_spaced_by_decades(page: &Page<'_>) {
    let lab = open(page, "");
    lab.find("radio", "even").focus();
    page.press("ArrowRight");
    lab.wait_until("decades", "it.spec.track === 'log'");
    let slider = lab.find("slider", "Learning rate α");
    // The slider follows in the next frame; a key pressed earlier would still refer to the linear
    // track.
    slider.wait_until("the track by decades", "it.min < 0");
    slider.focus();
    for (key, alpha) in [("Home", 0.001), ("End", 1.2)] {
        page.press(key);
        lab.wait_until(key, &format!("it.alpha === {alpha}"));
    }
    let sweep = lab.find("application", SWEEP);
    sweep.focus();
    page.press("Home");
    lab.wait_until("the lowest", "it.alpha === 0.001");
    page.press("PageUp");
    lab.wait_until("a decade up", "it.alpha === 0.01");
}

fn any_loss_can_be_tried(page: &Page<'_>) {
    let lab = open(page, "&steps=100");
    lab.find("combobox", "Landscape").choose("Two valleys");
    lab.wait_until("its start", "it.spec.loss === 'two-valleys' && it.spec.start === 3.5");
    lab.part("regime").wait_for_text("No single regime");
    // A preset that would not behave as named is not offered here.
    lab.wait_until("no bounce", "![...it.shadowRoot.querySelectorAll('button')].some((button) => button.textContent === 'Bounce' && button.checkVisibility())");
    let field = lab.find("textbox", "Loss f(x)");
    field.fill("3x^2");
    lab.find("button", "Best").click();
    lab.wait_until("one sixth", "Math.abs(it.alpha - 1 / 6) < 1e-15");
    lab.part("outcome").wait_for_text("The run converged at iteration 1.");
    field.fill("3x^");
    let beside = lab.element("#formula-hint");
    beside.wait_for_text("Loss f(x) must be a loss in x");
    beside.wait_for_text("3x^2 stays.");
    beside.wait_until("the caret", "it.querySelector('.came').textContent === '3x^\\n   ^'");
    assert_eq!(lab.script("return arguments[0].spec.loss"), "3x^2");
    // What was refused stays for correction, also when the controls are written again.
    lab.find("button", "Steady").click();
    page.settle();
    assert_eq!(field.script("return arguments[0].value"), "3x^");
    field.fill("3x^4");
    lab.wait_until("the corrected one", "it.spec.loss === '3x^4'");
}

fn tolerance_and_limit_end_a_run(page: &Page<'_>) {
    let lab = open(page, "&start=10&steps=100");
    lab.part("outcome")
        .wait_for_text("The run converged at iteration 76. It ended at x = 4.31 × 10⁻⁷");
    lab.find("textbox", "Tolerance ε").fill("1e-7");
    lab.part("outcome").wait_for_text("The run converged at iteration 86.");
    lab.find("textbox", "Steps").fill("60");
    lab.part("outcome").wait_for_text("The run has not converged after 60 iterations.");
    lab.find("textbox", "Tolerance ε").fill("0");
    lab.part("sweep")
        .wait_for_text("no α in this range converges to ε = 0 within 10000 iterations.");
    lab.find("textbox", "Tolerance ε").fill("-1");
    lab.element("[data-field=tol] .hint")
        .wait_for_text("Tolerance ε must be a number from 0 to 1000000, not “-1”. 0 is used.");
}
