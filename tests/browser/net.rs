//! Tests of the network in training: the same bits as natively, α from here on, the way back from an
//! explosion, points of the reader's own, and rest.

use downhill_figures::{Input, Locale, figure};
use downhill_tests::{Case, Element, Page, case};

use crate::element::{COUNT, asked};
use crate::host;

pub(crate) const CASES: &[Case] = &[
    case!(a_link_trains_to_the_same_bits_as_natively),
    case!(alpha_acts_from_here_on),
    case!(alpha_acts_from_here_on_by_touch).size(390, 844),
    case!(an_explosion_is_one_click_from_where_it_was_good),
    case!(states_play_at_once),
    case!(what_is_shown_beside_it_is_chosen),
    case!(points_are_added_and_pasted),
    case!(nothing_runs_once_it_is_trained),
];

const POINTS: &str = "The points, and what the network makes of the plane";

const DONE: &str = "it.snapshot().data.done === true";

/// A training that is over soon.
const SHORT: [(&str, &str); 2] = [("steps", "400"), ("layers", "8,8")];

fn open<'p, 'a>(page: &'p Page<'a>, query: &str) -> Element<'p, 'a> {
    let short: String = SHORT.iter().map(|(name, text)| format!("&{name}={text}")).collect();
    page.open_figure("net", &format!("{short}{query}"))
}

/// The measurements as CSV, computed natively.
fn native(fields: &[(&str, &str)]) -> String {
    let mut net = figure("net", Locale::default()).expect("the net");
    assert!(net.start(&[&SHORT[..], fields].concat()).problems.is_empty());
    while net.apply(&Input::Work(usize::MAX)).working {}
    net.csv()
}

/// The decimals of the CSV are the shortest that give their number back, so equal texts are equal bits.
#[track_caller]
fn assert_trained(net: &Element<'_, '_>, fields: &[(&str, &str)]) {
    net.wait_until("the training's end", DONE);
    let csv = net.script("return arguments[0].toCSV()");
    let (csv, wanted) = (csv.as_str().expect("a text").to_owned(), native(fields));
    assert!(wanted.lines().count() > 20, "{wanted}");
    let differing = csv.lines().zip(wanted.lines()).find(|(line, wanted)| line != wanted);
    assert_eq!(differing, None, "{fields:?}");
    assert_eq!(csv, wanted);
}

fn a_link_trains_to_the_same_bits_as_natively(page: &Page<'_>) {
    for fields in [
        &[][..],
        &[("data", "spiral"), ("alpha", "0.2,200:0.4"), ("activation", "softplus")],
        &[("data", "sine"), ("rule", "adam"), ("alpha", "0.01"), ("batch", "16")],
        &[("data", "circles"), ("loss", "logistic"), ("rule", "momentum"), ("beta", "0.5")],
        &[("data", "xor"), ("activation", "relu"), ("init", "he"), ("schedule", "cosine")],
    ] {
        let query: String = fields.iter().map(|(name, text)| format!("&{name}={text}")).collect();
        assert_trained(&open(page, &query), fields);
    }
}

fn alpha_acts_from_here_on(page: &Page<'_>) {
    let net = open(page, "");
    net.wait_until("the training's end", DONE);
    net.script("arguments[0].seek(210)");
    net.find("textbox", "Learning rate α, value").fill("0.4");
    net.wait_until("another α", "it.spec.alpha === '0.2,210:0.4'");
    net.part("readouts").wait_for_text("α = 0.2, 0.4 from iteration 210 on.");
    assert_trained(&net, &[("alpha", "0.2,210:0.4")]);
    // In the middle of the training, and back to its start.
    net.script("arguments[0].seek(100)");
    net.find("textbox", "Learning rate α, value").fill("0.1");
    net.wait_until("a third α", "it.spec.alpha === '0.2,100:0.1'");
    net.find("button", "Reset").click();
    net.find("textbox", "Learning rate α, value").fill("0.3");
    net.wait_until("one α", "it.spec.alpha === 0.3");
    assert_trained(&net, &[("alpha", "0.3")]);
}

fn alpha_acts_from_here_on_by_touch(page: &Page<'_>) {
    let net = open(page, "&k=200");
    net.wait_until("the training's end", DONE);
    net.find("slider", "Learning rate α").tap_at(0.2, 0.5);
    net.wait_until("another α", "String(it.spec.alpha).startsWith('0.2,200:0.0')");
    net.wait_until("the training's end", DONE);
}

fn an_explosion_is_one_click_from_where_it_was_good(page: &Page<'_>) {
    let net = open(page, "&alpha=0.3,100:1000&k=last");
    net.part("outcome").wait_for_text("The training diverged at iteration 1");
    net.find("button", "Back to before").click();
    net.wait_until("the α from before", "it.spec.alpha === 0.3 && it.snapshot().k === 100");
    net.element("[role=status]").wait_for_text("Back at step 100, with the α from before.");
    assert_trained(&net, &[("alpha", "0.3")]);
}

fn states_play_at_once(page: &Page<'_>) {
    let net = open(page, "");
    for (button, data, alpha) in [
        ("Climbs and sinks", "circles", "0.05"),
        ("Explodes", "moons", "'0.3,2000:3'"),
        ("Locks at the edge", "spiral", "0.1"),
    ] {
        net.find("button", button).click();
        let set = format!("it.spec.data === '{data}' && it.spec.alpha === {alpha}");
        net.wait_until("its settings", &set);
        net.wait_until("it plays", "it.snapshot().k > 0");
    }
    net.script("arguments[0].seek(6000)");
    net.part("regime").wait_for_text("At the edge: λ = ");
}

fn what_is_shown_beside_it_is_chosen(page: &Page<'_>) {
    let net = open(page, "&k=300");
    net.wait_until("the training's end", DONE);
    net.find("radio", "hill").focus();
    page.press(" ");
    net.part("readouts").wait_for_text("The plane of the walk’s two main directions holds ");
    net.find("radio", "random").focus();
    page.press(" ");
    net.part("readouts").wait_for_text("A plane of two random directions holds ");
    net.find("radio", "gradients").focus();
    page.press(" ");
    net.wait_until("the gradients", "it.spec.view === 'gradients'");
}

fn points_are_added_and_pasted(page: &Page<'_>) {
    let net = open(page, "&show=own");
    net.find("application", POINTS).click_at(0.5, 0.2);
    net.wait_until("a point of its own", "it.spec.data === 'own'");
    net.element("[role=status]").wait_for_text("101 points");
    net.find("button", "Link to this state").click();
    let link = net.find("textbox", "Link to this state").value();
    assert_eq!(link.matches("%0A").count(), 101, "they travel: {link}");
    net.wait_until("the training's end", DONE);
    let own = net.element("textarea");
    let paste = |text: &str| {
        own.script_with(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', { bubbles: true }))",
            &[text.into()],
        );
    };
    paste("1,2,a\n3,x,b\n");
    net.find("button", "Use these points").click();
    let told =
        "it.shadowRoot.textContent.includes(\"line 2: found 'x', expected a finite number\")";
    net.wait_until("what is wrong with the row", told);
    paste("0,0,a\n1,0,b\n0,1,b\n1,1,a\n");
    net.find("button", "Use these points").click();
    // Four are too few to hold one out.
    net.part("readouts").wait_for_text(" % of the points are right.");
    net.wait_until("the training's end", DONE);
}

fn nothing_runs_once_it_is_trained(page: &Page<'_>) {
    let tag = "<gd-net steps=\"400\" layers=\"8,8\"></gd-net>";
    page.open_host(&host::html(COUNT, tag));
    let net = page.element("gd-net");
    net.wait_until("the training's end", DONE);
    page.settle();
    asked(page, 30);
    assert_eq!(asked(page, 60), 0, "at rest");
    net.find("button", "Play").click();
    assert!(asked(page, 20) > 5, "the count sees what moves");
    net.find("button", "Pause").click();
    asked(page, 60);
    assert_eq!(asked(page, 60), 0, "at rest again");
}
