//! Takes a screenshot of a page of the built site: `cargo xtask screenshot --help`.

use std::path::Path;
use std::process::ExitCode;

use downhill_tests::{Engine, Page, Screen, Session, Site};

const USAGE: &str = "\
cargo xtask screenshot [options] PATH OUT.png     a picture of dist/site/PATH, such as embed.html?figure=bowl

  --engine chromium|firefox|webkit   default chromium
  --width 1280 --height 800          the viewport, in CSS pixels
  --full                             as high as the page instead
  --ratio 2                          device pixels for each CSS pixel
  --dark --reduced-motion --forced-colors   the reader's preferences
  --script JS                        run first; may `return` a promise, which is waited for
  --element SELECTOR                 bring this element into view first, shadow roots included

What the script returns and what the page logged is printed.";

fn main() -> ExitCode {
    downhill_tests::exit_code(screenshot(std::env::args().skip(1).collect()))
}

fn screenshot(words: Vec<String>) -> Result<(), String> {
    let mut screen = Screen::LAPTOP;
    let mut engine = Engine::Chromium;
    let mut full = false;
    let mut script = None;
    let mut element = None;
    let mut places = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value after it\n\n{USAGE}"));
        match word.as_str() {
            "--help" => return Err(USAGE.into()),
            "--engine" => engine = Engine::named(&value()?).ok_or(USAGE)?,
            "--width" => screen.width = value()?.parse().map_err(|_| USAGE)?,
            "--height" => screen.height = value()?.parse().map_err(|_| USAGE)?,
            "--ratio" | "--dpr" => screen.ratio = value()?.parse().map_err(|_| USAGE)?,
            "--dark" => screen.dark = true,
            "--reduced-motion" => screen.reduced_motion = true,
            "--forced-colors" => screen.forced_colors = true,
            "--full" => full = true,
            "--script" => script = Some(value()?),
            "--element" => element = Some(value()?),
            _ => places.push(word),
        }
    }
    let [path, picture] = places.as_slice() else { return Err(USAGE.into()) };

    let site = Site::start()?;
    let session = Session::start(engine, screen)?;
    let page = Page::new(&session, &site);
    page.open(path);
    page.settle();
    if let Some(script) = script {
        let returned = page.script(&script);
        if !returned.is_null() {
            println!("{returned}");
        }
        page.settle();
    }
    if full {
        let height =
            page.script("return document.documentElement.scrollHeight").as_u64().unwrap_or(0);
        session.resize(screen.width, u32::try_from(height).unwrap_or(screen.height).min(16_000))?;
        page.settle();
    }
    if let Some(selector) = element {
        page.element(&selector).scroll_into_view();
        page.settle();
    }
    page.screenshot(Path::new(picture));
    for error in page.take_errors() {
        eprintln!("{error}");
    }
    Ok(())
}
