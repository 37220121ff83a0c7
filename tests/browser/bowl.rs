//! Tests of the bowl: drag α, press Step, drop the marble, predict, and read the readouts.

use downhill_tests::{Case, Element, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(names_the_regime_of_a_typed_alpha),
    case!(names_the_regime_of_a_dragged_alpha),
    case!(steps_and_goes_back),
    case!(plays_pauses_and_ends),
    case!(a_click_drops_the_marble),
    case!(a_tap_drops_the_marble).size(360, 740),
    case!(keys_drop_the_marble),
    case!(a_marble_that_leaves_is_announced),
    case!(leaving_the_domain_of_the_loss_is_reported),
    case!(a_prediction_is_measured),
    case!(the_rule_shows_this_steps_numbers),
    case!(the_axis_keeps_the_first_steps_in_sight),
];

/// The lesson's values of α with their regimes.
const REGIMES: [(f64, &str); 5] =
    [(0.3, "monotone"), (0.5, "one step"), (0.7, "zigzag"), (1.0, "bounce"), (1.1, "diverge")];

const CURVE: &str = "The loss as a curve, with the marble at the present iterate";

/// Half the width of the default view of x² from 5, between margins in pixels.
const REACH: f64 = 1.12 * 5.0;
const MARGINS_PX: (f64, f64) = (46.0, 12.0);

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("bowl", query)
}

fn assert_regime(bowl: &Element<'_, '_>, alpha: f64, regime: &str) {
    let words = bowl.part("regime");
    words.wait_for_text(&format!("{regime}: "));
    assert!(words.text().starts_with(regime), "α = {alpha} is called {:?}", words.text());
    let said = bowl.script(
        "const { regime, runs } = arguments[0].snapshot(); return [regime, runs[0].regime]",
    );
    assert_eq!(said, json!([regime, regime]));
    assert_eq!(bowl.script("return arguments[0].snapshot().spec.alpha").as_f64(), Some(alpha));
}

/// Three cases: the first step leaves the domain, a later one does, and the start itself is
/// outside.
fn leaving_the_domain_of_the_loss_is_reported(page: &Page<'_>) {
    for (loss, start, alpha, end) in
        [("sqrt(x)", "1", 3.0, 1), ("ln(x)", "1", 0.6, 2), ("-ln(x)-x", "-0.5", 0.1, 0)]
    {
        let bowl = open(page, &format!("&loss={loss}&start={start}&alpha={alpha}"));
        bowl.script(
            "arguments[0].addEventListener('gd-outcome', (event) => (window.told = event.detail))",
        );
        // Through the method, because the button is disabled where no step leads to a finite loss.
        bowl.script("arguments[0].step()");
        let words = match end {
            0 => "starts outside the domain of the loss".to_owned(),
            _ => format!("left the domain of the loss at iteration {end}"),
        };
        bowl.part("outcome").wait_for_text(&words);
        let told = bowl.script("return [window.told.kind, window.told.k]");
        assert_eq!(told, json!(["undefined", end]), "{loss}");
        let first = bowl.script("return arguments[0].snapshot().runs[0].losses[0]");
        assert_eq!(first.is_null(), end == 0, "{loss}");
        for text in [bowl.text(), bowl.script("return arguments[0].toCSV()").to_string()] {
            assert!(!text.contains("NaN") && !text.contains('∞'), "{text}");
        }
    }
}

fn names_the_regime_of_a_typed_alpha(page: &Page<'_>) {
    page.open("index.html");
    let bowl = page.element("gd-bowl#one-dial-figure");
    for (alpha, regime) in REGIMES {
        bowl.find("textbox", "Learning rate α, value").fill(&alpha.to_string());
        assert_regime(&bowl, alpha, regime);
        // The thumb follows in the next frame.
        let there = format!("Number(it.value) === {alpha}");
        bowl.find("slider", "Learning rate α").wait_until("the thumb", &there);
    }
}

fn names_the_regime_of_a_dragged_alpha(page: &Page<'_>) {
    let bowl = open(page, "");
    let slider = bowl.find("slider", "Learning rate α");
    for (alpha, regime) in REGIMES {
        slider.drag_to(alpha);
        // A pixel is more than the slider's step, so the keyboard does the rest.
        slider.focus();
        let mut presses = 0;
        loop {
            let value: f64 = slider.value().parse().expect("a number");
            if (value - alpha).abs() < 1e-9 {
                break;
            }
            assert!((value - alpha).abs() < 0.02, "dragged to {alpha}, the thumb is at {value}");
            presses += 1;
            assert!(presses < 30, "the arrow keys do not lead from {value} to {alpha}");
            page.press(if value < alpha { "ArrowRight" } else { "ArrowLeft" });
        }
        assert_regime(&bowl, alpha, regime);
        let spoken = format!("it.getAttribute('aria-valuetext') === '{alpha}, {regime}'");
        slider.wait_until("the value in words", &spoken);
    }
}

fn steps_and_goes_back(page: &Page<'_>) {
    let bowl = open(page, "");
    let readouts = bowl.part("readouts");
    for (k, place) in [(1, "x₁ 4"), (2, "x₂ 3.2"), (3, "x₃ 2.56")] {
        bowl.find("button", "Step").click();
        readouts.wait_for_text(place);
        assert_eq!(bowl.script("return arguments[0].snapshot().k"), k);
        assert_eq!(bowl.find("slider", "Iteration k").value(), k.to_string());
    }
    bowl.find("button", "Reset").click();
    readouts.wait_for_text("x₀ 5");
    assert_eq!(bowl.script("return arguments[0].snapshot().k"), 0);
}

fn plays_pauses_and_ends(page: &Page<'_>) {
    let bowl = open(page, "&steps=6");
    bowl.find("button", "Play").click();
    bowl.wait_until("two iterations", "it.snapshot().k >= 2");
    bowl.find("button", "Pause").click();
    let _paused = bowl.find("button", "Play");
    let moved = bowl.script(
        "const frame = () => new Promise(requestAnimationFrame);
         const k = arguments[0].snapshot().k;
         return (async () => { for (let n = 0; n < 45; n++) await frame(); return arguments[0].snapshot().k - k; })()",
    );
    assert_eq!(moved, 0, "paused, and yet it went on");
    bowl.find("button", "Play").click();
    bowl.part("outcome").wait_for_text("The run has not converged after 6 iterations.");
    // At the end, Play starts over.
    bowl.find("button", "Play").click();
    bowl.wait_until("the start again", "it.snapshot().k < 6");
}

/// The marble's start after a click at this fraction of the pane's width.
fn place_at(pane: &Element<'_, '_>, across: f64) -> f64 {
    let width_px = pane.bounds()[2];
    let share = (across * width_px - MARGINS_PX.0) / (width_px - MARGINS_PX.0 - MARGINS_PX.1);
    (2.0 * share - 1.0) * REACH
}

fn assert_dropped(page: &Page<'_>, bowl: &Element<'_, '_>, expected: f64) {
    let start = bowl.script("return arguments[0].snapshot().runs[0].iterates[0][0]");
    let start = start.as_f64().expect("a start");
    let pixel = 2.0 * REACH / (bowl.find("application", CURVE).bounds()[2] - 58.0);
    assert!((start - expected).abs() < 1.5 * pixel, "dropped at {start}, meant {expected}");
    let changes = host::heard(page, "gd-change");
    assert_eq!(changes.last().map(|spec| &spec["start"]), Some(&json!(start)));
    bowl.find("textbox", "Start x₀").wait_until(
        "the field to say so",
        &format!("Number(it.value.replace('−', '-')) === {start}"),
    );
    bowl.element("[role=status]").wait_for_text("Dropped at");
}

fn a_click_drops_the_marble(page: &Page<'_>) {
    drops_at(page, 0.75, |pane| pane.click_at(0.75, 0.5));
}

fn a_tap_drops_the_marble(page: &Page<'_>) {
    drops_at(page, 0.3, |pane| pane.tap_at(0.3, 0.5));
}

/// Pointing at this fraction of the curve's width drops the marble there.
fn drops_at(page: &Page<'_>, share: f64, point: impl Fn(&Element<'_, '_>)) {
    let bowl = open(page, "&k=3");
    host::listen(page);
    let pane = bowl.find("application", CURVE);
    let expected = place_at(&pane, share);
    point(&pane);
    bowl.wait_until("the drop", "it.snapshot().k === 0");
    assert_dropped(page, &bowl, expected);
}

fn keys_drop_the_marble(page: &Page<'_>) {
    page.open("index.html");
    let bowl = page.element("gd-bowl#one-dial-figure");
    host::listen(page);
    let pane = bowl.find("application", CURVE);
    let width_px = pane.bounds()[2];
    pane.focus();
    page.settle();
    // A figure above that comes alive late moves the page too, so the keys themselves are asked.
    page.script(
        "window.left = [];
         addEventListener('keydown', (event) => {
           setTimeout(() => event.defaultPrevented || left.push(event.key));
         }, true);",
    );
    for key in
        ["ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]
    {
        page.press(key);
    }
    let expected = 5.0 - 3.0 * 8.0 * 2.0 * REACH / (width_px - MARGINS_PX.0 - MARGINS_PX.1);
    page.press("Enter");
    bowl.wait_until("another start", "it.snapshot().spec.start !== 5");
    assert_dropped(page, &bowl, expected);
    assert_eq!(page.script("return left"), json!([]), "keys that scroll the page");
}

fn a_marble_that_leaves_is_announced(page: &Page<'_>) {
    let bowl = open(page, "&alpha=1.1");
    let outcome = bowl.part("outcome");
    let k = bowl.find("textbox", "Iteration k, value");
    // x grows by a fifth with every step; the view ends at 1.12 · 10.368, before the fifth step.
    k.fill("4");
    outcome.wait_for_text("Iteration 4 of at most 25.");
    bowl.find("button", "Step").click();
    outcome.wait_for_text("The marble left the picture at iteration 5");
    k.fill("9");
    outcome.wait_for_text("The marble left the picture at iteration 5; this is iteration 9.");
    k.fill("25");
    outcome.wait_for_text("The run has not converged after 25 iterations.");
    outcome.wait_for_text("The marble left the picture at iteration 5");
}

fn a_prediction_is_measured(page: &Page<'_>) {
    let bowl = open(page, "");
    let predict = bowl.find("button", "Predict");
    predict.click();
    let sentence = bowl.part("prediction");
    sentence.wait_for_text("Where will the next step land?");
    assert_eq!(predict.attribute("aria-pressed").as_deref(), Some("true"));
    let rule = bowl.part("rule");
    rule.wait_for_text("where will it land?");
    assert!(!rule.text().contains("3.2"), "{}", rule.text());
    let pane = bowl.find("application", CURVE);
    let expected = place_at(&pane, 0.7);
    pane.click_at(0.7, 0.5);
    sentence.wait_for_text("Marked. Press Step to see.");
    assert_eq!(bowl.script("return arguments[0].snapshot().spec.start"), 5, "a guess is no drop");
    bowl.find("button", "Step").click();
    sentence.wait_for_text("it landed at 4: off by ");
    let text = sentence.text();
    let number = |after: &str| -> f64 {
        let rest = text.split(after).nth(1).unwrap_or_default();
        let digits = rest.split([',', ' ']).next().unwrap_or_default().replace('−', "-");
        digits
            .trim_end_matches('.')
            .parse()
            .unwrap_or_else(|_| panic!("no number after {after:?} in {text:?}"))
    };
    let (guess, off) = (number("You marked "), number("off by "));
    assert!((guess - expected).abs() < 0.05, "marked {expected}, and {text:?}");
    assert!((off - (guess - 4.0).abs()).abs() < 0.01, "{text:?}");
    page.element("[role=status]").wait_for_text("it landed at 4: off by ");
}

/// The numbers are CPython's: `x, a = 5, 0.1`, then `g = 2*x; a*g; x - a*g`, two steps from the
/// start.
fn the_rule_shows_this_steps_numbers(page: &Page<'_>) {
    let bowl = open(page, "&k=2");
    let rule = bowl.part("rule");
    rule.wait_for_text("x₃ = x₂ − α · f′(x₂)");
    let rows = rule.script(
        "return [...arguments[0].querySelectorAll('.sum > div')].map((row) => [...row.children].map((cell) => cell.textContent))",
    );
    let digits = |row: usize| {
        format!(
            "{}{}",
            rows[row][2].as_str().unwrap_or_default(),
            rows[row][3].as_str().unwrap_or_default()
        )
    };
    assert_eq!([digits(0), digits(1), digits(2)], ["3.2", "0.64", "2.56"]);
    assert_eq!(rows[1][4], "0.1 · 6.4");
    let spoken = rule.name();
    for part in ["iteration 2", "3.2", "0.1", "6.4", "2.56"] {
        assert!(spoken.contains(part), "{spoken:?} lacks {part}");
    }
    // Aligned digits: every integer part ends where the decimals begin.
    let edges = rule.script(
        "const edge = (cell) => { const range = document.createRange(); range.selectNodeContents(cell); return Math.round(range.getBoundingClientRect().right); };
         return [...new Set([...arguments[0].querySelectorAll('.sum > div')].map((row) => edge(row.children[2])))].length",
    );
    assert_eq!(edges, 1, "the decimal points do not stand below one another");
}

fn the_axis_keeps_the_first_steps_in_sight(page: &Page<'_>) {
    let bowl = open(page, "&alpha=1.2");
    let pane = bowl.find("application", CURVE);
    // A click at the right margin drops the marble on the right edge of the view.
    pane.click_at(0.999, 0.5);
    bowl.wait_until("another start", "it.snapshot().spec.start !== 5");
    let edge = bowl.script("return arguments[0].snapshot().spec.start").as_f64().expect("a number");
    assert!((7.0..=2.5 * 5.0 * 1.12 + 0.01).contains(&edge), "the view ends at {edge}");
}
