//! Tests for everyone: keyboards, screen readers, forced colours, less motion.

use downhill_figures::NAMES;
use downhill_tests::{Case, Engine, Page, case};
use serde_json::{Value, json};

pub(crate) const CASES: &[Case] = &[
    case!(no_button_drops_the_focus).only(Engine::Chromium),
    case!(there_is_a_way_past_each_figure),
    case!(panes_say_what_they_show),
    case!(the_cross_hair_speaks_the_loss),
    case!(marbles_are_chosen_by_key),
    case!(nothing_starts_by_itself_with_reduced_motion).reduced_motion(),
    case!(states_are_accessible).only(Engine::Chromium),
    case!(states_are_accessible_in_forced_colours).forced_colors(),
    case!(the_lesson_is_accessible_in_forced_colours).forced_colors(),
    case!(states_are_seen_in_forced_colours).forced_colors(),
    case!(states_are_seen_in_dark_forced_colours).forced_colors().dark(),
];

/// Functions for the scripts below: a figure's shadow root, what has the focus, and two frames.
const HELPERS: &str = "
  window.inFigure = (name) => document.querySelector(`gd-${name}`).shadowRoot;
  window.focused = () => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at === document.body || at === document.documentElement ? null : at;
  };
  window.frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));";

fn open(page: &Page<'_>, figure: &str, query: &str) {
    page.open_figure(figure, query);
    page.settle();
    page.script(HELPERS);
    page.script_with("inFigure(arguments[0]).querySelector('.more').open = true", &[figure.into()]);
}

/// Presses each button of each figure, also those that appear after others were pressed.
fn no_button_drops_the_focus(page: &Page<'_>) {
    for &figure in NAMES {
        open(page, figure, "");
        let mut pressed = Vec::new();
        loop {
            // Downloading would leave the page.
            let next = page.script_with(
                "const [figure, pressed] = arguments;
                 const next = [...inFigure(figure).querySelectorAll('button')].find((it) =>
                   it.checkVisibility() && !/skip/.test(it.className) && it.id !== 'download-csv' && !pressed.includes(it.id || it.textContent));
                 next?.focus();
                 return next ? next.id || next.textContent : null;",
                &[figure.into(), json!(pressed)],
            );
            let Some(name) = next.as_str().map(String::from) else { break };
            page.press("Enter");
            let kept = page.script("return frames().then(() => focused() !== null)");
            assert_eq!(kept, true, "{name} of {figure} drops the focus");
            pressed.push(name);
        }
        assert!(pressed.len() >= 3, "{figure}: {pressed:?}");
    }
}

fn there_is_a_way_past_each_figure(page: &Page<'_>) {
    for &figure in NAMES {
        open(page, figure, "");
        page.press("Tab");
        let skip = page.find("button", "Skip this figure");
        assert!(skip.is_focused(), "{figure} does not begin with a way past it");
        page.press("Enter");
        page.press("Tab");
        let inside = page.script_with(
            "return inFigure(arguments[0]).activeElement?.outerHTML ?? null",
            &[figure.into()],
        );
        assert_eq!(inside, Value::Null, "{figure}: the next stop is still inside");
    }
}

/// The description of a figure's first pane, as a screen reader reads it.
fn described(page: &Page<'_>, figure: &str) -> String {
    let text = page.script_with(
        "const inside = inFigure(arguments[0]);
         const ids = inside.querySelector('.overlay').getAttribute('aria-describedby').split(' ');
         return frames().then(() => ids.map((id) => inside.getElementById(id).textContent).join(' '));",
        &[figure.into()],
    );
    text.as_str().unwrap_or_default().to_owned()
}

fn panes_say_what_they_show(page: &Page<'_>) {
    for &figure in NAMES {
        open(page, figure, "");
        let before = described(page, figure);
        let still = page.script_with(
            "return inFigure(arguments[0]).querySelector('.help').textContent",
            &[figure.into()],
        );
        let help = still.as_str().unwrap_or_default();
        assert!(before.len() > help.len() + 10, "{figure} describes nothing: {before}");
        // What can be stepped, stepped on; the others through a setting.
        let act = match figure {
            "plane" => "alpha = 0.001",
            "chain" => "depth = 7",
            _ => "seek(3)",
        };
        page.script(&format!("document.querySelector('gd-{figure}').{act}"));
        page.wait_until(
            &format!("the description of {figure} to follow"),
            &format!(
                "inFigure('{figure}').getElementById('now').textContent !== {}",
                json!(before.strip_suffix(help).unwrap_or(&before).trim())
            ),
        );
    }
    open(page, "bowl", "");
    page.find("button", "Step").click();
    page.wait_until(
        "x₁ in words",
        "inFigure('bowl').getElementById('now').textContent.includes('x = 4, f = 16')",
    );
}

fn the_cross_hair_speaks_the_loss(page: &Page<'_>) {
    for figure in ["bowl", "ravine", "starts", "race"] {
        open(page, figure, "");
        page.script_with(
            "inFigure(arguments[0]).querySelector('.overlay').focus()",
            &[figure.into()],
        );
        page.press("ArrowLeft");
        page.element("[role=status]").wait_for_text("f = ");
    }
}

fn marbles_are_chosen_by_key(page: &Page<'_>) {
    open(page, "hill", "");
    page.script("inFigure('hill').querySelector('.table').focus()");
    page.press("ArrowDown");
    let second = "inFigure('hill').querySelector('tr[aria-current] th')?.textContent === '2'";
    page.wait_until("the second marble's row", second);
    page.element("[role=status]").wait_for_text("Marble 2 at iteration");
    page.press("Home");
    page.element("[role=status]").wait_for_text("Marble 1 at iteration");
}

fn nothing_starts_by_itself_with_reduced_motion(page: &Page<'_>) {
    open(page, "hill", "&autoplay=on");
    let last = page.script("return document.querySelector('gd-hill').snapshot().k");
    assert!(last.as_u64() > Some(0), "the end is shown instead: {last}");
    let _still = page.find("button", "Release");
    // A button of an exercise that plays shows the end of its run.
    page.open("index.html");
    let playing = page.script(
        "const button = document.querySelector('.try button[data-play]');
         const figure = button.closest('.try').parentElement;
         return customElements.whenDefined(figure.localName).then(() => figure.ready).then(() => {
           button.click();
           return new Promise((done) => figure.addEventListener('gd-step', () => done(figure.shadowRoot.querySelector('#play').dataset.action)));
         });",
    );
    assert_eq!(playing, "play", "it waits to be played");
}

/// axe in the states that a figure is taken through.
fn audit_states(page: &Page<'_>) {
    for &figure in NAMES {
        open(page, figure, "");
        page.assert_accessible();
        if !["plane", "chain"].contains(&figure) {
            page.script_with(
                "const it = document.querySelector(`gd-${arguments[0]}`); it.step(2); it.play();",
                &[figure.into()],
            );
            page.script("return frames()");
            page.assert_accessible();
            page.script_with(
                "inFigure(arguments[0]).querySelector('#predict')?.click(); inFigure(arguments[0]).querySelector('#embed').click()",
                &[figure.into()],
            );
            let _open = page.find("button", "Close");
            page.assert_accessible();
        }
    }
    open(page, "hill", "&blindfold=on");
    page.assert_accessible();
}

fn states_are_accessible(page: &Page<'_>) {
    audit_states(page);
}

fn states_are_accessible_in_forced_colours(page: &Page<'_>) {
    audit_states(page);
}

fn the_lesson_is_accessible_in_forced_colours(page: &Page<'_>) {
    page.open("index.html");
    page.settle_all();
    page.assert_accessible();
}

fn states_are_seen_in_forced_colours(page: &Page<'_>) {
    assert_states_seen(page);
}

fn states_are_seen_in_dark_forced_colours(page: &Page<'_>) {
    assert_states_seen(page);
}

/// What a state looks like has to differ in computed colours, which are the reader's own.
fn assert_states_seen(page: &Page<'_>) {
    assert!(page.screen().forced_colors);
    open(page, "race", "&k=last");
    assert_eq!(page.script("return matchMedia('(forced-colors: active)').matches"), true);
    let colours = page.script(
        "const inside = inFigure('race');
         const look = (selector, pseudo) => getComputedStyle(inside.querySelector(selector), pseudo).backgroundColor;
         const text = (selector) => getComputedStyle(inside.querySelector(selector)).color;
         return {
           pressed: [look('.toggle[aria-pressed=true]'), look('.toggle[aria-pressed=false]')],
           chosen: [look('.segments input:checked + span'), look('.segments input:not(:checked) + span')],
           disabled: [text('.button[aria-disabled]'), text('#reset')],
           track: [look('.track:not([data-bands])', '::before'), look('.body')],
           row: [look('tr[aria-current]'), look('tr[data-k]:not([aria-current])')],
           stage: [look('.stage'), look('.body')],
         };",
    );
    let colours = colours.as_object().expect("an object");
    for (state, [on, off]) in colours.iter().map(|(state, pair)| (state, [&pair[0], &pair[1]])) {
        // The drawing's ground may be that of the reader.
        assert!(on != off || state == "stage", "{state} looks the same: {on}");
    }
    let ground = colours["stage"][0].as_str().unwrap_or_default();
    assert!(!ground.starts_with("rgba(0, 0, 0, 0)"), "drawings have no ground of their own");
}
