//! Tests of the ravine: two runs from one start, which one is ahead, and what affects the race.

use downhill_tests::{Case, Element, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(momentum_is_ahead_after_a_hundred),
    case!(a_click_on_either_map_restarts_both),
    case!(a_tap_on_a_map_restarts_both).size(360, 740),
    case!(keys_restart_both),
    case!(the_condition_number_is_set_on_a_logarithmic_slider),
    case!(each_runs_at_its_best),
    case!(both_are_played_in_step),
    case!(plain_descent_diverges_first),
    case!(one_step_reaches_the_floor_but_not_the_minimum),
    case!(other_meanings_of_beta_are_shown_while_it_is_set),
    case!(momentum_is_compared_with_itself),
];

const MAPS: [&str; 2] = [
    "Map of the ravine with the run of vanilla gradient descent",
    "Map of the ravine with the run with momentum",
];

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("ravine", query)
}

/// The losses are CPython's for ½(x² + 200 y²) from (−4, 1), α = 0.009, β = 0.9.
fn momentum_is_ahead_after_a_hundred(page: &Page<'_>) {
    page.open("index.html");
    let ravine = page.element("gd-ravine");
    ravine.find("textbox", "Condition number κ, value").fill("200");
    ravine.wait_until("the typed value", "it.spec.kappa === 200");
    page.settle();
    ravine.find("textbox", "Learning rate α, value").fill("0.009");
    ravine.wait_until("the typed value", "it.spec.alpha === 0.009");
    page.settle();
    ravine.find("textbox", "Momentum β, value").fill("0.9");
    ravine.find("textbox", "Iteration k, value").fill("100");
    ravine.part("standing").wait_for_text(
        "After 100 iterations Momentum is ahead with a loss of 0.000149; Vanilla has 1.31.",
    );
    let losses = ravine.script(
        "return arguments[0].snapshot().runs.map(({ name, losses }) => [name, losses[100]])",
    );
    let loss = |run: usize| losses[run][1].as_f64().expect("a loss");
    assert_eq!((&losses[0][0], &losses[1][0]), (&json!("vanilla"), &json!("momentum")));
    assert!((loss(0) - 1.31).abs() < 5e-3, "{losses}");
    assert!((loss(1) - 1.49e-4).abs() < 5e-7, "{losses}");
    let spec = ravine.script("const { kappa, alpha, beta, start } = arguments[0].snapshot().spec; return [kappa, alpha, beta, start]");
    assert_eq!(spec, json!([200, 0.009, 0.9, [-4, 1]]));
}

fn momentum_is_compared_with_itself(page: &Page<'_>) {
    let ravine = open(page, "&other-beta=0.5&k=last");
    ravine.part("standing").wait_for_text("Momentum, β");
    assert_eq!(
        ravine.script("return arguments[0].snapshot().runs.map(({ name, rule }) => [name, rule])"),
        json!([["momentum:2", "momentum"], ["momentum", "momentum"]])
    );
    let _map = ravine.find("application", "Map of the ravine with the run of the other momentum");
    let captions = "return [...arguments[0].shadowRoot.querySelectorAll('.caption')].map((it) => it.textContent.replace('\u{a0}', ' ')).slice(0, 2)";
    assert_eq!(ravine.script(captions), json!(["Momentum, β 0.5", "Momentum, β 0.9"]));
    // With β = 0 it is plain descent again.
    ravine.find("textbox", "β of the other run, value").fill("0");
    ravine.wait_until("plain descent", "it.snapshot().runs[0].name === 'vanilla'");
    page.settle();
    assert_eq!(ravine.script(captions), json!(["Vanilla", "Momentum"]));
    let _map = ravine.find("application", MAPS[0]);
}

/// Both runs restart where the map was clicked.
fn assert_restarted(
    page: &Page<'_>,
    ravine: &Element<'_, '_>,
    map: &Element<'_, '_>,
    (across, down): (f64, f64),
) {
    ravine.wait_until("both runs at their start", "it.snapshot().k === 0");
    let [_, _, width_px, height_px] = map.bounds();
    let expected = [
        5.0 * (2.0 * (across * width_px - 34.0) / (width_px - 42.0) - 1.0),
        1.6 * (1.0 - 2.0 * (down * height_px - 8.0) / (height_px - 32.0)),
    ];
    let starts =
        ravine.script("return arguments[0].snapshot().runs.map(({ iterates }) => iterates[0])");
    assert_eq!(starts[0], starts[1]);
    for (axis, (expected, pixel)) in
        expected.into_iter().zip([10.0 / (width_px - 42.0), 3.2 / (height_px - 32.0)]).enumerate()
    {
        let start = starts[0][axis].as_f64().expect("a coordinate");
        assert!(
            (start - expected).abs() < 1.5 * pixel,
            "started at {starts}, meant {expected} on axis {axis}"
        );
    }
    let changes = host::heard(page, "gd-change");
    assert_eq!(changes.last().map(|spec| &spec["start"]), Some(&starts[0]));
    ravine.part("standing").wait_for_text("Both runs are at the start.");
}

fn a_click_on_either_map_restarts_both(page: &Page<'_>) {
    let ravine = open(page, "&k=40");
    host::listen(page);
    for (map, place) in MAPS.into_iter().zip([(0.3, 0.35), (0.7, 0.6)]) {
        let map = ravine.find("application", map);
        map.click_at(place.0, place.1);
        assert_restarted(page, &ravine, &map, place);
        ravine.find("textbox", "Iteration k, value").fill("40");
        ravine.wait_until("iteration 40", "it.snapshot().k === 40");
    }
}

fn a_tap_on_a_map_restarts_both(page: &Page<'_>) {
    let ravine = open(page, "&k=40");
    host::listen(page);
    let map = ravine.find("application", MAPS[1]);
    map.tap_at(0.4, 0.3);
    assert_restarted(page, &ravine, &map, (0.4, 0.3));
}

fn keys_restart_both(page: &Page<'_>) {
    let ravine = open(page, "");
    let map = ravine.find("application", MAPS[0]);
    let [_, _, width_px, height_px] = map.bounds();
    map.focus();
    for key in ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "Enter"] {
        page.press(key);
    }
    ravine.wait_until("another start", "it.snapshot().spec.start[0] !== -4");
    let start = ravine.script("return arguments[0].snapshot().spec.start");
    let expected = [-4.0 + 24.0 * 10.0 / (width_px - 42.0), 1.0 - 16.0 * 3.2 / (height_px - 32.0)];
    for axis in 0..2 {
        let at = start[axis].as_f64().expect("a coordinate");
        assert!((at - expected[axis]).abs() < 0.02, "started at {start}, meant {expected:?}");
    }
}

fn the_condition_number_is_set_on_a_logarithmic_slider(page: &Page<'_>) {
    let ravine = open(page, "");
    let slider = ravine.find("slider", "Condition number κ");
    let kappa = || ravine.script("return arguments[0].snapshot().spec.kappa").as_f64().expect("κ");
    assert_eq!(
        slider.attribute("aria-valuetext").as_deref(),
        Some("100; Vanilla: zigzag; Momentum: oscillate")
    );
    slider.drag_to(100.0);
    // The slider counts hundredths of a decade, and a pixel is one or two of them.
    assert!((9.0..11.0).contains(&kappa()), "κ = {}", kappa());
    slider.focus();
    page.press("End");
    ravine.wait_until("the end of the slider", "it.snapshot().spec.kappa === 1000");
    page.press("Home");
    ravine.wait_until("the round bowl", "it.snapshot().spec.kappa === 1");
    // The field accepts values beyond the slider.
    let field = ravine.find("textbox", "Condition number κ, value");
    page.settle();
    field.fill("50");
    ravine.wait_until("κ = 50", "it.snapshot().spec.kappa === 50");
    slider.wait_until("the slider to follow", "it.value === '170'");
    page.settle();
    field.fill("5000");
    ravine.wait_until("κ = 5000", "it.snapshot().spec.kappa === 5000");
    field.wait_until("the field to keep it", "it.value === '5000'");
}

fn each_runs_at_its_best(page: &Page<'_>) {
    let ravine = open(page, "");
    ravine.find("radio", "the same α").focus();
    page.press("ArrowRight");
    ravine.wait_until("the choice", "it.snapshot().spec.fair === 'best'");
    assert_eq!(
        ravine.find("radio", "each at its best").script("return arguments[0].checked"),
        true
    );
    // 2/(1 + κ), and (2/(1 + √κ))² for momentum.
    let alphas = ravine.script("return arguments[0].snapshot().runs.map(({ alpha }) => alpha)");
    for (run, best) in [2.0 / 101.0, 4.0 / 121.0].into_iter().enumerate() {
        let alpha = alphas[run].as_f64().expect("α");
        assert!((alpha / best - 1.0).abs() < 1e-14, "{alphas}");
    }
    ravine.part("readouts").wait_for_text("Vanilla, α = 0.0198");
    ravine.part("readouts").wait_for_text("Momentum, α = 0.0330");
}

fn both_are_played_in_step(page: &Page<'_>) {
    let ravine = open(page, "&steps=60");
    host::listen(page);
    ravine.find("button", "Play").click();
    ravine.part("readouts").wait_for_text("Vanilla, k = 60");
    ravine.part("readouts").wait_for_text("Momentum, k = 60");
    let _ended = ravine.find("button", "Play");
    let steps: Vec<u64> =
        host::heard(page, "gd-step").iter().filter_map(|step| step["k"].as_u64()).collect();
    assert!(steps.is_sorted() && steps.last() == Some(&60), "{steps:?}");
    assert!(steps.len() > 5, "it jumped: {steps:?}");
    ravine.part("outcome").wait_for_text("Vanilla has not converged after 60 iterations.");
    ravine.part("outcome").wait_for_text("Momentum has not converged after 60 iterations.");
}

/// With κ = 100 plain descent is stable below α = 2/κ, momentum below 2(1 + β)/κ.
fn plain_descent_diverges_first(page: &Page<'_>) {
    let ravine = open(page, "");
    ravine.find("textbox", "Learning rate α, value").fill("0.03");
    ravine.part("regime").wait_for_text("Vanilla, α = 0.03: diverge.");
    ravine.part("readouts").wait_for_text("Momentum, α = 0.03, β = 0.9: oscillate.");
    ravine.find("textbox", "Iteration k, value").fill("150");
    ravine.part("outcome").wait_for_text("Vanilla diverged at iteration");
    let outcomes =
        ravine.script("return arguments[0].snapshot().runs.map(({ outcome }) => outcome.kind)");
    assert_eq!(outcomes, json!(["diverged", "exhausted"]));
}

/// With α = 1/κ the first step removes all of y and a hundredth of x.
fn one_step_reaches_the_floor_but_not_the_minimum(page: &Page<'_>) {
    let ravine = open(page, "");
    ravine.find("textbox", "Learning rate α, value").fill("0.01");
    let regime = ravine.part("regime");
    regime.wait_for_text(
        "Vanilla, α = 0.01: monotone. Across the ravine one step lands on the floor;",
    );
    regime.wait_for_text("along the floor each step leaves 99 % of the way.");
    let said = ravine.script(
        "const [run] = arguments[0].snapshot().runs; return [run.regime, run.iterates[1].map((x) => x.toFixed(9))]",
    );
    assert_eq!(said, json!(["monotone", ["-3.960000000", "0.000000000"]]));
    ravine.wait_until(
        "no mark for a single step",
        "[...it.shadowRoot.querySelectorAll('.mark')].every((mark) => !mark.textContent.includes('one step'))",
    );
}

fn other_meanings_of_beta_are_shown_while_it_is_set(page: &Page<'_>) {
    let ravine = open(page, "");
    let help = ravine.element("[data-field=beta] .help");
    help.wait_for_text("an average, the same walk takes α/(1 − β) there.");
    let opacity = || help.script("return getComputedStyle(arguments[0]).opacity");
    assert_eq!(opacity(), "0", "it covers what is below");
    let height = |of: &Element<'_, '_>| of.script("return arguments[0].offsetHeight");
    let before = height(&ravine);
    for (role, name) in [("slider", "Momentum β"), ("textbox", "Momentum β, value")] {
        let control = ravine.find(role, name);
        assert_eq!(control.attribute("aria-describedby"), help.attribute("id"), "{role}");
    }
    ravine.find("textbox", "Momentum β, value").focus();
    // An inactive window shows no focus.
    help.wait_until("it", "!document.hasFocus() || getComputedStyle(it).opacity === '1'");
    assert_eq!(height(&ravine), before, "the figure moved");
    // Hovering over the label shows it, too.
    let name = help.script(
        "document.activeElement.blur();
        const label = arguments[0].parentNode.querySelector('label');
        label.scrollIntoView({ block: 'center' });
        const { left, top } = label.getBoundingClientRect();
        return [left + 5, top + 5]",
    );
    let coordinate = |axis: usize| name[axis].as_f64().expect("a number");
    page.hover_point(coordinate(0), coordinate(1));
    help.wait_until("it to be seen", "getComputedStyle(it).opacity === '1'");
    // An error message is shown beside it, and both describe the field.
    ravine.find("textbox", "Momentum β, value").fill("fast");
    let beside = ravine.element("[data-field=beta] .hint");
    beside.wait_for_text("Momentum β must be");
    let described = ravine.find("textbox", "Momentum β, value").attribute("aria-describedby");
    let ids = [&help, &beside].map(|part| part.attribute("id").expect("an id"));
    assert_eq!(described, Some(ids.join(" ")));
}
