//! Every snippet of `docs/embedding.md` and README.md, in a host page.

use downhill_tests::{Case, Engine, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(html_of_the_guide_works),
    case!(html_of_the_readme_works),
    case!(the_listener_makes_frames_fit),
    case!(policies_of_the_guide_suffice),
    case!(the_script_of_the_guide_hears_the_outcome),
    case!(slides_open_at_a_figure).only(Engine::Chromium),
    case!(slides_of_the_guide_turn).only(Engine::Chromium),
];

const GUIDE: &str = include_str!("../../docs/embedding.md");
const README: &str = include_str!("../../README.md");

/// The fenced blocks of a language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    let blocks = text.split(&*fence).skip(1);
    blocks.filter_map(|rest| rest.split_once("\n```").map(|(block, _)| block)).collect()
}

/// A snippet with the address of the site that is tested.
fn here(snippet: &str) -> String {
    snippet.replace("https://your.host/downhill/", "SITE/").replace("\"/downhill/", "\"SITE/")
}

/// Opens each snippet and waits until its figures are alive and have nothing to complain about.
#[track_caller]
fn try_all(page: &Page<'_>, snippets: &[&str]) {
    for snippet in snippets.iter().filter(|snippet| !snippet.contains("<html")) {
        let mut html = here(snippet);
        // One snippet assumes the script of the one before.
        if !html.contains("<script") && html.contains("<gd-") {
            html =
                format!("<script type=\"module\" src=\"SITE/elements/define.js\"></script>{html}");
        }
        host::open(page, &html);
        let figures = page.script(
            "const figures = [...document.querySelectorAll('*')].filter(({ localName }) => localName.startsWith('gd-'));
             return Promise.all(figures.map((figure) => figure.ready)).then((all) => all.map(({ shadowRoot }) => shadowRoot.querySelector('[part~=error]')?.textContent ?? ''))",
        );
        let figures = figures.as_array().cloned().unwrap_or_default();
        assert!(figures.iter().all(|said| said == ""), "{snippet}: {figures:?}");
        let frames = page.elements("iframe");
        for frame in &frames {
            frame.scroll_into_view();
        }
        if !frames.is_empty() {
            page.wait_until(
                "a height from the frame",
                "heard.some(({ detail }) => detail?.height > 300)",
            );
        }
        assert!(figures.len() + frames.len() > 0, "nothing to see: {snippet}");
    }
}

fn html_of_the_guide_works(page: &Page<'_>) {
    let snippets = blocks(GUIDE, "html");
    assert!(snippets.len() > 5);
    try_all(page, &snippets);
}

fn html_of_the_readme_works(page: &Page<'_>) {
    let snippets = blocks(README, "html");
    assert!(snippets.len() > 2);
    try_all(page, &snippets);
}

fn the_listener_makes_frames_fit(page: &Page<'_>) {
    for text in [GUIDE, README] {
        let frame = here(blocks(text, "html")[0]);
        let scripts = blocks(text, "js");
        let listener = scripts.iter().find(|script| script.contains("resize")).expect("a listener");
        host::open(
            page,
            &format!("<div style=\"width: 700px\">{frame}</div><script>{listener}</script>"),
        );
        page.element("iframe").scroll_into_view();
        page.wait_until(
            "a frame as high as it asked",
            "heard.length > 0 && Number(document.querySelector('iframe').height) === heard.at(-1).detail.height",
        );
    }
}

fn policies_of_the_guide_suffice(page: &Page<'_>) {
    let policies = blocks(GUIDE, "csp");
    assert_eq!(policies.len(), 3);
    for policy in policies {
        let site = page.site().address().trim_end_matches('/');
        let policy = policy.replace("https://your.host", site);
        let head = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        let figure = "<script type=\"module\" src=\"SITE/elements/define.js\"></script><gd-starts loss=\"x^2 + 3*y^2\"></gd-starts>";
        let frame = "<iframe title=\"Figure\" src=\"SITE/embed.html?figure=bowl\" width=\"700\" height=\"720\"></iframe>";
        let body = if policy.contains("frame-src") { frame } else { figure };
        let html = format!(
            "<!doctype html><html lang=\"en\"><head>{head}<title>Strict</title></head><body><main><h1>Strict</h1>{body}</main></body></html>"
        );
        if policy.contains("script-src 'self'") {
            // The tests of the site itself run under this one.
            assert_eq!(policy, downhill_tests::POLICY);
            continue;
        }
        page.open_host(&html);
        if policy.contains("frame-src") {
            page.in_frame("iframe", |inside| {
                inside.element("gd-bowl").find("button", "Step").click()
            });
        } else {
            let starts = page.element("gd-starts");
            starts.find("button", "Step").click();
            starts.wait_until("the formula, under the policy", "it.spec.loss === 'x^2 + 3*y^2'");
        }
    }
}

fn the_script_of_the_guide_hears_the_outcome(page: &Page<'_>) {
    let snippets = blocks(GUIDE, "html");
    let snippet = snippets.iter().find(|snippet| snippet.contains("gd-outcome")).expect("a script");
    host::open(page, &here(snippet));
    page.element("#said").wait_for_text("exhausted at iteration 25");
}

/// The slides of the guide as a page.
fn slides(page: &Page<'_>) -> String {
    let snippets = blocks(GUIDE, "html");
    let deck = snippets.iter().find(|snippet| snippet.contains("Reveal")).expect("slides");
    let reveal =
        downhill_tests::installed("reveal.js").unwrap_or_else(|problem| panic!("{problem}"));
    let folder = page.site().host_folder("reveal.js", &reveal);
    here(deck).replace("https://your.host/reveal.js/", &folder)
}

/// Whether all of a figure is on the slide that is shown.
const ON_THE_SLIDE: &str = "(() => { const slide = document.querySelector('.slides > .present').getBoundingClientRect(); const { bottom } = it.getBoundingClientRect(); return bottom <= innerHeight + 1 && slide.width > 0; })()";

fn slides_open_at_a_figure(page: &Page<'_>) {
    page.visit(&format!("{}#/1", page.site().host_page(&slides(page))));
    let bowl = page.element("gd-bowl");
    let _alive = bowl.find("slider", "Learning rate α");
    bowl.wait_until("all of it on the slide", ON_THE_SLIDE);
}

fn slides_of_the_guide_turn(page: &Page<'_>) {
    page.open_host(&slides(page));
    page.wait_until(
        "the first slide",
        "document.querySelector('.slides > .present h2')?.textContent === 'Descent'",
    );
    page.press("ArrowRight");
    let bowl = page.element("gd-bowl");
    let alpha = bowl.find("slider", "Learning rate α");
    let present = "document.querySelector('.slides > .present h2').textContent";
    alpha.focus();
    page.press("ArrowRight");
    bowl.wait_until("another α", "it.spec.alpha > 0.9");
    assert_eq!(page.script(&format!("return {present}")), json!("One dial"));
    // A drag goes where the finger is, though the slide is scaled.
    alpha.drag_to(0.3);
    bowl.part("regime").wait_for_text("monotone");
    bowl.wait_until("all of it on the slide", ON_THE_SLIDE);
    bowl.find("button", "Step").script("arguments[0].blur()");
    page.script("document.activeElement.blur()");
    page.press("ArrowRight");
    page.wait_until("the slide with the frame", &format!("{present} === 'In a frame'"));
    page.in_frame("iframe", |inside| {
        inside.element("gd-ravine").find("button", "Step").script("arguments[0].click()");
        inside.element("gd-ravine").part("standing").wait_for_text("After 1 iteration");
    });
}
