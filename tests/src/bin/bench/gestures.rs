//! Measures what gestures cost the main thread, from the browser's trace.

use downhill_tests::{FRAME, Page, Screen, Session, Site, TASK};
use serde_json::{Value, json};

use crate::host::Host;
use crate::spread::spread;

/// The number of moves of a gesture there and back, one per frame.
const MOVES: u32 = 180;

/// How often a gesture is made.
const GESTURES: usize = 3;

/// The number of rolling marbles: the most there can be.
const MARBLES: u32 = 32;

/// True once the basin map is complete.
const WHOLE_MAP: &str = "!it.shadowRoot.querySelector('.working').textContent";

/// Sets a mark in the browser's trace.
const MARK: &str = "performance.mark(arguments[0])";

/// The number of frames of [`FRAMES`].
const FRAME_COUNT: f64 = 20.0;

/// Waits for a number of frames.
const FRAMES: &str = "
  for (let i = 0; i < 20; i++) await new Promise((done) => requestAnimationFrame(done));";

pub(crate) fn measure(host: &mut Host) -> Result<Value, String> {
    Ok(json!({
        "lesson": ravine(host, "index.html")?,
        "frame": ravine(host, "embed.html?figure=ravine")?,
        "basins": basins(host)?,
        "marbles": marbles(host)?,
    }))
}

/// Positions on a slider's track, there and back.
fn there_and_back() -> Vec<(f64, f64)> {
    let share = |step: u32| f64::from(step) / f64::from(MOVES);
    (0..=MOVES).map(|step| (0.2 + 0.6 * (1.0 - (2.0 * share(step) - 1.0).abs()), 0.5)).collect()
}

/// The main-thread time of a move that drags the ravine's α, beyond that of a move of the pointer
/// along the same way without a button pressed.
fn ravine(host: &mut Host, path: &str) -> Result<Value, String> {
    let site = Site::start()?;
    let session = Session::start_traced(Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    page.open(path);
    let slider = page.element("gd-ravine").find("slider", "Learning rate α");
    // Brings the figure into view, where it and its neighbours come alive.
    slider.hover_through(&[(0.5, 0.5)]);
    page.settle();
    let way = there_and_back();
    let marked = |name: &str, gesture: &dyn Fn()| {
        page.script_with(MARK, &[json!(format!("begin {name}"))]);
        gesture();
        page.script(FRAMES);
        page.script_with(MARK, &[json!(format!("end {name}"))]);
    };
    for round in 0..=GESTURES {
        host.look();
        marked(&format!("drag {round}"), &|| slider.drag_through(&way));
        marked(&format!("idle {round}"), &|| slider.hover_through(&way));
    }
    host.look();
    let lost = host.lost();
    // Asking for a trace interrupts it, so it is asked for once.
    let trace = session.trace()?;
    let cost = |name: &str, round: usize| {
        let [from, to] = ["begin", "end"].map(|mark| format!("{mark} {name} {round}"));
        trace.between(TASK, &from, &to).iter().sum::<f64>() / f64::from(MOVES)
    };
    // The first round warms up. A gesture without a task came after the trace's buffer was full.
    let rounds: Vec<[f64; 2]> = (1..=GESTURES)
        .map(|round| ["drag", "idle"].map(|name| cost(name, round)))
        .filter(|costs| costs.iter().all(|cost| *cost > 0.0))
        .collect();
    if rounds.is_empty() {
        return Err(format!("no gesture on {path} was traced"));
    }
    let of = |cost: &dyn Fn([f64; 2]) -> f64| {
        spread(rounds.iter().map(|costs| cost(*costs)).collect(), lost)
    };
    Ok(json!({
        "above": of(&|[drag, idle]| drag - idle),
        "drag": of(&|[drag, _]| drag),
        "idle": of(&|[_, idle]| idle),
    }))
}

/// The longest main-thread task while α is dragged there and back over the basins of Himmelblau's
/// function and until the last map is complete.
fn basins(host: &mut Host) -> Result<Value, String> {
    let site = Site::start()?;
    let session = Session::start_traced(Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    page.open("embed.html?figure=starts");
    page.settle();
    let starts = page.element("gd-starts");
    let slider = starts.find("slider", "Learning rate α");
    let marks = |drag: usize| ["begin", "end"].map(|mark| format!("{mark} {drag}"));
    for drag in 0..GESTURES {
        host.look();
        starts.wait_until("a whole map", WHOLE_MAP);
        let [begin, end] = marks(drag);
        page.script_with(MARK, &[json!(begin)]);
        slider.drag_through(&there_and_back());
        starts.wait_until("the last map", WHOLE_MAP);
        page.script_with(MARK, &[json!(end)]);
    }
    host.look();
    let lost = host.lost();
    let trace = session.trace()?;
    let longest = |drag: usize| {
        let [begin, end] = marks(drag);
        trace.between(TASK, &begin, &end).into_iter().max_by(f64::total_cmp)
    };
    Ok(spread((0..GESTURES).filter_map(longest).collect(), lost))
}

/// The main-thread time per frame while marbles roll down a hill. Only the script's share, since
/// without a graphics card the rest is software rendering.
fn marbles(host: &mut Host) -> Result<Value, String> {
    let site = Site::start()?;
    let session = Session::start_traced(Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    let place = |marble: u32| {
        format!("{},{}", f64::from(marble % 8) - 3.5, f64::from(marble / 8) * 2.0 - 3.0)
    };
    let starts = (0..MARBLES).map(place).collect::<Vec<_>>().join(";");
    page.open(&format!("embed.html?figure=hill&alpha=0.002&steps=400&start={starts}"));
    page.settle();
    page.element("gd-hill").find("button", "Release").click();
    host.look();
    page.script_with(MARK, &[json!("rolling")]);
    page.script(FRAMES);
    page.script_with(MARK, &[json!("rolled")]);
    host.look();
    let callbacks = session.trace()?.between(FRAME, "rolling", "rolled");
    if callbacks.is_empty() {
        return Err("no frame of the rolling marbles was traced".into());
    }
    Ok(json!({ "median": callbacks.iter().sum::<f64>() / FRAME_COUNT, "lost": host.lost() }))
}
