//! Tests of the scrubber: one index for slider, row, marble and loss chart, with numbers equal to
//! CPython's.

use downhill_tests::{Case, Element, Page, case};
use serde_json::json;

pub(crate) const CASES: &[Case] = &[
    case!(has_a_row_for_every_iterate),
    case!(the_last_row_is_what_python_computes),
    case!(long_numbers_stay_in_their_columns).size(390, 844),
    case!(the_slider_moves_row_and_readouts),
    case!(keys_move_through_the_table),
    case!(a_click_on_a_row_goes_there),
    case!(the_chart_is_scrubbed),
    case!(gives_its_table_as_csv),
    case!(switches_the_scale_of_the_loss),
    case!(long_runs_are_scrubbed_too),
    case!(stops_at_the_gradient_tolerance),
];

const CHART: &str = "The loss at every iteration";

/// `python3 -c "x = 5
/// for k in range(25): x = x - 0.1*(2*x)
/// print(x)"`
const X25: &str = "0.018889465931478583";

/// 5 · 0.8²⁵, from `fractions.Fraction(4, 5)`.
const EXACTLY: f64 = 0.018_889_465_931_478_58;

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("scrubber", query)
}

/// Asserts that slider, number field, row and readout all show this iteration.
#[track_caller]
fn assert_at(scrubber: &Element<'_, '_>, k: u32) {
    scrubber.wait_until("the iteration", &format!("it.snapshot().k === {k}"));
    let row = scrubber.element(&format!("tr[data-k='{k}']"));
    row.wait_until("the row to be marked", "it.getAttribute('aria-current') === 'true'");
    assert_eq!(
        scrubber.script(
            "return arguments[0].shadowRoot.querySelectorAll('[aria-current=true]').length"
        ),
        1
    );
    assert_eq!(scrubber.find("slider", "Iteration k").value(), k.to_string());
    assert_eq!(scrubber.find("textbox", "Iteration k, value").value(), k.to_string());
    let index: String = k
        .to_string()
        .chars()
        .map(|digit| char::from_u32('₀' as u32 + digit as u32 - '0' as u32).unwrap_or(digit))
        .collect();
    scrubber.part("readouts").wait_for_text(&format!("x{index} by steps"));
    // The row is visible if it is in the scrolled part of the table. WebKit cuts a few pixels off
    // the last row of a long run.
    row.wait_until(
        "the row in sight",
        "(({ top, bottom }, box) => top >= box.top - 1 && (top + bottom) / 2 <= box.bottom)(it.getBoundingClientRect(), it.closest('[part=table]').getBoundingClientRect())",
    );
}

fn has_a_row_for_every_iterate(page: &Page<'_>) {
    let scrubber = open(page, "");
    let table = scrubber.find("table", "Every iteration");
    // The header counts as a row.
    assert_eq!(table.attribute("aria-rowcount").as_deref(), Some("27"));
    for heading in ["k", "x", "f(x)", "gradient f′(x)", "by formula"] {
        let _there = table.find("columnheader", heading);
    }
    scrubber.part("table").focus();
    for k in 1..=25 {
        page.press("ArrowDown");
        assert_eq!(
            table.element(&format!("tr[data-k='{k}']")).script("return arguments[0].cells.length"),
            5
        );
    }
    assert_at(&scrubber, 25);
    page.press("ArrowDown");
    assert_at(&scrubber, 25);
}

fn the_last_row_is_what_python_computes(page: &Page<'_>) {
    page.open("index.html");
    let scrubber = page.element("gd-scrubber");
    scrubber.part("table").focus();
    page.press("End");
    assert_at(&scrubber, 25);
    let cells = scrubber
        .element("tr[data-k='25']")
        .script("return [...arguments[0].cells].map((cell) => cell.textContent)");
    assert_eq!((&cells[0], &cells[1]), (&json!("25"), &json!(X25)));
    // Compared in the page, where a number is parsed to the last bit.
    assert_eq!(
        scrubber
            .script(&format!("return arguments[0].snapshot().runs[0].iterates[25][0] === {X25}")),
        true
    );
    let closed: f64 = cells[4].as_str().and_then(|text| text.parse().ok()).expect("a number");
    assert!((closed / EXACTLY - 1.0).abs() < 1e-14, "closed form {closed}");
    let iterated: f64 = X25.parse().expect("a number");
    assert!((iterated / EXACTLY - 1.0).abs() < 1e-14);
    scrubber.part("readouts").wait_for_text("They agree to 14 digits");
}

fn long_numbers_stay_in_their_columns(page: &Page<'_>) {
    let scrubber = open(page, "&start=10&steps=100&k=76");
    scrubber.wait_until("the last row", "!!it.shadowRoot.querySelector('tr[data-k=\"76\"]')");
    let cut = scrubber.script(
        "const text = document.createRange();
         return [...arguments[0].shadowRoot.querySelectorAll('tbody :is(td, th)')].filter((cell) => {
           text.selectNodeContents(cell);
           return text.getBoundingClientRect().right > cell.getBoundingClientRect().right;
         }).map((cell) => cell.textContent)",
    );
    assert_eq!(cut, json!([]));
}

fn the_slider_moves_row_and_readouts(page: &Page<'_>) {
    let scrubber = open(page, "");
    let slider = scrubber.find("slider", "Iteration k");
    slider.drag_to(18.0);
    assert_at(&scrubber, 18);
    slider.focus();
    page.press("ArrowLeft");
    assert_at(&scrubber, 17);
    page.press("Home");
    assert_at(&scrubber, 0);
    scrubber.find("textbox", "Iteration k, value").fill("9");
    assert_at(&scrubber, 9);
    scrubber.find("button", "Step").click();
    assert_at(&scrubber, 10);
}

fn keys_move_through_the_table(page: &Page<'_>) {
    page.open("index.html");
    let scrubber = page.element("gd-scrubber");
    let table = scrubber.part("table");
    table.scroll_into_view();
    table.focus();
    let scrolled = page.script("return scrollY");
    for (key, k) in [
        ("ArrowDown", 1),
        ("ArrowRight", 2),
        ("PageDown", 12),
        ("ArrowUp", 11),
        ("ArrowLeft", 10),
        ("End", 25),
        ("PageUp", 15),
        ("Home", 0),
    ] {
        page.press(key);
        assert_at(&scrubber, k);
    }
    assert_eq!(page.script("return scrollY"), scrolled, "the keys also scrolled the page");
}

fn a_click_on_a_row_goes_there(page: &Page<'_>) {
    let scrubber = open(page, "");
    for k in [4, 7, 2] {
        scrubber.element(&format!("tr[data-k='{k}']")).click();
        assert_at(&scrubber, k);
    }
}

fn the_chart_is_scrubbed(page: &Page<'_>) {
    let scrubber = open(page, "");
    let chart = scrubber.find("application", CHART);
    let width_px = chart.bounds()[2];
    let across = |k: f64| (46.0 + k / 25.0 * (width_px - 60.0)) / width_px;
    chart.click_at(across(10.0), 0.5);
    assert_at(&scrubber, 10);
    chart.drag((across(10.0), 0.5), (across(20.0), 0.6));
    assert_at(&scrubber, 20);
    chart.focus();
    page.press("ArrowRight");
    assert_at(&scrubber, 21);
    page.press("Home");
    assert_at(&scrubber, 0);
}

fn gives_its_table_as_csv(page: &Page<'_>) {
    let scrubber = open(page, "");
    let csv = scrubber.script("return arguments[0].toCSV()");
    let lines: Vec<&str> = csv.as_str().unwrap_or_default().lines().collect();
    assert_eq!(lines[0], "run,k,x,loss,gradient");
    assert_eq!(lines.len(), 1 + 26);
    assert_eq!(lines[1], "gd,0,5,25,10");
    assert!(lines[26].starts_with(&format!("gd,25,{X25},")), "{}", lines[26]);
    scrubber.find("button", "Copy as CSV").click();
    assert_eq!(scrubber.find("textbox", "Copy as CSV").value().trim_end(), lines.join("\n"));
    let _there = scrubber.find("button", "Download CSV");
}

fn switches_the_scale_of_the_loss(page: &Page<'_>) {
    let scrubber = open(page, "");
    let picture = || {
        scrubber
            .element("[data-id=chart] canvas.static-layer")
            .script("return arguments[0].toDataURL()")
    };
    let log = picture();
    scrubber.find("radio", "logarithmic").focus();
    page.press("ArrowRight");
    scrubber.wait_until("the linear scale", "it.snapshot().spec.scale === 'linear'");
    assert_eq!(scrubber.find("radio", "linear").script("return arguments[0].checked"), true);
    page.settle();
    let linear = picture();
    assert_ne!(log, linear, "the axis looks as before");
    scrubber.find("radio", "logarithmic").click();
    scrubber.wait_until("the logarithmic scale", "it.snapshot().spec.scale === 'log'");
    page.settle();
    assert_eq!(picture(), log);
}

fn long_runs_are_scrubbed_too(page: &Page<'_>) {
    let scrubber = open(page, "&steps=2000&alpha=0.0001");
    scrubber.part("table").focus();
    page.press("End");
    assert_at(&scrubber, 2000);
    // Only nearby rows may be in the document, or the page would become slow.
    let rows =
        scrubber.script("return arguments[0].shadowRoot.querySelectorAll('tbody tr').length");
    assert!(rows.as_u64() < Some(100), "{rows} rows");
    page.press("PageUp");
    assert_at(&scrubber, 1990);
    page.press("Home");
    assert_at(&scrubber, 0);
}

/// `python3 -c "x = 10
/// for k in range(76): x = x - 0.1*(2*x)
/// print(x, 2*x)"`
const STOPPED: [&str; 2] = ["4.313591466744105e-07", "8.62718293348821e-07"];

/// The run from the lesson that may take 100 steps and reaches the gradient tolerance after 76.
fn stops_at_the_gradient_tolerance(page: &Page<'_>) {
    page.open("index.html");
    let scrubber = page.element("gd-scrubber[start='10']");
    scrubber.part("table").focus();
    page.press("End");
    assert_at(&scrubber, 76);
    let end = scrubber.script(&format!(
        "const {{ iterates, gradients, outcome }} = arguments[0].snapshot().runs[0];
         return [iterates.length, iterates[76][0] === {}, gradients[76][0] === {}, outcome.kind, outcome.k]",
        STOPPED[0], STOPPED[1]
    ));
    assert_eq!(end, json!([77, true, true, "converged", 76]));
    // The header counts as a row.
    let table = scrubber.find("table", "Every iteration");
    assert_eq!(table.attribute("aria-rowcount").as_deref(), Some("78"));
    let cell = |k: u32| {
        scrubber
            .element(&format!("tr[data-k='{k}']"))
            .script("return arguments[0].cells[3].textContent.endsWith(' < ε')")
    };
    assert_eq!((cell(76), cell(75)), (json!(true), json!(false)));
    scrubber.part("stop").wait_for_text("It stopped at iteration 76, where the slope, 8.63 × 10⁻⁷, is below ε = 1 × 10⁻⁶ for the first time. The other 24 steps were not taken.");
    scrubber.find("textbox", "Steps").fill("60");
    scrubber.part("outcome").wait_for_text("The run has not converged after 60 iterations.");
    scrubber.part("stop").wait_until("nothing of a stop", "it.textContent === ''");
}
