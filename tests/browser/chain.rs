//! Tests of the deep chain: PyTorch's numbers, the lesson's verdicts, and the product behind each
//! bar.

use std::fs;

use downhill_tests::{Case, Element, Page, case};
use serde_json::{Value, json};

pub(crate) const CASES: &[Case] = &[
    case!(sizes_are_those_of_pytorch),
    case!(the_verdicts_of_the_lesson),
    case!(remedies_are_switched_by_keyboard),
    case!(a_bar_shows_its_product),
    case!(keys_choose_a_layer),
    case!(a_tap_selects_a_layer).size(360, 740),
    case!(a_row_selects_its_layer),
    case!(overflow_and_underflow_are_reported),
    case!(bad_values_are_reported),
];

const BARS: &str = "Size of the gradient at each layer, as bars on a logarithmic scale";

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("chain", query)
}

fn says(chain: &Element<'_, '_>, words: &str) {
    chain.element("[role=status]").wait_for_text(words);
}

/// Every case in tests/oracle/chain.json.
fn sizes_are_those_of_pytorch(page: &Page<'_>) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/oracle/chain.json");
    let oracle: Value =
        serde_json::from_str(&fs::read_to_string(file).expect("the oracle")).expect("JSON");
    let chain = open(page, "");
    for case in oracle["cases"].as_array().expect("cases") {
        let fields =
            "const [it, { depth, activation, weight_scale, skip, norm, seed }] = arguments;
            Object.assign(it, { depth, activation, weightScale: weight_scale, skip, norm, seed });
            const { runs, data } = it.snapshot();
            return [runs, Array.from(data.gradients), data.verdict];";
        let told = chain.script_with(fields, std::slice::from_ref(case));
        assert_eq!(told[0], json!([]));
        let wanted = case["gradients"].as_array().expect("sizes");
        let sizes = told[1].as_array().expect("sizes");
        assert_eq!(sizes.len(), wanted.len());
        for (size, wanted) in sizes.iter().zip(wanted) {
            let (size, wanted) = (size.as_f64().expect("a size"), wanted.as_f64().expect("a size"));
            assert!((size / wanted - 1.0).abs() < 1e-9, "{size} is not {wanted} in {case}");
        }
        let ratio = wanted[0].as_f64().expect("a size");
        let verdict = match ratio {
            _ if ratio < 1e-2 => "vanishing",
            _ if ratio > 1e2 => "exploding",
            _ => "healthy",
        };
        assert_eq!(told[2], verdict, "{case}");
    }
}

fn the_verdicts_of_the_lesson(page: &Page<'_>) {
    for (query, words) in [
        (
            "",
            "Vanishing: a gradient of 1 has shrunk to 1.16 × 10⁻¹² at the first layer, by more than a factor of 100.",
        ),
        ("&skip=on", "Healthy"),
        ("&norm=on", "Healthy"),
        ("&activation=relu&weight-scale=1.4142135623730951", "Healthy"),
        ("&activation=tanh", "Healthy"),
        ("&activation=relu&weight-scale=2.5&depth=64", "Exploding: a gradient of 1 has grown to"),
        ("&weight-scale=4", "Vanishing"),
    ] {
        open(page, query).part("outcome").wait_for_text(words);
    }
    // The sigmoid's slope is at most ¼, so each layer leaves less than a quarter of the gradient.
    let chain = open(page, "");
    chain.part("readouts").wait_for_text("Largest slope of the activation ¼");
    chain.part("readouts").wait_for_text("Factor per layer, on average 0.235");
}

fn remedies_are_switched_by_keyboard(page: &Page<'_>) {
    let chain = open(page, "");
    let skip = chain.find("button", "Skip connections");
    skip.focus();
    page.press("Space");
    says(&chain, "Healthy: ");
    chain.wait_until("skip connections", "it.spec.skip === true");
    skip.wait_until("the button to be pressed", "it.getAttribute('aria-pressed') === 'true'");
    page.press("Space");
    says(&chain, "Vanishing: ");
    chain.find("textbox", "Depth, value").fill("3");
    says(&chain, "Healthy: ");
    let scale = chain.find("slider", "Weight scale");
    scale.focus();
    page.press("End");
    chain.wait_until("the largest on the slider", "it.spec['weight-scale'] === 4");
    chain.find("radio", "linear").focus();
    page.press("Space");
    chain.wait_until("another activation", "it.spec.activation === 'linear'");
    let before = chain.script("return arguments[0].snapshot().data.gradients[0]");
    chain.find("button", "New weights").click();
    chain.wait_until("another seed", "it.spec.seed === 2");
    assert_ne!(chain.script("return arguments[0].snapshot().data.gradients[0]"), before);
}

/// 0.0670204628206633 is 0.26484008013636634 times 0.25306.
fn a_bar_shows_its_product(page: &Page<'_>) {
    let chain = open(page, "");
    let bars = chain.find("application", BARS);
    chain.part("readouts").wait_for_text(
        "Layer 1: 1 × 0.265 × 0.253 × … × 0.263 = 1.16 × 10⁻¹², a product of 19 factors.",
    );
    let [_, _, width_px, _] = bars.bounds();
    // The frame leaves 52 px left and 14 right; layer 18 of 20.
    bars.click_at((52.0 + 17.5 / 20.0 * (width_px - 66.0)) / width_px, 0.5);
    chain
        .part("readouts")
        .wait_for_text("Layer 18: 1 × 0.265 × 0.253 = 0.067, a product of 2 factors.");
    says(&chain, "Layer 18: 1 × 0.265 × 0.253");
}

fn keys_choose_a_layer(page: &Page<'_>) {
    let chain = open(page, "");
    chain.find("application", BARS).focus();
    page.press("End");
    says(&chain, "Layer 20 is the last. Its gradient has size 1");
    page.press("ArrowLeft");
    says(&chain, "Layer 19: 1 × 0.265 = 0.265, one factor.");
    page.press("PageUp");
    says(&chain, "Layer 9: ");
    page.press("Home");
    says(&chain, "Layer 1: ");
    page.press("ArrowLeft");
    chain.part("readouts").wait_for_text("Layer 1: ");
}

fn a_tap_selects_a_layer(page: &Page<'_>) {
    let chain = open(page, "&depth=4&activation=tanh");
    let bars = chain.find("application", BARS);
    let [_, _, width_px, _] = bars.bounds();
    bars.tap_at((52.0 + 1.5 / 4.0 * (width_px - 66.0)) / width_px, 0.5);
    chain.part("readouts").wait_for_text("Layer 2: 1 × ");
    chain.part("readouts").wait_for_text("a product of 2 factors.");
}

fn a_row_selects_its_layer(page: &Page<'_>) {
    let chain = open(page, "");
    let row = chain.element("tbody tr[data-k='2']");
    assert_eq!(row.text(), "3 2.13 × 10⁻¹¹ 0.287 0.496");
    row.click();
    chain.part("readouts").wait_for_text("Layer 3: ");
    let csv = chain.script("return arguments[0].toCSV()");
    let mut lines = csv.as_str().unwrap_or_default().lines();
    assert_eq!(lines.next(), Some("layer,gradient,values"));
    assert_eq!(lines.count(), 20);
}

fn overflow_and_underflow_are_reported(page: &Page<'_>) {
    let chain = open(page, "&weight-scale=0");
    chain
        .part("outcome")
        .wait_for_text("Vanishing: a gradient of 1 has shrunk to 0 at the first layer");
    chain.part("readouts").wait_for_text("it comes out as 0");
    let chain = open(page, "&activation=linear&weight-scale=1000000&depth=64");
    chain.part("outcome").wait_for_text("Exploding: ");
    chain.part("readouts").wait_for_text("it overflows to ∞");
    assert!(!chain.text().contains("NaN"), "{}", chain.text());
}

fn bad_values_are_reported(page: &Page<'_>) {
    for (query, words, kept) in [
        ("&depth=0", "depth must be a number from 1 to 64, not “0”. 1 is used.", "depth === 1"),
        ("&depth=900", "64 is used.", "depth === 64"),
        ("&weight-scale=-1", "weight-scale must be a number from 0 to", "['weight-scale'] === 0"),
        (
            "&activation=swish",
            "one of sigmoid, tanh, relu, linear, not “swish”",
            "activation === 'sigmoid'",
        ),
        ("&skip=perhaps", "skip must be on or off", "skip === false"),
    ] {
        let chain = open(page, query);
        chain.part("error").wait_for_text(words);
        let dot = if kept.starts_with('[') { "" } else { "." };
        chain.wait_until("the value in force", &format!("it.spec{dot}{kept}"));
    }
}
