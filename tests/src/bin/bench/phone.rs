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
/// Nothing else is asked of the page meanwhile: on a slow phone a look at the whole lesson takes
/// as long as the tasks that are measured.
const NOTED: &str = "
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await window.living;
  if (arguments[0]) await window.lit;
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
    alive: await window.living,
  };";

/// A page on which the browser does nothing, and takes nothing from the loop of [`Host`].
const AT_REST: &str = "<!doctype html><title>At rest</title>";

/// Notes when the first figure is alive.
const ALIVE: &str = "
  window.living = new Promise((done) => {
    addEventListener('gd-ready', () => done(performance.now()), { once: true });
  });";

/// Notes when the hill is first drawn where it can be seen.
const LIT: &str = "
  window.lit = new Promise((done) => {
    const draw = WebGL2RenderingContext.prototype.drawElements;
    WebGL2RenderingContext.prototype.drawElements = function (...given) {
      draw.apply(this, given);
      if (this.canvas.isConnected && !this.canvas.hidden) done();
    };
  });";

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
        "lesson": loads(host, "index.html", Some(NO_STAND_IN))?,
        "webgl": loads(host, "index.html", Some(LIT))?,
        "bowl": loads(host, "embed.html?figure=bowl", None)?,
    }))
}

fn loads(host: &mut Host, path: &str, script: Option<&str>) -> Result<Value, String> {
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
    for source in [Some(ALIVE), script].into_iter().flatten() {
        session.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }))?;
    }
    // The brake is a loop of the browser's, which would take its time from that of the host.
    let slow =
        |rate: u32| session.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": rate }));
    let page = Page::new(&session, &site);
    let mut noted = Vec::new();
    for _ in 0..LOADS {
        page.open_host(AT_REST);
        host.look();
        slow(4)?;
        page.open(path);
        noted.push(page.script_with(NOTED, &[json!(script == Some(LIT))]));
        page.open_host(AT_REST);
        slow(1)?;
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
