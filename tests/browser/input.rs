//! Tests of invalid input: from a URL, an attribute, a script or the keyboard, it gets one sentence
//! and the figure carries on.

use downhill_tests::{Case, Page, case};
use serde_json::json;

use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(bad_values_in_urls_are_reported),
    case!(several_bad_values_are_each_named),
    case!(errors_are_shown_beside_the_field),
    case!(typed_values_use_the_pages_number_format),
    case!(scripts_and_attributes_have_one_notation),
    case!(typing_survives_a_late_frame),
    case!(bad_attributes_are_reported),
    case!(markup_stays_text),
    case!(bad_values_from_scripts_are_reported),
    case!(impossible_iterations_are_bounded),
];

/// Figure, parameter, value in the URL, words of the message, and the value in force.
const BAD: &[(&str, &str, &str, &[&str], &str)] = &[
    ("bowl", "alpha", "fast", &["a number from 0 to 1000000", "“fast”", "0.1 stays"], "0.1"),
    ("bowl", "alpha", "NaN", &["a number from 0 to", "“NaN”", "0.1 stays"], "0.1"),
    ("bowl", "alpha", "Infinity", &["a number from 0 to", "“Infinity”", "0.1 stays"], "0.1"),
    ("bowl", "alpha", "", &["a number from 0 to", "“”", "0.1 stays"], "0.1"),
    ("bowl", "alpha", "-0.5", &["a number from 0 to", "“-0.5”", "0 is used"], "0"),
    ("bowl", "alpha", "1e300", &["a number from 0 to", "“1e300”", "1000000 is used"], "1000000"),
    ("bowl", "steps", "2.5", &["a whole number from 1 to 100000", "“2.5”", "25 stays"], "25"),
    ("bowl", "steps", "1e9", &["a number from 1 to 100000", "100000 is used"], "100000"),
    ("bowl", "steps", "-1", &["a number from 1 to 100000", "1 is used"], "1"),
    ("bowl", "start", "here", &["a number from −1000000 to 1000000", "“here”", "5 stays"], "5"),
    ("bowl", "loss", "x^", &["a loss in x", "“x^”", "parabola stays"], "\"parabola\""),
    ("bowl", "loss", "x*y", &["a loss in x alone", "“x*y”", "parabola stays"], "\"parabola\""),
    ("bowl", "autoplay", "maybe", &["on or off", "“maybe”", "off stays"], "false"),
    ("scrubber", "scale", "cubic", &["one of log, linear", "“cubic”", "log stays"], "\"log\""),
    ("ravine", "kappa", "0.1", &["a number from 1 to", "“0.1”", "1 is used"], "1"),
    ("ravine", "beta", "1", &["a number from 0 to 0.9999", "“1”", "0.9999 is used"], "0.9999"),
    ("ravine", "start", "1", &["two numbers from", "“1”", "-4,1 stays"], "[-4,1]"),
    ("ravine", "start", "NaN,1", &["two numbers from", "“NaN,1”", "-4,1 stays"], "[-4,1]"),
    // A value in another notation is shown in the one used for URLs.
    (
        "bowl",
        "alpha",
        "0,9",
        &["“0,9”", "Write decimals with a point, as in 0.9", "0.1 stays"],
        "0.1",
    ),
    ("bowl", "alpha", "0,01", &["“0,01”", "as in 0.01", "0.1 stays"], "0.1"),
    ("bowl", "alpha", "1,234", &["It can be read as 1234 or as 1.234", "0.1 stays"], "0.1"),
    ("bowl", "alpha", "1/2", &["“1/2”", "Write 0.5", "0.1 stays"], "0.1"),
    ("bowl", "alpha", "0.%E2%80%8B9", &["It contains the invisible character U+200B"], "0.1"),
    ("bowl", "start", "1,5", &["“1,5”", "as in 1.5", "5 stays"], "5"),
    ("bowl", "steps", "1,000", &["It can be read as 1000 or as 1", "25 stays"], "25"),
    ("bowl", "alpha", "0,9&lang=de", &["“0,9”", "as in 0.9", "0,1 stays"], "0.1"),
    ("ravine", "start", "0,5;1", &["two numbers from", "“0,5;1”", "-4,1 stays"], "[-4,1]"),
    ("ravine", "fair", "no", &["one of same, best", "“no”", "same stays"], "\"same\""),
];

fn bad_values_in_urls_are_reported(page: &Page<'_>) {
    for (figure, parameter, value, words, kept) in BAD {
        page.open(&format!("embed.html?figure={figure}&{parameter}={value}"));
        let element = page.element(&format!("gd-{figure}"));
        let error = element.part("error");
        error.wait_for_text(&format!("{parameter} must be "));
        let sentence = error.text();
        for word in *words {
            assert!(sentence.contains(word), "{parameter}={value}: {sentence:?} lacks {word:?}");
        }
        let spec = element.script_with(
            "return JSON.stringify(arguments[0].spec[arguments[1]])",
            &[json!(parameter)],
        );
        assert_eq!(spec, *kept, "{parameter}={value}");
        element.find("button", "Step").click();
        element.wait_until("a step", "it.snapshot().k === 1");
    }
    page.open("embed.html?figure=bowl&learning-rate=0.5");
    let bowl = page.element("gd-bowl");
    bowl.part("error").wait_for_text("This figure has no parameter “learning-rate”; it has ");
    bowl.part("error").wait_for_text("alpha");
    bowl.find("button", "Step").click();
    bowl.part("readouts").wait_for_text("x₁ 4");
}

fn several_bad_values_are_each_named(page: &Page<'_>) {
    page.open("embed.html?figure=ravine&kappa=none&beta=-1&colour=red");
    let error = page.element("gd-ravine").part("error");
    for words in ["kappa must be", "beta must be", "no parameter “colour”"] {
        error.wait_for_text(words);
    }
}

fn errors_are_shown_beside_the_field(page: &Page<'_>) {
    page.open("embed.html?figure=bowl&alpha=0.3");
    host::listen(page);
    let bowl = page.element("gd-bowl");
    let field = bowl.find("textbox", "Learning rate α, value");
    let beside = bowl.element("[data-field=alpha] .hint");
    for (typed, words, kept) in [
        ("fast", "“fast”. 0.3 stays.", "0.3"),
        ("NaN", "“NaN”. 0.3 stays.", "0.3"),
        ("", "“”. 0.3 stays.", "0.3"),
        ("-1", "“-1”. 0 is used.", "0"),
        ("1e99", "“1e99”. 1000000 is used.", "1000000"),
    ] {
        field.fill("0.3");
        beside.wait_until("no complaint", "!it.textContent.includes('must be')");
        field.fill(typed);
        beside.wait_for_text(words);
        assert!(
            beside.text().starts_with("Learning rate α must be a number from 0 to 1000000, not "),
            "{}",
            beside.text()
        );
        assert_eq!(beside.attribute("part").as_deref(), Some("error"));
        assert_eq!(field.attribute("aria-invalid").as_deref(), Some("true"));
        field.wait_until("the value in force", &format!("it.value === '{kept}'"));
        let errors = host::heard(page, "gd-error");
        let last = errors.last().expect("an event");
        assert_eq!(last["parameter"], "alpha");
        assert_eq!(last["message"].as_str(), Some(beside.text().as_str()));
    }
    field.fill("0.25");
    beside.wait_until("no complaint", "!it.textContent.includes('must be')");
    assert_eq!(field.attribute("aria-invalid"), None);
    assert_eq!(bowl.script("return arguments[0].spec.alpha"), 0.25);
    // Escape reverts what was typed.
    field.type_over("0.9");
    page.press("Escape");
    field.wait_until("the value in force", "it.value === '0.25'");
    let k = bowl.find("textbox", "Iteration k, value");
    k.fill("many");
    bowl.element("[data-field=k] .hint").wait_for_text("Iteration k must be a whole number");
}

fn typed_values_use_the_pages_number_format(page: &Page<'_>) {
    for (language, field, typed, value, words) in [
        (
            "en",
            "alpha",
            "0,9",
            json!(0.3),
            "“0,9”. Write decimals with a point, as in 0.9. 0.3 stays.",
        ),
        ("en", "alpha", "0,01", json!(0.3), "as in 0.01. 0.3 stays."),
        ("en", "alpha", "1,234.5", json!(1234.5), ""),
        (
            "en",
            "alpha",
            "1,234",
            json!(0.3),
            "It can be read as 1234 or as 1.234: write one of them. 0.3 stays.",
        ),
        ("en", "alpha", "１．５", json!(1.5), ""),
        ("en", "alpha", "−0.5", json!(0), "“−0.5”. 0 is used."),
        ("en", "start", "1,5", json!(5), "“1,5”. Write decimals with a point, as in 1.5. 5 stays."),
        ("en", "steps", "1,000", json!(1000), ""),
        ("de", "alpha", "0,9", json!(0.9), ""),
        ("de", "alpha", "0.9", json!(0.9), ""),
        (
            "de",
            "alpha",
            "1.234",
            json!(0.3),
            "It can be read as 1234 or as 1,234: write one of them. 0,3 stays.",
        ),
        ("de", "alpha", "1.234,5", json!(1234.5), ""),
        ("fr", "alpha", "1 234,5", json!(1234.5), ""),
        ("fa", "alpha", "۰٫۹", json!(0.9), ""),
        ("de-CH", "alpha", "1'234.5", json!(1234.5), ""),
    ] {
        page.open(&format!("embed.html?figure=bowl&alpha=0.3&lang={language}"));
        let bowl = page.element("gd-bowl");
        let name = match field {
            "alpha" => "Learning rate α, value",
            "start" => "Start x₀",
            _ => "Steps",
        };
        bowl.find("textbox", name).fill(typed);
        let beside = bowl.element(&format!("[data-field={field}] .hint"));
        beside.wait_until("the answer", &format!("it.textContent.endsWith({})", json!(words)));
        let spec = bowl.script_with("return arguments[0].spec[arguments[1]]", &[json!(field)]);
        assert_eq!(spec, value, "{typed} in {language}");
    }
    // Two numbers in a language with a decimal comma.
    page.open("embed.html?figure=ravine&lang=de&start=-1.25,2");
    let ravine = page.element("gd-ravine");
    let start = ravine.find("textbox", "Start x₀, y₀");
    assert_eq!(start.value(), "−1,25; 2");
    start.fill("0,5; -1,5");
    ravine.wait_until("the start", "String(it.spec.start) === '0.5,-1.5'");
}

fn scripts_and_attributes_have_one_notation(page: &Page<'_>) {
    host::open(page, "<div lang=\"de\"><gd-bowl alpha=\"0,9\" start=\"1,5\"></gd-bowl></div>");
    let bowl = page.element("gd-bowl");
    let error = bowl.part("error");
    error.wait_for_text("not “0,9”. Write decimals with a point, as in 0.9. 0,1 stays.");
    error.wait_for_text("not “1,5”. Write decimals with a point, as in 1.5. 5 stays.");
    for (property, kept) in [
        ("'0,9'", 0.1),
        ("'0.9'", 0.9),
        ("[0, 9]", 0.9),
        ("0.25", 0.25),
        ("'1.234'", 1.234),
        ("NaN", 1.234),
        ("' +.5 '", 0.5),
    ] {
        bowl.script(&format!("arguments[0].alpha = {property}"));
        assert_eq!(bowl.script("return arguments[0].spec.alpha"), kept, "{property}");
    }
    assert_eq!(bowl.script("return arguments[0].spec.start"), 5);
}

fn typing_survives_a_late_frame(page: &Page<'_>) {
    page.open("embed.html?figure=bowl&alpha=0.3");
    let bowl = page.element("gd-bowl");
    let field = bowl.find("textbox", "Learning rate α, value");
    page.script("window.late = []; window.requestAnimationFrame = (turn) => late.push(turn)");
    // The frame of the refusal, which restores 0.3, comes when the next value is half typed.
    field.fill("fast");
    field.type_over("0.2");
    page.script("for (const turn of late.splice(0)) turn(performance.now())");
    page.type_text("5");
    assert_eq!(field.value(), "0.25");
    page.press("Enter");
    assert_eq!(bowl.script("return arguments[0].spec.alpha"), 0.25);
}

fn bad_attributes_are_reported(page: &Page<'_>) {
    host::open(page, "<gd-ravine kappa=\"wide\" beta=\"0.8\"></gd-ravine>");
    let ravine = page.element("gd-ravine");
    ravine
        .part("error")
        .wait_for_text("kappa must be a number from 1 to 1000000, not “wide”. 100 stays.");
    assert_eq!(host::heard(page, "gd-error")[0]["parameter"], "kappa");
    // From here on the last valid value stays, and a valid one clears the error message.
    ravine.script("arguments[0].setAttribute('kappa', '30')");
    ravine.wait_until("κ = 30", "it.spec.kappa === 30");
    ravine.part("error").wait_until("no complaint", "it.textContent === ''");
    ravine.script("arguments[0].setAttribute('kappa', 'narrow')");
    ravine.part("error").wait_for_text("not “narrow”. 30 stays.");
    assert_eq!(ravine.script("return arguments[0].spec.kappa"), 30);
    ravine.script("arguments[0].beta = -2");
    ravine
        .part("error")
        .wait_for_text("beta must be a number from 0 to 0.9999, not “-2”. 0 is used.");
    ravine.script("arguments[0].setAttribute('colour', 'red')");
    ravine.part("error").wait_for_text("no parameter “colour”");
    ravine.script("arguments[0].removeAttribute('colour')");
    ravine.part("error").wait_until("one complaint less", "!it.textContent.includes('colour')");
}

fn markup_stays_text(page: &Page<'_>) {
    page.open(
        "embed.html?figure=bowl&alpha=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&%3Cb%3Ebold=1",
    );
    let bowl = page.element("gd-bowl");
    bowl.part("error").wait_for_text("not “<img src=x onerror=alert(1)>”.");
    bowl.part("error").wait_for_text("no parameter “<b>bold”");
    // The picture of the figure itself is one too.
    assert!(page.elements("[onerror], b").is_empty());
    bowl.find("textbox", "Loss f(x)").fill("<i>x</i>");
    bowl.element("[data-field=loss] .hint").wait_for_text("“<i>x</i>”");
    assert!(page.elements("i").is_empty());
}

fn bad_values_from_scripts_are_reported(page: &Page<'_>) {
    host::open(page, "<gd-bowl></gd-bowl>");
    let bowl = page.element("gd-bowl");
    bowl.script("arguments[0].drop(NaN)");
    bowl.part("error").wait_for_text("A start must be finite numbers.");
    bowl.script("arguments[0].drop(Infinity)");
    assert_eq!(bowl.script("return arguments[0].spec.start"), 5);
    bowl.script("arguments[0].alpha = { steep: true }");
    bowl.part("error").wait_for_text("alpha must be a number");
    bowl.script("arguments[0].drop(3)");
    bowl.part("error").wait_until("no complaint of the start", "!it.textContent.includes('start')");
    assert_eq!(bowl.script("return arguments[0].spec.start"), 3);
    assert_eq!(host::heard(page, "gd-error").len(), 3);
}

fn impossible_iterations_are_bounded(page: &Page<'_>) {
    host::open(page, "<gd-bowl></gd-bowl>");
    let bowl = page.element("gd-bowl");
    for (call, k) in [
        ("seek(7)", 7),
        ("seek(-3)", 0),
        ("seek(4294967301)", 25),
        ("seek(NaN)", 0),
        ("seek(Infinity)", 25),
        ("reset()", 0),
        ("step(-1)", 0),
        ("step(1e12)", 25),
        ("step()", 25),
    ] {
        bowl.script(&format!("arguments[0].{call}"));
        assert_eq!(bowl.script("return arguments[0].snapshot().k"), k, "after {call}");
    }
}
