//! Tests of many starts on one map: adding, moving and selecting them, their outcomes in words and
//! rows, and the basins behind them, which equal those of the command line cell for cell.

use downhill_tests::{Case, Element, Engine, Page, case};
use serde_json::{Value, json};

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(the_map_is_scaled_with_its_pane),
    case!(four_starts_reach_four_minima),
    case!(a_click_adds_a_start_and_says_where_it_ends),
    case!(a_tap_adds_a_start).size(360, 740),
    case!(a_start_is_dragged),
    case!(keys_add_choose_and_remove),
    case!(keys_move_a_start),
    case!(a_pole_is_cut_off_and_noted),
    case!(a_table_row_selects_its_run),
    case!(two_close_starts_reach_different_minima),
    case!(failures_play_at_once),
    case!(the_map_is_that_of_the_command_line),
    case!(the_map_follows_alpha),
    case!(every_event_of_alpha_brings_a_whole_map),
    // It holds the clock of the page, with which Firefox brought no result within a minute.
    case!(slices_of_work_start_small_each_time).only(Engine::Chromium),
    case!(a_landscape_is_chosen_or_typed),
    case!(malformed_or_out_of_range_values_are_reported),
];

const MAP: &str = "Map of the landscape with all runs, and the basins of attraction behind them";

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("starts", query)
}

/// Where a point of the map is in its box, as ratios. The frame leaves room for axes: 34 px left, 8
/// right, 8 above, 24 below.
fn place(map: &Element<'_, '_>, [x, y]: [f64; 2]) -> (f64, f64) {
    let [_, _, width_px, height_px] = map.bounds();
    let (across, down) = ((x + 5.0) / 10.0, (5.0 - y) / 10.0);
    ((34.0 + across * (width_px - 42.0)) / width_px, (8.0 + down * (height_px - 32.0)) / height_px)
}

fn starts(figure: &Element<'_, '_>) -> Vec<[f64; 2]> {
    let all = figure.script("return arguments[0].spec.start");
    let number = |value: &Value| value.as_f64().expect("a coordinate");
    let points = all.as_array().expect("starts");
    points.iter().map(|at| [number(&at[0]), number(&at[1])]).collect()
}

/// Asserts equality to within a pixel on the smallest screen.
#[track_caller]
fn assert_near(at: [f64; 2], expected: [f64; 2]) {
    let near = |axis: usize| (at[axis] - expected[axis]).abs() < 0.06;
    assert!(near(0) && near(1), "{at:?} is not {expected:?}");
}

/// From (0, 1.6) x stays 0, so the walk stalls on the pass.
fn failures_play_at_once(page: &Page<'_>) {
    let figure = open(page, "");
    figure.find("button", "Saddle").click();
    figure.wait_until("a run on its way", "(({ k }) => k > 0 && k < 100)(it.snapshot())");
    let _playing = figure.find("button", "Pause");
    figure.script("arguments[0].seek(1e6)");
    figure.part("standing").wait_for_text("stalled");
    figure.find("button", "Plateau").click();
    figure.wait_until(
        "the other landscape",
        "(({ k, spec }) => spec.loss === 'plateau' && k > 0)(it.snapshot())",
    );
    let _playing = figure.find("button", "Pause");
}

/// The iteration counts are CPython's for Himmelblau's function with α = 0.01.
fn four_starts_reach_four_minima(page: &Page<'_>) {
    let figure = open(page, "");
    figure
        .part("standing")
        .wait_for_text("4 starts, one α = 0.01: 1 to A, 1 to B, 1 to C, 1 to D.");
    figure.part("outcome").wait_for_text("Start 1 at (0.2, −0.5) converged at iteration 78.");
    let ends = figure.script(
        "return arguments[0].snapshot().runs.map(({ outcome }) => [outcome.kind, outcome.k])",
    );
    assert_eq!(
        ends,
        json!([["converged", 78], ["converged", 28], ["converged", 22], ["converged", 57]])
    );
    // It shows the runs to their end, and Play starts them over.
    assert_eq!(figure.script("return arguments[0].snapshot().k"), 78);
    figure.find("button", "Reset").click();
    figure.part("outcome").wait_for_text("Start 1 at (0.2, −0.5): after 0 iterations");
}

fn a_click_adds_a_start_and_says_where_it_ends(page: &Page<'_>) {
    let figure = open(page, "");
    host::listen(page);
    let map = figure.find("application", MAP);
    let (across, down) = place(&map, [-4.0, 4.0]);
    map.click_at(across, down);
    figure.wait_until("a fifth start", "it.spec.start.length === 5");
    assert_near(starts(&figure)[4], [-4.0, 4.0]);
    figure.part("standing").wait_for_text("5 starts, one α = 0.01: 1 to A, 2 to B");
    figure.element("[role=status]").wait_for_text("Start 5 converged at iteration");
    figure.element("tr[data-k='4']").wait_for_text("B (−2.81, 3.13)");
    let outcomes = host::heard(page, "gd-outcome");
    assert_eq!(outcomes.last().map(|detail| &detail["kind"]), Some(&json!("converged")));
    // A click on an existing start selects it and adds none.
    let (across, down) = place(&map, [-0.7, -0.5]);
    map.click_at(across, down);
    figure.part("outcome").wait_for_text("Start 2 at (−0.7, −0.5)");
    assert_eq!(starts(&figure).len(), 5);
}

fn a_tap_adds_a_start(page: &Page<'_>) {
    let figure = open(page, "");
    let map = figure.find("application", MAP);
    let (across, down) = place(&map, [2.0, -4.0]);
    map.tap_at(across, down);
    figure.wait_until("a fifth start", "it.spec.start.length === 5");
    assert_near(starts(&figure)[4], [2.0, -4.0]);
}

fn a_start_is_dragged(page: &Page<'_>) {
    let figure = open(page, "");
    let map = figure.find("application", MAP);
    map.drag(place(&map, [0.2, -0.5]), place(&map, [-3.0, -1.0]));
    figure.wait_until("the start moved", "it.spec.start[0][0] < -2");
    assert_near(starts(&figure)[0], [-3.0, -1.0]);
    assert_eq!(starts(&figure).len(), 4);
    figure.part("standing").wait_for_text("1 to B, 2 to C, 1 to D.");
    // Beyond the border the start stays on it.
    map.drag(place(&map, [-3.0, -1.0]), (0.999, 0.001));
    figure.wait_until("the start in the corner", "String(it.spec.start[0]) === '5,5'");
}

fn keys_move_a_start(page: &Page<'_>) {
    let figure = open(page, "&start=1,1");
    figure.find("application", MAP).focus();
    for key in ["Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"] {
        page.press(key);
    }
    // A hundredth of a map that is 10 wide.
    figure.wait_until("the start moved", "String(it.spec.start[0]) === '1.2,0.9'");
    figure.element("[role=status]").wait_for_text("Start 1 at (1.2, 0.9)");
}

fn a_pole_is_cut_off_and_noted(page: &Page<'_>) {
    let figure = open(page, "&loss=1/(x*y)&alpha=0.01&steps=20");
    figure.part("readouts").wait_for_text("Contours show losses from");
    let figure = open(page, "&loss=sqrt(x)%2By^2&alpha=0.01&steps=20");
    figure.part("readouts").wait_for_text("No ground is drawn where the formula has no value");
}

fn keys_add_choose_and_remove(page: &Page<'_>) {
    let figure = open(page, "");
    let map = figure.find("application", MAP);
    map.focus();
    // The cross-hair appears on the selected start.
    for key in ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowUp", "Enter"] {
        page.press(key);
    }
    figure.wait_until("a fifth start", "it.spec.start.length === 5");
    let [_, _, width_px, height_px] = map.bounds();
    let expected = [0.2 + 240.0 / (width_px - 42.0), -0.5 + 80.0 / (height_px - 32.0)];
    assert_near(starts(&figure)[4], expected);
    let said = figure.element("[role=status]");
    page.press("Home");
    said.wait_for_text("Start 1 at (0.2, −0.5) converged");
    page.press("PageDown");
    said.wait_for_text("Start 2 at (−0.7, −0.5) converged");
    page.press("Delete");
    figure.wait_until("four starts", "it.spec.start.length === 4");
    said.wait_for_text("Start 2 at (−0.7, −1.4) converged");
}

fn a_table_row_selects_its_run(page: &Page<'_>) {
    let figure = open(page, "");
    let table = figure.find("table", "Every start on Himmelblau and where it leads");
    for heading in ["start", "from", "outcome", "ends at", "final loss"] {
        let _there = table.find("columnheader", heading);
    }
    assert_eq!(table.attribute("aria-rowcount").as_deref(), Some("5"));
    table.element("tr[data-k='2']").click();
    figure.part("outcome").wait_for_text("Start 3 at (−0.7, −1.4) converged at iteration 22.");
    let row = table.element("tr[data-k='2']");
    row.wait_until("the row to be marked", "it.getAttribute('aria-current') === 'true'");
    // The runs are still shown to their end.
    assert_eq!(figure.script("return arguments[0].snapshot().k"), 78);
    figure.part("table").focus();
    page.press("ArrowDown");
    figure.part("outcome").wait_for_text("Start 4 at (0.2, −1.4)");
    page.press("Home");
    figure.part("outcome").wait_for_text("Start 1 at (0.2, −0.5)");
}

fn two_close_starts_reach_different_minima(page: &Page<'_>) {
    let figure = open(page, "");
    figure.find("button", "A hair apart").click();
    figure.part("standing").wait_for_text("2 starts, one α = 0.01: 1 to");
    let all = starts(&figure);
    // They are found along a row of the map.
    let apart = (all[0][0] - all[1][0]).abs();
    assert!(apart > 0.0 && apart < 0.002 && all[0][1] == all[1][1], "{all:?}");
    figure.find("button", "Four on a summit").click();
    figure.part("standing").wait_for_text("4 starts");
}

/// The map printed by `downhill basins`, which uses `downhill::Basins`.
fn computed(loss: &str, alpha: f64, steps: usize, sides: [[f64; 2]; 2]) -> (Vec<i64>, Vec<i64>) {
    let Ok(downhill::AnyLoss::Loss2d(surface)) = loss.parse::<downhill::AnyLoss>() else {
        panic!("two variables")
    };
    let grid = downhill::Grid::new(sides, 256, 256);
    let limit = downhill::StopCriteria { max_iterations: steps, gradient_tol: 1e-6 };
    let mut basins = downhill::Basins::new(surface, alpha, limit, grid);
    basins.advance(usize::MAX / 2);
    assert!(basins.is_done());
    let cells = (0..256 * 256)
        .map(|at| basins.cell(at % 256, at / 256).expect("the map is done"))
        .map(|cell| (cell.minimizer.map_or(-1, i64::from), cell.outcome.k() as i64));
    cells.unzip()
}

#[track_caller]
fn assert_map(figure: &Element<'_, '_>, loss: &str, alpha: f64, steps: usize) {
    // The cheap check comes first: a snapshot contains every cell.
    figure.wait_until(
        "the map is done",
        "!it.shadowRoot.querySelector('.working').textContent && it.snapshot().data.done",
    );
    let shown = figure.script(
        "const { minimizer, iterations, grid, box } = arguments[0].snapshot().data;
         return [grid, box, minimizer.join(), iterations.join()]",
    );
    assert_eq!(shown[0], json!(256));
    let side = |at: usize| shown[1][at].as_f64().expect("a side of the box");
    let sides = [[side(0), side(1)], [side(2), side(3)]];
    let numbers = |at: usize| -> Vec<i64> {
        let text = shown[at].as_str().expect("a list");
        text.split(',').map(|number| number.parse().expect("a number")).collect()
    };
    let (minimizer, iterations) = computed(loss, alpha, steps, sides);
    assert!(numbers(2) == minimizer, "minimizers of {loss} differ at α = {alpha}");
    assert!(numbers(3) == iterations, "iterations of {loss} differ at α = {alpha}");
}

fn the_map_is_that_of_the_command_line(page: &Page<'_>) {
    let figure = open(page, "");
    assert_map(&figure, "himmelblau", 0.01, 200);
    assert_eq!(figure.script("return arguments[0].snapshot().data.box"), json!([-5, 5, -5, 5]));
}

fn the_map_follows_alpha(page: &Page<'_>) {
    // Short runs, for engines that paint few frames per second.
    let figure = open(page, "&steps=40");
    let field = figure.find("textbox", "Learning rate α, value");
    field.fill("0.015");
    figure.wait_until("the first α", "it.spec.alpha === 0.015");
    // Another map is requested before this one is done.
    field.fill("0.019");
    figure.wait_until("the second α", "it.spec.alpha === 0.019");
    assert_map(&figure, "himmelblau", 0.019, 40);
    figure.part("legend").wait_for_text("not converged (blank)");
    // With basins off nothing is computed, and none of it is shown.
    figure.find("button", "Basins").click();
    figure.wait_until("no map", "it.spec.basins === false && !('done' in it.snapshot().data)");
}

/// Moves a slider to one value after the other. After each, it follows the canvas of the map from frame
/// to frame until the map of this α is whole, and returns for every event the frames' numbers of
/// columns, as far as another picture was painted, and whether the last picture is another than that
/// of the event before.
const FOLLOW: &str = "
    const [slider, values] = arguments;
    return (async () => {
    const figure = slider.getRootNode().host;
    const canvas = figure.shadowRoot.querySelector('canvas.raster');
    const picture = () => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let hash = canvas.width;
      for (const byte of data) hash = (Math.imul(hash, 31) + byte) | 0;
      return hash;
    };
    const events = [];
    // A map that is done is painted in the next frame.
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    let last = picture();
    for (const value of values) {
      slider.value = value;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      const before = last;
      const columns = [];
      for (let done = false; !done; ) {
        await new Promise(requestAnimationFrame);
        const now = picture();
        if (now !== last) columns.push(canvas.width);
        last = now;
        const { spec, data } = figure.snapshot();
        done = data.done && data.iterations.length === 256 * 256 && spec.alpha === Number(slider.value);
      }
      // It is painted in the frame in which it is done, or in the next.
      await new Promise(requestAnimationFrame);
      const now = picture();
      if (now !== last) columns.push(canvas.width);
      last = now;
      events.push({ alpha: figure.spec.alpha, columns, changed: last !== before });
    }
    return events;
    })();";

fn every_event_of_alpha_brings_a_whole_map(page: &Page<'_>) {
    let typed = "sin(x)*cos(y) + exp(-(x^2+y^2)/8)";
    // A formula with functions takes longer: few steps, for slow engines.
    for (loss, steps, alphas) in [
        ("himmelblau", 200, [0.004, 0.008, 0.012, 0.016]),
        ("booth", 200, [0.05, 0.06, 0.07, 0.08]),
        (typed, 40, [0.3, 0.6, 0.9, 1.2]),
    ] {
        let query = format!("&loss={}&steps={steps}&start=0.5,0.5", loss.replace('+', "%2B"));
        let figure = open(page, &query);
        figure.wait_until("the first map", "it.snapshot().data.done");
        let slider = figure.find("slider", "Learning rate α");
        let events = slider.script_with(FOLLOW, &[json!(alphas)]);
        let events = events.as_array().expect("a list");
        assert_eq!(events.len(), alphas.len());
        for event in events {
            assert_eq!(event["changed"], true, "{loss}: {event}");
            let columns = event["columns"].as_array().expect("a list");
            assert_eq!(columns.last(), Some(&json!(256)), "{loss}: {event}");
            // Never a coarse one, nor one that is half computed.
            assert_eq!(columns.len(), 1, "{loss}: {event}");
        }
        let alpha = events.last().and_then(|event| event["alpha"].as_f64()).expect("a number");
        assert_map(&figure, loss, alpha, steps);
    }
}

/// Gives every slice of a figure's work a duration, by a clock that the test holds, and returns the
/// numbers of steps of two pieces of work.
const SLICES: &str = "
    const [alpha, durations_ms] = arguments;
    return (async () => {
    const { module } = await import('/__test__/bench/figures.js');
    const { Figure } = await module();
    const { work } = Figure.prototype;
    const figure = document.querySelector('gd-starts');
    const frame = () => new Promise(requestAnimationFrame);
    const pieces = [];
    let slices = [];
    let now = 0;
    performance.now = () => now;
    Figure.prototype.work = function (steps) {
      now += durations_ms[slices.length] ?? 1000;
      slices.push(steps);
      // Far from the end of the map, however many slices there are.
      return work.call(this, 1);
    };
    figure.setAttribute('alpha', alpha);
    while (pieces.length < 2) {
      await frame();
      if (slices.length) pieces.push(slices);
      slices = [];
    }
    Figure.prototype.work = work;
    delete performance.now;
    return pieces;
    })();";

fn slices_of_work_start_small_each_time(page: &Page<'_>) {
    let figure = open(page, "");
    figure.wait_until("the first map", "it.snapshot().data.done");
    // Quick ones are followed by twice as many steps, slow ones by half; ten milliseconds end a piece.
    let durations_ms = json!([0.1, 0.1, 0.4, 1.0, 2.5, 2.5, 2.5, 2.5]);
    let pieces = page.script_with(SLICES, &[json!("0.012"), durations_ms]);
    let piece = json!([2000, 4000, 8000, 16000, 16000, 8000, 4000, 2000]);
    assert_eq!(pieces, json!([piece, piece]));
    // Never fewer than at first.
    let pieces = page.script_with(SLICES, &[json!("0.013"), json!([6.0, 6.0])]);
    assert_eq!(pieces, json!([[2000, 2000], [2000, 2000]]));
}

fn a_landscape_is_chosen_or_typed(page: &Page<'_>) {
    let figure = open(page, "");
    figure.find("combobox", "Landscape").choose("Rosenbrock");
    figure.wait_until("another landscape", "it.spec.loss === 'rosenbrock'");
    // It sets its own α and starts.
    figure.wait_until("its α", "it.spec.alpha === 0.001");
    assert!(starts(&figure).iter().all(|[x, y]| x.abs() <= 2.0 && (-1.0..=3.0).contains(y)));
    figure.find("textbox", "Loss f(x, y)").fill("(x^2-4)^2 + y^2");
    figure.wait_until("a loss of the reader's own", "it.spec.loss === '(x^2-4)^2 + y^2'");
    figure.find("textbox", "Learning rate α, value").fill("0.05");
    // Its minimizers (±2, 0) are found by descent.
    figure.part("legend").wait_for_text("(−2, 0)");
    figure.part("legend").wait_for_text("(2, 0)");
}

fn malformed_or_out_of_range_values_are_reported(page: &Page<'_>) {
    let figure = open(page, "&start=1,1;99,-7");
    figure.part("error").wait_for_text(
        "The start (99, −7) lies outside the map, which shows x from −5 to 5 and y from −5 to 5. The nearest point on its border is used.",
    );
    assert_eq!(starts(&figure), [[1.0, 1.0], [5.0, -5.0]]);
    figure.find("textbox", "Loss f(x, y)").fill("x^2 + ");
    figure.wait_until("the complaint", "it.shadowRoot.querySelector('[aria-invalid]') !== null");
    assert_eq!(figure.script("return arguments[0].spec.loss"), "himmelblau");
}

/// As on paper, where nothing is drawn again.
fn the_map_is_scaled_with_its_pane(page: &Page<'_>) {
    let starts = page.open_figure("starts", "");
    starts
        .wait_until("a map", "parseFloat(it.shadowRoot.querySelector('.raster').style.width) > 0");
    let shares = starts.script(
        "const stage = arguments[0].shadowRoot.querySelector('.stage');
         const share = () => stage.querySelector('.raster').getBoundingClientRect().width /
           stage.querySelector('.static-layer').getBoundingClientRect().width;
         const whole = share();
         stage.style.inlineSize = '60%';
         return [whole, share()]",
    );
    let [whole, scaled] = [0, 1].map(|index| shares[index].as_f64().expect("a share"));
    assert!(whole > 0.5 && (scaled / whole - 1.0).abs() < 0.02, "{shares}");
}
