//! Tests of the loss field: the parsed formula is typeset beside it, and an error has a caret below
//! it.

use downhill_tests::{Case, Element, Page, case};
use serde_json::json;

pub(crate) const CASES: &[Case] = &[
    case!(every_figure_shows_the_parsed_formula),
    case!(the_formula_updates_while_typing),
    case!(nothing_typed_becomes_markup),
    case!(carets_are_below_the_error),
    case!(formulas_are_parsed_by_a_separate_module),
    case!(inputs_wait_for_a_pending_formula),
    case!(long_formulas_can_be_scrolled_by_keys).size(360, 740),
];

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> (Element<'p, 'a>, Element<'p, 'a>) {
    page.open(&format!("embed.html?figure={query}"));
    let figure = page.element(&format!("gd-{}", query.split('&').next().unwrap_or(query)));
    let curve = ["bowl", "scrubber", "lab"].iter().any(|name| query.starts_with(name));
    let name = if curve { "Loss f(x)" } else { "Loss f(x, y)" };
    let field = figure.find("textbox", name);
    (figure, field)
}

/// The typeset elements and texts, abbreviated.
const SHOWN: &str = "[...it.shadowRoot.querySelectorAll('.understood math *')].filter((e) => !e.children.length).map((e) => e.textContent).join('')";

fn wait_for_formula(figure: &Element<'_, '_>, text: &str) {
    figure.wait_until(&format!("the formula {text}"), &format!("{SHOWN} === {}", json!(text)));
}

fn every_figure_shows_the_parsed_formula(page: &Page<'_>) {
    for (query, understood, fraction) in [
        ("bowl&loss=1/2x", "12\u{2062}x", "mfrac > mrow > mn"),
        ("scrubber&loss=log(x)%5E2", "ln2\u{2061}(x)", "msup > mi"),
        ("lab&loss=sin%C2%B2x", "sin2\u{2061}(x)", "msup > mi"),
        ("starts&loss=x%5E2%20y%5E2", "x2\u{2062}y2", "msup > mrow > mi"),
        ("race&loss=%7C%7Cx%7C-2%7C%2By%5E2", "||x|−2|+y2", "mrow > mrow > mo"),
        ("hill&loss=saddle", "x2−y2", "msup > mrow > mi"),
    ] {
        let (figure, field) = open(page, query);
        wait_for_formula(&figure, understood);
        figure.wait_until(
            "elements of MathML that are drawn",
            &format!("(() => {{ const one = it.shadowRoot.querySelector('.understood {fraction}'); return one?.namespaceURI === 'http://www.w3.org/1998/Math/MathML' && one.getBoundingClientRect().height > 4; }})()"),
        );
        assert!(field.bounds()[2] > 40.0, "{query}: the field has its room");
    }
    // A numerator is above its denominator.
    let (figure, _) = open(page, "bowl&loss=1/2x");
    wait_for_formula(&figure, "12\u{2062}x");
    figure.wait_until("a fraction", "(() => { const [a, b] = [...it.shadowRoot.querySelectorAll('.understood mn')].map((e) => e.getBoundingClientRect()); return a.bottom <= b.top + 2; })()");
}

fn the_formula_updates_while_typing(page: &Page<'_>) {
    let (figure, field) = open(page, "lab");
    let top = || field.bounds()[1] - figure.bounds()[1];
    let before = top();
    field.click();
    page.press("Control+a");
    page.type_text("x^2/");
    // While the text is not a formula, the last one stays.
    wait_for_formula(&figure, "x2");
    figure.wait_until("it to be past", "it.shadowRoot.querySelector('.understood.past') !== null");
    page.type_text("4");
    wait_for_formula(&figure, "x24");
    figure
        .wait_until("it to be present", "it.shadowRoot.querySelector('.understood.past') === null");
    assert!((top() - before).abs() < 1.0, "nothing moves for a fraction");
    assert_eq!(figure.script("return arguments[0].spec.loss"), "parabola", "it is not entered yet");
    page.press("Escape");
    wait_for_formula(&figure, "x2");
    field.fill("(w-1)^4");
    figure.wait_until("the loss", "it.spec.loss === '(w-1)^4'");
    wait_for_formula(&figure, "(w−1)4");
}

fn nothing_typed_becomes_markup(page: &Page<'_>) {
    let (figure, field) = open(page, "lab");
    for text in ["<mi>x</mi>", "x<img src=x onerror=alert(1)>", "&lt;mi&gt;", "</math><script>"] {
        field.fill(text);
        figure.wait_until("a refusal", "it.shadowRoot.querySelector('[aria-invalid]') !== null");
        wait_for_formula(&figure, "x2");
        assert_eq!(
            figure.script("return arguments[0].shadowRoot.querySelectorAll('img, script').length"),
            0
        );
    }
}

fn carets_are_below_the_error(page: &Page<'_>) {
    let (figure, field) = open(page, "lab");
    for (text, before, mark) in [
        ("x²+*3", "x²+", "   ^"),
        ("−x²·π+foo", "−x²·π+", "      ^"),
        ("  x^", "  x^", "    ^"),
        ("ｘ²＋＊３", "ｘ²＋", "     ^"),
        ("x+😀", "x+", "  ^"),
        ("x\u{200b}^2", "x", " ^"),
    ] {
        // Pasted, since drivers have no keys for some of these characters.
        field.script_with(
            "arguments[0].value = arguments[1];
             for (const type of ['input', 'change']) arguments[0].dispatchEvent(new Event(type, { bubbles: true }));",
            &[json!(text)],
        );
        let shown = json!(format!("{text}\n{mark}"));
        figure.wait_until(
            "the caret's line",
            &format!("it.shadowRoot.querySelector('#formula-hint .came')?.textContent === {shown}"),
        );
        // On screen the caret is right below, whatever font the characters use.
        let apart = figure.script_with(
            "const [came, before] = [arguments[0].shadowRoot.querySelector('#formula-hint .came'), arguments[1]];
             const above = before.length ? (() => { const range = document.createRange(); range.setStart(came.firstChild, 0); range.setEnd(came.firstChild, before.length); return range.getBoundingClientRect().right; })() : came.getBoundingClientRect().left;
             const range = document.createRange(); range.selectNodeContents(came.lastChild);
             return range.getBoundingClientRect().left - above;",
            &[json!(before)],
        );
        let apart = apart.as_f64().expect("a distance");
        assert!(apart.abs() < 1.0, "{text}: the caret stands {apart} px beside its place");
    }
}

fn long_formulas_can_be_scrolled_by_keys(page: &Page<'_>) {
    let (figure, field) = open(page, "hill&loss=styblinski-tang");
    // Once all is in its place, or the field would not stay in sight.
    page.settle();
    field.scroll_into_view();
    figure.wait_until("the formula", &format!("{SHOWN}.includes('x4−16')"));
    figure.wait_until(
        "a place in the order of the Tab key, and all of it within reach",
        "(() => { const shown = it.shadowRoot.querySelector('.understood'); return shown.tabIndex === 0 && shown.getBoundingClientRect().right <= innerWidth; })()",
    );
}

/// The parser's module is fetched with the first formula, and the latest input wins.
fn formulas_are_parsed_by_a_separate_module(page: &Page<'_>) {
    let fetched =
        || page.site().take_requests().iter().any(|path| path.contains("downhill-formulas"));
    let (figure, field) = open(page, "bowl");
    wait_for_formula(&figure, "x2");
    assert!(!fetched(), "a landscape is shown without it");
    figure.script("arguments[0].loss = 'x^4 + 1'; arguments[0].loss = 'kink'");
    figure.wait_until("the loss given last", "it.spec.loss === 'kink'");
    figure.script("arguments[0].loss = '1/2x'; arguments[0].loss = 'x^4 + 2'");
    figure.wait_until("the formula given last", "it.spec.loss === 'x^4 + 2'");
    assert!(fetched(), "a formula asks for it");
    // Once it is loaded, a property takes its value at once.
    let now = figure.script("arguments[0].loss = 'x^4 + 3'; return arguments[0].loss");
    assert_eq!(now, json!("x^4 + 3"));
    field.click();
    page.press("Control+a");
    // A property that every object has is not a landscape.
    page.type_text("constructor");
    figure.wait_until(
        "no formula, so the last one stays",
        "it.shadowRoot.querySelector('.understood.past') !== null",
    );
    page.press("Control+a");
    page.type_text("x^4 +* 3");
    page.press("Enter");
    figure.wait_until(
        "what is wrong",
        "it.shadowRoot.querySelector('.entry [part~=error], [part~=error]') !== null",
    );
    assert_eq!(
        figure.script("return arguments[0].spec.loss"),
        json!("x^4 + 3"),
        "the last good one stays"
    );
    page.open("embed.html?figure=bowl&loss=x%5E4%20%2B%205");
    let figure = page.element("gd-bowl");
    figure.wait_until("the formula of the address", "it.spec?.loss === 'x^4 + 5'");
    assert!(fetched());
}

/// Inputs that follow a formula wait for it to be parsed and apply in order.
fn inputs_wait_for_a_pending_formula(page: &Page<'_>) {
    let (figure, _) = open(page, "bowl&steps=30&start=1&alpha=0.1");
    wait_for_formula(&figure, "x2");
    let early = figure.script(
        "const it = arguments[0];
         it.loss = 'x^4 + 1'; it.steps = 60; it.seek(50); it.step(2); it.alpha = 0.02; it.step(-1); it.loss = '(x-1)^2/4'; it.start = 3; it.seek(7);
         return [it.spec.loss, it.snapshot().k];",
    );
    assert_eq!(early, json!(["parabola", 0]), "the formula is being read");
    figure.wait_until("the last index", "it.snapshot().k === 7 && it.spec.loss === '(x-1)^2/4'");
    let state = figure.script(
        "const { steps, alpha, start } = arguments[0].spec; return [steps, alpha, String(start)]",
    );
    assert_eq!(state, json!([60, 0.02, "3"]));
    // By slider, button and key.
    for (name, how, k) in [
        ("bowl", "it.shadowRoot.querySelector('[data-action=step]').click()", 5),
        (
            "scrubber",
            "it.shadowRoot.querySelector('tbody').dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true }))",
            30,
        ),
    ] {
        let (figure, _) = open(page, &format!("{name}&steps=30&start=1&alpha=0.1&k=4"));
        wait_for_formula(&figure, "x2");
        let early = figure.script(&format!(
            "const it = arguments[0];
             const field = it.shadowRoot.querySelector('[data-field=loss] input');
             field.value = '(x+2)^4/9'; field.dispatchEvent(new Event('change', {{ bubbles: true }}));
             const slider = it.shadowRoot.querySelector('[data-field=alpha] input[type=range]');
             const before = it.spec.alpha;
             slider.value = +slider.min + (slider.max - slider.min) / 50; slider.dispatchEvent(new Event('input', {{ bubbles: true }}));
             {how};
             return [it.spec.loss, it.spec.alpha === before, it.snapshot().k];"
        ));
        assert_eq!(early, json!(["parabola", true, 4]), "nothing acts on the loss from before");
        figure.wait_until(
            "the index of the new run",
            &format!(
                "it.spec.loss === '(x+2)^4/9' && it.spec.alpha < 0.1 && it.snapshot().k === {k}"
            ),
        );
    }
}
