//! Tests of the packages for courses: each page talks to a mock of a course system's interface.

use std::fs::File;
use std::io::Read as _;

use downhill_tests::{Case, Page, case, single_folder};
use serde_json::json;
use zip::ZipArchive;

pub(crate) const CASES: &[Case] = &[
    case!(a_course_learns_what_was_answered),
    case!(a_course_learns_that_a_figure_was_used),
    case!(a_page_of_a_package_works_without_a_course),
];

/// A course system that writes down what it is told; it gives errors where the standard does.
const COURSE: &str = "
    window.calls = [];
    window.values = { 'cmi.core.lesson_status': 'not attempted', 'cmi.interactions._count': '0' };
    let open = false;
    window.API = {
      LMSInitialize(empty) { calls.push('initialize'); if (open || empty !== '') return 'false'; open = true; return 'true'; },
      LMSGetValue(name) { return open ? values[name] ?? '' : ''; },
      LMSSetValue(name, value) {
        const allowed = {
          'cmi.core.lesson_status': /^(passed|completed|failed|incomplete|browsed)$/,
          'cmi.core.score.raw': /^(\\d\\d?|100)$/, 'cmi.core.score.min': /^0$/, 'cmi.core.score.max': /^100$/,
          'cmi.core.session_time': /^\\d{2,4}:\\d\\d:\\d\\d(\\.\\d{1,2})?$/,
        }[name] ?? (/^cmi\\.interactions\\.\\d+\\.(id|result)$/.test(name) ? /^[\\w-]+$/ : /^$/);
        if (!open || typeof value !== 'string' || !allowed.test(value)) { calls.push(`refused ${name} ${value}`); return 'false'; }
        values[name] = value;
        const interaction = name.match(/interactions\\.(\\d+)/);
        if (interaction) values['cmi.interactions._count'] = String(Number(interaction[1]) + 1);
        return 'true';
      },
      LMSCommit(empty) { calls.push('commit'); return String(open && empty === ''); },
      LMSFinish(empty) { calls.push('finish'); const was = open && empty === ''; open = false; return String(was); },
    };";

/// The page in a package.
fn packed(name: &str) -> String {
    let file = single_folder().with_file_name("scorm").join(format!("{name}.zip"));
    let mut package = ZipArchive::new(File::open(file).expect("the site is built")).expect("a zip");
    let mut html = String::new();
    let mut page = package.by_name(&format!("{name}.html")).expect("the page");
    page.read_to_string(&mut html).expect("text");
    html
}

/// Opens the page of a package in a course, in a frame within a frame.
fn open(page: &Page<'_>, name: &str, query: &str) {
    let file = page.site().host_page(&packed(name));
    let between = page.site().host_page(&format!(
        "<!doctype html><title>A player</title><iframe id=frame title=Figure width=700 height=700 src=\"{file}{query}\"></iframe>"
    ));
    page.open_host(&format!(
        "<!doctype html><title>A course</title><script>{COURSE}</script><iframe id=player title=Player width=740 height=740 src=\"{between}\"></iframe>"
    ));
}

fn in_figure(page: &Page<'_>, act: impl FnOnce(&Page<'_>)) {
    page.in_frame("#player", |player| player.in_frame("#frame", act));
}

fn a_course_learns_what_was_answered(page: &Page<'_>) {
    open(page, "quiz", "?question=first-step");
    // The drivers misplace the mouse in a frame within a frame.
    let answer = |choice: u32| {
        in_figure(page, |inside| {
            let quiz = inside.element("gd-quiz");
            quiz.script(&format!(
                "arguments[0].shadowRoot.querySelectorAll('input')[{choice}].click()"
            ));
            quiz.find("button", "Check").script("arguments[0].click()");
        });
    };
    assert_eq!(page.script("return values['cmi.core.lesson_status']"), "incomplete");
    answer(1);
    assert_eq!(
        page.script("return [values['cmi.core.score.raw'], values['cmi.core.lesson_status']]"),
        json!(["0", "incomplete"])
    );
    answer(0);
    let told = "return ['core.score.raw', 'core.score.max', 'core.lesson_status', 'interactions.0.id', 'interactions.0.result', 'interactions.1.result'].map((name) => values[`cmi.${name}`])";
    assert_eq!(page.script(told), json!(["50", "100", "passed", "first-step", "wrong", "correct"]));
    page.script("document.querySelector('#player').remove()");
    page.wait_until("the end", "calls.at(-1) === 'finish'");
    assert_eq!(page.script("return calls.filter((call) => call.startsWith('refused'))"), json!([]));
    assert_eq!(page.script("return 'cmi.core.session_time' in values"), true);
}

fn a_course_learns_that_a_figure_was_used(page: &Page<'_>) {
    open(page, "bowl", "?alpha=0.1");
    let status = "return values['cmi.core.lesson_status']";
    in_figure(page, |inside| {
        let bowl = inside.element("gd-bowl");
        // Not by the reader.
        bowl.script("arguments[0].seek(25)");
        bowl.script("arguments[0].reset()");
    });
    assert_eq!(page.script(status), "incomplete");
    in_figure(page, |inside| {
        let bowl = inside.element("gd-bowl");
        bowl.script(
            "dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' })); arguments[0].step(1)",
        );
        bowl.wait_until("the step", "it.snapshot().k === 1");
        bowl.script("arguments[0].set('alpha', 0.2)");
    });
    assert_eq!(page.script(status), "incomplete", "a run that has not ended");
    in_figure(page, |inside| {
        inside.element("gd-bowl").script("arguments[0].seek(1000)");
    });
    page.wait_until("completion", "values['cmi.core.lesson_status'] === 'completed'");
}

fn a_page_of_a_package_works_without_a_course(page: &Page<'_>) {
    page.open_host(&packed("bowl"));
    let bowl = page.element("gd-bowl");
    bowl.find("button", "Step").click();
    page.wait_until("the step", "document.querySelector('gd-bowl').snapshot().k === 1");
}
