//! Figures on other people's pages: in frames, and as tags loaded from the site.

use downhill_tests::{Case, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(two_frames_live_and_report_their_height),
    case!(a_tag_lives_on_another_origin),
    case!(a_frame_takes_its_state_from_the_address),
    case!(the_link_leads_to_the_same_state),
    case!(the_embed_codes_work),
    case!(an_unknown_figure_is_said_to_be_none),
];

const FRAME: &str = "<iframe src=\"SITE/embed.html?figure=ravine&alpha=0.018\" title=\"Figure\" width=\"700\" height=\"500\"></iframe>";

fn two_frames_live_and_report_their_height(page: &Page<'_>) {
    let second = FRAME.replace("0.018", "0.009").replace("<iframe", "<iframe id=second");
    host::open(page, &format!("{}{second}", FRAME.replace("<iframe", "<iframe id=first")));
    for (frame, alpha) in [("#first", "0.018"), ("#second", "0.009")] {
        page.element(frame).scroll_into_view();
        page.in_frame(frame, |inside| {
            // Looked for by what a person sees, because asking the figure for `ready` would start it.
            let field = inside.find("textbox", "Learning rate α, value");
            assert_eq!(field.value(), alpha);
            inside.settle();
            // The drivers of Chromium and WebKit miss with mouse and keyboard in a frame of another origin.
            inside.find("button", "Step").script("arguments[0].click()");
            inside.element("gd-ravine").part("standing").wait_for_text("After 1 iteration");
        });
    }
    page.wait_until("a message from each frame", "new Set(heard.filter(({ name }) => name === 'message').map(({ detail }) => JSON.stringify(detail))).size >= 1");
    page.wait_until(
        "messages from both",
        "heard.filter(({ name }) => name === 'message').length >= 2",
    );
    let site = page.site().address().trim_end_matches('/').to_owned();
    let messages = page.script("return heard.filter(({ name }) => name === 'message')");
    for message in messages.as_array().into_iter().flatten() {
        assert_eq!(message["by"], site.as_str());
        let (context, action) = (&message["detail"]["context"], &message["detail"]["action"]);
        assert_eq!((context, action), (&json!("gd"), &json!("resize")));
        assert!(message["detail"]["height"].as_f64() > Some(300.0), "{message}");
    }
    // The height is the one that leaves nothing to scroll.
    let height =
        page.script("return heard.findLast(({ name }) => name === 'message').detail.height");
    page.script_with(
        "for (const frame of document.querySelectorAll('iframe')) frame.height = arguments[0]",
        &[height],
    );
    page.in_frame("#second", |inside| {
        inside.wait_until(
            "nothing to scroll",
            "document.documentElement.scrollHeight <= innerHeight",
        );
    });
}

fn a_tag_lives_on_another_origin(page: &Page<'_>) {
    host::open(page, "<p>Before</p><gd-bowl alpha=\"0.9\"></gd-bowl><p>After</p>");
    // Found by role and name: nobody asked for `ready`.
    assert_eq!(page.find("textbox", "Learning rate α, value").value(), "0.9");
    let bowl = page.element("gd-bowl");
    bowl.part("regime").wait_for_text("zigzag: ");
    bowl.find("button", "Step").click();
    bowl.part("readouts").wait_for_text("x₁ −4");
    assert_ne!(page.script("return location.origin"), page.site().address().trim_end_matches('/'));
    assert!(page.take_errors().is_empty());
}

fn a_frame_takes_its_state_from_the_address(page: &Page<'_>) {
    page.open("embed.html?figure=ravine&kappa=20&alpha=0.05&beta=0.5&start=2.5,-1&fair=same&steps=40&k=7&scale=linear&theme=dark");
    let ravine = page.element("gd-ravine");
    let spec = ravine.script(
        "const { kappa, alpha, beta, start, fair, steps, scale, theme } = arguments[0].spec;
         return [kappa, alpha, beta, start, fair, steps, scale, theme, arguments[0].snapshot().k]",
    );
    assert_eq!(spec, json!([20, 0.05, 0.5, [2.5, -1], "same", 40, "linear", "dark", 7]));
    assert_eq!(ravine.find("slider", "Iteration k").value(), "7");
    page.wait_until("the dark theme", "document.documentElement.dataset.theme === 'dark'");
    let ink = ravine.find("button", "Step").script("return getComputedStyle(arguments[0]).color.match(/[\\d.]+/g).slice(0, 3).every((part) => part > 150)");
    assert_eq!(ink, true, "the words are as dark as by day");
    page.open("embed.html?figure=bowl&hide=share,settings");
    let bowl = page.element("gd-bowl");
    let _there = bowl.find("button", "Step");
    assert!(
        !page.has("button", "Embed") && !page.has("slider", "Learning rate α"),
        "hidden things are seen"
    );
}

fn the_link_leads_to_the_same_state(page: &Page<'_>) {
    page.open("index.html");
    let bowl = page.element("[aria-labelledby=one-dial] gd-bowl");
    bowl.find("textbox", "Learning rate α, value").fill("0.85");
    bowl.find("textbox", "Start x₀").fill("-2.5");
    bowl.find("textbox", "Iteration k, value").fill("4");
    bowl.wait_until("iteration 4", "it.snapshot().k === 4");
    bowl.find("button", "Link to this state").click();
    let link = bowl.find("textbox", "Link to this state").value();
    let path = link.strip_prefix(page.site().address()).expect("a link to the site").to_owned();
    assert!(path.starts_with("embed.html?figure=bowl"), "{path}");
    let told = bowl.script("const { spec, runs } = arguments[0].snapshot(); return [spec, runs]");
    page.open(&path);
    let again = page
        .element("gd-bowl")
        .script("const { spec, runs } = arguments[0].snapshot(); return [spec, runs]");
    assert_eq!(again, told);
}

fn the_embed_codes_work(page: &Page<'_>) {
    page.open("index.html");
    let ravine = page.element("gd-ravine");
    ravine.find("textbox", "Momentum β, value").fill("0.5");
    let embed = ravine.find("button", "Embed");
    embed.scroll_into_view();
    page.settle();
    embed.click();
    let frame = ravine.find("textbox", "As a frame").value();
    let tag = ravine.find("textbox", "As a tag").value();
    page.open_host(&format!("<!doctype html><title>A host</title>{frame}"));
    page.in_frame("iframe", |inside| {
        assert_eq!(inside.find("textbox", "Momentum β, value").value(), "0.5");
    });
    page.open_host(&format!("<!doctype html><title>A host</title>{tag}"));
    assert_eq!(page.find("textbox", "Momentum β, value").value(), "0.5");
}

fn an_unknown_figure_is_said_to_be_none(page: &Page<'_>) {
    for (query, named) in [
        ("?figure=basin", "“basin”"),
        ("", "“”"),
        ("?figure=%3Cimg%20src=x%20onerror=alert(1)%3E", "“<img src=x onerror=alert(1)>”"),
    ] {
        page.open(&format!("embed.html{query}"));
        let line = page.element("[role=alert]");
        line.wait_for_text(named);
        line.wait_for_text("choose one of hill, bowl, scrubber, lab, fit,");
        assert_eq!(page.script("return document.images.length"), 0);
    }
}
