//! Tests of the lesson page: without scripts, table of contents, theme, and reduced motion.

use downhill_tests::{Case, Engine, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(without_scripts_there_are_pictures_and_text),
    case!(the_contents_lead_to_the_sections),
    case!(formulas_keep_their_brackets_in_place),
    case!(the_contents_stay_beside_the_text).size(1280, 600),
    case!(the_contents_unfold_on_a_phone).size(360, 740),
    case!(figures_start_when_they_come_near),
    case!(modules_of_later_figures_come_once_someone_reads),
    case!(sections_far_away_cost_nothing_and_are_there).only(Engine::Chromium),
    case!(the_theme_is_chosen_and_kept),
    case!(figures_follow_the_theme),
    case!(a_step_rolls),
    case!(a_step_jumps_with_reduced_motion).reduced_motion(),
];

fn without_scripts_there_are_pictures_and_text(page: &Page<'_>) {
    host::frame_without_scripts(page);
    let inside = "const inside = document.querySelector('#plain').contentDocument;";
    for picture in 0..3 {
        // Lazy pictures load when they come near.
        page.script(&format!(
            "{inside} inside.querySelectorAll('main figure img')[{picture}].scrollIntoView()"
        ));
        page.wait_until(
            "the picture",
            &format!("(() => {{ {inside} const img = inside.querySelectorAll('main figure img')[{picture}]; return img.complete && img.naturalWidth > 100 && img.getBoundingClientRect().width > 100 && img.alt.length > 40; }})()"),
        );
    }
    let told = page.script(&format!(
        "{inside} const text = inside.querySelector('main').textContent;
         return ['JavaScript is off', 'One dial', '{EVERY_STEP}', 'The ravine'].filter((words) => !text.includes(words))"
    ));
    assert_eq!(told, json!([]));
    assert_eq!(
        page.script(&format!("{inside} return inside.querySelectorAll('math').length > 20")),
        true
    );
    assert_eq!(
        page.script(&format!("{inside} return inside.querySelector('gd-bowl').shadowRoot")),
        json!(null)
    );
    // Chromium logs that it did not run the scripts, which is the point of the test.
    let errors = page.take_errors();
    let other: Vec<&String> = errors.iter().filter(|error| !error.contains("sandboxed")).collect();
    assert!(other.is_empty(), "{other:?}");
}

fn the_contents_lead_to_the_sections(page: &Page<'_>) {
    page.open("index.html");
    page.settle();
    for (link, anchor) in [
        ("The ravine", "ravine"),
        ("Direction and size", "direction-and-size"),
        (EVERY_STEP, "every-step"),
    ] {
        let entry = page.find("navigation", "On this page").find("link", link);
        entry.script("arguments[0].scrollIntoView({ block: 'nearest', behavior: 'instant' })");
        entry.click();
        page.wait_until("the address", &format!("location.hash === '#{anchor}'"));
        page.wait_until(
            "the heading in sight",
            &format!("(({{ top, bottom }}) => top >= 0 && bottom < innerHeight / 2)(document.getElementById('{anchor}').getBoundingClientRect())"),
        );
        page.wait_until("the mark in the contents", &format!("document.querySelector('nav.contents a[href=\"#{anchor}\"]').getAttribute('aria-current') === 'true'"));
    }
    // From another page an anchor leads there too, and stays there when figures come alive.
    page.open("embed.html");
    page.open("index.html#ravine");
    page.settle();
    page.wait_until(
        "the heading in sight",
        "(({ top, bottom }) => top >= -1 && bottom < innerHeight / 2)(document.getElementById('ravine').getBoundingClientRect())",
    );
}

fn the_contents_stay_beside_the_text(page: &Page<'_>) {
    page.open("index.html");
    page.settle();
    page.script("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })");
    page.wait_until(
        "the last entry to be the current one, in sight and above the footer",
        "((boxes) => boxes.every(Boolean) && (([list, entry, footer]) =>
           list.top <= entry.top && entry.bottom <= list.bottom + 1 && list.bottom <= footer.top
         )(boxes.map((node) => node.getBoundingClientRect())))(
           ['nav.contents div', 'nav.contents li:last-child a[aria-current]', 'footer'].map((it) => document.querySelector(it)))",
    );
}

fn formulas_keep_their_brackets_in_place(page: &Page<'_>) {
    page.open("index.html");
    let astray = page.script(
        // Content in closed details has no layout yet.
        "const text = document.createRange();
         const brackets = [...document.querySelectorAll('math mo[stretchy=false]')];
         const astray = brackets.filter((bracket) => {
           text.selectNodeContents(bracket);
           const { left, width } = text.getBoundingClientRect();
           return width > 0 && Math.abs(left - bracket.getBoundingClientRect().left) > 1;
         });
         return [brackets.length > 50, astray.map((bracket) => bracket.parentElement.textContent)]",
    );
    assert_eq!(astray, json!([true, []]));
}

const EVERY_STEP: &str = "Every step, and when to stop";

fn the_contents_unfold_on_a_phone(page: &Page<'_>) {
    page.open("index.html");
    assert!(
        !page.has("link", EVERY_STEP)
            || page.find("button", "On this page").attribute("aria-expanded").as_deref()
                == Some("false")
    );
    let button = page.find("button", "On this page");
    button.click();
    assert_eq!(button.attribute("aria-expanded").as_deref(), Some("true"));
    page.press("Escape");
    assert_eq!(button.attribute("aria-expanded").as_deref(), Some("false"));
    assert!(button.is_focused());
    page.press("Enter");
    assert_eq!(button.attribute("aria-expanded").as_deref(), Some("true"));
    page.find("navigation", "On this page").find("link", EVERY_STEP).click();
    page.wait_until("the address", "location.hash === '#every-step'");
    assert_eq!(button.attribute("aria-expanded").as_deref(), Some("false"));
}

fn figures_start_when_they_come_near(page: &Page<'_>) {
    page.open("index.html");
    assert_eq!(
        page.script("return document.querySelector('gd-ravine').snapshot?.() ?? null"),
        json!(null)
    );
    page.script("document.querySelector('gd-ravine').scrollIntoView({ behavior: 'instant' })");
    page.wait_until(
        "the ravine",
        "document.querySelector('gd-ravine').snapshot?.()?.figure === 'ravine'",
    );
    assert_eq!(
        page.script(
            "return document.querySelector('gd-ravine').querySelector('picture').checkVisibility()"
        ),
        false,
        "the picture is still there"
    );
}

fn modules_of_later_figures_come_once_someone_reads(page: &Page<'_>) {
    page.arrive();
    let modules = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length";
    page.settle();
    let at_first = page.script(&format!("return {modules}")).as_u64().expect("a number");
    page.script("dispatchEvent(new Event('scroll'))");
    page.wait_until("modules of figures further down", &format!("{modules} > {at_first}"));
}

/// A section far from the screen has no layout of its own until someone goes there, finds a word in
/// it, or prints the page.
fn sections_far_away_cost_nothing_and_are_there(page: &Page<'_>) {
    page.arrive();
    let shown =
        "document.querySelector('#reference').checkVisibility({ contentVisibilityAuto: true })";
    assert_eq!(page.script(&format!("return {shown}")), false);
    page.script("location.hash = '#reference'");
    page.wait_until("the section", shown);
    let at_top = "Math.abs(document.querySelector('#reference').getBoundingClientRect().top - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)) < 2";
    page.wait_until("its heading below the bar", at_top);
    page.script("scrollTo({ top: 0, behavior: 'instant' })");
    page.wait_until("the section far away again", &format!("!{shown}"));
    assert_eq!(page.script("return find('Adadelta')"), true, "words are found in it");
    let print = |media: &str| {
        let media = json!({ "media": media });
        page.session().devtools("Emulation.setEmulatedMedia", &media).expect("a medium");
    };
    print("print");
    page.wait_until("everything on paper", shown);
    print("");
}

const GROUND: &str = "getComputedStyle(document.documentElement).backgroundColor.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)";

fn the_theme_is_chosen_and_kept(page: &Page<'_>) {
    page.open("index.html");
    let theme = page.find("combobox", "Theme");
    page.wait_until("a light page", &format!("{GROUND} > 500"));
    theme.choose("dark");
    page.wait_until("a dark page", &format!("{GROUND} < 200"));
    page.open("index.html");
    page.wait_until("a dark page again", &format!("{GROUND} < 200"));
    assert_eq!(page.find("combobox", "Theme").value(), "dark");
    page.find("combobox", "Theme").choose("auto");
    page.wait_until("a light page", &format!("{GROUND} > 500"));
    assert_eq!(page.script("return localStorage.length"), 0);
}

fn figures_follow_the_theme(page: &Page<'_>) {
    page.open("index.html");
    let bowl = page.element("gd-bowl#one-dial-figure");
    bowl.scroll_into_view();
    page.settle();
    let picture = || bowl.element("canvas.static-layer").script("return arguments[0].toDataURL()");
    let light = picture();
    page.find("combobox", "Theme").choose("dark");
    bowl.scroll_into_view();
    page.settle();
    let dark = picture();
    assert_ne!(light, dark);
    page.find("combobox", "Theme").choose("light");
    bowl.scroll_into_view();
    page.settle();
    assert_eq!(picture(), light);
}

/// Whether the marble still moves after the second frame following a step.
fn rolls(page: &Page<'_>) -> bool {
    page.open("embed.html?figure=bowl");
    let bowl = page.element("gd-bowl");
    page.settle();
    let moved = bowl.script(
        "return (async () => {
           const frames = async (n) => { while (n-- > 0) await new Promise(requestAnimationFrame); };
           const canvas = arguments[0].shadowRoot.querySelector('canvas.overlay');
           const before = canvas.toDataURL();
           [...arguments[0].shadowRoot.querySelectorAll('button')].find(({ textContent }) => textContent === 'Step').click();
           await frames(2);
           const soon = canvas.toDataURL();
           await frames(60);
           const late = canvas.toDataURL();
           return [before !== late, soon !== late];
         })()",
    );
    assert_eq!(moved[0], true, "the step is not to be seen");
    moved[1] == true
}

fn a_step_rolls(page: &Page<'_>) {
    assert!(rolls(page), "the marble is there at once");
}

fn a_step_jumps_with_reduced_motion(page: &Page<'_>) {
    assert!(!rolls(page), "the marble rolls");
}
