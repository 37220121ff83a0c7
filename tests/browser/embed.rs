//! Tests of embedding: figures in frames, and as tags loaded from the site.

use downhill_tests::{Case, Page, case, release};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(two_frames_live_and_report_their_height),
    case!(a_tag_works_on_another_origin),
    case!(a_frame_takes_its_state_from_the_address),
    case!(urls_are_read_as_people_write_them),
    case!(duplicate_or_misspelt_parameters_are_reported),
    case!(the_link_leads_to_the_same_state),
    case!(every_field_of_every_figure_round_trips),
    case!(an_unknown_figure_is_reported),
    case!(a_still_comes_before_the_module),
    case!(an_answer_leaves_the_frame),
    case!(all_that_a_page_asks_for_lies_in_its_release),
];

const FRAME: &str = "<iframe src=\"SITE/embed.html?figure=ravine&alpha=0.018\" title=\"Figure\" width=\"700\" height=\"500\"></iframe>";

fn a_still_comes_before_the_module(page: &Page<'_>) {
    let figure = page.open_figure("bowl", "&theme=dark");
    let before = page.script(
        "const began = (end) => performance.getEntriesByType('resource').find(({ name }) => name.endsWith(end)).startTime;
         return began('bowl-dark.svg') <= began('.wasm')",
    );
    assert_eq!(before, true, "the still is asked for first");
    let still = "(() => { const still = it.querySelector('img'); return still.complete && still.naturalWidth > 100 && !still.checkVisibility(); })()";
    figure.wait_until("the still, replaced by the figure", still);
    // Another landscape than the still's, and figures without one.
    for query in ["bowl&loss=x^4", "quiz", "code", "nothing"] {
        page.open(&format!("embed.html?figure={query}"));
        page.settle();
        assert_eq!(
            page.script("return document.querySelector('main img')"),
            json!(null),
            "{query}"
        );
    }
}

/// So that a browser with an old page has the old files, and none of another release.
fn all_that_a_page_asks_for_lies_in_its_release(page: &Page<'_>) {
    let release = format!("/{}/", release());
    let asked = |kept: &[&str]| {
        let asked = page.site().take_requests();
        let (inside, rest): (Vec<_>, Vec<_>) =
            asked.into_iter().partition(|path| path.starts_with(&release));
        assert!(
            inside.len() > 5 && inside.iter().any(|path| path.ends_with(".wasm")),
            "{inside:?}"
        );
        let rest: Vec<_> = rest.iter().filter(|path| !kept.contains(&&***path)).collect();
        assert!(rest.is_empty(), "{rest:?} lie elsewhere");
    };
    page.open("index.html");
    page.settle_all();
    asked(&["/index.html"]);
    let code = page.open_figure("code", "");
    code.find("button", "Run").click();
    code.part("readouts").wait_for_text("The program has ended");
    asked(&["/embed.html"]);
    let race = page.open_figure("race", "");
    race.find("button", "Link to this state").click();
    let _address = race.find("textbox", "Link to this state");
    asked(&["/embed.html"]);
    page.open("bowl.html?loss=x%5E4");
    let _bowl = page.element("gd-bowl");
    asked(&["/bowl.html"]);
    host::open(page, "<gd-bowl></gd-bowl>");
    let _bowl = page.element("gd-bowl");
    asked(&["/elements/define.js"]);
}

fn two_frames_live_and_report_their_height(page: &Page<'_>) {
    let second = FRAME.replace("0.018", "0.009").replace("<iframe", "<iframe id=second");
    host::open(page, &format!("{}{second}", FRAME.replace("<iframe", "<iframe id=first")));
    for (frame, alpha) in [("#first", "0.018"), ("#second", "0.009")] {
        page.element(frame).scroll_into_view();
        page.in_frame(frame, |inside| {
            // Found by role and name, because asking the figure for `ready` would start it.
            let field = inside.find("textbox", "Learning rate α, value");
            assert_eq!(field.value(), alpha);
            inside.settle();
            // The drivers of Chromium and WebKit misplace mouse and keyboard input in a frame of
            // another origin.
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
    for message in messages.as_array().expect("messages") {
        assert_eq!(message["by"], site.as_str());
        let (context, action) = (&message["detail"]["context"], &message["detail"]["action"]);
        assert_eq!((context, action), (&json!("gd"), &json!("resize")));
        assert!(message["detail"]["height"].as_f64() > Some(300.0), "{message}");
    }
    // With the reported height there is nothing to scroll.
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

fn a_tag_works_on_another_origin(page: &Page<'_>) {
    host::open(page, "<p>Before</p><gd-bowl alpha=\"0.9\"></gd-bowl><p>After</p>");
    // Found by role and name, without `ready`.
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

fn urls_are_read_as_people_write_them(page: &Page<'_>) {
    for (query, spec) in [
        // A bare plus is a plus.
        ("figure=hill&loss=x^2+y^2", json!({ "loss": "x^2+y^2" })),
        ("figure=hill&loss=x%5E2%20%2B%20y%5E2", json!({ "loss": "x^2 + y^2" })),
        ("figure=fit&model=wx+b&start=1,-2", json!({ "model": "wx+b", "start": [1, -2] })),
        ("figure=bowl&start=+2", json!({ "start": 2 })),
        // Copied from a page's source, escaped once or twice.
        ("figure=ravine&amp;alpha=0.009&amp;beta=0.5", json!({ "alpha": 0.009, "beta": 0.5 })),
        ("figure=ravine&amp;amp;alpha=0.009&amp;", json!({ "alpha": 0.009, "beta": 0.9 })),
        ("figure=bowl&AMP;alpha=0.3&%20steps%20=7", json!({ "alpha": 0.3, "steps": 7 })),
        ("figure=starts&start=0.5,-1;1,2&basins=off", json!({ "start": [[0.5, -1], [1, 2]] })),
    ] {
        page.open(&format!("embed.html?{query}"));
        let name = query.split_once('=').map_or("", |(_, rest)| rest);
        let name = name.split('&').next().unwrap_or_default();
        let figure = page.element(&format!("gd-{name}"));
        figure.wait_until("it to live", "it.snapshot() !== null");
        for (field, value) in spec.as_object().expect("fields") {
            let now = figure.script_with("return arguments[0].spec[arguments[1]]", &[json!(field)]);
            assert_eq!(now, *value, "{field} of {query}");
        }
        assert_eq!(figure.part("error").text(), "", "{query}");
    }
    // Malformed escapes are left unchanged, and nothing throws.
    page.open("embed.html?figure=bowl&alpha=90%&loss=%zz&start=%ff");
    let error = page.element("gd-bowl").part("error");
    for words in ["“90%”. Write 0.9. 0.1 stays.", "not “%zz”", "start must be a number"] {
        error.wait_for_text(words);
    }
}

fn duplicate_or_misspelt_parameters_are_reported(page: &Page<'_>) {
    page.open("embed.html?figure=bowl&alpha=0.2&alpha=0.3&theme=dark&theme=light&Steps=9");
    let bowl = page.element("gd-bowl");
    for words in [
        "alpha is given twice: “0.2” is used, not “0.3”.",
        "theme is given twice: “dark” is used, not “light”.",
        "This figure has no parameter “Steps”; it has ",
        "Did you mean steps?",
    ] {
        bowl.part("error").wait_for_text(words);
    }
    let spec = bowl
        .script("const { alpha, theme, steps } = arguments[0].spec; return [alpha, theme, steps]");
    assert_eq!(spec, json!([0.2, "dark", 25]));
    page.open("embed.html?figure=code&program=fit&program=adam");
    let cell = page.element("gd-code");
    cell.part("error").wait_for_text("program is given twice: “fit” is used, not “adam”.");
    page.open("embed.html?figure=quiz&question=first-step&question=both-sides");
    let quiz = page.element("gd-quiz");
    quiz.part("error")
        .wait_for_text("question is given twice: “first-step” is used, not “both-sides”.");
    page.open("embed.html?figure=hill&figure=bowl");
    let line = page.element("[role=alert]");
    line.wait_for_text("figure is given twice, as “hill” and “bowl”: an address shows one figure.");
    // A host may set a parameter in two ways; the later one wins without a message.
    host::open(page, "<gd-bowl alpha=\"0.2\"></gd-bowl>");
    let bowl = page.element("gd-bowl");
    bowl.script("const again = document.createElement('gd-bowl'); again.id = 'again'; again.setAttribute('alpha', '0.2'); again.alpha = 0.3; document.querySelector('main').prepend(again)");
    let again = page.element("#again");
    again.wait_until("the property", "it.spec?.alpha === 0.3");
    assert_eq!(again.part("error").text(), "");
}

/// Sets every field of a figure to a value other than its default, using what the figure says is
/// allowed; returns the fields it could not set.
const AWAY: &str = r"
    const figure = arguments[0];
    const texts = ['x^2 + 3*y^2', 'x^2 + (x - 1)^4', '0.25,-0.5;1,0.5', '0.25,-0.5', '0.375', '1.25', '12.5', '7', 'on', 'off', 'cosine:20'];
    const complaints = [];
    figure.addEventListener('gd-error', ({ detail }) => complaints.push(detail));
    const given = (field, text) => {
      complaints.length = 0;
      if (field === 'lang') figure.lang = 'de';
      figure.set(field, text);
      return complaints.find(({ parameter }) => parameter === field);
    };
    const stuck = [];
    for (const [field, value] of Object.entries(figure.spec)) {
      // It would advance while it is inspected.
      if (field === 'autoplay') continue;
      const moved = () => JSON.stringify(figure.spec[field]) !== JSON.stringify(value);
      const all = given(field, 'de')?.message.match(/(?:one|some) of (.*?)(?:, with|, not)/)?.[1].split(', ') ?? [];
      const set = moved() || [...all, ...texts].some((text) => !given(field, text) && moved());
      // A run that ends at its start has no other iteration.
      if (!set && field !== 'k') stuck.push(field);
    }
    return stuck;";

/// Assigns each property its current value and returns those that were refused or changed
/// something.
const BACK: &str = r"
    const figure = arguments[0];
    const complaints = [];
    figure.addEventListener('gd-error', ({ detail }) => complaints.push(detail));
    const state = () => { const { spec, runs, k } = figure.snapshot(); return JSON.stringify([spec, runs, k, figure.points, figure.kept]); };
    const broken = [];
    for (const field of [...Object.keys(figure.spec), 'points', 'kept']) {
      const name = field.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
      if (!(name in figure)) continue;
      const before = state();
      complaints.length = 0;
      figure[name] = figure[name];
      // Attribute changes are handled in a microtask.
      await null;
      if (complaints.length || state() !== before) broken.push([field, ...complaints.map(({ message }) => message)]);
    }
    return broken;";

fn every_field_of_every_figure_round_trips(page: &Page<'_>) {
    const STATE: &str = "const { spec, runs, k } = arguments[0].snapshot(); return [spec, runs, k]";
    let back = format!("return (async () => {{ {BACK} }})()").replace("arguments[0]", "it");
    let back = format!("const it = arguments[0]; {back}");
    page.open("embed.html");
    let line = page.element("[role=alert]").text();
    let names = line.split_once("one of ").map_or("", |(_, names)| names).trim_end_matches('.');
    assert!(names.split(", ").count() > 9, "{line}");
    for name in names.split(", ") {
        page.open(&format!("embed.html?figure={name}&question=first-step"));
        let figure = page.element(&format!("gd-{name}"));
        figure.wait_until("it to live", "it.snapshot() !== null");
        assert_eq!(figure.script(&back), json!([]), "{name} as it begins");
        // A question has only its name.
        if name == "quiz" {
            continue;
        }
        // Once the parser is loaded by the first formula, later values are applied at once.
        figure.script("if ('loss' in arguments[0].spec) arguments[0].loss = 'x^2 + 7'");
        if name == "net" {
            // Its loss is one of two names.
            figure.part("error").wait_for_text("one of mse, logistic");
        } else {
            figure.wait_until("a formula", "['x^2 + 7', undefined].includes(it.spec.loss)");
        }
        assert_eq!(figure.script(AWAY), json!([]), "{name}: fields that no value moves");
        assert_eq!(figure.script(&back), json!([]), "{name} with all fields set");
        if name == "lab" {
            figure.script("arguments[0].shadowRoot.querySelector('[data-action=keep]').click()");
            assert_eq!(figure.script(&back), json!([]), "a kept run");
            figure.script("arguments[0].kept = null");
        }
        // A race at each rule's best α has finished its search.
        const FOUND: &str = "!it.shadowRoot.textContent.includes('Searching each rule')";
        figure.wait_until("an end of the search", FOUND);
        let told = figure.script(STATE);
        figure.find("button", "Link to this state").script("arguments[0].click()");
        let link = figure.find("textbox", "Link to this state").value();
        let path = link.strip_prefix(page.site().address()).expect("a link to the site").to_owned();
        page.open(&path);
        let again = page.element(&format!("gd-{name}"));
        again.wait_until("it to live", "it.snapshot() !== null");
        again.wait_until("an end of the search", FOUND);
        assert_eq!(again.script(STATE), told, "{path}");
    }
}

fn the_link_leads_to_the_same_state(page: &Page<'_>) {
    page.open("index.html");
    let bowl = page.element("gd-bowl#one-dial-figure");
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

fn an_unknown_figure_is_reported(page: &Page<'_>) {
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

fn an_answer_leaves_the_frame(page: &Page<'_>) {
    host::open(
        page,
        "<iframe id=frame title=Question width=700 height=500 src=\"SITE/embed.html?figure=quiz&question=first-step\"></iframe>",
    );
    page.in_frame("#frame", |inside| {
        let quiz = inside.element("gd-quiz");
        quiz.script("arguments[0].shadowRoot.querySelectorAll('input')[1].click()");
        quiz.find("button", "Check").script("arguments[0].click()");
    });
    let answers = "heard.filter(({ detail }) => detail?.action === 'answer')";
    page.wait_until("the answer", &format!("{answers}.length === 1"));
    assert_eq!(
        page.script(&format!("return {answers}[0].detail")),
        json!({ "context": "gd", "action": "answer", "figure": "quiz", "question": "first-step", "correct": false })
    );
}
