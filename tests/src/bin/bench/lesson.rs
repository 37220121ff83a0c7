//! Measures the lesson: loading on a slow phone, and the cost of interactions.

use downhill_tests::{Engine, FRAME, Page, Screen, Session, Site, TASK};
use serde_json::{Value, json};

/// How often the page is loaded; the median counts.
const LOADS: usize = 5;

/// The number of moves in which α is dragged there and back, one per frame.
const DRAG: u32 = 180;

/// The number of drags.
const DRAGS: usize = 3;

/// True once the basin map is complete.
const WHOLE_MAP: &str = "!it.shadowRoot.querySelector('.working').textContent";

/// Sets a mark in the browser's trace.
const MARK: &str = "performance.mark(arguments[0])";

/// The number of rolling marbles.
const MARBLES: u32 = 32;

/// Waits for a number of frames.
const FRAMES: &str = "
  for (let i = 0; i < 20; i++) await new Promise((done) => requestAnimationFrame(done));";

/// Loading metrics from the browser: largest contentful paint, total blocking time (what each task
/// takes beyond 50 ms), and layout shift. Times are in milliseconds.
const NOTED: &str = "
  const noted = (type) => new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries())).observe({ type, buffered: true });
    setTimeout(() => done([]), 500);
  });
  const paints = await noted('largest-contentful-paint');
  const tasks = await noted('longtask');
  const shifts = await noted('layout-shift');
  return {
    paint: paints.at(-1)?.startTime ?? null,
    blocking: tasks.reduce((sum, { duration }) => sum + duration - 50, 0),
    shift: shifts.reduce((sum, { value }) => sum + value, 0),
  };";

/// Drags the ravine's α there and back and times every event: its handlers, the next frame, and
/// layout. For comparison, the same for a pointer that only moves over the page. Medians, in
/// milliseconds.
const GESTURE: &str = "
  const figure = document.querySelector('gd-ravine');
  await figure.ready;
  const slider = figure.shadowRoot.querySelector('[data-field=alpha] input[type=range]');
  const frame = requestAnimationFrame.bind(window);
  let spent = 0;
  const timed = (work) => {
    const from = performance.now();
    work();
    spent += performance.now() - from;
  };
  window.requestAnimationFrame = (callback) => frame((now) => timed(() => callback(now)));
  const median = async (event) => {
    const all = [];
    for (let i = 0; i < 60; i++) {
      spent = 0;
      timed(() => event(i));
      await new Promise((done) => frame(() => frame(done)));
      timed(() => document.body.offsetHeight);
      all.push(spent);
    }
    return all.sort((a, b) => a - b)[30];
  };
  const { min, max } = slider;
  const drag = await median((i) => {
    slider.value = Number(min) + (Number(max) - Number(min)) * Math.abs(30 - i) / 40;
    slider.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  });
  const idle = await median((i) =>
    document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX: i, clientY: 5 })));
  return { drag, idle };";

/// A phone has a graphics card, which this machine lacks. Its software fallback takes half a second
/// per frame, so it is disabled here and the hill becomes its map.
const NO_STAND_IN: &str = "
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind === 'webgl2' ? null : get.call(this, kind, ...rest);
  };";

/// First load on a phone with a quarter of this machine's speed, at 1.6 Mbit/s with 150 ms latency,
/// files gzipped.
pub(crate) fn on_a_slow_phone() -> Result<Value, String> {
    let site = Site::compressed()?;
    let screen = Screen { width: 360, height: 740, ratio: 2.0, ..Screen::LAPTOP };
    let session = Session::start(Engine::Chromium, screen)?;
    session.devtools("Network.enable", &json!({}))?;
    session.devtools("Network.setCacheDisabled", &json!({ "cacheDisabled": true }))?;
    let bytes_a_second = 1_600_000 / 8;
    session.devtools(
        "Network.emulateNetworkConditions",
        &json!({
            "offline": false, "latency": 150,
            "downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second,
        }),
    )?;
    session.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": 4 }))?;
    session.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": NO_STAND_IN }))?;
    let page = Page::new(&session, &site);
    let mut loads = Vec::new();
    for _ in 0..LOADS {
        page.open("index.html");
        page.settle();
        loads.push(page.script(NOTED));
    }
    let median = |what: &str| {
        let mut values: Vec<f64> = loads.iter().filter_map(|load| load[what].as_f64()).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    Ok(json!({
        "paint": median("paint"), "blocking": median("blocking"), "shift": median("shift"),
    }))
}

/// The longest main-thread task, from the browser's trace, while α is dragged there and back over
/// the basins of Himmelblau's function and until the last map is complete. The median of three
/// drags, in milliseconds.
pub(crate) fn of_basins() -> Result<Value, String> {
    let site = Site::start()?;
    let session = Session::start_traced(Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    page.open("embed.html?figure=starts");
    page.settle();
    let starts = page.element("gd-starts");
    let slider = starts.find("slider", "Learning rate α");
    let there_and_back: Vec<(f64, f64)> = (0..=DRAG)
        .map(|step| f64::from(step) / f64::from(DRAG))
        .map(|t| (0.2 + 0.6 * (1.0 - (2.0 * t - 1.0).abs()), 0.5))
        .collect();
    let mut longest = Vec::new();
    for drag in 0..DRAGS {
        starts.wait_until("a whole map", WHOLE_MAP);
        let marks = ["begin", "end"].map(|mark| format!("{mark} {drag}"));
        page.script_with(MARK, &[json!(marks[0])]);
        slider.drag_through(&there_and_back);
        starts.wait_until("the last map", WHOLE_MAP);
        page.script_with(MARK, &[json!(marks[1])]);
        let tasks = session.trace()?.between(TASK, &marks[0], &marks[1]);
        longest.extend(tasks.into_iter().max_by(f64::total_cmp));
    }
    longest.sort_by(f64::total_cmp);
    Ok(json!(longest.get(longest.len() / 2)))
}

/// The main-thread time per frame while the maximum number of marbles rolls down a hill. Only the
/// script's share, since without a graphics card the rest is software rendering. Median, in
/// milliseconds.
pub(crate) fn of_marbles() -> Result<Value, String> {
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
    page.script_with(MARK, &[json!("rolling")]);
    page.script(FRAMES);
    page.script_with(MARK, &[json!("rolled")]);
    let mut frames_ms = session.trace()?.between(FRAME, "rolling", "rolled");
    frames_ms.sort_by(f64::total_cmp);
    Ok(json!(frames_ms.get(frames_ms.len() / 2)))
}

/// The main-thread work for one event of the ravine's α slider.
pub(crate) fn of_a_gesture() -> Result<Value, String> {
    let site = Site::start()?;
    let session = Session::start(Engine::Chromium, Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    page.open("embed.html?figure=ravine");
    page.settle();
    Ok(page.script(GESTURE))
}
