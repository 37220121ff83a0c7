//! Tests of the plane of α and β: set by mouse, finger and keys, described in words, and linked to
//! a ravine both ways.

use downhill_tests::{Case, Element, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(says_rate_regime_and_steps),
    case!(a_click_sets_both),
    case!(a_tap_sets_both).size(360, 740),
    case!(a_drag_is_followed),
    case!(keys_set_both_and_take_the_best),
    case!(the_bowl_is_along_the_axis),
    case!(plane_and_ravine_follow_each_other),
    case!(what_is_set_at_once_counts),
    case!(a_wrong_id_is_reported),
    case!(the_ravine_may_be_in_a_shadow_tree_come_late_and_be_replaced),
    case!(a_thumbnail_takes_its_pair),
    case!(a_thumbnail_is_tapped).size(360, 740),
    case!(a_click_on_the_small_ravine_starts_both_there),
];

const PLANE: &str =
    "The plane of learning rate α across and momentum β up, shaded by how fast a run converges";

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("plane", query)
}

/// Where a pair is in the pane for κ = 100, as ratios. The frame leaves 40 px left, 12 right, 10
/// above, 28 below.
fn place(plane: &Element<'_, '_>, alpha: f64, beta: f64) -> (f64, f64) {
    let [_, _, width_px, height_px] = plane.bounds();
    (
        (40.0 + alpha / 0.042 * (width_px - 52.0)) / width_px,
        (10.0 + (1.0 - beta) * (height_px - 38.0)) / height_px,
    )
}

#[track_caller]
fn assert_pair(figure: &Element<'_, '_>, alpha: f64, beta: f64) {
    let pair = figure.script("const { alpha, beta } = arguments[0].spec; return [alpha, beta]");
    let off = |at: usize, wanted: f64| (pair[at].as_f64().expect("a number") - wanted).abs();
    assert!(off(0, alpha) < 2.5e-4 && off(1, beta) < 8e-3, "{pair} is not ({alpha}, {beta})");
}

/// The numbers are CPython's: √0.9, and −1/log₁₀ of it; the best pair is 4/(1+√100)² and
/// ((√100−1)/(√100+1))².
fn says_rate_regime_and_steps(page: &Page<'_>) {
    let figure = open(page, "&alpha=0.018&beta=0.9");
    figure.part("standing").wait_for_text(
        "With α = 0.018 and β = 0.9 every step leaves 0.9487 of the distance in the long run: 43.7 steps for each decimal digit.",
    );
    figure.part("regime").wait_for_text("oscillate");
    let data = figure.script("return arguments[0].snapshot().data");
    assert!((data["rate"].as_f64().expect("a rate") - 0.948_683_298_050_513_8).abs() < 1e-12);
    assert_eq!(data["regime"], "oscillate");
    assert!((data["best"][0].as_f64().expect("α") - 4.0 / 121.0).abs() < 1e-15);
    assert!((data["best"][1].as_f64().expect("β") - 81.0 / 121.0).abs() < 1e-15);
    assert_eq!(figure.script("return arguments[0].snapshot().runs"), json!([]));
    // The plane has nothing to play.
    assert!(!page.has("button", "Play"));
}

fn a_click_sets_both(page: &Page<'_>) {
    let figure = open(page, "");
    host::listen(page);
    let plane = figure.find("application", PLANE);
    let (across, down) = place(&plane, 0.039, 0.3);
    plane.click_at(across, down);
    figure.part("regime").wait_for_text("diverge");
    assert_pair(&figure, 0.039, 0.3);
    figure.element("[role=status]").wait_for_text("it diverges.");
    assert!(!host::heard(page, "gd-change").is_empty());
    figure.find("button", "Best").click();
    figure.wait_until("the best pair", "Math.abs(it.spec.alpha - 4 / 121) < 1e-15");
    figure.part("standing").wait_for_text("every step leaves 0.8182");
}

fn a_tap_sets_both(page: &Page<'_>) {
    let figure = open(page, "");
    let plane = figure.find("application", PLANE);
    let (across, down) = place(&plane, 0.01, 0.5);
    plane.tap_at(across, down);
    figure.wait_until("another pair", "it.spec.beta < 0.6");
    assert_pair(&figure, 0.01, 0.5);
}

fn a_drag_is_followed(page: &Page<'_>) {
    let figure = open(page, "");
    let plane = figure.find("application", PLANE);
    plane.drag(place(&plane, 0.005, 0.2), place(&plane, 0.025, 0.6));
    figure.wait_until("another pair", "it.spec.beta < 0.7 && it.spec.alpha > 0.024");
    assert_pair(&figure, 0.025, 0.6);
}

fn keys_set_both_and_take_the_best(page: &Page<'_>) {
    let figure = open(page, "&alpha=0.02&beta=0.5");
    figure.find("application", PLANE).focus();
    page.press("ArrowRight");
    figure.wait_until("a larger α", "it.spec.alpha > 0.02");
    page.press("ArrowUp");
    figure.wait_until("a larger β", "it.spec.beta === 0.51");
    figure.element("[role=status]").wait_for_text("β = 0.51");
    page.press("b");
    figure.wait_until("the best pair", "Math.abs(it.spec.beta - 81 / 121) < 1e-15");
}

fn the_bowl_is_along_the_axis(page: &Page<'_>) {
    let figure = open(page, "&kappa=1&beta=0&alpha=1.5");
    figure.part("regime").wait_for_text("zigzag");
    for (alpha, regime) in [("1", "one step"), ("2", "bounce"), ("0.4", "monotone")] {
        figure.find("textbox", "Learning rate α, value").fill(alpha);
        figure.part("regime").wait_for_text(regime);
    }
}

/// Where the thumbnail of the zigzag is: above and left of its place, α = 1.85/λmax with β = 0.
fn assert_takes_the_zigzag(figure: &Element<'_, '_>, press: impl Fn(&Element<'_, '_>, f64, f64)) {
    let plane = figure.find("application", PLANE);
    let (across, down) = place(&plane, 0.0185, 0.0);
    let height_px = plane.bounds()[3];
    press(&plane, across - 0.02, down - 25.0 / height_px);
    figure.wait_until("its pair", "it.spec.alpha === 0.0185 && it.spec.beta === 0");
    figure.part("regime").wait_for_text("zigzag");
}

fn a_thumbnail_takes_its_pair(page: &Page<'_>) {
    assert_takes_the_zigzag(&open(page, ""), |plane, x, y| plane.click_at(x, y));
}

fn a_thumbnail_is_tapped(page: &Page<'_>) {
    assert_takes_the_zigzag(&open(page, ""), |plane, x, y| plane.tap_at(x, y));
}

fn a_click_on_the_small_ravine_starts_both_there(page: &Page<'_>) {
    let figure = open(page, "");
    let ravine = figure.find(
        "application",
        "Map of the ravine with the runs of plain descent and momentum at this α and β",
    );
    ravine.click_at(0.8, 0.3);
    figure.wait_until("another start", "it.spec.start[0] > 1 && it.spec.start[1] > 0");
    // The pair stays.
    assert_pair(&figure, 0.018, 0.9);
}

/// A ravine and a plane on one page, the plane first in the document.
fn plane_and_ravine_follow_each_other(page: &Page<'_>) {
    host::open(
        page,
        "<gd-plane for=\"there\"></gd-plane><gd-ravine id=\"there\" kappa=\"50\" alpha=\"0.03\"></gd-ravine>",
    );
    let plane = page.element("gd-plane");
    // It adopts the ravine's values.
    plane.wait_until("the ravine's κ and α", "it.spec.kappa === 50 && it.spec.alpha === 0.03");
    let ravine = page.element("gd-ravine");
    plane.find("button", "Best").click();
    let same = "(({ alpha, beta, kappa }, other) => alpha === other.alpha && beta === other.beta && kappa === other.kappa)(it.spec, document.querySelector('gd-plane').spec)";
    ravine.wait_until("the pair of the plane", &format!("it.spec.alpha !== 0.03 && {same}"));
    let best = plane.script("return arguments[0].snapshot().data.best");
    assert_eq!(
        plane.script("const { alpha, beta } = arguments[0].spec; return [alpha, beta]"),
        best
    );
    ravine.find("textbox", "Momentum β, value").fill("0.4");
    plane.wait_until("the ravine's β", "it.spec.beta === 0.4");
    ravine.script("arguments[0].kappa = 10");
    plane.wait_until("the ravine's κ", "it.spec.kappa === 10");
    // One change causes one change: values do not bounce back.
    page.settle();
    page.script("window.heard = []");
    plane.script("arguments[0].alpha = 0.1");
    ravine.wait_until("the plane's α", "it.spec.alpha === 0.1");
    assert_eq!(host::heard(page, "gd-change").len(), 2);
    // Removing the attribute removes the link.
    plane.script("arguments[0].setAttribute('for', '')");
    plane.script("arguments[0].alpha = 0.2");
    page.settle();
    assert_eq!(ravine.script("return arguments[0].spec.alpha"), json!(0.1));
}

/// What is set on a figure before its link is there is not overwritten with the other one's values.
fn what_is_set_at_once_counts(page: &Page<'_>) {
    host::open(page, "<gd-ravine id=\"there\" kappa=\"50\" alpha=\"0.03\"></gd-ravine>");
    let ravine = page.element("gd-ravine");
    page.script(
        "const plane = Object.assign(document.createElement('gd-plane'), { for: 'there' });
         document.querySelector('main').append(plane);
         plane.ready.then(() => (plane.alpha = 0.005))",
    );
    let plane = page.element("gd-plane");
    plane.wait_until("the ravine's κ", "it.spec?.kappa === 50");
    ravine.wait_until("the plane's α", "it.spec.alpha === 0.005");
    assert_eq!(plane.script("return arguments[0].spec.alpha"), json!(0.005));
}

fn a_wrong_id_is_reported(page: &Page<'_>) {
    host::open(page, "<p id=\"text\">No figure.</p><gd-plane for=\"nowhere\"></gd-plane>");
    let plane = page.element("gd-plane");
    plane.part("error").wait_for_text(
        "for: there is no figure with the id “nowhere” on this page, so this one stands alone.",
    );
    let errors = host::heard(page, "gd-error");
    assert_eq!(errors.last().map(|detail| &detail["parameter"]), Some(&json!("for")));
    plane.script("arguments[0].setAttribute('for', 'text')");
    plane.part("error").wait_for_text("with the id “text”");
    // The plane still works by itself.
    plane.find("button", "Best").click();
    plane.part("standing").wait_for_text("0.8182");
}

fn the_ravine_may_be_in_a_shadow_tree_come_late_and_be_replaced(page: &Page<'_>) {
    host::open(page, "<gd-plane for=\"there\"></gd-plane><div id=\"tree\"></div>");
    let plane = page.element("gd-plane");
    plane.part("error").wait_for_text("no figure with the id “there”");
    page.script(
        "window.tree = document.querySelector('#tree').attachShadow({ mode: 'open' });
         tree.innerHTML = '<gd-ravine id=\"there\" alpha=\"0.03\"></gd-ravine>'",
    );
    plane.wait_until("the values of one that came late", "it.spec.alpha === 0.03");
    plane.part("error").wait_for_text("");
    // One of its own tree is meant rather than one in another.
    page.script("document.querySelector('main').insertAdjacentHTML('beforeend', '<gd-ravine id=\"there\" alpha=\"0.02\"></gd-ravine>')");
    plane.wait_until("the values of the nearer one", "it.spec.alpha === 0.02");
    page.script(
        "const other = Object.assign(document.createElement('gd-ravine'), { id: 'there', alpha: 0.01 });
         document.querySelector('main > gd-ravine').replaceWith(other)",
    );
    plane.wait_until("the values of the one in its place", "it.spec.alpha === 0.01");
    plane.script("arguments[0].alpha = 0.015");
    page.wait_until(
        "the plane's α",
        "document.querySelector('main > gd-ravine').spec?.alpha === 0.015",
    );
    page.script("document.querySelector('main > gd-ravine').id = 'elsewhere'");
    plane.wait_until("the values of the one in the shadow tree", "it.spec.alpha === 0.03");
    page.script("tree.innerHTML = ''");
    plane.part("error").wait_for_text("no figure with the id “there”");
}
