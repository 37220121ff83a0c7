//! Accessibility: all controls by keyboard, visible focus, accessible names, and announcements.

use downhill_figures::NAMES;
use downhill_tests::{Case, Element, Page, case};
use serde_json::Value;

pub(crate) const CASES: &[Case] = &[
    case!(controls_have_the_names_of_the_contract),
    case!(tab_reaches_every_control_and_is_seen),
    case!(tab_is_seen_in_the_dark).dark(),
    case!(sliders_show_their_focus),
    case!(says_what_a_step_did),
    case!(says_how_a_run_ended),
    case!(says_where_the_marble_was_dropped),
    case!(buttons_work_with_the_keyboard),
];

fn open<'p, 'a>(page: &'p Page<'a>, figure: &str, query: &str) -> Element<'p, 'a> {
    page.open_figure(figure, query)
}

fn controls_have_the_names_of_the_contract(page: &Page<'_>) {
    for &figure in NAMES {
        let element = open(page, figure, "");
        let play = if figure == "hill" { "Release" } else { "Play" };
        // The plane and the chain have nothing to play.
        let (buttons, sliders) = if figure == "plane" {
            (&["Link to this state", "Embed"][..], &["Learning rate α", "Momentum β"])
        } else if figure == "chain" {
            (&["Link to this state", "Embed"][..], &["Depth", "Weight scale"])
        } else {
            (
                &[play, "Step", "Reset", "Link to this state", "Embed"][..],
                &["Learning rate α", "Iteration k"],
            )
        };
        for button in buttons {
            let _there = element.find("button", button);
        }
        for slider in sliders {
            let _there = element.find("slider", slider);
            let _beside = element.find("textbox", &format!("{slider}, value"));
        }
    }
    open(page, "ravine", "");
    for slider in ["Momentum β", "Condition number κ"] {
        let _there = page.find("slider", slider);
        let _beside = page.find("textbox", &format!("{slider}, value"));
    }
}

/// What Tab has to reach, in any order; a group of radio buttons counts once.
const REACHABLE: &str = "
    const named = (element) => element.name && element.type === 'radio' ? `radio ${element.name}` : `${element.localName} ${element.id || element.getAttribute('aria-label') || element.textContent.trim()}`;
    window.focused = () => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at;
    };
    window.focusIsSeen = () => {
      const at = focused(), box = at.getBoundingClientRect();
      const { outlineStyle, outlineWidth } = getComputedStyle(at.type === 'radio' ? at.nextElementSibling : at);
      const marked = at.type === 'range' || outlineStyle === 'auto' || outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1.9;
      // An inactive window, such as WebKit's on a display without a window manager, shows no focus.
      return !document.hasFocus() || marked && box.bottom > 0 && box.top < innerHeight || `${outlineStyle} ${outlineWidth} ${box.top} ${box.bottom}`;
    };
    window.nameOfFocused = () => {
      const at = focused();
      if (!at || at === document.body || at === document.documentElement) return null;
      return named(at);
    };
    const inside = [...document.querySelector(arguments[0]).shadowRoot.querySelectorAll('button, input, select, textarea, a[href], [tabindex=\"0\"]')];
    return [...new Set(inside.filter((element) => element.checkVisibility()).map(named))];";

fn tab_through(page: &Page<'_>) {
    for &figure in NAMES {
        open(page, figure, "");
        page.settle();
        page.script_with(
            "document.querySelector(arguments[0]).shadowRoot.querySelector('.more').open = true",
            &[format!("gd-{figure}").into()],
        );
        let wanted = page.script_with(REACHABLE, &[format!("gd-{figure}").into()]);
        let wanted: Vec<String> = wanted
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(String::from)
            .collect();
        assert!(wanted.len() >= 10, "{wanted:?}");
        let mut reached = Vec::new();
        // Once around the page, with some presses to spare for the browser's own stops.
        for _ in 0..wanted.len() + 6 {
            page.press("Tab");
            let Some(name) = page.script("return nameOfFocused()").as_str().map(String::from)
            else {
                continue;
            };
            page.wait_until(&format!("the focus on {name} to be seen"), "focusIsSeen()");
            reached.push(name);
        }
        let missed: Vec<&String> = wanted.iter().filter(|name| !reached.contains(name)).collect();
        assert!(
            missed.is_empty(),
            "Tab does not lead to {missed:?} of {figure}, only to {reached:?}"
        );
    }
}

fn tab_reaches_every_control_and_is_seen(page: &Page<'_>) {
    tab_through(page);
}

fn tab_is_seen_in_the_dark(page: &Page<'_>) {
    tab_through(page);
}

/// A slider's thumb is not an element of its own, so only a screenshot shows its focus ring.
fn sliders_show_their_focus(page: &Page<'_>) {
    let bowl = open(page, "bowl", "");
    for name in ["Learning rate α", "Iteration k"] {
        let slider = bowl.find("slider", name);
        slider.scroll_into_view();
        page.settle();
        let picture = || page.session().screenshot().expect("a picture");
        let before = picture();
        assert!(picture() == before, "the page is not at rest");
        // The number field comes after its slider.
        bowl.find("textbox", &format!("{name}, value")).focus();
        page.press("Shift+Tab");
        page.settle();
        assert!(slider.is_focused());
        // An inactive window, such as WebKit's on a display without a window manager, shows no
        // focus.
        let changed = picture() != before;
        assert!(
            changed || page.script("return document.hasFocus()") == false,
            "the focus on {name} is not to be seen"
        );
        slider.script("arguments[0].blur()");
    }
}

fn live(page: &Page<'_>, words: &str) {
    page.element("[role=status][aria-live=polite]").wait_for_text(words);
}

fn says_what_a_step_did(page: &Page<'_>) {
    open(page, "bowl", "").find("button", "Step").click();
    live(page, "Iteration 1: x = 4, f = 16.");
    page.find("button", "Reset").click();
    live(page, "Back at the start.");
    open(page, "ravine", "").find("button", "Step").click();
    live(page, "After 1 iteration they are level");
}

fn says_how_a_run_ended(page: &Page<'_>) {
    let bowl = open(page, "bowl", "&alpha=3&steps=100");
    bowl.find("textbox", "Iteration k, value").fill("100");
    live(page, "The run diverged at iteration");
    let bowl = open(page, "bowl", "&alpha=0.5");
    bowl.find("button", "Step").click();
    live(page, "The run converged at iteration 1.");
}

fn says_where_the_marble_was_dropped(page: &Page<'_>) {
    let bowl = open(page, "bowl", "");
    bowl.find("application", "The loss as a curve, with the marble at the present iterate").focus();
    page.press("ArrowLeft");
    live(page, "4.");
    page.press("Enter");
    live(page, "Dropped at 4.");
}

fn buttons_work_with_the_keyboard(page: &Page<'_>) {
    let bowl = open(page, "bowl", "");
    bowl.find("button", "Step").focus();
    page.press("Enter");
    bowl.part("readouts").wait_for_text("x₁ 4");
    page.press("Space");
    bowl.part("readouts").wait_for_text("x₂ 3.2");
    bowl.find("button", "Play").focus();
    page.press("Space");
    let pause = bowl.find("button", "Pause");
    assert!(pause.is_focused(), "the button that was pressed keeps the focus");
    page.press("Space");
    let _paused = bowl.find("button", "Play");
}
