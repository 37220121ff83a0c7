//! The public contract of the elements: methods, properties, attributes and events, and no side
//! effects on the page.

use downhill_tests::{Case, Page, case, release};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(implements_its_methods),
    case!(is_photographed),
    case!(properties_and_attributes_are_one),
    case!(dispatches_events),
    case!(survives_being_moved),
    case!(comes_back_as_it_was),
    case!(loading_the_script_again_is_harmless),
    case!(stays_a_picture_where_wasm_is_blocked),
    case!(stays_a_picture_where_wasm_is_missing),
    case!(says_so_if_it_cannot_answer),
    case!(nothing_runs_when_nothing_moves),
    case!(nothing_runs_off_screen),
];

fn implements_its_methods(page: &Page<'_>) {
    host::open(page, "<gd-bowl></gd-bowl><gd-ravine></gd-ravine>");
    let bowl = page.element("gd-bowl");
    assert_eq!(
        bowl.script("return arguments[0].ready.then((figure) => figure === arguments[0])"),
        true
    );
    let k = || bowl.script("return arguments[0].snapshot().k");
    bowl.script("arguments[0].step()");
    assert_eq!(k(), 1);
    bowl.script("arguments[0].step(4)");
    assert_eq!(k(), 5);
    bowl.script("arguments[0].seek(11)");
    assert_eq!(k(), 11);
    bowl.script("arguments[0].play()");
    bowl.wait_until("it to play", "it.snapshot().k > 11");
    bowl.script("arguments[0].pause()");
    let _paused = bowl.find("button", "Play");
    bowl.script("arguments[0].drop(-3)");
    assert_eq!(bowl.script("const { k, spec, runs } = arguments[0].snapshot(); return [k, spec.start, runs[0].iterates[0]]"), json!([0, -3, [-3]]));
    bowl.script("arguments[0].seek(3); arguments[0].reset()");
    assert_eq!(
        bowl.script("const { k, spec } = arguments[0].snapshot(); return [k, spec.start]"),
        json!([0, -3])
    );
    bowl.script("arguments[0].seek(3); arguments[0].clear()");
    assert_eq!(k(), 0);
    let shape = bowl.script(
        "const { figure, regime, runs: [run], data } = arguments[0].snapshot();
         return [figure, regime, Object.keys(run).sort(), run.iterates.length, run.losses.length, run.gradients.length, run.outcome, Object.prototype.toString.call(data)]",
    );
    assert_eq!(
        shape,
        json!(["bowl", "monotone", ["alpha", "gradients", "iterates", "losses", "name", "outcome", "regime", "rule"], 26, 26, 26, { "kind": "exhausted", "k": 25 }, "[object Object]"])
    );
    let ravine = page.element("gd-ravine");
    ravine.script("arguments[0].drop(1.5, -0.5)");
    assert_eq!(
        ravine.script("return arguments[0].snapshot().runs.map(({ iterates }) => iterates[0])"),
        json!([[1.5, -0.5], [1.5, -0.5]])
    );
    let csv = ravine.script("return arguments[0].toCSV()");
    let mut lines = csv.as_str().unwrap_or_default().lines();
    assert_eq!(lines.next(), Some("run,k,x,y,loss,gradient_x,gradient_y"));
    assert_eq!(lines.next(), Some("vanilla,0,1.5,-0.5,13.625,1.5,-50"));
    assert_eq!(lines.count(), 2 * 151 - 1);
}

fn is_photographed(page: &Page<'_>) {
    host::open(page, "<gd-scrubber></gd-scrubber>");
    let picture = page.element("gd-scrubber").script(
        "return (async () => {
           const blob = await arguments[0].toPNG();
           const { width, height } = await createImageBitmap(blob);
           return [blob instanceof Blob, blob.type, width > 200, height > 100];
         })()",
    );
    assert_eq!(picture, json!([true, "image/png", true, true]));
}

fn properties_and_attributes_are_one(page: &Page<'_>) {
    host::open(page, "<gd-ravine kappa=\"50\" start=\"1, -1\"></gd-ravine>");
    let ravine = page.element("gd-ravine");
    let properties = "const { kappa, alpha, beta, start, fair, steps, scale, k } = arguments[0]; return [kappa, alpha, beta, start, fair, steps, scale, k]";
    assert_eq!(ravine.script(properties), json!([50, 0.018, 0.9, [1, -1], "same", 150, "log", 0]));
    ravine
        .script("arguments[0].setAttribute('alpha', '0.03'); arguments[0].setAttribute('k', '12')");
    ravine.wait_until("the attributes to be taken", "it.alpha === 0.03 && it.k === 12");
    ravine.find("textbox", "Learning rate α, value").wait_until("the field", "it.value === '0.03'");
    ravine.script(
        "arguments[0].beta = 0.5; arguments[0].start = [2, 0.5]; arguments[0].scale = 'linear'",
    );
    assert_eq!(
        ravine.script(properties),
        json!([50, 0.03, 0.5, [2, 0.5], "same", 150, "linear", 12])
    );
    assert_eq!(ravine.script("return arguments[0].spec.beta"), 0.5);
    // Removing the attribute restores the parameter's default.
    ravine.script("arguments[0].removeAttribute('kappa')");
    ravine.wait_until("the default", "it.kappa === 100");
    // The reader's actions never write attributes.
    ravine.find("textbox", "Learning rate α, value").fill("0.01");
    ravine.wait_until("the typed value", "it.alpha === 0.01");
    assert_eq!(ravine.attribute("alpha").as_deref(), Some("0.03"));
    assert_eq!(ravine.attribute("beta"), None);
}

fn dispatches_events(page: &Page<'_>) {
    host::open(page, "<gd-bowl alpha=\"1.1\" steps=\"3\"></gd-bowl>");
    let bowl = page.element("gd-bowl");
    assert_eq!(host::heard(page, "gd-ready").len(), 1);
    bowl.find("button", "Step").click();
    page.wait_until("a step", "heard.some(({ name }) => name === 'gd-step')");
    assert_eq!(host::heard(page, "gd-step"), [json!({ "k": 1 })]);
    bowl.find("textbox", "Learning rate α, value").fill("0.5");
    page.wait_until("a change", "heard.some(({ name }) => name === 'gd-change')");
    let change = host::heard(page, "gd-change").pop().expect("a change");
    assert_eq!(
        (&change["alpha"], &change["steps"], &change["start"]),
        (&json!(0.5), &json!(3), &json!(5))
    );
    let same = "JSON.stringify(heard.findLast(({ name }) => name === 'gd-change').detail) === JSON.stringify(arguments[0].spec)";
    assert_eq!(bowl.script(&format!("return {same}")), true, "the detail is the spec");
    bowl.find("button", "Reset").click();
    bowl.find("button", "Step").click();
    page.wait_until("an outcome", "heard.some(({ name }) => name === 'gd-outcome')");
    let outcome = host::heard(page, "gd-outcome").pop().expect("an outcome");
    assert_eq!((&outcome["kind"], &outcome["k"]), (&json!("converged"), &json!(1)));
    assert_eq!(page.script("return heard.every(({ by }) => by === 'gd-bowl')"), true);
}

fn survives_being_moved(page: &Page<'_>) {
    host::open(page, "<div id=one><gd-bowl></gd-bowl></div><div id=two></div>");
    let bowl = page.element("gd-bowl");
    bowl.find("textbox", "Learning rate α, value").fill("0.7");
    bowl.find("button", "Step").click();
    bowl.wait_until("a step", "it.snapshot().k === 1");
    bowl.script("document.querySelector('#two').append(arguments[0])");
    bowl.find("button", "Step").click();
    bowl.part("readouts").wait_for_text("x₂ 0.8");
    bowl.script("arguments[0].setAttribute('alpha', '0.3')");
    bowl.wait_until("the attribute to be heard", "it.alpha === 0.3");
    assert_eq!(host::heard(page, "gd-ready").len(), 1);
}

fn comes_back_as_it_was(page: &Page<'_>) {
    host::open(page, "<gd-ravine alpha=\"0.01\"></gd-ravine>");
    let ravine = page.element("gd-ravine");
    ravine.find("textbox", "Condition number κ, value").fill("30");
    ravine.find("textbox", "Iteration k, value").fill("12");
    ravine.wait_until("iteration 12", "it.snapshot().k === 12");
    let gone = ravine.script(
        "window.kept = arguments[0]; kept.remove();
         return new Promise((resolve) => setTimeout(() => resolve([kept.snapshot(), kept.shadowRoot.querySelectorAll('canvas').length])))",
    );
    assert_eq!(gone, json!([null, 0]), "what was taken out holds nothing");
    page.script("document.querySelector('main').append(kept)");
    // It starts by itself once it is in view.
    assert_eq!(page.find("textbox", "Condition number κ, value").value(), "30");
    let ravine = page.element("gd-ravine");
    assert_eq!(
        ravine.script(
            "const { k, spec } = arguments[0].snapshot(); return [k, spec.kappa, spec.alpha]"
        ),
        json!([12, 30, 0.01])
    );
    assert_eq!(host::heard(page, "gd-ready").len(), 2);
}

fn loading_the_script_again_is_harmless(page: &Page<'_>) {
    host::open(
        page,
        "<gd-bowl></gd-bowl><script type=\"module\" src=\"SITE/elements/define.js?again\"></script>",
    );
    let bowl = page.element("gd-bowl");
    let again = format!(
        "return import('{}{}/elements/define.js?twice').then(() => true)",
        page.site().address(),
        release()
    );
    assert_eq!(page.script(&again), true);
    bowl.find("button", "Step").click();
    bowl.part("readouts").wait_for_text("x₁ 4");
    assert_eq!(host::heard(page, "gd-ready").len(), 1);
    assert!(page.take_errors().is_empty());
}

/// A still picture as in the lesson, from another origin.
const STILL: &str = "<gd-bowl alpha=\"0.3\"><img src=\"SITE/stills/bowl-light.svg\" alt=\"A still\" width=\"300\" height=\"200\"></gd-bowl>";

fn assert_still(page: &Page<'_>, reason: &str) {
    page.wait_until(
        "the reason",
        "document.querySelector('gd-bowl').shadowRoot?.querySelector('[part=error]') !== null",
    );
    // A browser may draw it only once the figure's style sheet has come.
    let sentence = page.element("[part=error]");
    sentence.wait_for_text("This figure stays a still picture: ");
    sentence.wait_for_text(reason);
    let picture = page.find("img", "A still");
    let [_, _, width, height] = picture.bounds();
    assert!(width > 100.0 && height > 100.0, "the picture is gone");
    let refused = page.script(
        "return document.querySelector('gd-bowl').ready.then(() => 'ready', () => 'refused')",
    );
    assert_eq!(refused, "refused");
    // Later calls cause no further errors.
    page.script("const bowl = document.querySelector('gd-bowl'); bowl.play(); bowl.step(); bowl.drop(1); return bowl.snapshot()");
}

fn stays_a_picture_where_wasm_is_blocked(page: &Page<'_>) {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self' 'unsafe-inline' SITE/\">";
    page.open_host(&host::html(policy, STILL));
    assert_still(page, "security policy blocks WebAssembly");
    // The browser reports the policy violation, and nothing else fails.
    let errors = page.take_errors();
    let other: Vec<&String> = errors
        .iter()
        .filter(|error| !error.contains("policy:") && !error.contains("Content Security Policy"))
        .collect();
    assert!(other.is_empty(), "{other:?}");
}

fn stays_a_picture_where_wasm_is_missing(page: &Page<'_>) {
    // A copy of the site's scripts on an origin without modules, as after an incomplete upload.
    let broken = "<script>
        const fetched = window.fetch;
        window.fetch = (address, ...rest) => String(address).includes('.wasm')
          ? Promise.resolve(new Response('not here', { status: 404 })) : fetched(address, ...rest);
        </script>";
    page.open_host(&host::html(broken, STILL));
    assert_still(page, "could not be loaded");
    page.take_errors();
}

fn says_so_if_it_cannot_answer(page: &Page<'_>) {
    let broken = "<script>
        window.lacking = true;
        const fetched = window.fetch;
        window.fetch = (address, ...rest) => window.lacking && String(address).includes('/input.wasm')
          ? Promise.resolve(new Response('not here', { status: 404 })) : fetched(address, ...rest);
        </script>";
    page.open_host(&host::html(broken, "<gd-bowl></gd-bowl>"));
    let bowl = page.element("gd-bowl");
    bowl.find("button", "Step").click();
    bowl.wait_until("a sentence", "!it.shadowRoot.querySelector('.error').hidden");
    let sentence = bowl.element(".error").text();
    let expected = "What this figure needs to answer you could not be loaded (../parts/input.wasm: 404). Try again.";
    assert_eq!(sentence, expected);
    assert_eq!(bowl.script("return arguments[0].snapshot().k"), 0);
    page.script("window.lacking = false");
    bowl.find("button", "Step").click();
    bowl.wait_until("the step", "it.snapshot().k === 1");
    bowl.wait_until("no sentence", "it.shadowRoot.querySelector('.error').hidden");
}

/// Counts the page's timer and frame requests, while the test draws frames of its own.
pub(crate) const COUNT: &str = "<script>
    let asked = 0;
    const frame = requestAnimationFrame.bind(window);
    const drawn = (frames) => new Promise((resolve) => {
      const next = () => (frames-- > 0 ? frame(next) : resolve());
      next();
    });
    window.askedDuring = async (frames) => { asked = 0; await drawn(frames); return asked; };
    for (const name of ['requestAnimationFrame', 'setTimeout', 'setInterval', 'requestIdleCallback']) {
      const original = window[name]?.bind(window);
      if (original) window[name] = (...given) => { asked++; return original(...given); };
    }
    </script>";

/// All figures on one page, with room to scroll them out of view.
const FIGURES: &str = "<gd-bowl></gd-bowl><gd-scrubber></gd-scrubber><gd-ravine></gd-ravine><div style=\"height: 4000px\"></div>";

/// How often the page requested a frame or timer during a number of frames.
#[track_caller]
pub(crate) fn asked(page: &Page<'_>, frames: u32) -> u64 {
    let asked = page.script_with("return window.askedDuring(arguments[0])", &[frames.into()]);
    asked.as_u64().expect("a count")
}

fn nothing_runs_when_nothing_moves(page: &Page<'_>) {
    page.open_host(&host::html(COUNT, FIGURES));
    let bowl = page.element("gd-bowl");
    page.settle();
    asked(page, 30);
    assert_eq!(asked(page, 60), 0, "at rest");
    bowl.find("button", "Play").click();
    assert!(asked(page, 20) > 5, "the count sees what moves");
    bowl.find("button", "Pause").click();
    asked(page, 60);
    assert_eq!(asked(page, 60), 0, "paused");
    bowl.find("button", "Step").click();
    asked(page, 60);
    assert_eq!(asked(page, 60), 0, "after a step");
}

fn nothing_runs_off_screen(page: &Page<'_>) {
    page.open_host(&host::html(COUNT, FIGURES));
    let bowl = page.element("gd-bowl");
    page.settle();
    bowl.find("textbox", "Steps").fill("2000");
    bowl.find("textbox", "Learning rate α, value").fill("0.0001");
    bowl.find("button", "Play").click();
    bowl.wait_until("it to play", "it.snapshot().k > 2");
    page.script("scrollTo(0, document.documentElement.scrollHeight)");
    asked(page, 60);
    assert_eq!(asked(page, 60), 0, "off screen");
    let k = bowl.script("return arguments[0].snapshot().k");
    asked(page, 30);
    assert_eq!(bowl.script("return arguments[0].snapshot().k"), k);
    bowl.scroll_into_view();
    bowl.wait_until("it to go on", &format!("it.snapshot().k > {k}"));
}
