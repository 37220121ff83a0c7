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
    let mut costs = Vec::new();
    // The first round warms up.
    for round in 0..=GESTURES {
        host.look();
        let cost = |name: &str, gesture: &dyn Fn()| -> Result<f64, String> {
            let marks = ["begin", "end"].map(|mark| format!("{mark} {name} {round}"));
            page.script_with(MARK, &[json!(marks[0])]);
            gesture();
            page.script(FRAMES);
            page.script_with(MARK, &[json!(marks[1])]);
            let tasks = session.trace()?.between(TASK, &marks[0], &marks[1]);
            Ok(tasks.iter().sum::<f64>() / f64::from(MOVES))
        };
        let drag = cost("drag", &|| slider.drag_through(&way))?;
        let idle = cost("idle", &|| slider.hover_through(&way))?;
        costs.push((drag - idle, drag, idle));
    }
    costs.remove(0);
    let lost = host.lost();
    let of = |which: fn(&(f64, f64, f64)) -> f64| spread(costs.iter().map(which).collect(), lost);
    Ok(json!({ "above": of(|cost| cost.0), "drag": of(|cost| cost.1), "idle": of(|cost| cost.2) }))
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
    let mut longest = Vec::new();
    for drag in 0..GESTURES {
        host.look();
        starts.wait_until("a whole map", WHOLE_MAP);
        let marks = ["begin", "end"].map(|mark| format!("{mark} {drag}"));
        page.script_with(MARK, &[json!(marks[0])]);
        slider.drag_through(&there_and_back());
        starts.wait_until("the last map", WHOLE_MAP);
        page.script_with(MARK, &[json!(marks[1])]);
        let tasks = session.trace()?.between(TASK, &marks[0], &marks[1]);
        longest.extend(tasks.into_iter().max_by(f64::total_cmp));
    }
    host.look();
    let lost = host.lost();
    Ok(spread(longest, lost))
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
    let frames = session.trace()?.between(FRAME, "rolling", "rolled");
    host.look();
    let lost = host.lost();
    Ok(spread(frames, lost))
}
