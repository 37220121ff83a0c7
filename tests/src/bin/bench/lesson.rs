//! The lesson itself: how it loads on a cheap phone, and what a gesture costs.

use downhill_tests::{Engine, Page, Screen, Session, Site};
use serde_json::{Value, json};

/// How often the page is loaded; the median counts.
const LOADS: usize = 5;

/// What the browser noted while the page loaded: the largest paint, the time in which it could not have
/// answered (what each task takes beyond 50 ms), and how much has moved. Milliseconds.
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

/// Drags α of the ravine there and back and times every event: its handlers, the frame that follows, and
/// the layout. Beside it the same for a pointer that moves over the page. Milliseconds, medians.
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

/// First load on a phone with a quarter of this machine's speed, at 1.6 Mbit/s with 150 ms, files as gzip.
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

/// The main thread's work for one event of α's slider on the ravine.
pub(crate) fn of_a_gesture() -> Result<Value, String> {
    let site = Site::start()?;
    let session = Session::start(Engine::Chromium, Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    page.open("embed.html?figure=ravine");
    page.settle();
    Ok(page.script(GESTURE))
}
