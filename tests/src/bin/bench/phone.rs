//! Measures loading on a slow phone.

use downhill_tests::{Engine, Page, Screen, Session, Site};
use serde_json::{Value, json};

use crate::host::Host;
use crate::spread::spread;

/// How often each page is loaded.
const LOADS: usize = 5;

/// Loading metrics from the browser, in milliseconds: first and largest contentful paint, total
/// blocking time (what each task takes beyond 50 ms), layout shift, and when the first figure
/// was alive. With WebGL they include the hill's first picture in relief, however late it begins.
const NOTED: &str = "
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  while (arguments[0] && !window.lit && performance.now() < 20_000) await frame();
  await frame();
  await frame();
  const noted = (type) => new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries())).observe({ type, buffered: true });
    setTimeout(() => done([]), 500);
  });
  const paints = await noted('paint');
  const largest = await noted('largest-contentful-paint');
  const tasks = await noted('longtask');
  const shifts = await noted('layout-shift');
  return {
    first: paints.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? null,
    largest: largest.at(-1)?.startTime ?? null,
    blocking: tasks.reduce((sum, { duration }) => sum + duration - 50, 0),
    shift: shifts.reduce((sum, { value }) => sum + value, 0),
    alive: window.alive ?? null,
  };";

/// A page on which the browser does nothing, and takes nothing from the loop of [`Host`].
const AT_REST: &str = "<!doctype html><title>At rest</title>";

/// Notes when the figure of a frame is alive. Asking in every frame would disturb the long lesson.
const ALIVE: &str = "
  const look = () => {
    const figure = [...document.querySelectorAll('main *')].find(({ localName }) => localName.startsWith('gd-'));
    if (figure?.ready) figure.ready.then(() => (window.alive = performance.now()));
    else requestAnimationFrame(look);
  };
  look();";

/// Notes when the hill gets a WebGL context.
const LIT: &str = "
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    const context = get.call(this, kind, ...rest);
    if (kind === 'webgl2' && context) window.lit = performance.now();
    return context;
  };";

/// A phone has a graphics card, which this machine may lack. Its software fallback is disabled here,
/// and the hill becomes its map.
const NO_STAND_IN: &str = "
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind === 'webgl2' ? null : get.call(this, kind, ...rest);
  };";

/// First loads with a quarter of this machine's speed, at 1.6 Mbit/s with 150 ms latency, files
/// gzipped.
pub(crate) fn measure(host: &mut Host) -> Result<Value, String> {
    Ok(json!({
        "lesson": loads(host, "index.html", NO_STAND_IN)?,
        "webgl": loads(host, "index.html", LIT)?,
        "bowl": loads(host, "embed.html?figure=bowl", ALIVE)?,
    }))
}

fn loads(host: &mut Host, path: &str, script: &str) -> Result<Value, String> {
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
    session.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }))?;
    let page = Page::new(&session, &site);
    let mut noted = Vec::new();
    for _ in 0..LOADS {
        page.open_host(AT_REST);
        host.look();
        page.open(path);
        page.settle();
        noted.push(page.script_with(NOTED, &[json!(script == LIT)]));
        page.open_host(AT_REST);
        host.look();
    }
    let lost = host.lost();
    let of =
        |what: &str| spread(noted.iter().filter_map(|load| load[what].as_f64()).collect(), lost);
    Ok(json!({
        "first": of("first"), "largest": of("largest"), "blocking": of("blocking"),
        "shift": of("shift"), "alive": of("alive"),
    }))
}
