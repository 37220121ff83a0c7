//! Tests of running code: real Python in the page, its output, its errors, and how it is stopped.

use downhill_tests::{Case, Engine, Page, case, release};
use serde_json::{Value, json};

use crate::code::{PROGRAMS, data, ended, open, paste, recorded, run};
use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(every_program_prints_what_is_recorded),
    case!(costs_nothing_until_it_runs),
    case!(the_challenge_is_judged),
    case!(errors_show_where_they_occurred),
    case!(endless_programs_are_stopped),
    case!(long_programs_are_stopped),
    case!(unstoppable_programs_end_by_themselves).only(Engine::WebKit),
    case!(floods_are_cut),
    case!(memory_is_bounded),
    case!(output_comes_while_it_runs),
    case!(runs_in_a_frame_of_another_origin),
    case!(says_why_it_cannot_run_on_another_origin),
];

/// MicroPython in the page prints exactly what CPython printed.
fn every_program_prints_what_is_recorded(page: &Page<'_>) {
    for program in PROGRAMS {
        let cell = open(page, &format!("&program={program}"));
        run(&cell);
        assert_eq!(data(&cell, "output"), recorded(&format!("{program}.txt")), "{program}");
        assert_eq!(data(&cell, "error"), Value::Null, "{program}");
    }
    let cell = open(page, "");
    run(&cell);
    cell.part("readouts").wait_for_text("x = 0.01889 [0.0189, -0.0113, 0.0076]");
    let variables = data(&cell, "variables");
    assert_eq!((&variables["alpha"], &variables["steps"]), (&json!(0.1), &json!(25)));
    let x = variables["x"].as_f64().expect("a number");
    assert!((x - 0.018_889_465_931_478_58).abs() < 1e-12, "{x}");
}

fn costs_nothing_until_it_runs(page: &Page<'_>) {
    page.open("index.html");
    // Without `ready`, which would start every figure.
    let _hill = page.element("gd-hill");
    let first = page.site().take_requests();
    for late in ["micropython", "programs", "worker", "/code/"] {
        assert!(!first.iter().any(|file| file.contains(late)), "{late} is in the first load");
    }
    let cell = page.element("gd-code");
    cell.scroll_into_view();
    page.settle();
    let near = page.site().take_requests();
    assert!(near.iter().any(|file| file.ends_with("/programs/descent.json")), "{near:?}");
    let runtime = |file: &String| file.contains("micropython") || file.contains("worker");
    assert!(!near.iter().any(runtime), "{near:?}");
    run(&cell);
    let running = page.site().take_requests();
    for file in [
        "/elements/code/worker.js",
        "/micropython/micropython.mjs",
        "/micropython/micropython.wasm",
    ] {
        assert!(running.iter().any(|one| one.ends_with(file)), "{running:?} lacks {file}");
    }
}

fn the_challenge_is_judged(page: &Page<'_>) {
    let cell = open(page, "");
    let source = data(&cell, "program");
    let source = source.as_str().expect("a program");
    // α, the final x, the largest |x|, whether it converged, and on which side of the bound.
    for (alpha, words) in [
        (
            "0.1",
            &["α = 0.1 ", "x = 0.0189", "was 5.", "has not converged", "at the other end: each"][..],
        ),
        ("0.85", &["x = −0.000671", "It converged", "below the boundary", "Raise α"]),
        ("0.8556", &["It converged", "That is it", "just below the boundary 0.85564…"]),
        ("0.8557", &["has not converged", "above the boundary: each", "swings"]),
        ("1", &["x = −5;", "was 5.", "never comes closer"]),
        ("1.1", &["x = −477", "was 477.", "has not converged", "leaves the bowl"]),
        ("-0.1", &["A negative α walks uphill"]),
        ("1e300", &["With α = 1e+300, x soon becomes too large for Python’s numbers"]),
        ("float('inf')", &["α has to be a finite number to be judged."]),
        ("float('nan')", &["α has to be a finite number to be judged."]),
    ] {
        paste(&cell, &source.replace("alpha = 0.1", &format!("alpha = {alpha}")));
        run(&cell);
        let verdict = cell.part("outcome");
        for word in words {
            verdict.wait_for_text(word);
        }
    }
    paste(&cell, &source.replace("steps = 25", "steps = 30"));
    run(&cell);
    cell.part("outcome").wait_for_text("set steps = 25");
    // A program that does something else is not judged.
    paste(&cell, "print('hello')");
    run(&cell);
    cell.part("outcome").wait_until("no verdict", "it.hidden");
}

fn errors_show_where_they_occurred(page: &Page<'_>) {
    let cell = open(page, "");
    let wrong = || {
        cell.script("return [...arguments[0].shadowRoot.querySelectorAll('.code-line')].findIndex((line) => line.classList.contains('wrong')) + 1")
    };
    for (source, line, error) in [
        ("x = 1\n\ndef slope(x):\n    return x / 0\n\nslope(x)\n", 4, "ZeroDivisionError"),
        ("x = 5\nfor k in range(3)\n    x = x / 2\n", 2, "SyntaxError"),
        ("x = 5\nprint(y)\n", 2, "NameError"),
        ("def deep(n):\n    return deep(n + 1)\ndeep(0)\n", 2, "RuntimeError"),
        ("raise SystemExit\n", 1, "SystemExit"),
        ("x = input('x? ')\n", 1, "EOFError"),
    ] {
        paste(&cell, source);
        assert_eq!(wrong(), 0, "editing takes the mark away");
        run(&cell);
        let told = data(&cell, "error");
        let told = told.as_str().unwrap_or_default();
        assert!(told.contains(error) && told.contains("descent.py"), "{source}: {told}");
        assert!(told.lines().count() < 20, "{told}");
        cell.part("readouts").wait_for_text(error);
        cell.element(".note").wait_for_text(&format!("line {line}"));
        assert_eq!(wrong(), line, "{source}");
        let editor = cell.find("textbox", "Program, Python");
        assert_eq!(editor.attribute("aria-invalid").as_deref(), Some("true"));
    }
    paste(&cell, "print('well')");
    run(&cell);
    assert_eq!((data(&cell, "output"), data(&cell, "error")), (json!("well\n"), Value::Null));
    assert!(page.take_errors().is_empty());
}

fn endless_programs_are_stopped(page: &Page<'_>) {
    let cell = open(page, "");
    let editor = cell.find("textbox", "Program, Python");
    editor.type_over("while True: pass");
    cell.find("button", "Run").click();
    let run_button = cell.find("button", "Run");
    run_button.wait_until("it to run", "it.ariaBusy === 'true'");
    // The page stays responsive.
    cell.find("tab", "NumPy").click();
    cell.find("tab", "Python").click();
    cell.find("button", "Stop").click();
    cell.element(".note").wait_for_text("Stopped.");
    assert_eq!(run_button.attribute("aria-busy"), None);
    assert_eq!(cell.find("button", "Stop").attribute("aria-disabled").as_deref(), Some("true"));
    cell.find("button", "Original").click();
    run(&cell);
    assert_eq!(data(&cell, "output"), recorded("descent.txt"));
}

fn long_programs_are_stopped(page: &Page<'_>) {
    let cell = open(page, "");
    paste(&cell, "print('before')\nwhile True:\n    pass\n");
    run(&cell);
    cell.element(".note").wait_for_text("Stopped after five seconds");
    assert_eq!(data(&cell, "output"), "before\n");
    paste(&cell, "print('after')");
    run(&cell);
    assert_eq!(data(&cell, "output"), "after\n");
}

/// WebKit keeps running a worker that was terminated inside a WebAssembly loop.
fn unstoppable_programs_end_by_themselves(page: &Page<'_>) {
    page.open("embed.html?figure=code");
    let error = page.script(&format!(
        "return import('./{}/micropython/micropython.mjs')
          .then(({{ loadMicroPython }}) => loadMicroPython())
          .then((python) => python.runPython('while True: pass'))
          .then(() => 'it ended', (error) => error.constructor.name)",
        release()
    ));
    assert_eq!(error, "RuntimeError");
}

fn floods_are_cut(page: &Page<'_>) {
    let cell = open(page, "");
    for source in [
        "for i in range(1000000):\n    print(i)",
        "print('x' * 1000000)",
        "for i in range(1000000):\n    print('.', end='')",
    ] {
        paste(&cell, source);
        run(&cell);
        cell.element(".note").wait_for_text("the rest was cut");
        let output = data(&cell, "output");
        let output = output.as_str().expect("text");
        assert!(output.len() <= 20_000 && output.lines().count() <= 500, "{}", output.len());
        assert!(output.len() > 1000, "{}", output.len());
    }
    paste(&cell, "print('dry again')");
    run(&cell);
    assert_eq!(data(&cell, "output"), "dry again\n");
    assert!(!cell.element(".note").text().contains("cut"));
}

fn memory_is_bounded(page: &Page<'_>) {
    let cell = open(page, "");
    for source in [
        "kept = []\nwhile True:\n    kept.append(bytearray(10000000))",
        "kept = bytearray(10 ** 12)",
        "kept = 'x'\nwhile True:\n    kept = kept + kept",
    ] {
        paste(&cell, source);
        run(&cell);
        let told = data(&cell, "error");
        let told = told.as_str().unwrap_or_default();
        assert!(told.contains("MemoryError") || told.contains("OverflowError"), "{source}: {told}");
    }
    paste(&cell, "print('room again')");
    run(&cell);
    assert_eq!(data(&cell, "output"), "room again\n");
}

fn output_comes_while_it_runs(page: &Page<'_>) {
    let cell = open(page, "");
    paste(&cell, "print('first')\nwhile True:\n    pass\n");
    cell.find("button", "Run").click();
    cell.part("readouts").wait_for_text("first");
    assert_eq!(cell.find("button", "Run").attribute("aria-busy").as_deref(), Some("true"));
    cell.find("button", "Stop").click();
    ended(&cell);
    assert_eq!(data(&cell, "output"), "first\n");
}

fn runs_in_a_frame_of_another_origin(page: &Page<'_>) {
    page.open_host("<!doctype html><html lang=en><title>A host</title><iframe src=\"SITE/embed.html?figure=code&program=until-flat\" title=Figure width=800 height=900></iframe>");
    page.in_frame("iframe", |inside| {
        let cell = inside.element("gd-code");
        // The drivers of Chromium and WebKit misplace mouse and keyboard input in a frame of
        // another origin.
        cell.find("button", "Run").script("arguments[0].click()");
        ended(&cell);
        assert_eq!(data(&cell, "output"), recorded("until-flat.txt"));
    });
}

fn says_why_it_cannot_run_on_another_origin(page: &Page<'_>) {
    host::open(page, "<gd-code program=\"fit\"></gd-code>");
    let cell = page.element("gd-code");
    cell.part("readouts").wait_for_text("w = 1.9738");
    cell.find("button", "Run").click();
    let note = cell.element(".note");
    note.wait_for_text("a page may only start from its own site");
    note.wait_for_text("as a frame (Embed) it runs here too");
    assert_eq!(cell.find("button", "Run").attribute("aria-busy"), None);
    assert!(page.take_errors().is_empty());
}
