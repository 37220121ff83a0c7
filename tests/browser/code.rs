//! Tests of the code cell: its content, linked highlighting of formula and lines, and its controls.

use std::fs;
use std::path::Path;

use downhill_tests::{Case, Element, Engine, Page, case};
use serde_json::{Value, json};

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(recorded_outputs_are_shown_with_the_listings),
    case!(formula_and_lines_highlight_each_other),
    case!(highlights_follow_edited_lines),
    case!(works_by_keyboard_alone),
    case!(works_on_a_phone).size(360, 740),
    case!(is_accessible_in_light_theme),
    case!(is_accessible_in_dark_theme).dark(),
    case!(implements_its_contract),
    case!(comes_back_with_the_draft),
    case!(bad_parameters_are_reported),
    case!(is_read_without_scripts),
    case!(comes_alive_without_a_shift).only(Engine::Chromium),
    case!(comes_alive_without_a_shift_on_a_phone).only(Engine::Chromium).size(360, 740),
];

pub(crate) const PROGRAMS: [&str; 5] = ["descent", "until-flat", "fit", "minibatch", "adam"];

pub(crate) fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    page.open_figure("code", query)
}

/// The recorded output of the real interpreter.
pub(crate) fn recorded(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/programs");
    fs::read_to_string(folder.join(file)).expect("a recorded output")
}

/// Replaces the program, as pasting does.
#[track_caller]
pub(crate) fn paste(cell: &Element<'_, '_>, source: &str) {
    cell.find("textbox", "Program, Python").script_with(
        "const [area, source] = arguments; area.focus(); area.select(); area.setRangeText(source, 0, area.value.length, 'end');
         area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));",
        &[source.into()],
    );
}

/// Presses Run and waits for the end of the run.
#[track_caller]
pub(crate) fn run(cell: &Element<'_, '_>) {
    cell.find("button", "Run").click();
    ended(cell);
}

#[track_caller]
pub(crate) fn ended(cell: &Element<'_, '_>) {
    let note = cell.element("[role=tabpanel] .note");
    note.wait_until("the end of the run", "/ended|Stopped|stopped|could not/.test(it.textContent)");
    assert_eq!(cell.find("button", "Run").attribute("aria-busy"), None);
}

#[track_caller]
pub(crate) fn data(cell: &Element<'_, '_>, field: &str) -> Value {
    cell.script_with("return arguments[0].snapshot().data[arguments[1]]", &[field.into()])
}

fn recorded_outputs_are_shown_with_the_listings(page: &Page<'_>) {
    let cell = open(page, "");
    cell.find("tabpanel", "Python").wait_for_text("What Python printed x = 0.01889");
    for (tab, file, numbers) in [
        ("NumPy", "descent.numpy", "[ 0.0189 -0.0113 0.0076]"),
        ("PyTorch", "descent.pytorch", "tensor([ 0.0189, -0.0113, 0.0076])"),
    ] {
        cell.find("tab", tab).click();
        let panel = cell.find("tabpanel", tab);
        panel.wait_for_text(&format!("What {tab} printed {numbers}"));
        assert_eq!(
            panel.element("samp").script("return arguments[0].textContent"),
            recorded(&format!("{file}.txt"))
        );
        assert!(!page.has("button", "Run"), "only plain Python runs here");
    }
    for (program, numbers) in [
        ("until-flat", &["flat after 76 steps", "x = 4.31e-07"][..]),
        ("fit", &["w = 1.9738", "b = 0.0946"]),
        ("minibatch", &["w = 2.0000"]),
        ("adam", &["w = 1.99994"]),
    ] {
        for language in ["python", "numpy", "pytorch"] {
            let cell = open(page, &format!("&program={program}&language={language}"));
            for number in numbers {
                cell.element("[role=tabpanel]:not([hidden]) .output").wait_for_text(number);
            }
        }
    }
    open(page, "&program=fit&language=pytorch")
        .element("[role=tabpanel]:not([hidden]) pre")
        .wait_for_text("torch.nn.Linear(1, 1)");
}

/// The highlighted line numbers in a language, and the highlighted parts.
fn lit(cell: &Element<'_, '_>, language: &str) -> Value {
    cell.script_with(
        "const root = arguments[0].shadowRoot;
         const lines = [...root.querySelectorAll(`#panel-${arguments[1]} .code-line`)];
         const parts = [...root.querySelectorAll('.piece.lit')].map(({ dataset }) => dataset.part);
         return [lines.flatMap((line, index) => line.classList.contains('lit') ? [index + 1] : []), [...new Set(parts)]]",
        &[language.into()],
    )
}

fn formula_and_lines_highlight_each_other(page: &Page<'_>) {
    let cell = open(page, "");
    assert_eq!(lit(&cell, "python"), json!([[], []]));
    let gradient = cell.element(".piece[data-part=gradient]");
    gradient.focus();
    gradient.wait_until("light", "it.classList.contains('lit')");
    assert_eq!(lit(&cell, "python"), json!([[7, 14], ["gradient"]]));
    assert_eq!(lit(&cell, "numpy"), json!([[8], ["gradient"]]));
    assert_eq!(lit(&cell, "pytorch"), json!([[10, 11], ["gradient"]]));
    cell.element(".meaning").wait_for_text("the slope felt underfoot");
    // When pinned, it stays highlighted while the reader switches languages.
    gradient.click();
    assert_eq!(gradient.attribute("aria-pressed").as_deref(), Some("true"));
    cell.find("tab", "PyTorch").click();
    assert_eq!(lit(&cell, "pytorch"), json!([[10, 11], ["gradient"]]));
    // A line highlights its part of the formula.
    let listing = cell.find("group", "Program, PyTorch");
    listing.focus();
    page.press("ArrowDown");
    page.press("ArrowDown");
    page.press("ArrowDown");
    assert_eq!(lit(&cell, "pytorch"), json!([[3, 7], ["rate"]]));
    assert_eq!(lit(&cell, "python"), json!([[1], ["rate"]]));
    gradient.click();
    cell.find("tab", "Python").click();
    // In the editor, the caret's line does, and so does the line under the mouse.
    let editor = cell.find("textbox", "Program, Python");
    editor.script("arguments[0].focus(); arguments[0].setSelectionRange(arguments[0].value.indexOf('x - alpha'), arguments[0].value.indexOf('x - alpha'))");
    page.press("ArrowRight");
    assert_eq!(lit(&cell, "python"), json!([[8, 15], ["step"]]));
    editor.script(
        "const area = arguments[0], { left, top, height } = area.getBoundingClientRect();
         area.dispatchEvent(new PointerEvent('pointermove', { clientX: left + 60, clientY: top + 8 + (height - 16) * 5.5 / 16, bubbles: true, composed: true }))",
    );
    assert_eq!(lit(&cell, "python"), json!([[2, 6, 13], ["count"]]));
}

fn highlights_follow_edited_lines(page: &Page<'_>) {
    let cell = open(page, "");
    let editor = cell.find("textbox", "Program, Python");
    editor.script("arguments[0].focus(); arguments[0].setSelectionRange(0, 0)");
    page.type_text("# mine");
    page.press("Enter");
    editor.wait_until("a new line", "it.value.startsWith('# mine\\nalpha')");
    cell.element(".piece[data-part=gradient]").focus();
    assert_eq!(lit(&cell, "python"), json!([[8, 15], ["gradient"]]));
    // A new line below a colon is indented.
    editor.script("const at = arguments[0].value.indexOf(':') + 1; arguments[0].focus(); arguments[0].setSelectionRange(at, at)");
    page.press("Enter");
    page.type_text("pass");
    editor.wait_until("an indented line", "it.value.includes('(steps):\\n    pass\\n')");
    cell.find("button", "Original").click();
    assert_eq!(lit(&cell, "python"), json!([[], []]));
    editor.wait_until("the original", "it.value.startsWith('alpha = 0.1\\n')");
    cell.element(".piece[data-part=gradient]").focus();
    assert_eq!(lit(&cell, "python"), json!([[7, 14], ["gradient"]]));
}

fn works_by_keyboard_alone(page: &Page<'_>) {
    let cell = open(page, "");
    let focused = "const root = arguments[0].shadowRoot, at = root.activeElement;
        return at && (at.ariaLabel || at.id || at.textContent.trim())";
    cell.find("combobox", "Program").focus();
    let mut stops = Vec::new();
    for _ in 0..20 {
        page.press("Tab");
        let Some(stop) = cell.script(focused).as_str().map(String::from) else { break };
        stops.push(stop);
    }
    for wanted in ["tab-python", "Program, Python", "Run", "Stop", "Original", "Embed"] {
        assert!(
            stops.iter().any(|stop| stop == wanted),
            "Tab does not lead to {wanted}: {stops:?}"
        );
    }
    // Tab leaves the editor, as its help says.
    let editor = cell.find("textbox", "Program, Python");
    let keys = editor.attribute("aria-describedby").expect("a description");
    cell.element(&format!("#{keys}")).wait_for_text("Tab leaves the editor");
    editor.focus();
    page.press("Tab");
    assert!(!editor.is_focused());
    // Arrow keys move between tabs.
    cell.find("tab", "Python").focus();
    page.press("ArrowRight");
    assert!(cell.find("tab", "NumPy").is_focused());
    assert_eq!(cell.script("return arguments[0].spec.language"), "numpy");
    page.press("End");
    assert!(cell.find("tab", "PyTorch").is_focused());
    page.press("ArrowRight");
    assert!(cell.find("tab", "Python").is_focused());
    // Ctrl+Enter runs from within the editor.
    editor.type_over("print(6 * 7)");
    page.press("Control+Enter");
    ended(&cell);
    assert_eq!(data(&cell, "output"), "42\n");
    assert!(editor.is_focused());
    page.wait_until("it to be said", "document.querySelector('gd-code').shadowRoot.querySelector('[role=status]').textContent.includes('has ended')");
    cell.find("button", "Original").focus();
    page.press("Enter");
    cell.find("button", "Run").focus();
    page.press("Space");
    ended(&cell);
    assert_eq!(data(&cell, "output"), recorded("descent.txt"));
}

fn works_on_a_phone(page: &Page<'_>) {
    for program in PROGRAMS {
        let cell = open(page, &format!("&program={program}"));
        page.settle();
        assert_eq!(
            page.script("return document.documentElement.scrollWidth <= innerWidth"),
            true,
            "{program} is wider than the screen"
        );
        if program == "fit" {
            run(&cell);
            cell.part("readouts").wait_for_text("w = 1.9738 b = 0.0946");
        }
    }
}

fn is_accessible_in_light_theme(page: &Page<'_>) {
    audit(page);
}

fn is_accessible_in_dark_theme(page: &Page<'_>) {
    audit(page);
}

fn audit(page: &Page<'_>) {
    for program in PROGRAMS {
        open(page, &format!("&program={program}&language=numpy"));
        page.settle();
        page.assert_accessible();
    }
    let cell = open(page, "");
    paste(&cell, "print('x')\nx = 1 / 0");
    run(&cell);
    page.assert_accessible();
    cell.element(".piece[data-part=rate]").click();
    cell.find("button", "Original").click();
    run(&cell);
    cell.find("button", "Embed").click();
    let _code = page.find("textbox", "HTML");
    page.assert_accessible();
}

fn implements_its_contract(page: &Page<'_>) {
    page.open("embed.html?figure=code&program=fit");
    host::listen(page);
    let cell = page.element("gd-code");
    assert_eq!(cell.script("return arguments[0].ready.then((it) => it === arguments[0])"), true);
    let shape = cell.script(
        "const { figure, spec, runs, data } = arguments[0].snapshot();
         return [figure, spec.program, spec.language, spec.theme, spec.autoplay, runs, Object.keys(data).sort()]",
    );
    assert_eq!(
        shape,
        json!([
            "code",
            "fit",
            "python",
            "auto",
            false,
            [],
            ["error", "output", "program", "variables"]
        ])
    );
    cell.find("combobox", "Program").choose("Adam");
    page.wait_until("a change", "heard.some(({ name }) => name === 'gd-change')");
    assert_eq!(host::heard(page, "gd-change")[0]["program"], "adam");
    cell.script(
        "arguments[0].setAttribute('program', 'minibatch'); arguments[0].language = 'numpy'",
    );
    cell.wait_until("both", "it.program === 'minibatch' && it.language === 'numpy'");
    // Through the cell, because every program has a listing element of its own.
    cell.wait_until(
        "the listing",
        "it.shadowRoot.querySelector('[role=tabpanel]:not([hidden]) pre')?.textContent.includes('permutation')",
    );
    assert_eq!(cell.attribute("language"), None);
    cell.find("button", "Link to this state").click();
    let link = cell.find("textbox", "Link to this state").value();
    let path = link.strip_prefix(page.site().address()).expect("a link to the site").to_owned();
    page.open(&path);
    let again = page.element("gd-code");
    assert_eq!(
        again.script("const { program, language } = arguments[0].spec; return [program, language]"),
        json!(["minibatch", "numpy"])
    );
    let cell = open(page, "&hide=settings,share");
    let _there = cell.find("button", "Run");
    assert!(!page.has("combobox", "Program"));
    // With autoplay it runs by itself; play() and reset() act like the buttons.
    let cell = open(page, "&autoplay=on");
    ended(&cell);
    cell.script("arguments[0].reset()");
    cell.part("readouts").wait_for_text("What Python printed");
    cell.script("arguments[0].play()");
    ended(&cell);
    cell.part("readouts").wait_for_text("Your run");
    assert_eq!(
        cell.script("return arguments[0].toPNG().then(() => '', (error) => error.message)"),
        "This figure is text; it has no picture."
    );
}

fn comes_back_with_the_draft(page: &Page<'_>) {
    let cell = open(page, "");
    paste(&cell, "print('mine')");
    cell.find("combobox", "Program").choose("Adam");
    cell.wait_until("Adam", "it.snapshot().data.program.includes('m_hat')");
    cell.find("combobox", "Program").choose("the loop");
    cell.wait_until("the draft", "it.snapshot().data.program === \"print('mine')\"");
    cell.script("window.kept = arguments[0]; kept.remove(); return new Promise((resolve) => setTimeout(resolve))");
    page.script("document.querySelector('main').append(kept)");
    let cell = page.element("gd-code");
    cell.wait_until("the draft again", "it.snapshot()?.data.program === \"print('mine')\"");
    run(&cell);
    assert_eq!(data(&cell, "output"), "mine\n");
}

fn bad_parameters_are_reported(page: &Page<'_>) {
    let cell = open(page, "&program=genetic&language=%3Cimg%3E&speed=9");
    let error = cell.part("error");
    error.wait_for_text("program must be one of descent, until-flat, fit, minibatch, adam, not “genetic”. descent stays.");
    error.wait_for_text(
        "language must be one of python, numpy, pytorch, not “<img>”. python stays.",
    );
    error.wait_for_text("This figure has no parameter “speed”; it has program, language,");
    run(&cell);
    assert_eq!(data(&cell, "output"), recorded("descent.txt"));
    host::listen(page);
    cell.script("arguments[0].setAttribute('theme', 'pink')");
    error.wait_for_text("theme must be one of auto, light, dark, not “pink”. auto stays.");
    assert_eq!(host::heard(page, "gd-error")[0]["parameter"], "theme");
    cell.script("arguments[0].setAttribute('program', 'fit')");
    error.wait_until("one complaint less", "!it.textContent.includes('genetic')");
}

fn is_read_without_scripts(page: &Page<'_>) {
    host::frame_without_scripts(page);
    let text = page.script("return document.querySelector('#plain').contentDocument.querySelector('gd-code').textContent");
    let text = text.as_str().expect("text");
    for words in
        ["for k in range(steps):", "x = 0.01889", "np.array([5.0, -3.0, 2.0])", "tensor([ 0.0189"]
    {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
    page.take_errors();
}

fn comes_alive_without_a_shift(page: &Page<'_>) {
    assert_no_shift(page);
}

fn comes_alive_without_a_shift_on_a_phone(page: &Page<'_>) {
    assert_no_shift(page);
}

/// The printed listings make room for the live cell, and what follows does not move.
fn assert_no_shift(page: &Page<'_>) {
    page.open("index.html");
    let _hill = page.element("gd-hill");
    page.watch_shifts(false);
    page.script(
        "const { bottom } = document.querySelector('gd-code').getBoundingClientRect();
         scrollTo({ top: scrollY + bottom - innerHeight / 2, behavior: 'instant' });",
    );
    let cell = page.element("gd-code");
    let _alive = cell.find("button", "Embed");
    page.assert_no_shift("the code cell");
}
