//! A host may remove figures from its page at any time, move, copy and restore them: nothing that a
//! removed figure has started reaches it, and where it is put back it comes alive again.

use downhill_figures::NAMES;
use downhill_tests::{Case, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    // Small, because everything is drawn many times.
    case!(every_figure_is_removed_at_every_stage).size(640, 480),
    case!(removed_during_a_drag),
    case!(removed_while_the_page_loads),
    case!(values_set_while_removed_apply_on_return),
    case!(a_question_comes_back_with_its_error),
];

/// The stages of `lifecycle.js`.
const STAGES: [&str; 16] = [
    "in the task that put it in",
    "before its module came",
    "while its module comes",
    "as it becomes ready",
    "when it says that it is ready",
    "around its first picture",
    "while it plays",
    "when it tells a step or a change",
    "while it works something out",
    "while a picture is being made",
    "while something is shared",
    "with its controls still in somebody's hands",
    "only for a moment",
    "and back, again and again",
    "beside its copy",
    "into other documents",
];

fn every_figure_is_removed_at_every_stage(page: &Page<'_>) {
    let script = include_str!("lifecycle.js");
    assert_eq!(script.matches("  async \"").count(), STAGES.len(), "every stage has its turn");
    for stage in STAGES {
        // A fresh page each time, so that modules and styles have to be loaded.
        page.open("embed.html?figure=bowl");
        let define = format!("{}elements/define.js", page.site().address());
        let figures = page.script_with(script, &[stage.into(), define.into()]);
        assert_eq!(figures.as_u64(), Some(NAMES.len() as u64 + 2), "{stage}");
        // The browser's warning that sizes kept changing within a frame, which the test causes; it
        // reaches no figure.
        let mut errors = page.take_errors();
        errors.retain(|error| !error.contains("ResizeObserver loop"));
        assert!(errors.is_empty(), "{stage}: {errors:#?}");
    }
}

/// During the third move of a real drag, and once more while a slider is held.
fn removed_during_a_drag(page: &Page<'_>) {
    for figure in NAMES {
        for held in ["canvas.overlay", "input[type=range]"] {
            page.open(&format!("embed.html?figure={figure}"));
            let element = page.element(&format!("gd-{figure}"));
            let inside = page.elements(held);
            // A race has no slider while it searches for its rates, and some figures have nothing
            // to drag.
            let Some(inside) = inside.first() else { continue };
            element.script(
                "const [figure] = arguments;
                 let movements = 0;
                 window.taken = false;
                 addEventListener('pointermove', ({ buttons }) => {
                   if (!buttons || ++movements !== 3) return;
                   figure.remove();
                   window.taken = true;
                 }, true)",
            );
            inside.scroll_into_view();
            inside.drag_through(&[(0.4, 0.5), (0.45, 0.55), (0.5, 0.5), (0.55, 0.45), (0.6, 0.5)]);
            assert_eq!(page.script("return window.taken"), true, "{figure}: {held}");
            page.script(
                "document.documentElement.dataset.theme = 'dark'; dispatchEvent(new Event('resize'));
                 return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))",
            );
            let errors = page.take_errors();
            assert!(errors.is_empty(), "{figure}: {held}: {errors:#?}");
        }
    }
}

/// Removed as the elements are defined, before anything is fetched, and put back when everything is
/// loaded.
fn removed_while_the_page_loads(page: &Page<'_>) {
    let tags: Vec<String> = NAMES
        .iter()
        .filter(|figure| **figure != "hill")
        .map(|figure| format!("<gd-{figure}></gd-{figure}>"))
        .collect();
    let remove = "<script>
        customElements.whenDefined('gd-bowl').then(() => {
          window.kept = [...document.querySelectorAll('main > *')].filter(({ localName }) => localName.startsWith('gd-'));
          for (const figure of kept) figure.remove();
        });
        </script>";
    page.open_host(&host::html(remove, &tags.concat()));
    page.wait_until("them to be taken out", "window.kept?.length > 0");
    let back = page.script(
        "document.querySelector('main').append(...kept);
         return Promise.all(kept.map(({ ready }) => ready)).then((all) => all.filter((figure) => figure.snapshot()).length)",
    );
    assert_eq!(back.as_u64(), Some(tags.len() as u64));
    assert_eq!(host::heard(page, "gd-ready").len(), tags.len());
}

fn values_set_while_removed_apply_on_return(page: &Page<'_>) {
    host::open(page, "<gd-bowl alpha=\"0.1\" start=\"4\"></gd-bowl>");
    let bowl = page.element("gd-bowl");
    bowl.find("textbox", "Learning rate α, value").fill("0.7");
    bowl.wait_until("the typed value", "it.alpha === 0.7");
    bowl.script("window.kept = arguments[0]; kept.remove(); return Promise.resolve()");
    page.script(
        "kept.setAttribute('alpha', '0.3'); kept.removeAttribute('start'); kept.step(2);
         document.querySelector('main').append(kept)",
    );
    let bowl = page.element("gd-bowl");
    bowl.wait_until("two steps", "it.snapshot()?.k === 2");
    assert_eq!(bowl.script("return [arguments[0].alpha, arguments[0].start]"), json!([0.3, 5]));
}

fn a_question_comes_back_with_its_error(page: &Page<'_>) {
    page.open("embed.html?figure=quiz&question=nowhere");
    let quiz = page.element("gd-quiz");
    for _ in 0..3 {
        quiz.script("arguments[0].remove(); return Promise.resolve().then(() => document.querySelector('main').append(arguments[0]))");
        quiz.script("return arguments[0].ready.then(() => true)");
    }
    let complaints =
        quiz.script("return arguments[0].shadowRoot.querySelectorAll('[role=alert]').length");
    assert_eq!(complaints, 1);
}
