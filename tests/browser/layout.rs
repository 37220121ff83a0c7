//! Tests of the layout: the picture, the control that changes it and what to try are seen together.

use downhill_figures::NAMES;
use downhill_tests::{Case, Engine, Page, case};
use serde_json::{Value, json};

pub(crate) const CASES: &[Case] = &[
    case!(figures_fit_a_small_laptop).size(1280, 720),
    case!(figures_fit_a_laptop).only(Engine::Chromium).size(1366, 768),
    case!(figures_fit_a_phone).size(390, 844),
    case!(figures_fit_a_phone_under_a_finger).touch().size(390, 844),
    case!(figures_fit_a_frame).size(700, 720),
    case!(the_page_is_no_longer_than_it_was_meant_to_be).only(Engine::Chromium).size(1280, 720),
    case!(the_page_is_no_longer_on_a_phone).touch().size(390, 844),
    case!(beside_the_exercise_there_is_room_for_the_slider).touch().size(390, 844),
    case!(the_bar_makes_way_for_a_reader).touch().size(390, 844),
    case!(a_step_asks_for_a_prediction_or_halts_the_run).only(Engine::Chromium),
    case!(steps_can_be_tried_in_any_order),
    case!(another_step_ends_a_prediction),
    case!(every_step_is_tried_beside_its_picture).size(1280, 720),
    case!(every_step_is_tried_on_a_phone).only(Engine::Chromium).size(390, 844),
    case!(what_comes_first_is_declared),
    case!(a_list_with_an_unknown_name_says_which_there_are),
    case!(more_stays_open),
    case!(a_figure_keeps_within_a_height).size(700, 720),
    case!(a_thumb_that_scrolls_changes_nothing).only(Engine::Chromium).size(390, 844),
    // WebKit's window is inactive without a window manager, and shows no focus.
    case!(help_lies_below_the_picture_and_goes).only(Engine::Chromium),
];

/// The largest height of a whole figure beside a table of contents, on a phone, and in a frame, in
/// CSS pixels. `DESIGN.md` of the project gives them under “Size”.
const LAPTOP_PX: f64 = 680.0;
const PHONE_PX: f64 = 1150.0;
const FRAME_PX: f64 = 720.0;

/// Of every figure of the lesson: its name, its height, and how far the lower edge of α's slider
/// (the weight scale's, which stands for it in the chain) is below the upper edge of its picture.
const SIZES: &str = "
  const all = [...document.querySelectorAll('main figure:not(.small) > *')].filter((it) => it.snapshot && it.shadowRoot.querySelector('.stage'));
  for (const figure of all) figure.style.minBlockSize = '0';
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return all.map((figure) => {
    const inside = (selector) => figure.shadowRoot.querySelector(selector)?.getBoundingClientRect();
    const slider = inside('[data-field=alpha]') ?? inside('[data-field=weight-scale]');
    return [figure.localName, figure.getBoundingClientRect().height, slider.bottom - inside('.stage').top];
  });";

fn assert_sizes(page: &Page<'_>, highest_px: f64) {
    page.open("index.html");
    page.script(
        "for (const it of document.querySelectorAll('section')) it.style.contentVisibility = 'visible'",
    );
    page.settle_all();
    // The first hill plays by itself; at its end it says most.
    page.script("for (const it of document.querySelectorAll('gd-hill')) it.seek(1e6)");
    let sizes = page.script(&format!("return (async () => {{ {SIZES} }})()"));
    let bar_px = page.script("return document.querySelector('.masthead').offsetHeight");
    let room_px = f64::from(page.screen().height) - bar_px.as_f64().unwrap_or(f64::NAN);
    let sizes = sizes.as_array().cloned().unwrap_or_default();
    assert!(sizes.len() >= 12, "{sizes:?}");
    for size in sizes {
        let number = |at: usize| size[at].as_f64().unwrap_or(f64::INFINITY);
        assert!(number(1) <= highest_px, "{size} is higher than {highest_px} px");
        assert!(number(2) <= room_px, "{size}: α is not in view with the picture");
    }
}

fn figures_fit_a_small_laptop(page: &Page<'_>) {
    assert_sizes(page, LAPTOP_PX);
}

fn figures_fit_a_laptop(page: &Page<'_>) {
    assert_sizes(page, LAPTOP_PX);
}

fn figures_fit_a_phone(page: &Page<'_>) {
    assert_sizes(page, PHONE_PX);
}

fn figures_fit_a_phone_under_a_finger(page: &Page<'_>) {
    assert_eq!(page.script("return matchMedia('(pointer: coarse)').matches"), true);
    assert_sizes(page, PHONE_PX);
}

fn figures_fit_a_frame(page: &Page<'_>) {
    for &name in NAMES {
        let figure = page.open_figure(name, "");
        figure.script("arguments[0].seek(1e6)");
        page.settle();
        let height = page.script("return document.body.getBoundingClientRect().height");
        let height = height.as_f64().unwrap_or(f64::INFINITY);
        assert!(height <= FRAME_PX, "{name} is {height} px high in a frame 700 px wide");
    }
}

/// The whole page, with every figure as high as it is.
fn assert_page_height(page: &Page<'_>, highest_px: u64) {
    page.open("index.html");
    page.script(
        "for (const it of document.querySelectorAll('section')) it.style.contentVisibility = 'visible'",
    );
    page.settle_all();
    let height = page.script("return document.documentElement.scrollHeight").as_u64();
    let height = height.unwrap_or(u64::MAX);
    assert!(height <= highest_px, "the page is {height} px high, more than {highest_px}");
}

fn the_page_is_no_longer_than_it_was_meant_to_be(page: &Page<'_>) {
    assert_page_height(page, 40_000);
}

fn the_page_is_no_longer_on_a_phone(page: &Page<'_>) {
    assert_page_height(page, 50_000);
}

/// While α is turned under a finger, the picture and α are in view, above the exercise with all its buttons.
fn beside_the_exercise_there_is_room_for_the_slider(page: &Page<'_>) {
    page.open("index.html");
    page.settle_all();
    let figures = "[...document.querySelectorAll('main .try')].map((it) => it.parentElement)
        .filter((it) => it.shadowRoot.querySelector('[data-field=alpha] input[type=range]'))";
    let count = page.script(&format!("return {figures}.length")).as_u64().unwrap_or(0);
    assert!(count >= 10, "{count} exercises");
    for index in 0..count {
        page.script(&format!("{figures}[{index}].toggleAttribute('data-tried', true)"));
        let figure = page.element("[data-tried]");
        let name = figure.script("return arguments[0].localName");
        figure.script(
            "scrollBy({ top: arguments[0].getBoundingClientRect().top, behavior: 'instant' })",
        );
        let exercise = page.element("[data-tried] > .try");
        // As a slider sends it; a real hand would need the page scrolled elsewhere first.
        figure.script("arguments[0].dispatchEvent(new InputEvent('input', { bubbles: true }))");
        page.settle();
        let shown = exercise.script(
            "return [...arguments[0].querySelectorAll('li:not([hidden]) button')].every((button) => button.checkVisibility())",
        );
        assert_eq!(shown, true, "{name}");
        let slider = figure.find("slider", "Learning rate α");
        let bottom = slider.script("return arguments[0].getBoundingClientRect().bottom");
        let top = exercise.script("return arguments[0].getBoundingClientRect().top").as_f64();
        assert!(bottom.as_f64() <= top, "{name}: the exercise hides α, {bottom}");
        figure.script("arguments[0].removeAttribute('data-tried')");
    }
}

/// It would take room from the figures of a phone; who scrolls up wants it.
fn the_bar_makes_way_for_a_reader(page: &Page<'_>) {
    page.open("index.html");
    page.settle();
    let bar = page.element(".masthead");
    let bottom = "it.getBoundingClientRect().bottom";
    page.script("scrollBy({ top: 900, behavior: 'instant' })");
    bar.wait_until("out of the way", &format!("{bottom} <= 0"));
    page.script("scrollBy({ top: -100, behavior: 'instant' })");
    bar.wait_until("back", &format!("{bottom} > 40"));
    // With its list open, or with the focus, it stays.
    page.find("button", "On this page").click();
    page.script("scrollBy({ top: 100, behavior: 'instant' })");
    page.settle();
    bar.wait_until("still there", &format!("{bottom} > 40"));
}

/// A button that sets what is to be predicted asks for the prediction; one that sets the stage for steps by
/// hand stops what plays.
fn a_step_asks_for_a_prediction_or_halts_the_run(page: &Page<'_>) {
    page.open("index.html");
    page.settle_all();
    let press = "const [it, name] = arguments;
        [...it.querySelectorAll('li button')].find((button) => button.textContent === name).click()";
    let dial = page.element("#one-dial-figure");
    dial.scroll_into_view();
    dial.script_with(press, &["0.7".into()]);
    dial.part("prediction").wait_for_text("Where will the next step land?");
    dial.script_with(press, &["1".into()]);
    dial.wait_until("its α", "it.alpha === 1");
    assert!(dial.part("prediction").text().starts_with("Where will"));
    let fit = page.element("gd-fit");
    fit.scroll_into_view();
    fit.script_with(press, &["Just above".into()]);
    fit.wait_until("a run that plays", "it.k > 0");
    fit.script_with(press, &["One point".into()]);
    fit.wait_until("its start", "it.batch === 1 && it.k === 0");
    let _stands = fit.find("button", "Play");
}

/// What the button of one step has set does not stay when that of another is pressed.
fn steps_can_be_tried_in_any_order(page: &Page<'_>) {
    page.open("index.html");
    let race = page.element("gd-race");
    race.scroll_into_view();
    page.settle();
    let step = |name: &str| {
        let click = "const [it, name] = arguments;
            [...it.querySelectorAll('li button')].find((button) => button.textContent === name).click()";
        race.script_with(click, &[name.into()]);
    };
    let other = "it.shadowRoot.querySelector('[data-field=other-alpha]')?.checkVisibility()";
    step("α 0.001 against 1");
    race.wait_until("Adam twice", "it.rules === 'adam,adam' && it.otherAlpha === 1");
    race.wait_until("a slider for the other", &format!("{other} === true"));
    step("Beale, cosine");
    race.wait_until(
        "four rules",
        "it.rules === 'gd,momentum,rmsprop,adam' && it.loss === 'beale' && it.schedule === 'cosine' && it.otherAlpha === 'same'",
    );
    race.wait_until("no other to slide", &format!("!{other}"));
    step("Newton in the ravine");
    step("Each at its best");
    race.wait_until(
        "Rosenbrock",
        "it.loss === 'rosenbrock' && it.fair === 'best' && it.schedule === 'constant'",
    );
    // Where the reader looks is left alone.
    race.script("arguments[0].pause(); arguments[0].beta1 = 0.8; arguments[0].k = 7");
    step("The same α");
    race.wait_until("the same α", "it.fair === 'same' && it.k === 7 && it.beta1 === 0.8");
}

fn another_step_ends_a_prediction(page: &Page<'_>) {
    page.open("index.html");
    let hill = page.element("gd-hill");
    page.settle();
    hill.find("button", "Predict").click();
    hill.part("prediction").wait_for_text("Where will");
    hill.find("button", "Next step").click();
    hill.wait_until("no question", "!it.shadowRoot.querySelector('[part=prediction]').textContent");
}

/// Does every step of every exercise: the step, its buttons and the picture are in view together, and
/// each button does to the figure what it says.
fn try_every_step(page: &Page<'_>) {
    page.open("index.html");
    page.settle_all();
    let exercises = page.script(
        "return document.querySelectorAll('gd-code ~ .try, gd-hill > .try, main .try').length",
    );
    let count = exercises.as_u64().unwrap_or(0);
    assert!(count >= 11, "{count} exercises");
    for index in 0..count {
        let done = page.script_with(
            "const [index] = arguments;
             return (async () => {
               const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
               const exercise = document.querySelectorAll('main .try')[index];
               const figure = exercise.parentElement;
               await figure.ready;
               const picture = () => figure.shadowRoot.querySelector('.stage, .listing, .body').getBoundingClientRect();
               const bar = document.querySelector('.masthead').offsetHeight;
               const faults = [];
               const steps = exercise.querySelectorAll('li');
               const [, next] = exercise.querySelectorAll('.turn button');
               for (const [at, step] of [...steps].entries()) {
                 scrollBy({ top: picture().top - bar, behavior: 'instant' });
                 await frame();
                 const where = `${figure.localName}, step ${at + 1}`;
                 const box = step.getBoundingClientRect();
                 if (step.hidden || !box.height) faults.push(`${where} is not shown`);
                 // The code cell is longer than a screen; its exercise is beside its program.
                 const seen = box.bottom <= innerHeight + 1 && picture().top >= bar - 1;
                 if (!seen && figure.localName !== 'gd-code') faults.push(`${where} ends at ${box.bottom} of ${innerHeight}`);
                 for (const button of step.querySelectorAll('button')) {
                   button.click();
                   await frame();
                   for (const entry of button.dataset.set.split(' ').filter(Boolean)) {
                     const [field, value] = entry.split('=');
                     // A run that plays is past its start.
                     if (field === 'k') continue;
                     const given = figure[field.replace(/-./g, (dash) => dash[1].toUpperCase())];
                     // Points are separated by semicolons.
                     const now = Array.isArray(given?.[0]) ? given.join(';') : String(given);
                     const same = now === value || Number(now) === Number(value) || now === String(value === 'on');
                     if (!same) faults.push(`${where}: ${field} is ${now}, not ${value}`);
                   }
                   if (figure.shadowRoot.querySelector('[part=error]:not([hidden])')?.textContent) faults.push(`${where}: ${figure.shadowRoot.querySelector('[part=error]').textContent}`);
                   figure.pause?.();
                 }
                 next.click();
               }
               return faults;
             })()",
            &[json!(index)],
        );
        assert_eq!(done, json!([]), "exercise {index}");
    }
}

fn every_step_is_tried_beside_its_picture(page: &Page<'_>) {
    try_every_step(page);
}

fn every_step_is_tried_on_a_phone(page: &Page<'_>) {
    try_every_step(page);
}

fn what_comes_first_is_declared(page: &Page<'_>) {
    let figure = page.open_figure("bowl", "");
    let where_is = |id: &str| -> Value {
        figure.script_with(
            "return arguments[0].shadowRoot.getElementById(arguments[1]).closest('.side, .more').className",
            &[id.into()],
        )
    };
    assert_eq!(where_is("alpha"), "side");
    assert_eq!(where_is("steps"), "more");
    figure.script("arguments[0].show = 'steps'");
    figure.wait_until(
        "the steps beside the picture",
        "it.shadowRoot.getElementById('steps').closest('.side') !== null",
    );
    figure.script("arguments[0].hide = 'steps, alpha'");
    figure.wait_until(
        "both hidden",
        "['steps', 'alpha'].every((id) => !it.shadowRoot.getElementById(id).checkVisibility())",
    );
    // Nothing is left of a group whose controls are all hidden.
    figure.script("arguments[0].hide = 'settings view readouts share'");
    figure.wait_until("no row below", "!it.shadowRoot.querySelector('.more').checkVisibility() && !it.shadowRoot.querySelector('.share').checkVisibility()");
}

fn a_list_with_an_unknown_name_says_which_there_are(page: &Page<'_>) {
    let figure = page.open_figure("hill", "&hide=walk,Play");
    let error = figure.part("error");
    error.wait_for_text("hide: this figure has no “Play”; it has transport, runners, settings,");
    assert!(error.text().contains(", play, "), "{}", error.text());
    // A control of another state and a readout have names too.
    figure.script("arguments[0].hide = 'walk,play'; arguments[0].show = 'position'");
    error.wait_until("no complaint", "it.hidden");
}

/// What the reader unfolded stays so while the figure lives.
fn more_stays_open(page: &Page<'_>) {
    let figure = page.open_figure("lab", "");
    let more = "arguments[0].shadowRoot.querySelector('.more')";
    assert_eq!(figure.script(&format!("return {more}.open")), false);
    figure.find("button", "More").click();
    for change in
        ["arguments[0].alpha = 0.9", "arguments[0].loss = 'x^4'", "arguments[0].hide = 'tol'"]
    {
        figure.script(change);
        page.settle();
        assert_eq!(figure.script(&format!("return {more}.open")), true, "after {change}");
    }
}

/// Slides cannot make a frame higher.
fn a_figure_keeps_within_a_height(page: &Page<'_>) {
    for (name, most_px) in [("fit", 480), ("ravine", 420), ("hill", 400), ("lab", 360)] {
        let figure = page.open_figure(name, &format!("&fit={most_px}"));
        figure.wait_until(
            "the figure within its height",
            &format!("document.body.getBoundingClientRect().height <= {most_px}"),
        );
        figure.wait_until("a picture", "it.shadowRoot.querySelector('.stage').clientHeight >= 100");
        assert_eq!(
            page.script("return document.documentElement.scrollHeight > innerHeight"),
            false,
            "{name} scrolls"
        );
        // What unfolds scrolls within the figure.
        figure.find("button", "More").click();
        page.settle();
        figure.wait_until(
            "the same height",
            &format!("document.body.getBoundingClientRect().height <= {most_px}"),
        );
    }
}

/// On a phone most fingers on a figure only want to get past it.
fn a_thumb_that_scrolls_changes_nothing(page: &Page<'_>) {
    for name in ["plane", "ravine", "bowl", "chain"] {
        let figure = page.open_figure(name, "");
        page.script("document.body.style.paddingBlock = '100vh'");
        let before = figure.script("return arguments[0].spec");
        for selector in [".overlay", "input[type=range]"] {
            let target = figure.element(selector);
            target.scroll_into_view();
            let top = page.script("return scrollY");
            target.swipe((0.3, 0.6), (4.0, -160.0));
            page.wait_until("the page to scroll", &format!("scrollY > {top}"));
            page.settle();
            assert_eq!(figure.script("return arguments[0].spec"), before, "{name}: {selector}");
        }
    }
}

fn help_lies_below_the_picture_and_goes(page: &Page<'_>) {
    let figure = page.open_figure("bowl", "");
    figure.element(".overlay").focus();
    page.press("ArrowLeft");
    let help = figure.element(".stage > .help");
    let covers = "return arguments[0].getBoundingClientRect().top < arguments[0].parentElement.getBoundingClientRect().bottom - 1";
    assert_eq!(help.script(covers), false);
    help.wait_until("help", "it.checkVisibility({ opacityProperty: true })");
    page.press("Escape");
    help.wait_until("no help", "!it.checkVisibility({ opacityProperty: true })");
}
