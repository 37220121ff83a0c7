//! Tests of the hill: marbles dropped at the pointer, released, turned, predicted, and found
//! blindfolded.

use downhill_tests::{Case, Element, Engine, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(a_click_drops_a_marble_under_the_pointer),
    case!(a_tap_drops_a_marble_under_the_finger).size(390, 780),
    case!(keys_drop_and_release),
    case!(released_marbles_come_to_rest_and_announce_it),
    case!(a_drag_turns_the_hill_and_a_double_click_resets_it),
    case!(a_double_click_leaves_the_marbles_as_they_were),
    case!(a_double_tap_leaves_the_marbles_as_they_were).size(390, 780),
    case!(two_fingers_zoom_turn_and_tilt).only(Engine::Chromium).size(390, 844),
    case!(a_custom_formula_and_its_errors),
    case!(another_landscape_brings_its_own_rate),
    case!(the_end_of_a_marble_is_predicted),
    case!(blindfolded_to_the_bottom),
    case!(a_rule_is_judged_by_its_own_bound),
    case!(the_hill_is_lit_or_a_map_takes_over),
    case!(the_first_picture_is_drawn_unseen).only(Engine::Chromium),
    case!(a_lost_context_shows_a_map_until_restored).only(Engine::Chromium),
    case!(a_hill_is_lit_once_another_leaves),
    case!(a_hill_whose_context_was_taken_is_lit_when_it_comes_back),
    case!(of_twenty_hills_those_in_sight_are_lit),
    case!(a_hill_far_off_screen_releases_its_context).only(Engine::Chromium),
];

const HILL: &str = "The loss as a hill, with marbles on it";
const MAP: &str = "Contour map of the hill, with marbles on it";

/// The hill and its pane, which is a map where the engine has no WebGL2.
fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> (Element<'p, 'a>, Element<'p, 'a>) {
    page.open(&format!("embed.html?figure=hill{query}"));
    let hill = page.element("gd-hill");
    let pane = hill.find("application", if is_lit(page) { HILL } else { MAP });
    (hill, pane)
}

/// Whether the engine can draw a lit hill.
fn is_lit(page: &Page<'_>) -> bool {
    page.script("return !!document.createElement('canvas').getContext('webgl2')") == true
}

fn starts(hill: &Element<'_, '_>) -> Vec<serde_json::Value> {
    let starts =
        hill.script("return arguments[0].snapshot().runs.map(({ iterates }) => iterates[0])");
    starts.as_array().cloned().unwrap_or_default()
}

/// From straight above the projection is simple: the middle of the pane is the middle of the
/// landscape, and right and up are the same in both.
fn a_click_drops_a_marble_under_the_pointer(page: &Page<'_>) {
    let (hill, pane) = open(page, "&start=4,4&elevation=90&azimuth=0");
    host::listen(page);
    pane.click_at(0.5, 0.5);
    hill.wait_until("a second marble", "it.snapshot().runs.length === 2");
    pane.click_at(0.6, 0.3);
    hill.wait_until("a third marble", "it.snapshot().runs.length === 3");
    let starts = starts(&hill);
    let at = |marble: usize, axis: usize| starts[marble][axis].as_f64().expect("a coordinate");
    // A map has margins for its axes, so that its middle is a few pixels off.
    assert!(at(1, 0).abs() < 0.4 && at(1, 1).abs() < 0.4, "{starts:?}");
    assert!(at(2, 0) > at(1, 0) + 0.3 && at(2, 1) > at(1, 1) + 0.3, "{starts:?}");
    assert_eq!(hill.script("return arguments[0].spec.start").as_array().map(Vec::len), Some(3));
    assert!(!host::heard(page, "gd-change").is_empty());
    hill.part("readouts").wait_for_text("3 of 3");
}

fn a_tap_drops_a_marble_under_the_finger(page: &Page<'_>) {
    let (hill, pane) = open(page, "&start=4,4");
    pane.tap_at(0.5, 0.55);
    hill.wait_until("a second marble", "it.snapshot().runs.length === 2");
}

fn keys_drop_and_release(page: &Page<'_>) {
    let (hill, pane) = open(page, "&start=3,4&alpha=0.5");
    pane.focus();
    for key in ["ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowDown", "Enter"] {
        page.press(key);
    }
    hill.wait_until("a second marble", "it.snapshot().runs.length === 2");
    page.press("r");
    // With α = 0.5 one step leads to the minimum of x² + y².
    hill.wait_until("the end of the run", "it.snapshot().k === 1");
    if is_lit(page) {
        let before = hill.script("return arguments[0].spec.azimuth");
        page.press("Shift+ArrowRight");
        hill.wait_until("another side", &format!("it.spec.azimuth !== {before}"));
        page.press("+");
        hill.wait_until("a larger hill", "it.spec.zoom > 1");
        page.press("0");
        hill.wait_until(
            "the first view",
            &format!("it.spec.azimuth === {before} && it.spec.zoom === 1"),
        );
    }
}

/// On x² + y² one step with α = 0.5 leads to the minimum from anywhere; with α = 1.1 each step is
/// longer than the last.
fn released_marbles_come_to_rest_and_announce_it(page: &Page<'_>) {
    let (hill, _) = open(page, "&start=3,4&alpha=0.5");
    host::listen(page);
    hill.find("button", "Release").click();
    hill.part("outcome").wait_for_text("Marble 1 converged at iteration 1.");
    let outcomes = host::heard(page, "gd-outcome");
    assert_eq!(outcomes, [json!({ "run": "Marble 1", "kind": "converged", "k": 1 })]);
    hill.find("textbox", "Learning rate α, value").fill("1.1");
    hill.find("textbox", "Iteration k, value").fill("200");
    hill.part("outcome").wait_for_text("diverged");
}

fn a_drag_turns_the_hill_and_a_double_click_resets_it(page: &Page<'_>) {
    let (hill, pane) = open(page, "&start=3,4");
    if !is_lit(page) {
        return;
    }
    let view = || {
        hill.script("const { azimuth, elevation } = arguments[0].spec; return [azimuth, elevation]")
    };
    let before = view();
    pane.drag((0.5, 0.5), (0.65, 0.6));
    hill.wait_until("another view", &format!("it.spec.azimuth !== {}", before[0]));
    let turned = view();
    assert!(turned[0].as_f64() < before[0].as_f64(), "to the right: {before} {turned}");
    assert!(turned[1].as_f64() > before[1].as_f64(), "from above: {before} {turned}");
    assert_eq!(starts(&hill).len(), 1, "a drag drops nothing");
    pane.script("arguments[0].dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))");
    hill.wait_until("the first view", &format!("it.spec.azimuth === {}", before[0]));
}

/// The marbles' positions, the selected marble and the readouts.
fn marbles(hill: &Element<'_, '_>) -> serde_json::Value {
    hill.script(
        "const [{ shadowRoot, spec: { start, blindfold } }] = arguments;
         const { k, runs, data } = arguments[0].snapshot();
         return [start, blindfold, k, runs.map(({ iterates }) => iterates[0]), data, [...shadowRoot.querySelector('[part=readouts]').children].filter((one) => !one.hidden).map((one) => one.textContent)]",
    )
}

/// Opens the hill and points at it twice. Returns the hill and its marbles before that.
///
/// On a busy machine the two may be too far apart for a double click; then it starts again.
fn point_twice<'p, 'a>(
    page: &'p Page<'a>,
    query: &str,
    point: impl Fn(&Element<'p, 'a>),
) -> (Element<'p, 'a>, serde_json::Value) {
    for _ in 0..10 {
        let (hill, pane) = open(page, query);
        host::listen(page);
        page.settle();
        let before = marbles(&hill);
        page.script(
            "window.ups = []; window.doubles = [];
             addEventListener('dblclick', () => doubles.push(true), true);
             addEventListener('pointerup', ({ timeStamp, pointerType }) => ups.push({ timeStamp, pointerType }), true);",
        );
        point(&pane);
        page.wait_until("both clicks", "ups.length === 2");
        page.settle();
        let double = page.script(
            "const [first, second] = ups;
             return second.pointerType === 'mouse' ? doubles.length > 0 : second.timeStamp - first.timeStamp < 300",
        );
        if double == true {
            return (hill, before);
        }
    }
    panic!("no double click in ten attempts");
}

fn a_double_click_leaves_the_marbles_as_they_were(page: &Page<'_>) {
    for query in ["&start=3,4;-3,2&k=4", "&start=3,4&blindfold=on", "&start=3,4&alpha=0.5&k=last"] {
        let query = format!("{query}&azimuth=20&zoom=1.5");
        let (hill, before) = point_twice(page, &query, |pane| pane.double_click_at(0.45, 0.6));
        let blind = query.contains("blindfold");
        // The first click takes effect and is undone; a step under the blindfold does not change
        // the spec.
        let changes = "heard.filter(({ name }) => name === 'gd-change').length";
        page.wait_until("the double click", &format!("{changes} === ({blind} ? 1 : 2)"));
        if is_lit(page) {
            assert_eq!(hill.script("const { zoom } = arguments[0].spec; return zoom"), 1);
        }
        page.settle();
        assert_eq!(marbles(&hill), before, "{query}");
    }
    // Two clicks in different places are two clicks, however fast.
    let (hill, pane) = open(page, "&start=3,4");
    pane.click_at(0.45, 0.5);
    pane.click_at(0.55, 0.6);
    hill.wait_until("three marbles", "it.snapshot().runs.length === 3");
}

fn a_double_tap_leaves_the_marbles_as_they_were(page: &Page<'_>) {
    let query = "&start=3,4;-3,2&k=4&zoom=1.5&azimuth=20";
    let (hill, before) = point_twice(page, query, |pane| pane.double_tap_at(0.45, 0.6));
    page.wait_until(
        "the first tap to be taken back",
        "heard.filter(({ name }) => name === 'gd-change').length === 2",
    );
    page.settle();
    assert_eq!(marbles(&hill), before);
}

fn two_fingers_zoom_turn_and_tilt(page: &Page<'_>) {
    let (hill, pane) = open(page, "&start=3,4");
    let view = || {
        let view = hill.script(
            "const { azimuth, elevation, zoom } = arguments[0].spec; return [azimuth, elevation, zoom]",
        );
        [0, 1, 2].map(|i| view[i].as_f64().expect("a number"))
    };
    let before = view();
    pane.pinch([(0.45, 0.4), (0.55, 0.4)], [(0.4, 0.6), (0.7, 0.6)]);
    hill.wait_until("a larger hill", "it.spec.zoom > 1.2");
    let after = view();
    assert!(after[0] < before[0] && after[1] > before[1], "{before:?} {after:?}");
    assert_eq!(starts(&hill).len(), 1, "two fingers drop nothing");
}

fn a_custom_formula_and_its_errors(page: &Page<'_>) {
    let (hill, _) = open(page, "");
    let field = hill.find("textbox", "Loss f(x, y)");
    field.fill("x^2 + 3y^2");
    hill.wait_until("the formula", "it.spec.loss === 'x^2 + 3y^2'");
    page.settle();
    field.fill("x^2 + * y");
    hill.wait_until(
        "the complaint, with a caret below the field",
        "[...it.shadowRoot.querySelectorAll('[part=error]')].some((line) => line.textContent.includes('Loss f(x, y) must be'))",
    );
    assert_eq!(hill.script("return arguments[0].spec.loss"), "x^2 + 3y^2", "the old one stays");
    field.fill("1/(x^2+y^2)");
    hill.part("readouts").wait_for_text("are drawn flat");
}

fn another_landscape_brings_its_own_rate(page: &Page<'_>) {
    let (hill, _) = open(page, "");
    hill.find("combobox", "Landscape").choose("Rosenbrock");
    hill.wait_until("the landscape", "it.spec.loss === 'rosenbrock' && it.spec.alpha === 0.001");
    hill.part("readouts").wait_for_text("Heights are compressed");
    // A formula is in the menu as long as it is in force.
    let menu = hill.find("combobox", "Landscape");
    let shown = "it.selectedOptions[0]?.textContent";
    let count = menu.script("return arguments[0].length").as_u64().expect("a number");
    hill.find("textbox", "Loss f(x, y)").fill("x^2 + 3y^2");
    menu.wait_until(
        "the formula",
        &format!("{shown} === 'own formula' && it.length === {}", count + 1),
    );
    menu.choose("Bowl");
    menu.wait_until("the landscape", &format!("{shown} === 'Bowl' && it.length === {count}"));
}

fn the_end_of_a_marble_is_predicted(page: &Page<'_>) {
    let (hill, pane) = open(page, "&start=3,4&alpha=0.5&elevation=90&azimuth=0");
    hill.find("button", "Predict").click();
    hill.part("prediction").wait_for_text("Where will Marble 1 come to rest?");
    pane.click_at(0.5, 0.3);
    hill.part("prediction").wait_for_text("Marked. Press Release");
    hill.find("button", "Release").click();
    hill.part("prediction").wait_for_text("it ended at (");
}

/// Three steps by hand; then both paths are described, the reader's and that of the descent. With α
/// = 0.4 every step leaves a fifth of the distance: 11 steps bring the gradient of 10 at (3, 4) to
/// 10·0.2¹¹ ≈ 2e-7, and 10 do not suffice.
fn blindfolded_to_the_bottom(page: &Page<'_>) {
    let (hill, pane) = open(page, "&start=3,4&alpha=0.4");
    hill.find("button", "Blindfold").click();
    hill.part("outcome").wait_for_text("You feel only the slope under your foot.");
    hill.find("button", "Turn left").click();
    hill.part("readouts").wait_for_text("15°");
    hill.find("button", "Take the step").click();
    hill.part("readouts").wait_for_text("Steps taken 1");
    pane.focus();
    page.press("ArrowDown");
    page.press("Enter");
    page.press("Enter");
    hill.part("readouts").wait_for_text("Steps taken 3");
    hill.find("button", "Take the blindfold off").click();
    hill.part("outcome").wait_for_text("You took 3 steps");
    hill.part("outcome").wait_for_text("with α = 0.4 converged in 11 steps");
    let walk = hill.script("return arguments[0].snapshot().data.walk.length");
    assert_eq!(walk, 4);
}

/// On x² + y², momentum with β = 0.9 is stable below 1.9, plain descent below 1.
fn a_rule_is_judged_by_its_own_bound(page: &Page<'_>) {
    let (hill, _) = open(page, "&start=3,4&rule=momentum&alpha=1.5&steps=1000");
    hill.part("readouts").wait_for_text("Stable up to α 1.9");
    hill.wait_until(
        "the bound marked",
        "[...it.shadowRoot.querySelectorAll('.mark')].some((mark) => mark.textContent.includes('(2 + 2β)/λ = 1.9'))",
    );
    hill.part("regime")
        .wait_for_text("oscillate: It swings past the bottom and back, less each time.");
    hill.find("button", "Blindfold").click();
    hill.find("button", "Take the step").click();
    hill.find("button", "Take the blindfold off").click();
    hill.part("outcome").wait_for_text("From the same start momentum with α = 1.5 converged");
}

fn the_hill_is_lit_or_a_map_takes_over(page: &Page<'_>) {
    let (hill, pane) = open(page, "&start=3,4;-3,2");
    let lit = is_lit(page);
    let hidden = hill.script("return arguments[0].shadowRoot.querySelector('.relief').hidden");
    assert_eq!(hidden, !lit);
    pane.click_at(0.45, 0.5);
    hill.wait_until("a third marble", "it.snapshot().runs.length === 3");
    hill.find("button", "Release").click();
    hill.wait_until("marbles on their way", "it.snapshot().k > 2");
    assert!(page.engine() != Engine::Chromium || lit, "Chromium has WebGL2 here");
}

/// What the graphics card is asked for, in order.
const ASKED: &str = "
  window.asked = [];
  const context = WebGL2RenderingContext.prototype;
  for (const name of ['linkProgram', 'fenceSync', 'drawElements']) {
    const usual = context[name];
    context[name] = function (...given) {
      asked.push(name + (this.canvas.isConnected ? ' in the page' : ''));
      return usual.apply(this, given);
    };
  }";

/// Without a graphics card the first picture takes half a second, for which the page does not wait:
/// the still stays, and a fence tells when a picture that nobody sees is drawn.
fn the_first_picture_is_drawn_unseen(page: &Page<'_>) {
    let devtools = |command: &str, given| page.session().devtools(command, &given);
    let script = devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": ASKED }));
    let (hill, _) = open(page, "&start=3,4");
    hill.wait_until("the hill", "asked.includes('drawElements in the page')");
    let asked = page.script("return asked.filter((one, i) => one !== asked[i - 1]).slice(0, 6)");
    let draw = ["drawElements", "fenceSync"];
    let expected = [&["linkProgram"][..], &draw, &draw, &["drawElements in the page"]].concat();
    assert_eq!(asked, json!(expected));
    devtools("Page.removeScriptToEvaluateOnNewDocument", script.expect("a script's number"))
        .expect("it can be removed");
}

fn a_lost_context_shows_a_map_until_restored(page: &Page<'_>) {
    let (hill, _) = open(page, "&start=3,4");
    hill.script(
        "const canvas = arguments[0].shadowRoot.querySelector('.relief');
         window.card = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
         window.card.loseContext()",
    );
    let _map = hill.find("application", MAP);
    page.script("window.card.restoreContext()");
    let _hill = hill.find("application", HILL);
}

fn a_hill_far_off_screen_releases_its_context(page: &Page<'_>) {
    let (hill, _) = open(page, "&start=3,4");
    page.script("document.body.append(document.createElement('p')); document.body.lastChild.style.blockSize = '9000px'");
    page.script("scrollTo(0, 9000)");
    let lost = "it.shadowRoot.querySelector('.relief').getContext('webgl2').isContextLost()";
    hill.wait_until("a card that is free", lost);
    page.script("scrollTo(0, 0)");
    hill.wait_until("the card again", &format!("!{lost}"));
    let _hill = hill.find("application", HILL);
}

/// Whether the hill `it` is drawn lit. The page asks for a context alone: a test that did would get one.
const IS_LIT: &str = "(({ shadowRoot }) => {
    const canvas = shadowRoot?.querySelector('.relief');
    const is_hill = shadowRoot?.querySelector('[role=application]')?.getAttribute('aria-label') === 'The loss as a hill, with marbles on it';
    return Boolean(canvas && is_hill && !canvas.hidden && canvas.width > 1 && !canvas.getContext('webgl2').isContextLost());
  })";

fn has_webgl(page: &Page<'_>) -> bool {
    page.script("return document.createElement('canvas').getContext('webgl2') !== null") == true
}

/// A hill that begins without a context, and gets one before it has begun.
fn a_hill_is_lit_once_another_leaves(page: &Page<'_>) {
    host::open(page, "");
    if !has_webgl(page) {
        return;
    }
    page.script(
        "window.hills = Array.from({ length: 13 }, () => document.querySelector('main').appendChild(document.createElement('gd-hill')))",
    );
    page.wait_until(
        "hills that begin",
        "hills.every((hill) => hill.shadowRoot?.querySelector('.relief'))",
    );
    page.script("for (const hill of hills.slice(0, 12)) hill.remove()");
    page.wait_until("the last hill's light", &format!("{IS_LIT}(hills[12])"));
}

/// Where the page has more contexts than a browser allows, it takes the oldest.
fn a_hill_whose_context_was_taken_is_lit_when_it_comes_back(page: &Page<'_>) {
    let (hill, _) = open(page, "&start=3,4");
    if !has_webgl(page) {
        return;
    }
    hill.wait_until("a lit hill", &format!("{IS_LIT}(it)"));
    page.script(
        "window.others = Array.from({ length: 20 }, () => document.createElement('canvas').getContext('webgl2'))",
    );
    hill.wait_until("a hill that has lost it", &format!("!{IS_LIT}(it)"));
    page.script(
        "for (const other of others) other.getExtension('WEBGL_lose_context')?.loseContext();
         document.body.append(document.createElement('p'));
         document.body.lastChild.style.blockSize = '9000px';
         scrollTo(0, 9000)",
    );
    page.settle();
    page.script("scrollTo(0, 0)");
    hill.wait_until("a lit hill again", &format!("{IS_LIT}(it)"));
    // Chromium says so when it takes a context away.
    let _warnings = page.take_errors();
}

/// Twenty small hills, of which more are near the screen than a browser allows contexts.
fn of_twenty_hills_those_in_sight_are_lit(page: &Page<'_>) {
    let hills = "<gd-hill hide=\"settings,share,transport\" show></gd-hill>".repeat(20);
    host::open(
        page,
        &format!(
            "<div id=\"grid\" style=\"display: grid; grid-template-columns: repeat(4, 300px)\">{hills}</div>"
        ),
    );
    if !has_webgl(page) {
        return;
    }
    let in_sight = "[...document.querySelectorAll('gd-hill')].filter((hill) => { const { top, bottom } = hill.getBoundingClientRect(); return bottom > 0 && top < innerHeight; })";
    let lit = format!(
        "(() => {{ const seen = {in_sight}; return seen.length > 3 && seen.every({IS_LIT}); }})()"
    );
    page.wait_until("lit hills in sight", &lit);
    for part in [0.5, 1.0, 0.0] {
        page.script(&format!("scrollTo(0, {part} * document.documentElement.scrollHeight)"));
        page.wait_until("lit hills in sight", &lit);
        page.settle();
        page.wait_until("hills in sight that stay lit", &lit);
    }
    // Chromium says so when it takes a context away.
    let taken: Vec<String> = page.take_errors();
    assert!(!taken.iter().any(|line| line.contains("Too many active WebGL contexts")), "{taken:?}");
}
