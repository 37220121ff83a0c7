//! Tests of the harness: it looks through shadow roots, acts like a person, and notices errors.

use downhill_tests::{Case, Engine, Page, case};

pub(crate) const CASES: &[Case] = &[
    case!(sees_and_acts),
    case!(sees_and_acts_on_a_phone).size(320, 640),
    case!(goes_into_frames),
    case!(notices_errors),
    case!(notices_breaches_of_the_policy),
    case!(notices_what_a_screen_reader_would_miss),
    case!(a_larger_alpha_zigzags),
    case!(fits_a_phone).size(360, 740).dark(),
    case!(the_example_of_the_docs_is_these_two).only(Engine::Chromium),
];

/// A custom element that resembles a figure.
const ELEMENT: &str = "
    <title>A host</title><main><h1>Host</h1><x-knob></x-knob></main>
    <script type=module>
      customElements.define('x-knob', class extends HTMLElement {
        ready = Promise.resolve();
        connectedCallback() {
          const root = this.attachShadow({ mode: 'open' });
          root.innerHTML = `<label>Learning rate <input type=range min=0 max=2 step=0.01 value=0.5></label>
            <label>Exact <input type=number step=any></label> <button>Step</button>
            <canvas tabindex=0 role=img aria-label=Curve width=200 height=100></canvas> <p part=log></p>`;
          const say = (words) => { root.querySelector('[part=log]').textContent += words + ';'; };
          root.querySelector('[type=range]').addEventListener('input', (event) => say('slid ' + event.target.value));
          root.querySelector('[type=number]').addEventListener('change', (event) => say('typed ' + event.target.value));
          root.querySelector('button').addEventListener('click', () => say('stepped'));
          root.querySelector('canvas').addEventListener('pointerdown', (event) => {
            const box = event.target.getBoundingClientRect();
            say(`hit ${((event.clientX - box.left) / box.width).toFixed(2)}`);
          });
          root.addEventListener('keydown', (event) => say(`key ${event.shiftKey ? 'Shift ' : ''}${event.key}`));
        }
      });
    </script>";

fn sees_and_acts(page: &Page<'_>) {
    page.open_host(ELEMENT);
    act(page);
}

fn sees_and_acts_on_a_phone(page: &Page<'_>) {
    page.open_host(ELEMENT);
    assert_eq!(page.script("return innerWidth"), 320);
    act(page);
}

fn act(page: &Page<'_>) {
    let knob = page.element("x-knob");
    let log = knob.part("log");
    knob.find("slider", "Learning rate").drag_to(1.5);
    let value: f64 = page.find("slider", "Learning rate").value().parse().expect("a number");
    assert!((value - 1.5).abs() < 0.06, "the thumb is at {value}");
    log.wait_for_text(&format!("slid {value}"));
    knob.find("spinbutton", "Exact").fill("0.25");
    log.wait_for_text("typed 0.25;");
    knob.find("button", "Step").click();
    log.wait_for_text("stepped;");
    knob.find("img", "Curve").click_at(0.25, 0.5);
    log.wait_for_text("hit 0.25;");
    knob.find("img", "Curve").tap_at(0.75, 0.5);
    log.wait_for_text("hit 0.75;");
    let button = knob.find("button", "Step");
    button.focus();
    assert!(button.is_focused());
    page.press("ArrowRight");
    log.wait_for_text("key ArrowRight;");
    page.press("Shift+Tab");
    assert!(knob.find("spinbutton", "Exact").is_focused());
    page.press("Tab");
    assert!(button.is_focused());
    page.wait_until("the element", "customElements.get('x-knob') !== undefined");
}

fn goes_into_frames(page: &Page<'_>) {
    page.open_host("<title>A host</title><iframe title=Figure src=\"SITE/index.html\" width=600 height=300></iframe>");
    let inner = page.in_frame("iframe", |frame| {
        frame.script("console.error('from inside')");
        frame.script("return location.href")
    });
    assert_eq!(inner, format!("{}index.html", page.site().address()));
    assert!(page.site().take_requests().contains(&"/index.html".into()));
    let errors = page.take_errors();
    assert!(errors.iter().any(|error| error.contains("from inside")), "{errors:?}");
}

fn notices_errors(page: &Page<'_>) {
    page.open_host("<title>A host</title><script>Promise.reject(new Error('late')); throw new Error('early');</script><img src=gone.png alt=''>");
    let mut errors = Vec::new();
    // A rejection counts as unhandled only after the script has ended.
    while !["early", "late", "gone.png"]
        .iter()
        .all(|word| errors.iter().any(|error: &String| error.contains(word)))
    {
        page.wait_until("an error", "window.__collected.length > 0");
        errors.extend(page.take_errors());
    }
}

fn notices_breaches_of_the_policy(page: &Page<'_>) {
    page.open("index.html");
    page.script("document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))");
    page.wait_until("a report", "window.__collected.some((line) => line.startsWith('policy:'))");
    assert!(page.take_errors().iter().any(|error| error.contains("style-src")));
}

fn notices_what_a_screen_reader_would_miss(page: &Page<'_>) {
    page.open_host("<title>A host</title><main><h1>Host</h1><img src=gone.png></main>");
    assert!(page.audit().iter().any(|violation| violation.rule == "image-alt"));
    page.take_errors();
}

// The two cases from the harness's documentation, word for word.
#[rustfmt::skip]
fn a_larger_alpha_zigzags(page: &Page) {
    page.open("embed.html?figure=bowl");
    let bowl = page.element("gd-bowl"); //            the only one, once its `ready` has resolved
    bowl.find("slider", "Learning rate α").drag_to(0.7);
    bowl.part("regime").wait_for_text("zigzag"); //   what a person reads
    bowl.find("button", "Step").click();
    bowl.find("textbox", "Learning rate α, value").fill("0.75");
    page.wait_until("the first step", "document.querySelector('gd-bowl').snapshot().k === 1");
}

#[rustfmt::skip]
fn fits_a_phone(page: &Page) {
    page.open("index.html");
    let width = page.script("return document.documentElement.scrollWidth");
    assert!(width.as_u64() <= Some(360), "{width} px"); // less where a scroll bar takes some
}

fn the_example_of_the_docs_is_these_two(_page: &Page<'_>) {
    let docs: String = include_str!("../src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect();
    for name in ["a_larger_alpha_zigzags", "fits_a_phone"] {
        let of = |text: &str| {
            let (_, body) =
                text.split_once(&format!("fn {name}(page: &Page) {{\n")).expect("the case");
            body.split_once("\n}\n").expect("its end").0.to_owned()
        };
        assert_eq!(of(&docs), of(include_str!("harness.rs")), "{name}");
    }
}
