//! Host pages of another origin with a figure in them, and the events they receive.

use downhill_tests::Page;
use serde_json::Value;

/// Records the events of the public contract and the messages of frames, not those in the languages of other hosts.
const HEAR: &str = "
    window.heard = [];
    for (const name of ['gd-ready', 'gd-change', 'gd-step', 'gd-outcome', 'gd-answer', 'gd-error'])
      addEventListener(name, (event) => heard.push({ name, by: event.target.localName, detail: event.detail }));
    addEventListener('message', (event) => event.data?.context === 'gd' && heard.push({ name: 'message', by: event.origin, detail: event.data }));";

/// Opens a page of another origin that loads the elements from the site, with the given body.
#[track_caller]
pub(crate) fn open(page: &Page<'_>, body: &str) {
    page.open_host(&html("", body));
}

/// The HTML of such a page, with additional content in its head.
pub(crate) fn html(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A host</title>{head}<script>{HEAR}</script>\
         <script type=\"module\" src=\"SITE/elements/define.js\"></script></head><body><main><h1>A host</h1>{body}</main></body></html>"
    )
}

/// Starts recording on the current page, unless it already does.
#[track_caller]
pub(crate) fn listen(page: &Page<'_>) {
    page.script(HEAR);
}

/// The details of all events of one name so far, in order.
#[track_caller]
pub(crate) fn heard(page: &Page<'_>, name: &str) -> Vec<Value> {
    let details = page.script_with(
        "return heard.filter(({ name }) => name === arguments[0]).map(({ detail }) => detail)",
        &[name.into()],
    );
    details.as_array().cloned().unwrap_or_default()
}

/// Opens a page with the lesson in a sandboxed frame, `#plain`: a page without scripting, in every
/// engine.
#[track_caller]
pub(crate) fn frame_without_scripts(page: &Page<'_>) {
    page.open("embed.html?figure=bowl");
    let loaded = page.script(
        "return new Promise((resolve) => {
           const frame = document.createElement('iframe');
           frame.setAttribute('sandbox', 'allow-same-origin');
           frame.width = 1200; frame.height = 800; frame.title = 'Without scripts'; frame.id = 'plain';
           frame.onload = () => resolve(true);
           frame.src = 'index.html';
           document.body.append(frame);
         })",
    );
    assert_eq!(loaded, true);
}
