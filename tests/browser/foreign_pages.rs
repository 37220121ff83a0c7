//! Figures in pages that were not made for them: each case is a fault that a real host has shown.

use downhill_tests::{Case, Engine, Page, case};
use serde_json::{Value, json};

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(a_frame_tells_its_height_in_every_language),
    case!(a_figure_has_a_width_in_any_parent),
    case!(a_page_instead_of_the_style_sheet_is_refused),
    case!(the_next_figure_tries_again),
    case!(keys_that_a_control_uses_stay_inside),
    case!(properties_count_before_the_element_is_in_a_page),
    case!(attributes_of_frameworks_and_trackers_are_not_complained_about),
    case!(a_page_that_cannot_run_scripts_says_so),
    case!(a_link_carries_what_the_reader_made),
    case!(a_printed_page_has_its_hill),
    case!(a_printed_table_stays_in_its_figure).only(Engine::Chromium).size(720, 900),
    // In WebKit the policy's 'self' names nobody in a sandboxed frame, where the figure does not start.
    case!(what_a_frame_may_not_copy_or_save_is_shown_selected).only(Engine::Chromium),
];

/// A host that learns heights in the languages of the others, and greets late.
const LANGUAGES: &str = "
    <iframe id=frame title=Figure width=700 height=300 src='SITE/embed.html?figure=bowl'></iframe>
    <script>
      window.told = { gd: 0 };
      addEventListener('message', ({ data, source }) => {
        if (data?.context === 'gd') told.gd += 1;
        if (data?.type === 'plugin.resize') told.edx = data.payload.height;
        if (typeof data === 'string' && data.startsWith('{')) {
          const { subject, height } = JSON.parse(data);
          if (subject === 'lti.frameResize') told.lti = height;
        }
        // H5P's host answers a greeting, and then expects the height.
        if (data?.context === 'h5p' && data.action === 'hello') source.postMessage({ context: 'h5p', action: 'hello' }, '*');
        if (data?.context === 'h5p' && data.action === 'resize') told.h5p = data.scrollHeight;
        // iframe-resizer names the frame first.
        const said = typeof data === 'string' && data.match(/^\\[iFrameSizer\\]frame:(\\d+):\\d+:\\w+$/);
        if (said) told.resizer = Number(said[1]);
      });
      frame.onload = () => frame.contentWindow.postMessage('[iFrameSizer]frame:8:false:false:32:true:true::bodyOffset', '*');
    </script>";

fn a_frame_tells_its_height_in_every_language(page: &Page<'_>) {
    host::open(page, LANGUAGES);
    page.wait_until(
        "heights in four languages",
        "told.gd && told.edx > 400 && [told.lti, told.h5p, told.resizer].every((height) => height === told.edx)",
    );
    // A listener that comes late asks.
    page.script(
        "told.gd = 0; frame.contentWindow.postMessage({ context: 'gd', action: 'hello' }, '*')",
    );
    page.wait_until("an answer", "told.gd > 0");
    page.script("frame.height = told.edx");
    page.in_frame("#frame", |inside| {
        inside.wait_until(
            "no scroll bar in a frame of that height",
            "getComputedStyle(document.documentElement).overflowY === 'hidden' && document.documentElement.scrollHeight <= innerHeight",
        );
    });
    // Where nobody makes the frame higher, it has to scroll.
    page.script("frame.height = 200");
    page.in_frame("#frame", |inside| {
        inside.wait_until(
            "a frame that scrolls",
            "getComputedStyle(document.documentElement).overflowY !== 'hidden'",
        );
    });
}

fn a_figure_has_a_width_in_any_parent(page: &Page<'_>) {
    let parents = [
        "display: flex",
        "display: inline-flex; flex-direction: column",
        "display: grid; grid-template-columns: auto 1fr",
        "display: grid; justify-items: start",
        "display: table-cell",
        "float: left",
        "position: absolute",
        "width: fit-content",
        "display: inline-block",
    ];
    let body: String = parents
        .map(|style| {
            format!("<div style='{style}'><gd-bowl></gd-bowl></div><p style='clear: both'>")
        })
        .concat();
    host::open(page, &body);
    page.script("return Promise.all([...document.querySelectorAll('gd-bowl')].map((bowl) => bowl.ready)).then(() => true)");
    let widths = page.script(
        "return [...document.querySelectorAll('gd-bowl')].map((bowl) => bowl.getBoundingClientRect().width)",
    );
    for (style, width) in parents.iter().zip(widths.as_array().expect("widths")) {
        let width = width.as_f64().expect("a number");
        assert!((300.0..=1280.0).contains(&width), "{style}: {width}");
    }
    assert_eq!(page.script("return document.documentElement.scrollWidth <= innerWidth"), true);
}

/// Opens a page that gets another answer to its request for the style sheet, until it is healed;
/// returns what its figure says.
fn open_failing(page: &Page<'_>, answer: &str) -> Value {
    let head = format!(
        "<script>
           const real = fetch;
           window.fetch = (asked, ...others) =>
             /figure\\.css/.test(String(asked)) && !window.healed ? {answer} : real(asked, ...others);
         </script>"
    );
    page.open_host(&host::html(&head, "<gd-bowl></gd-bowl>"));
    page.wait_until(
        "a sentence",
        "!!document.querySelector('gd-bowl').shadowRoot?.querySelector('[part=error]')",
    );
    failure(page, 0)
}

fn failure(page: &Page<'_>, which: usize) -> Value {
    page.script(&format!(
        "return document.querySelectorAll('gd-bowl')[{which}].shadowRoot.querySelector('[part=error]')?.textContent"
    ))
}

fn a_page_instead_of_the_style_sheet_is_refused(page: &Page<'_>) {
    let answer = "Promise.resolve(new Response('<!doctype html><p>Home', { headers: { 'content-type': 'text/html' } }))";
    let said = open_failing(page, answer);
    assert_eq!(
        said,
        "This figure stays a still picture: its style sheet could not be loaded (figure.css came as text/html)."
    );
    assert_eq!(page.script("return document.documentElement.scrollHeight < 3000"), true);
}

fn the_next_figure_tries_again(page: &Page<'_>) {
    let answer = "Promise.reject(new TypeError('Failed to fetch'))";
    let said = open_failing(page, answer);
    let said = said.as_str().expect("a sentence");
    assert!(said.contains("its style sheet") && said.contains("connect-src must allow"), "{said}");
    page.script(
        "window.healed = true; document.querySelector('main').append(document.createElement('gd-bowl'))",
    );
    page.wait_until("the second figure", "!!document.querySelectorAll('gd-bowl')[1].snapshot()");
    // The first, put back into the page, does not stack sentences.
    page.script("const bowl = document.querySelector('gd-bowl'); bowl.remove(); return new Promise((done) => setTimeout(() => { document.querySelector('main').append(bowl); done(true); }))");
    page.wait_until(
        "the first figure",
        "[...document.querySelectorAll('gd-bowl')].every((bowl) => bowl.snapshot())",
    );
    assert_eq!([failure(page, 0), failure(page, 1)], ["", ""]);
}

fn keys_that_a_control_uses_stay_inside(page: &Page<'_>) {
    host::open(page, "<gd-bowl></gd-bowl>");
    let bowl = page.element("gd-bowl");
    page.script("window.leaked = []; for (const type of ['keydown', 'keyup']) addEventListener(type, ({ key }) => leaked.push(key))");
    let slider = bowl.find("slider", "Learning rate α");
    slider.focus();
    let before = slider.value();
    page.press("ArrowRight");
    assert_ne!(slider.value(), before, "the slider does not move");
    bowl.find("textbox", "Learning rate α, value").focus();
    page.type_text(".5");
    bowl.find("button", "Step").focus();
    page.press("Space");
    assert_eq!(page.script("return leaked"), json!([]));
    // What the control does not use is the page's.
    bowl.find("button", "Step").focus();
    page.press("ArrowRight");
    assert_eq!(page.script("return leaked"), json!(["ArrowRight", "ArrowRight"]));
}

fn properties_count_before_the_element_is_in_a_page(page: &Page<'_>) {
    host::open(page, "<gd-bowl></gd-bowl>");
    let _first = page.element("gd-bowl");
    // Its class has its properties by now, as in any page that shows one figure before another.
    page.script(
        "const late = document.createElement('gd-bowl');
         Object.assign(late, { k: 30, alpha: 0.05, steps: 60 });
         late.setAttribute('alpha', '0.7');
         late.id = 'late';
         window.changes = [];
         late.addEventListener('gd-change', ({ detail }) => changes.push(detail));
         document.querySelector('main').append(late);",
    );
    page.wait_until("the figure", "!!late.snapshot()");
    assert_eq!(
        page.script("return [late.snapshot().k, late.spec.alpha, late.spec.steps, changes.length]"),
        json!([30, 0.05, 60, 0])
    );
    // Null is the default, whatever the attribute says.
    page.script(
        "const other = document.createElement('gd-bowl');
         other.id = 'other';
         other.setAttribute('alpha', '0.7');
         other.set('alpha', null);
         document.querySelector('main').append(other);",
    );
    page.wait_until("the figure", "!!other.snapshot()");
    assert_eq!(page.script("return other.spec.alpha"), 0.1);
}

fn attributes_of_frameworks_and_trackers_are_not_complained_about(page: &Page<'_>) {
    host::open(
        page,
        "<gd-bowl classname=wide translate=no inert=false spellcheck=false _ngcontent-abc ng-version=19 x-data={} :alpha=1 @gd-step=go v-cloak key=1></gd-bowl>
         <gd-bowl id=wrong aplha=0.2></gd-bowl>",
    );
    page.script("return Promise.all([...document.querySelectorAll('gd-bowl')].map((bowl) => bowl.ready)).then(() => true)");
    let problems = "return [...document.querySelectorAll('gd-bowl')].map((bowl) => bowl.shadowRoot.querySelector('[part~=error]')?.textContent ?? '')";
    let said = page.script(problems);
    assert_eq!(said[0], "");
    assert!(said[1].as_str().is_some_and(|said| said.contains("alpha")), "{said}");
    page.open("embed.html?figure=bowl&alpha=0.2&utm_source=mail&fbclid=IwAR0&_xsrf=2&lti_message=1&aplha=0.3");
    let _bowl = page.element("gd-bowl");
    let said = page.script(problems);
    let said = said[0].as_str().expect("text");
    assert!(said.contains("aplha") && !said.contains("utm") && !said.contains("fbclid"), "{said}");
}

fn a_page_that_cannot_run_scripts_says_so(page: &Page<'_>) {
    page.open("embed.html?figure=bowl");
    let _bowl = page.element("gd-bowl");
    assert_eq!(page.script("return document.querySelector('.silent')"), Value::Null);
    let said = page.script(
        "return new Promise((resolve) => {
           const frame = document.createElement('iframe');
           frame.setAttribute('sandbox', 'allow-same-origin');
           frame.title = 'Without scripts';
           frame.onload = () => {
             const line = frame.contentDocument.querySelector('.silent');
             Promise.all(line.getAnimations().map(({ finished }) => finished)).then(() => resolve([line.checkVisibility({ visibilityProperty: true }), line.textContent]));
           };
           frame.src = 'embed.html?figure=bowl';
           document.body.append(frame);
         })",
    );
    assert_eq!(said[0], true);
    assert!(said[1].as_str().is_some_and(|said| said.starts_with("This figure has not started.")));
    // Chromium's, about each script that it did not run.
    let _blocked = page.take_errors();
}

fn a_link_carries_what_the_reader_made(page: &Page<'_>) {
    let fit = page.open_figure("fit", "");
    fit.script("arguments[0].set('points', '0,1\\n1,2.5\\n3,3.25')");
    fit.find("button", "Link to this state").click();
    let _address = fit.find("textbox", "Link to this state");
    let link = "[...document.querySelector('gd-fit').shadowRoot.querySelectorAll('textarea[readonly]')].at(-1).value";
    let address = page.script(&format!("return {link}"));
    let address = address.as_str().expect("a link").to_owned();
    let (_, path) = address.split_once("embed.html").expect("a figure's page");
    page.open(&format!("embed.html{path}"));
    let fit = page.element("gd-fit");
    assert_eq!(
        fit.script("return arguments[0].snapshot().data.points"),
        json!([[0, 1], [1, 2.5], [3, 3.25]])
    );
    // More than an address carries.
    fit.script("arguments[0].set('points', Array.from({ length: 300 }, (_, i) => `${i / 7},${i / 3}`).join('\\n'))");
    fit.find("button", "Link to this state").click();
    page.wait_until(
        "a sentence",
        "document.querySelector('gd-fit').shadowRoot.querySelector('.shared .hint')?.textContent.includes('too long for an address')",
    );
    let short = page.script(&format!("return {link}.length < 300"));
    assert_eq!(short, true);
}

fn a_printed_page_has_its_hill(page: &Page<'_>) {
    host::open(
        page,
        "<gd-hill></gd-hill><p style='margin-top: 9000px'><gd-quiz name=two-dials></gd-quiz>",
    );
    let _hill = page.element("gd-hill");
    let canvases = "document.querySelector('gd-hill').shadowRoot.querySelectorAll('canvas').length";
    let before = page.script(&format!("return {canvases}"));
    page.script("dispatchEvent(new Event('beforeprint'))");
    let painted = page.script(
        "const hill = document.querySelector('gd-hill').shadowRoot;
         const lit = hill.querySelector('canvas.relief:not([hidden])');
         if (!lit) return 'no graphics';
         const copy = lit.nextElementSibling;
         const { data } = copy.getContext('2d').getImageData(0, 0, copy.width, copy.height);
         return data.some((value, index) => index % 4 === 3 && value > 0) ? 'painted' : 'blank';",
    );
    assert_ne!(painted, "blank");
    let quiz = page.script(
        "return document.querySelector('gd-quiz').shadowRoot.querySelector('slot').textContent",
    );
    assert!(quiz.as_str().is_some_and(|said| said.contains("gd-quiz")), "{quiz}");
    page.script("dispatchEvent(new Event('afterprint'))");
    assert_eq!(page.script(&format!("return {canvases}")), before);
}

/// On paper nothing scrolls: a table is as high as its rows, and no wider than its figure.
fn a_printed_table_stays_in_its_figure(page: &Page<'_>) {
    let print = |media: &str| {
        page.session()
            .devtools("Emulation.setEmulatedMedia", &json!({ "media": media }))
            .expect("another medium");
    };
    for (name, query) in [
        ("scrubber", "&k=20"),
        ("fit", "&model=wx%2Bb&show=table&k=20"),
        ("race", ""),
        ("starts", "&show=table"),
    ] {
        let figure = page.open_figure(name, query);
        figure.wait_until("rows", "it.shadowRoot.querySelectorAll('.table tbody tr').length > 2");
        print("print");
        let out = figure.script(
            "const root = arguments[0].shadowRoot;
             const box = (it) => root.querySelector(it).getBoundingClientRect();
             const [plate, table, head] = [box('.plate'), box('.table table'), box('.table thead th')];
             const row = [...root.querySelectorAll('.table tbody tr')].find((one) => one.offsetHeight).getBoundingClientRect();
             return [table.right - plate.right, table.bottom - plate.bottom, head.bottom - row.top].map((by) => by > 1 ? by : 0)",
        );
        print("");
        assert_eq!(
            out,
            json!([0, 0, 0]),
            "{name}: right of its figure, below it, its head in its rows"
        );
    }
}

fn what_a_frame_may_not_copy_or_save_is_shown_selected(page: &Page<'_>) {
    host::open(
        page,
        "<iframe id=frame title=Figure width=700 height=700 sandbox=allow-scripts src='SITE/embed.html?figure=scrubber'></iframe>",
    );
    // The text is selected in a field that cannot be changed, and a sentence says why.
    let shown = |label: &str, sentence: &str, begins: &str| {
        page.in_frame("#frame", |inside| {
            let _scrubber = inside.element("gd-scrubber");
            let root = "document.querySelector('gd-scrubber').shadowRoot";
            inside.script(&format!(
                "[...{root}.querySelectorAll('button')].find((button) => button.textContent === '{label}').click()"
            ));
            inside.wait_until(
                "the sentence",
                &format!("{root}.querySelector('.shared .hint')?.textContent.startsWith('{sentence}') === true"),
            );
            inside.wait_until(
                "the text, selected",
                &format!(
                    "(() => {{ const area = {root}.activeElement; return area?.localName === 'textarea' && area.readOnly
                      && area.value.startsWith('{begins}') && area.selectionStart === 0 && area.selectionEnd === area.value.length; }})()"
                ),
            );
        });
    };
    shown(
        "Download CSV",
        "If no file was saved, the page around this figure does not allow it.",
        "run,k,x",
    );
    shown("Copy as CSV", "Copying was not allowed. The text is selected", "run,k,x");
    // The browser's own complaints.
    let _blocked = page.take_errors();
}
