//! Tests of the pages in one file: opened from the disk, in sandboxed frames, and without scripts.

use std::fs;

use downhill_figures::NAMES;
use downhill_tests::{Case, Engine, Page, case, single_folder};
use serde_json::json;

pub(crate) const CASES: &[Case] = &[
    case!(every_figure_lives_from_the_disk),
    case!(parameters_are_those_of_a_frame),
    case!(a_sandboxed_frame_lives),
    case!(a_page_without_an_address_lives),
    case!(python_runs_from_the_disk),
    case!(without_scripts_there_is_a_sentence),
    case!(the_lesson_lives_from_the_disk),
    case!(the_lesson_lives_in_a_sandbox),
    case!(the_lesson_fits_a_phone),
    case!(the_lesson_shows_one_figure_alone),
    case!(the_lesson_can_be_read_without_scripts),
    case!(nothing_in_them_points_anywhere).only(Engine::Chromium),
    case!(they_are_small).only(Engine::Chromium),
];

/// What the page has asked of any server.
const ASKED: &str = "return performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !/^(data|blob):/.test(name))";

fn every_figure_lives_from_the_disk(page: &Page<'_>) {
    for name in NAMES {
        page.open_single(&format!("{name}.html"));
        let figure = page.element(&format!("gd-{name}"));
        assert_eq!(figure.script("return arguments[0].snapshot().figure"), *name);
        figure.wait_until("the figure in the place of its still", "it.querySelector('img').naturalWidth > 0 && !it.querySelector('img').checkVisibility()");
        assert_eq!(page.script(ASKED), json!([]), "{name}");
    }
    page.open_single("quiz.html?question=first-step");
    let quiz = page.element("gd-quiz");
    let _check = quiz.find("button", "Check");
    assert_eq!(page.script(ASKED), json!([]));
}

fn parameters_are_those_of_a_frame(page: &Page<'_>) {
    page.open_single("bowl.html?alpha=0.7&start=2&k=3&theme=dark");
    let bowl = page.element("gd-bowl");
    let spec = "const { alpha, start, theme } = arguments[0].spec; return [alpha, start, theme, arguments[0].snapshot().k]";
    assert_eq!(bowl.script(spec), json!([0.7, 2, "dark", 3]));
    bowl.part("regime").wait_for_text("zigzag");
    assert_eq!(page.script("return document.documentElement.dataset.theme"), "dark");
    // Formulas are read here too, and what is shown leads back to this file.
    bowl.find("button", "Step").click();
    page.open_single("bowl.html?figure=bowl&loss=x%5E4%20%2B%20x&aplha=0.1");
    let bowl = page.element("gd-bowl");
    assert_eq!(bowl.script("return arguments[0].spec.loss"), "x^4 + x");
    bowl.find("textbox", "Loss f(x)").scroll_into_view();
    bowl.wait_until("the formula, typeset", "!!it.shadowRoot.querySelector('math msup')");
    bowl.part("error").wait_for_text("aplha");
    bowl.find("button", "Link to this state").click();
    let link = page.script("return document.querySelector('gd-bowl').shadowRoot.querySelector('textarea[readonly]').value");
    let link = link.as_str().expect("a link");
    assert!(link.starts_with("file:///") && link.contains("/bowl.html?loss=x%5E4"), "{link}");
    page.open_single("bowl.html?figure=hill");
    let said = page.script("return document.querySelector('.error').textContent");
    assert!(said.as_str().is_some_and(|said| said.contains("choose one of bowl")), "{said}");
}

/// A figure in `#frame` reacts, and tells its height to the page around.
fn assert_it_lives(page: &Page<'_>, told: &str) {
    page.in_frame("#frame", |inside| {
        let field = inside.find("textbox", "Learning rate α, value");
        field.wait_until("α as given", "it.value === '0.9'");
        inside.find("button", "Step").script("arguments[0].click()");
        inside.element("gd-bowl").part("readouts").wait_for_text("x₁ −4");
    });
    page.wait_until("the height", told);
}

const HEAR: &str = "<script>addEventListener('message', ({ data }) => { if (data?.context === 'gd') window.height = data.height; })</script>";

fn a_sandboxed_frame_lives(page: &Page<'_>) {
    let file = format!("{}bowl.html?alpha=0.9", page.site().host_address());
    page.open_host(&format!(
        "<!doctype html><title>A host</title>{HEAR}<iframe id=frame title=Figure sandbox=allow-scripts width=700 height=600 src=\"{file}\"></iframe>"
    ));
    assert_it_lives(page, "window.height > 300");
}

fn a_page_without_an_address_lives(page: &Page<'_>) {
    let html = fs::read_to_string(single_folder().join("bowl.html")).expect("the page");
    page.open_host(&format!(
        "<!doctype html><title>A host</title>{HEAR}<iframe id=frame title=Figure sandbox=allow-scripts width=700 height=600></iframe>"
    ));
    page.script_with("document.querySelector('#frame').srcdoc = arguments[0]", &[html.into()]);
    page.in_frame("#frame", |inside| {
        let bowl = inside.element("gd-bowl");
        bowl.script("arguments[0].set('alpha', 0.9)");
    });
    assert_it_lives(page, "window.height > 300");
    page.in_frame("#frame", |inside| {
        inside.find("button", "Link to this state").script("arguments[0].click()");
        inside.wait_until(
            "a link by the file's name",
            "document.querySelector('gd-bowl').shadowRoot.querySelector('textarea[readonly]')?.value.startsWith('bowl.html?')",
        );
    });
}

fn python_runs_from_the_disk(page: &Page<'_>) {
    page.open_single("code.html");
    let code = page.element("gd-code");
    code.find("button", "Run").click();
    code.part("readouts").wait_for_text("Your run");
    page.wait_until(
        "its variables",
        "document.querySelector('gd-code').snapshot().data.variables.x !== undefined",
    );
    assert_eq!(page.script(ASKED), json!([]));
}

fn without_scripts_there_is_a_sentence(page: &Page<'_>) {
    // A frame has the policy of its page, and that of the site allows no such pictures.
    crate::host::open(page, "");
    let html = fs::read_to_string(single_folder().join("bowl.html")).expect("the page");
    let said = page.script_with(
        "return new Promise((resolve) => {
           const frame = document.createElement('iframe');
           frame.setAttribute('sandbox', 'allow-same-origin');
           frame.title = 'Without scripts';
           frame.width = 700; frame.height = 600;
           frame.onload = () => {
             const { contentDocument: inside } = frame;
             const line = inside.querySelector('.silent');
             Promise.all(line.getAnimations().map(({ finished }) => finished)).then(() =>
               resolve([line.textContent, line.checkVisibility({ visibilityProperty: true }), inside.querySelector('main > img').naturalWidth]));
           };
           frame.srcdoc = arguments[0];
           document.body.append(frame);
         })",
        &[html.into()],
    );
    assert!(
        said[0].as_str().is_some_and(|said| said.starts_with("This figure has not started.")),
        "{said}"
    );
    assert_eq!(said[1], true);
    assert!(said[2].as_f64().is_some_and(|width| width > 0.0), "the still: {said}");
    // Chromium's, about each script that it did not run, and about the style in a page of this site.
    let _blocked = page.take_errors();
}

/// A dial answers, a question too, the contents lead on, and the theme can be chosen.
fn assert_the_lesson_lives(page: &Page<'_>) {
    let bowl = page.element("gd-bowl:not([hide])");
    bowl.scroll_into_view();
    bowl.find("textbox", "Learning rate α, value").fill("0.9");
    bowl.part("regime").wait_for_text("zigzag");
    let quiz = page.element("gd-quiz#two-walkers");
    quiz.scroll_into_view();
    quiz.find("radio", "At the same place").click();
    quiz.find("button", "Check").click();
    quiz.part("outcome").wait_for_text("Right");
    page.element(".progress span").wait_for_text("1 of 21 questions");
    // A figure further down has its part of the module too.
    let entry = page.find("navigation", "On this page").find("link", "The ravine");
    entry.script("arguments[0].click()");
    page.wait_until(
        "the heading in sight",
        "(({ top, bottom }) => top >= -1 && bottom < innerHeight / 2)(document.getElementById('ravine').getBoundingClientRect())",
    );
    let ravine = page.element("gd-ravine");
    assert_eq!(ravine.script("return arguments[0].snapshot().figure"), "ravine");
    page.script(
        "const select = document.querySelector('#theme'); select.value = 'dark'; select.dispatchEvent(new Event('change'))",
    );
    assert_eq!(page.script("return document.documentElement.dataset.theme"), "dark");
    assert_eq!(page.script(ASKED), json!([]));
}

fn the_lesson_lives_from_the_disk(page: &Page<'_>) {
    page.open_single("lesson.html");
    page.settle();
    let hill = page.element("gd-hill");
    assert_eq!(hill.script("return arguments[0].snapshot().figure"), "hill");
    page.wait_until(
        "all stills",
        "[...document.querySelectorAll('main figure img')].every(({ complete, naturalWidth }) => complete && naturalWidth > 100)",
    );
    assert_the_lesson_lives(page);
    // Python is too large for this file.
    let code = page.element("gd-code");
    code.scroll_into_view();
    let recorded = code.script("return arguments[0].snapshot().data.output");
    code.find("button", "Run").click();
    code.part("readouts").wait_for_text("There is no Python in this file");
    assert_eq!(code.script("return arguments[0].snapshot().data.output"), recorded);
    // What one browser keeps for a file, another test would find.
    page.script("localStorage.clear()");
}

/// There the device keeps nothing.
fn the_lesson_lives_in_a_sandbox(page: &Page<'_>) {
    let file = format!("{}lesson.html", page.site().host_address());
    page.open_host(&format!(
        "<!doctype html><title>A host</title><iframe id=frame title=Lesson sandbox=allow-scripts width=1100 height=700 src=\"{file}\"></iframe>"
    ));
    page.in_frame("#frame", |inside| {
        let bowl = inside.element("gd-bowl:not([hide])");
        bowl.script("arguments[0].scrollIntoView()");
        bowl.script("arguments[0].set('alpha', 0.9)");
        bowl.part("regime").wait_for_text("zigzag");
        let quiz = inside.element("gd-quiz#two-walkers");
        quiz.script("arguments[0].scrollIntoView()");
        quiz.find("radio", "At the same place").script("arguments[0].click()");
        quiz.find("button", "Check").script("arguments[0].click()");
        quiz.part("outcome").wait_for_text("Right");
        inside.script("const select = document.querySelector('#theme'); select.value = 'dark'; select.dispatchEvent(new Event('change'))");
        assert_eq!(inside.script("return document.documentElement.dataset.theme"), "dark");
    });
}

fn the_lesson_fits_a_phone(page: &Page<'_>) {
    // No window of WebKit is as narrow.
    let file = format!("{}lesson.html", page.site().host_address());
    page.open_host(&format!(
        "<!doctype html><title>A host</title><iframe id=frame title=Lesson width=360 height=700 src=\"{file}\"></iframe>"
    ));
    page.in_frame("#frame", |inside| {
        inside.settle();
        let width = inside.script("return document.documentElement.scrollWidth");
        assert!(width.as_u64() <= Some(360), "{width} px");
    });
}

/// To which its prose links, and which its figures give as their address.
fn the_lesson_shows_one_figure_alone(page: &Page<'_>) {
    page.open_single("lesson.html");
    let link = page.script(
        "const [link] = document.querySelectorAll('main a[href^=\"?figure=bowl\"]'); return link.href",
    );
    let link = link.as_str().expect("a link").rsplit_once('/').expect("a file").1.to_owned();
    page.open_single(&link);
    let bowl = page.element("main > gd-bowl");
    assert_eq!(bowl.script("return arguments[0].spec.alpha"), 1.1);
    assert_eq!(page.script("return document.querySelectorAll('gd-hill, nav, section').length"), 0);
    bowl.find("button", "Link to this state").click();
    let given = page.script("return document.querySelector('gd-bowl').shadowRoot.querySelector('textarea[readonly]').value");
    let given = given.as_str().expect("a link");
    assert!(given.contains("/lesson.html?figure=bowl&alpha=1.1"), "{given}");
    page.open_single("lesson.html?figure=quiz&question=first-step");
    let _check = page.element("main > gd-quiz").find("button", "Check");
    page.find("link", "Downhill, a lesson on gradient descent").click();
    page.wait_until("the lesson", "document.querySelectorAll('main section').length > 10");
}

fn the_lesson_can_be_read_without_scripts(page: &Page<'_>) {
    page.open("embed.html?figure=bowl");
    let html = fs::read_to_string(single_folder().join("lesson.html")).expect("the lesson");
    let said = page.script_with(
        "return new Promise((resolve) => {
           const frame = document.createElement('iframe');
           frame.setAttribute('sandbox', 'allow-same-origin');
           frame.title = 'Without scripts';
           frame.width = 1100; frame.height = 600;
           frame.onload = () => {
             const { contentDocument: inside } = frame;
             const text = inside.querySelector('main').textContent;
             const wanted = ['JavaScript is off', 'says what each of them shows', 'One dial', 'The ravine', 'Sources'];
             const images = [...inside.querySelectorAll('main img')];
             resolve([wanted.filter((words) => !text.includes(words)), images.length > 10 && images.every(({ alt }) => alt.length > 40)]);
           };
           frame.srcdoc = arguments[0];
           document.body.append(frame);
         })",
        &[html.into()],
    );
    assert_eq!(said, json!([[], true]));
    // Chromium's, about each script that it did not run, and about the style in a page of this site.
    let _blocked = page.take_errors();
}

/// Nothing outside the data is an address of anything but a namespace, or of a source that a reader may follow.
fn nothing_in_them_points_anywhere(_page: &Page<'_>) {
    let mut pages = 0;
    for file in fs::read_dir(single_folder()).expect("the site is built") {
        let file = file.expect("a file").path();
        let html = fs::read_to_string(&file).expect("text");
        // Packed data may look like anything.
        let (before, rest) = html.split_once("<script type=\"application/gzip\">").expect("data");
        let (_, after) = rest.split_once("</script>").expect("its end");
        let html = format!("{before}{after}");
        pages += 1;
        for (at, _) in html.match_indices("://") {
            let start = html[..at].rfind(['"', '\'', ' ', '`', '(']).map_or(0, |quote| quote + 1);
            let address: String =
                html[start..].chars().take_while(|letter| !"\"'` )".contains(*letter)).collect();
            let is_link = file.ends_with("lesson.html") && html[..start].ends_with("<a href=\"");
            assert!(
                is_link || address.starts_with("http://www.w3.org/"),
                "{}: {address}",
                file.display()
            );
        }
        assert!(html.contains("default-src 'none'"), "{}", file.display());
    }
    assert!(pages > NAMES.len(), "{pages} pages");
}

/// The largest page, in bytes: what a mail or a course takes without complaint.
const LARGEST: u64 = 350_000;

/// The largest page with Python in it.
const LARGEST_CODE: u64 = 600_000;

/// The whole lesson.
const LARGEST_LESSON: u64 = 900_000;

fn they_are_small(_page: &Page<'_>) {
    for name in NAMES.iter().chain(&["code", "quiz", "lesson"]) {
        let most = match *name {
            "code" => LARGEST_CODE,
            "lesson" => LARGEST_LESSON,
            _ => LARGEST,
        };
        let file = fs::metadata(single_folder().join(format!("{name}.html"))).expect("the page");
        assert!(file.len() <= most, "{name}.html has {} B of at most {most} B", file.len());
    }
}
