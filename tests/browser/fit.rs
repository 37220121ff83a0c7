//! Tests of the fit: the lesson's numbers, points and parameters moved by hand, and the reader's
//! own data.

use downhill::{Dataset, Rule, SgdConfig, csv};
use downhill_tests::{Case, Element, Page, case};
use serde_json::{Value, json};

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(the_numbers_of_the_lesson),
    case!(the_bound_is_marked_on_the_slider),
    case!(one_point_at_a_time_takes_the_path_of_the_core),
    case!(a_dragged_point_moves_the_landscape),
    case!(a_finger_drags_a_point).size(360, 740),
    case!(the_line_and_the_marble_are_dragged),
    case!(clicks_add_and_remove_points),
    case!(everything_works_by_keyboard),
    case!(pasted_points_are_taken),
    case!(points_are_read_or_refused_never_changed),
    case!(a_bad_row_is_reported_and_nothing_is_lost),
    case!(own_points_travel_and_survive_a_move),
    case!(ten_thousand_points_cost_at_most_proportionally),
    case!(two_runs_lie_over_each_other),
    case!(the_table_lists_updates_or_points),
];

const DATA: &str = "The points, the model’s line and the residuals";
const LOSS: &str = "The loss over the parameters, with the walk of the fit";
const FIELD: &str = "Points as x,y, one to a line";

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("fit", query)
}

fn live(page: &Page<'_>, words: &str) {
    page.element("[role=status][aria-live=polite]").wait_for_text(words);
}

/// Where a point is drawn for the five points, as fractions of the pane.
fn place(pane: &Element<'_, '_>, x: f64, y: f64) -> (f64, f64) {
    let [_, _, width_px, height_px] = pane.bounds();
    let across = 50.0 + (width_px - 60.0) * (x + 1.0) / 7.0;
    let down = 10.0 + (height_px - 36.0) * (12.0 - y) / 14.0;
    (across / width_px, down / height_px)
}

fn points(fit: &Element<'_, '_>) -> Vec<[f64; 2]> {
    let points = fit.script("return arguments[0].snapshot().data.points");
    serde_json::from_value(points).expect("points")
}

/// w (and b) after update k of the first run, to four decimals.
fn after(fit: &Element<'_, '_>, k: usize) -> String {
    let body = "return arguments[0].snapshot().runs[0].iterates[arguments[1]]";
    let at: Vec<f64> =
        serde_json::from_value(fit.script_with(body, &[k.into()])).expect("an iterate");
    at.iter().map(|c| format!("{c:.4}")).collect::<Vec<_>>().join(" ")
}

fn seek(fit: &Element<'_, '_>, k: usize, says: &str) {
    fit.script_with("arguments[0].seek(arguments[1])", &[k.into()]);
    fit.part("standing").wait_for_text(says);
}

/// The lesson's numbers, both on screen and for scripts.
fn the_numbers_of_the_lesson(page: &Page<'_>) {
    let fit = open(page, "");
    fit.part("standing")
        .wait_for_text("Before the first update the line is y = 0.0000x, the loss 44.0000.");
    let first = fit.script(
        "const [run] = arguments[0].snapshot().runs; return [run.losses[0], run.gradients[0][0]]",
    );
    assert_eq!(first, json!([44, -44]));
    let bound = "const { data } = arguments[0].snapshot(); return data.curvature === 22 && data['stable-alpha'] === 2 / 22";
    assert_eq!(fit.script(bound), true);
    fit.find("button", "Step").click();
    fit.part("standing").wait_for_text("After 1 update the line is y = 0.4400x, the loss 26.7696.");
    seek(&fit, 11, "After 11 updates, or 11 epochs, the line is y = 1.8700x");
    seek(&fit, 50, "the line is y = 2.0000x");
    fit.find("textbox", "Epochs").fill("1000");
    fit.find("textbox", "Learning rate α, value").fill("0.0001");
    seek(&fit, 1000, "the line is y = 1.7789x");
    fit.find("textbox", "Learning rate α, value").fill("1");
    fit.wait_until("an explosion", "it.snapshot().runs[0].outcome.kind === 'diverged'");
    fit.part("outcome").wait_for_text("Batch descent diverged at iteration");
    fit.find("radio", "y = wx + b").focus();
    page.press(" ");
    fit.find("textbox", "Epochs").fill("500");
    fit.find("textbox", "Learning rate α, value").fill("0.01");
    seek(&fit, 500, "the line is y = 1.9738x + 0.0946");
    assert_eq!(after(&fit, 500), "1.9738 0.0946");
    let noisy = open(page, "&model=wx%2Bb&data=noisy&alpha=0.1&epochs=1000&k=last");
    noisy.wait_until("the bottom", "it.snapshot().runs[0].outcome.kind === 'converged'");
    let at = noisy.script("return arguments[0].snapshot().runs[0].iterates.at(-1)");
    let (w, b) = (at[0].as_f64().expect("w"), at[1].as_f64().expect("b"));
    assert!((w - 2.0).abs() < 0.05 && b.abs() < 0.05, "{w} {b}");
}

fn the_bound_is_marked_on_the_slider(page: &Page<'_>) {
    let fit = open(page, "");
    let marks = "[...it.shadowRoot.querySelectorAll('[data-field=alpha] .mark')].map(({ textContent }) => textContent).join()";
    fit.wait_until(
        "both borders",
        &format!("{marks}.includes('0.0455') && {marks}.includes('0.0909')"),
    );
    // Ten times farther out, a hundred times the curvature.
    fit.script("arguments[0].points = '10,20\\n20,40\\n30,60\\n40,80\\n50,100'");
    fit.wait_until("the new bound", &format!("{marks}.includes('0.000909')"));
}

/// The runs agree bit for bit, since every printed number reads back unchanged.
fn one_point_at_a_time_takes_the_path_of_the_core(page: &Page<'_>) {
    for (query, data, batch, name) in [
        ("&batch=1", Dataset::five(), 1, "stochastic"),
        ("&batch=32&data=noisy", Dataset::noisy(7, 0.1), 32, "mini-batch"),
    ] {
        let fit = open(page, &format!("{query}&seed=7"));
        let plan = SgdConfig { batch, seed: 7, ..SgdConfig::default() };
        let run = downhill::fit(&data, Rule::GradientDescent, 0.01, [0.0], plan);
        let shown = fit.script("return arguments[0].toCSV()");
        assert!(
            shown == csv::trajectories(&[(name, &run.trajectory)]),
            "another path than the core's"
        );
    }
    let fit = open(page, "&model=wx%2Bb&batch=1&seed=7&rule=adam&data=noisy&epochs=3");
    let plan = SgdConfig { batch: 1, seed: 7, epochs: 3, ..SgdConfig::default() };
    let adam = "adam".parse::<Rule>().expect("a rule");
    let run = downhill::fit(&Dataset::noisy(7, 0.1), adam, 0.01, [0.0; 2], plan);
    let shown = fit.script("return arguments[0].toCSV()");
    assert!(
        shown == csv::trajectories(&[("stochastic", &run.trajectory)]),
        "another path than the core's"
    );
}

/// Asserts that the fourth point was dragged from (4, 8) down to (4, 4).
fn assert_dragged(page: &Page<'_>, fit: &Element<'_, '_>) {
    let data = fit.find("application", DATA);
    data.scroll_into_view();
    data.drag(place(&data, 4.0, 8.0), place(&data, 4.0, 4.0));
    fit.wait_until("the reader's own points", "it.spec.data === 'own'");
    let moved = points(fit);
    let [_, _, width_px, height_px] = data.bounds();
    let near = [2.0 * 7.0 / (width_px - 60.0), 2.0 * 14.0 / (height_px - 36.0)];
    assert_eq!(moved.len(), 5);
    assert!(
        (moved[3][0] - 4.0).abs() < near[0] && (moved[3][1] - 4.0).abs() < near[1],
        "{moved:?}"
    );
    // The minimum of the loss is at the best line: Σxy / Σx².
    let best: f64 = moved.iter().map(|[x, y]| x * y).sum::<f64>()
        / moved.iter().map(|[x, _]| x * x).sum::<f64>();
    let bottom =
        fit.script("return arguments[0].snapshot().data.minimizer[0]").as_f64().expect("a bottom");
    assert!((bottom - best).abs() < 1e-12 && bottom < 1.8, "{bottom}, not {best}");
    live(page, "Point 4 is at");
}

fn a_dragged_point_moves_the_landscape(page: &Page<'_>) {
    assert_dragged(page, &open(page, ""));
}

fn a_finger_drags_a_point(page: &Page<'_>) {
    let fit = open(page, "");
    assert_dragged(page, &fit);
    let data = fit.find("application", DATA);
    let before = points(&fit).len();
    let (across, down) = place(&data, 1.0, 9.0);
    data.tap_at(across, down);
    fit.wait_until(
        "another point",
        &format!("it.snapshot().data.points.length === {}", before + 1),
    );
}

fn the_line_and_the_marble_are_dragged(page: &Page<'_>) {
    let fit = open(page, "&model=wx%2Bb&start=1,0&k=3");
    let data = fit.find("application", DATA);
    seek(&fit, 0, "y = 1.0000x");
    // Dragging its middle shifts it.
    data.drag(place(&data, 2.5, 2.5), place(&data, 2.5, 5.0));
    fit.wait_until(
        "another start",
        "Math.abs(it.spec.start[1] - 2.5) < 0.2 && Math.abs(it.spec.start[0] - 1) < 0.01",
    );
    // Dragging near its end rotates it about the middle.
    data.drag(place(&data, 5.5, 8.0), place(&data, 5.5, 5.0));
    fit.wait_until("a level line", "Math.abs(it.spec.start[0]) < 0.1");
    assert_eq!(points(&fit).len(), 5);
    live(page, "The line is y =");
    let slope = open(page, "");
    let loss = slope.find("application", LOSS);
    // From w = 0 with its loss of 44, on axes from −0.5 to 4.5 and up to 70.
    let [_, _, width_px, height_px] = loss.bounds();
    let across = |w: f64| (50.0 + (width_px - 60.0) * (w + 0.5) / 5.0) / width_px;
    let down = (10.0 + (height_px - 36.0) * (70.0 - 44.0) / 73.5) / height_px;
    loss.drag((across(0.0), down), (across(3.0), 0.6));
    slope.wait_until("the marble", "Math.abs(it.spec.start - 3) < 0.1");
    slope.part("standing").wait_for_text("Before the first update");
}

fn clicks_add_and_remove_points(page: &Page<'_>) {
    let fit = open(page, "");
    let data = fit.find("application", DATA);
    let (across, down) = place(&data, 2.0, 9.0);
    data.click_at(across, down);
    live(page, "Point 6 added at");
    assert_eq!(points(&fit).len(), 6);
    fit.find("button", "Remove the selected point").click();
    live(page, "Point 6 removed; 5 are left.");
    // A click on a point selects it.
    let (across, down) = place(&data, 3.0, 6.0);
    data.click_at(across, down);
    live(page, "Point 3 of 5 at 3, 6.");
    assert_eq!(points(&fit).len(), 5);
}

fn everything_works_by_keyboard(page: &Page<'_>) {
    let fit = open(page, "");
    fit.find("application", DATA).focus();
    page.press("PageDown");
    live(page, "Point 1 of 5 at 1, 2.");
    page.press("PageDown");
    live(page, "Point 2 of 5 at 2, 4.");
    fit.script("arguments[0].shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', shiftKey: true, bubbles: true }))");
    live(page, "Point 2 is at 2, 4.");
    assert!(points(&fit)[1][1] > 4.0);
    page.press("Delete");
    live(page, "Point 2 removed; 4 are left.");
    for key in ["ArrowRight", "ArrowUp", "Enter"] {
        page.press(key);
    }
    fit.wait_until("a point", "it.snapshot().data.points.length >= 4");
    fit.find("application", LOSS).focus();
    fit.script("arguments[0].shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true, bubbles: true }))");
    fit.wait_until("other parameters", "it.spec.start > 0");
    live(page, "The line is y =");
    fit.find("radio", "one point").focus();
    page.press(" ");
    fit.wait_until("stochastic descent", "it.spec.batch === 1");
}

fn paste(fit: &Element<'_, '_>, text: &str) {
    let field = fit.find("textbox", FIELD);
    field.script_with(
        "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', { bubbles: true }))",
        &[text.into()],
    );
    fit.find("button", "Use these points").click();
}

fn pasted_points_are_taken(page: &Page<'_>) {
    let fit = open(page, "&alpha=0.001");
    let field = fit.find("textbox", FIELD);
    assert_eq!(field.value(), "x,y\n1,2\n2,4\n3,6\n4,8\n5,10\n");
    // As a spreadsheet copies them.
    paste(&fit, "hours\tpoints\n1,5\t3\n-2\t−4\n");
    fit.wait_until("them", "it.spec.data === 'own'");
    assert_eq!(points(&fit), [[1.5, 3.0], [-2.0, -4.0]]);
    field.wait_until("the points as they are read", "it.value === 'x,y\\n1.5,3\\n-2,-4\\n'");
    let beside = fit.element("[data-field=points] .hint");
    beside.wait_for_text("Read as 2 points; columns separated by a tab, decimals by a comma; line 1 is a heading. First rows: (1.5, 3), (−2, −4). Your points stay on this page: a link does not carry them.");
    // Screen readers announce it when it appears, and again with the field.
    assert_eq!(beside.attribute("aria-live").as_deref(), Some("polite"));
    assert_eq!(field.attribute("aria-describedby"), beside.attribute("id"));
}

fn points_are_read_or_refused_never_changed(page: &Page<'_>) {
    let fit = open(page, "");
    let beside = fit.element("[data-field=points] .hint");
    for (text, said, read) in [
        (
            "–1,–2\n3,4",
            "Read as 2 points; columns separated by a comma, no decimals.",
            [-1.0, -2.0],
        ),
        (
            "x;y\n0,5;1\n1.000;2",
            "Read as 2 points; columns separated by a semicolon, decimals by a comma, thousands by a point; line 1 is a heading.",
            [0.5, 1.0],
        ),
        (
            "\"height, cm\",weight\n\"1,0\",\"2,0\"",
            "Read as 1 point; columns separated by a comma, decimals by a comma; line 1 is a heading.",
            [1.0, 2.0],
        ),
        (
            "sep=;\r\n１,5;2;",
            "Read as 1 point; columns separated by a semicolon, decimals by a comma.",
            [1.5, 2.0],
        ),
    ] {
        paste(&fit, text);
        beside.wait_for_text(said);
        assert_eq!(points(&fit)[0], read, "{text}");
    }
    for (text, said) in [
        (
            "$1,$2",
            "points: line 1: found '$1', expected a finite number for x without a currency sign.",
        ),
        (
            "(1),(2)",
            "points: line 1: found '(1)', expected a finite number for x; brackets can mean a negative number or nothing.",
        ),
        (
            "1.000;2",
            "points: line 1: found '1.000;2', which can be x = 1, y = 2 with a point for decimals or x = 1000, y = 2 with a comma for decimals",
        ),
    ] {
        paste(&fit, text);
        beside.wait_for_text(said);
        assert_eq!(points(&fit), [[1.5, 2.0]], "{text}");
    }
}

fn a_bad_row_is_reported_and_nothing_is_lost(page: &Page<'_>) {
    let fit = open(page, "");
    host::listen(page);
    paste(&fit, "1,2\n3,four\n5,6");
    let beside = fit.element("[data-field=points] .hint");
    beside.wait_for_text("points: line 2: found 'four', expected a finite number for y. The points from before stay.");
    assert_eq!(beside.attribute("part").as_deref(), Some("error"));
    let field = fit.find("textbox", FIELD);
    assert_eq!(field.attribute("aria-invalid").as_deref(), Some("true"));
    // The pasted text stays for correction, and the figure keeps its last points.
    assert_eq!(field.value(), "1,2\n3,four\n5,6");
    assert_eq!(points(&fit).len(), 5);
    assert_eq!(fit.script("return arguments[0].spec.data"), "five");
    assert_eq!(
        host::heard(page, "gd-error").last().map(|error| &error["parameter"]),
        Some(&json!("points"))
    );
    fit.find("button", "Step").click();
    assert_eq!(field.value(), "1,2\n3,four\n5,6");
    paste(&fit, "1,2\n3,4\n5,6");
    fit.wait_until("the mended points", "it.snapshot().data.points.length === 3");
    beside.wait_until("no complaint", "!it.textContent.includes('found')");
}

fn own_points_travel_and_survive_a_move(page: &Page<'_>) {
    host::open(page, "<gd-fit></gd-fit><div id=two></div>");
    let fit = page.element("gd-fit");
    paste(&fit, "1,1\n2,5\n");
    fit.wait_until("them", "it.spec.data === 'own'");
    fit.find("button", "Link to this state").click();
    let link = fit.find("textbox", "Link to this state").value();
    assert!(
        link.contains("figure=fit") && link.contains("data=own") && link.contains("points=x,y"),
        "{link}"
    );
    let spec = fit.script("return Object.keys(arguments[0].spec)");
    assert!(!spec.as_array().expect("names").contains(&json!("points")));
    page.script("window.kept = document.querySelector('gd-fit'); kept.remove(); return new Promise((done) => setTimeout(done))");
    page.script("document.querySelector('#two').append(kept)");
    let fit = page.element("gd-fit");
    fit.wait_until("it to live", "it.snapshot() !== null");
    assert_eq!(points(&fit), [[1.0, 1.0], [2.0, 5.0]]);
}

fn ten_thousand_points_cost_at_most_proportionally(page: &Page<'_>) {
    let fit = open(page, "&model=wx%2Bb&epochs=5&batch=32");
    let few = a_move_of_alpha(&fit, 1000);
    let many = a_move_of_alpha(&fit, 10_000);
    // Ten times the points take at most ten times the work, and much of an update does not depend
    // on them.
    assert!(many < 10.0 * few, "{few} ms for 1000 points, {many} ms for 10000");
    paste(&fit, &"1,2\n".repeat(10_001));
    fit.element("[data-field=points] .hint").wait_for_text("line 10001: found too many points");
    assert_eq!(points(&fit).len(), 10_000);
}

/// Milliseconds for one move of α's slider with its frame, with `count` points: the fastest of ten.
fn a_move_of_alpha(fit: &Element<'_, '_>, count: i32) -> f64 {
    let text: String = (0..count)
        .map(|i| format!("{},{}\n", f64::from(i % 100) / 50.0, f64::from(i * 37 % 1009) / 500.0))
        .collect();
    paste(fit, &text);
    fit.wait_until("them all", &format!("it.snapshot().data.points.length === {count}"));
    let quickest = fit.script(
        "return (async () => {
           const slider = arguments[0].shadowRoot.querySelector('#alpha');
           let quickest = Infinity;
           for (let i = 0; i < 10; i++) {
             await new Promise(requestAnimationFrame);
             const begun = performance.now();
             slider.valueAsNumber += Number(slider.step);
             slider.dispatchEvent(new Event('input', { bubbles: true }));
             await new Promise(requestAnimationFrame);
             quickest = Math.min(quickest, performance.now() - begun);
           }
           return quickest;
         })()",
    );
    quickest.as_f64().expect("milliseconds")
}

fn two_runs_lie_over_each_other(page: &Page<'_>) {
    let fit = open(page, "&batch=1&seed=7&epochs=3&against=batch");
    let runs = fit.script(
        "return arguments[0].snapshot().runs.map(({ name, iterates }) => [name, iterates.length])",
    );
    assert_eq!(runs, json!([["stochastic", 16], ["batch", 4]]));
    let csv = fit.script("return arguments[0].toCSV()");
    assert_eq!(csv.as_str().map(|csv| csv.lines().count()), Some(1 + 16 + 4));
    fit.find("radio", "an epoch").focus();
    page.press(" ");
    // Two epochs are ten updates of single points, or two of all points: w = 2(1 − 0.78²).
    seek(&fit, 10, "After 10 updates, or 2 epochs");
    fit.element(".position").wait_for_text("0.7832");
}

fn the_table_lists_updates_or_points(page: &Page<'_>) {
    let fit = open(page, "");
    let _column = fit.find("columnheader", "loss of the batch");
    let row = |k: usize| {
        fit.element(&format!("tr[data-k='{k}']"))
            .script("return [...arguments[0].cells].map((cell) => cell.textContent)")
    };
    assert_eq!(row(1), json!(["1", "1", "0.4400", "26.7696", "44.0000"]));
    fit.find("radio", "points").focus();
    page.press(" ");
    let _column = fit.find("columnheader", "residual");
    fit.wait_until("five rows", "it.shadowRoot.querySelectorAll('tbody tr[data-k]').length === 5");
    assert_eq!(row(2), json!(["3", "3", "6", "0.0000", "−6.0000"]));
    fit.element("tr[data-k='2']").click();
    live(page, "Point 3 of 5 at 3, 6. The prediction is 0, the residual −6.");
    fit.part("table").focus();
    page.press("ArrowDown");
    live(page, "Point 4 of 5");
    // With b there is one more column.
    fit.find("radio", "updates").focus();
    page.press(" ");
    fit.find("radio", "y = wx + b").focus();
    page.press(" ");
    fit.wait_until("its column", "it.shadowRoot.querySelectorAll('thead th').length === 6");
    let first: Value = row(1);
    assert_eq!(first[3], "0.1200");
}
