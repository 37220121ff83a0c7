//! The dialog that puts a figure into a page.

use downhill_tests::{Case, Element, Engine, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(the_codes_work_in_the_present_state),
    case!(what_is_unchecked_is_left_out_and_the_height_follows),
    case!(escape_closes_and_the_focus_returns),
    case!(keys_stay_in_the_dialog),
    case!(a_refused_clipboard_leaves_the_text_selected),
    case!(the_present_attributes_are_checked),
    case!(its_script_comes_when_it_is_opened),
    case!(pictures_are_saved_as_they_are_shown),
    case!(works_on_a_phone).size(360, 740),
    case!(is_accessible),
    case!(is_accessible_in_the_dark).dark(),
    case!(is_accessible_in_forced_colours).forced_colors(),
];

const TITLE: &str = "Put this figure into a page";

/// Opens the dialog of a figure.
#[track_caller]
fn open<'p, 'a>(page: &'p Page<'a>, figure: &Element<'p, 'a>) -> Element<'p, 'a> {
    let embed = figure.find("button", "Embed");
    embed.scroll_into_view();
    embed.click();
    page.find("dialog", TITLE)
}

/// The text to copy for a form.
#[track_caller]
fn code(dialog: &Element<'_, '_>, form: &str) -> String {
    dialog.find("radio", form).click();
    let name = if form == "Link" { "Address" } else { "HTML" };
    dialog.find("textbox", name).value()
}

fn the_codes_work_in_the_present_state(page: &Page<'_>) {
    page.open("index.html");
    let ravine = page.element("gd-ravine");
    ravine.find("textbox", "Momentum β, value").fill("0.5");
    ravine.scroll_into_view();
    page.settle();
    let dialog = open(page, &ravine);
    let [frame, tag, file, link] =
        ["Frame", "Tag", "Single file", "Link"].map(|form| code(&dialog, form));
    dialog.find("radio", "Single file").click();
    let saved = dialog.find("link", "Save ravine.html");
    let wanted = format!("{}single/ravine.html", page.site().address());
    assert_eq!(saved.script("return arguments[0].href"), json!(wanted));
    assert!(file.starts_with("<iframe src=\"ravine.html?beta=0.5\" title="), "{file}");
    page.open_host(&format!("<!doctype html><title>A host</title>{frame}"));
    page.in_frame("iframe", |inside| {
        assert_eq!(inside.find("textbox", "Momentum β, value").value(), "0.5");
    });
    page.open_host(&format!("<!doctype html><title>A host</title>{tag}"));
    assert_eq!(page.find("textbox", "Momentum β, value").value(), "0.5");
    page.open(link.strip_prefix(page.site().address()).expect("a link to the site"));
    assert_eq!(page.find("textbox", "Momentum β, value").value(), "0.5");
}

/// The height that the code says, once the preview of this width shows what is checked and has told its own.
#[track_caller]
fn settled(dialog: &Element<'_, '_>, width: u32) -> u64 {
    const SAID: &str = "Number(it.querySelector('textarea').value.match(/ height=\"(\\d+)\"/)[1])";
    dialog.wait_until(
        "a preview that has come to rest",
        &format!(
            "(() => {{
               const page = it.querySelector('iframe').contentDocument;
               const figure = page?.querySelector('gd-bowl');
               const hidden = new URLSearchParams(page?.location.search).get('hide') ?? '';
               const named = new RegExp(hidden ? `hide=${{hidden}}\"` : '^(?!.*hide=)');
               return figure?.spec?.hide === hidden && page.defaultView.innerWidth === {width} && named.test(it.querySelector('textarea').value) &&
                 !page.querySelector('footer').hidden && Math.ceil(page.body.getBoundingClientRect().height) === {SAID};
             }})()"
        ),
    );
    let said = dialog.script(&format!("const it = arguments[0]; return {SAID}"));
    said.as_u64().expect("a height")
}

fn what_is_unchecked_is_left_out_and_the_height_follows(page: &Page<'_>) {
    let bowl = page.open_figure("bowl", "&alpha=0.9");
    let dialog = open(page, &bowl);
    let text = dialog.find("textbox", "HTML");
    dialog.wait_until(
        "a measured height",
        "it.querySelector('.preview').textContent.includes('700 px wide')",
    );
    dialog.find("checkbox", "Links").click();
    dialog.find("checkbox", "Learning rate α").click();
    dialog.find("checkbox", "Predict").click();
    text.wait_until("the names", "it.value.includes('hide=predict,alpha,share')");
    let playback = dialog.find("checkbox", "Playback");
    assert_eq!(
        playback.script("return [arguments[0].checked, arguments[0].indeterminate]"),
        json!([false, true])
    );
    let before = settled(&dialog, 700);
    // A box for several things of which some are checked checks all first.
    for whole in ["Words and numbers", "Settings", "Settings"] {
        dialog.find("checkbox", whole).click();
    }
    text.wait_until(
        "a group by its name",
        "it.value.includes('settings,') && !it.value.includes('alpha,')",
    );
    let wide = settled(&dialog, 700);
    assert!(wide < before, "{wide} px, and {before} px before");
    dialog.find("radio", "360").click();
    assert_ne!(settled(&dialog, 360), wide, "on a phone");
    dialog.find("radio", "700").click();
    assert_eq!(settled(&dialog, 700), wide);
    // The frame asks for what the code says, and shows what was left.
    let frame = text.value();
    host::open(page, &format!("<div style=\"width: 700px\">{frame}</div>"));
    page.element("iframe").scroll_into_view();
    page.wait_until(
        "its height",
        &format!(
            "heard.some(({{ name, detail }}) => name === 'message' && detail.height === {wide})"
        ),
    );
    page.in_frame("iframe", |inside| {
        let _there = inside.find("button", "Step");
        for gone in ["Embed", "Predict"] {
            assert!(!inside.has("button", gone), "{gone}");
        }
        assert!(!inside.has("slider", "Learning rate α"));
    });
}

fn escape_closes_and_the_focus_returns(page: &Page<'_>) {
    let bowl = page.open_figure("bowl", "");
    let embed = bowl.find("button", "Embed");
    let before = page.script("return history.length");
    for key in ["Escape", "Enter"] {
        embed.focus();
        page.press("Enter");
        let dialog = page.find("dialog", TITLE);
        assert!(dialog.find("radio", "Frame").is_focused());
        dialog.find("checkbox", "Links").click();
        if key == "Enter" {
            dialog.find("button", "Close").focus();
        }
        page.press(key);
        bowl.wait_until("no dialog", "it.shadowRoot.querySelector('dialog') === null");
        assert!(embed.is_focused());
    }
    assert_eq!(
        page.script("return history.length"),
        before,
        "previews are no pages of the reader's"
    );
}

fn keys_stay_in_the_dialog(page: &Page<'_>) {
    let bowl = page.open_figure("bowl", "");
    page.script("window.leaked = []; for (const type of ['keydown', 'keyup']) addEventListener(type, ({ key }) => leaked.push(key))");
    let dialog = open(page, &bowl);
    dialog.find("radio", "Frame").focus();
    page.press("ArrowRight");
    dialog.find("button", "Copy").focus();
    page.press("ArrowDown");
    page.press("Escape");
    bowl.wait_until("no dialog", "it.shadowRoot.querySelector('dialog') === null");
    let leaked = page.script("return leaked.filter((key) => key !== 'Escape')");
    assert_eq!(leaked, json!([]));
}

fn a_refused_clipboard_leaves_the_text_selected(page: &Page<'_>) {
    let bowl = page.open_figure("bowl", "&alpha=0.3");
    for allowed in [true, false] {
        page.script_with(
            "window.copied = null;
             const writeText = (text) => arguments[0] ? Promise.resolve(void (window.copied = text)) : Promise.reject(new Error('no'));
             Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })",
            &[allowed.into()],
        );
        let dialog = open(page, &bowl);
        let text = dialog.find("textbox", "HTML");
        dialog.find("button", "Copy").click();
        if allowed {
            dialog.element("[role=status]").wait_for_text("Copied.");
            assert_eq!(page.script("return window.copied"), json!(text.value()));
        } else {
            dialog.element("[role=status]").wait_for_text("Copying was not allowed.");
            let whole = "it.selectionStart === 0 && it.selectionEnd === it.value.length";
            text.wait_until("all of it selected", whole);
            assert!(text.is_focused());
        }
        dialog.find("button", "Close").click();
    }
}

fn the_present_attributes_are_checked(page: &Page<'_>) {
    host::open(page, "<gd-scrubber hide=\"table,settings\" theme=\"dark\"></gd-scrubber>");
    let scrubber = page.element("gd-scrubber");
    let dialog = open(page, &scrubber);
    for (name, checked) in [("Table", false), ("Settings", false), ("Playback", true)] {
        let is = dialog.find("checkbox", name).script("return arguments[0].checked");
        assert_eq!(is, json!(checked), "{name}");
    }
    let tag = code(&dialog, "Tag");
    assert!(tag.contains(" theme=\"dark\"") && tag.contains(" hide=\"settings,table\""), "{tag}");
}

fn its_script_comes_when_it_is_opened(page: &Page<'_>) {
    let bowl = page.open_figure("bowl", "");
    page.settle();
    bowl.find("button", "Step").click();
    let own = |path: &String| path.contains("/embed/");
    assert!(!page.site().take_requests().iter().any(own));
    let _dialog = open(page, &bowl);
    assert!(page.site().take_requests().iter().any(own));
}

fn pictures_are_saved_as_they_are_shown(page: &Page<'_>) {
    for (figure, panes) in [("bowl", 1), ("ravine", 3), ("starts", 1)] {
        let element = page.open_figure(figure, "&k=3");
        page.script(
            "window.saved = [];
             const create = URL.createObjectURL;
             URL.createObjectURL = (blob) => { saved.push(blob); return create.call(URL, blob); };
             HTMLAnchorElement.prototype.click = function () { saved.name = this.download; };",
        );
        let dialog = open(page, &element);
        dialog.find("radio", "Picture").click();
        dialog.find("button", "Save as PNG").click();
        page.wait_until(
            "a PNG",
            &format!("saved[0]?.type === 'image/png' && saved.name === '{figure}.png'"),
        );
        dialog.find("button", "Save as SVG").click();
        page.wait_until(
            "an SVG",
            &format!("saved[1]?.type === 'image/svg+xml' && saved.name === '{figure}.svg'"),
        );
        // Drawn at the size of the panes, and the same to the eye as the canvases.
        let told = page.script(
            "return saved[1].text().then((text) => {
               const { documentElement: svg } = new DOMParser().parseFromString(text, 'image/svg+xml');
               return { root: svg.localName, panes: svg.querySelectorAll('svg').length, paths: svg.querySelectorAll('path').length,
                 words: svg.querySelectorAll('text').length, title: svg.querySelector('title').textContent.length,
                 odd: /NaN|undefined|Infinity/.test(text) };
             })",
        );
        assert_eq!(
            (&told["root"], &told["panes"], &told["odd"]),
            (&json!("svg"), &json!(panes), &json!(false)),
            "{figure}: {told}"
        );
        for some in ["paths", "words", "title"] {
            assert!(told[some].as_u64() > Some(3), "{figure}: {told}");
        }
    }
}

fn works_on_a_phone(page: &Page<'_>) {
    let ravine = page.open_figure("ravine", "");
    let dialog = open(page, &ravine);
    dialog.wait_until(
        "a preview",
        "it.querySelector('.preview').textContent.includes('700 px wide')",
    );
    let wide = dialog.script(
        "const { clientWidth, scrollWidth } = arguments[0];
         return [clientWidth < scrollWidth, document.documentElement.scrollWidth > innerWidth]",
    );
    assert_eq!(wide, json!([false, false]));
    assert!(code(&dialog, "Link").contains("figure=ravine"));
    page.assert_accessible();
}

#[track_caller]
fn audit(page: &Page<'_>) {
    for (figure, form) in [("bowl", "Frame"), ("scrubber", "Picture"), ("code", "Single file")] {
        let element = page.open_figure(figure, "");
        let dialog = open(page, &element);
        dialog.find("radio", form).click();
        page.assert_accessible();
    }
}

fn is_accessible(page: &Page<'_>) {
    audit(page);
}

fn is_accessible_in_the_dark(page: &Page<'_>) {
    audit(page);
}

fn is_accessible_in_forced_colours(page: &Page<'_>) {
    assert_eq!(page.engine(), Engine::Chromium);
    audit(page);
}
