//! Measures the height of every figure of the built lesson and writes `www/style/reserved-heights.css`: `cargo xtask measure-heights`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use downhill_tests::{Engine, Page, Screen, Session, Site};
use serde_json::Value;

/// The viewport widths that are measured, in CSS pixels: first, last and step.
const VIEWPORTS: (u32, u32, usize) = (312, 1304, 16);

/// The column widths at which a figure's layout may change (`figure.css`), in rem.
const BREAKS: [f64; 5] = [0.0, 24.0, 34.0, 43.0, 54.0];

/// Where the tables of these figures begin to take the whole width (`figure.css`), in rem.
const WIDE_TABLES: (f64, [&str; 2]) = (46.0, ["gd-lab", "gd-scrubber"]);

/// Viewports up to this width are measured under a finger too, in CSS pixels: controls are higher there.
const PHONE_PX: u32 = 600;

/// The default size of a rem in CSS pixels.
const REM_PX: f64 = 16.0;

/// The viewport widths at which the heights of sections change their course, in rem.
const SECTION_BREAKS: [f64; 3] = [0.0, 34.0, 72.0];

/// Added to the measured height, in rem, for text that is slightly wider on another machine.
const SPARE: f64 = 0.5;

/// The viewport's width and the heights of all sections; then the column widths and natural heights
/// of all figures in their first and last state, without the code cell, whose printed listings
/// reserve its space (`page.css`).
const HEIGHTS: &str = "
  const sections = [...document.querySelectorAll('main > section')];
  for (const section of sections) section.style.contentVisibility = 'visible';
  const frames = async (n) => {
    while (n--) await new Promise((done) => requestAnimationFrame(done));
  };
  const all = [...document.querySelectorAll('main figure:not(.small) > :not(gd-code)')].filter((it) => it.snapshot && it.seek);
  for (const figure of all) {
    figure.pause();
    figure.style.minBlockSize = '0';
  }
  const found = all.map(() => 0);
  for (const k of [0, Number.MAX_SAFE_INTEGER]) {
    for (const figure of all) figure.seek(k);
    await frames(3);
    for (const [i, figure] of all.entries()) found[i] = Math.max(found[i], figure.getBoundingClientRect().height);
  }
  const whole = sections.map((section) => [
    `[aria-labelledby=${section.getAttribute('aria-labelledby')}]`, innerWidth, section.getBoundingClientRect().height,
  ]);
  // One that shows more at once is higher than others of its kind.
  const name = (figure) => figure.localName + (figure.hasAttribute('show') ? '[show]' : '');
  const drawn = all.map((figure, i) => [name(figure), figure.parentElement.getBoundingClientRect().width, found[i]]);
  return [...whole, ...drawn];";

/// The width and height of a figure in pixels, one pair per measurement.
type Sizes = Vec<(f64, f64)>;

/// A height as a linear function of the column width: pixels per pixel, and rem.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Room {
    slope: f64,
    rem: f64,
}

fn main() -> ExitCode {
    let file = std::env::args_os().nth(1).ok_or("measure_heights FILE.css".to_owned());
    downhill_tests::exit_code(file.and_then(|file| {
        let css = css(&measured()?);
        std::fs::write(Path::new(&file), css).map_err(|error| error.to_string())
    }))
}

/// Measures every section and every figure of the lesson in every viewport.
fn measured() -> Result<BTreeMap<String, Sizes>, String> {
    let site = Site::start()?;
    let session = Session::start(Engine::Chromium, Screen::LAPTOP)?;
    let page = Page::new(&session, &site);
    page.open("index.html");
    page.settle_all();
    let mut figures: BTreeMap<String, Sizes> = BTreeMap::new();
    for width in (VIEWPORTS.0..=VIEWPORTS.1).step_by(VIEWPORTS.2) {
        for touch in [false, true] {
            if touch && width > PHONE_PX {
                continue;
            }
            session.show_on(&Screen { width, touch, ..Screen::LAPTOP })?;
            for size in page.script(HEIGHTS).as_array().into_iter().flatten() {
                let number = |at: usize| size[at].as_f64().unwrap_or(f64::NAN);
                let Value::String(name) = &size[0] else { continue };
                figures.entry(name.clone()).or_default().push((number(1), number(2)));
            }
        }
    }
    Ok(figures)
}

/// The line above all heights between two widths that wastes the least space.
fn room(sizes: &Sizes, from_px: f64, to_px: f64) -> Option<Room> {
    let inside: Sizes =
        sizes.iter().copied().filter(|size| (from_px..to_px).contains(&size.0)).collect();
    let above = |slope: f64| {
        let offsets = inside.iter().map(|(width, height)| height - slope * width);
        offsets.max_by(f64::total_cmp)
    };
    let waste = |slope: f64| -> f64 {
        let offset = above(slope).unwrap_or_default();
        inside.iter().map(|(width, height)| slope * width + offset - height).sum()
    };
    let slopes = (-60..=180).map(|percent| f64::from(percent) / 100.0);
    let slope = slopes.min_by(|a, b| waste(*a).total_cmp(&waste(*b)))?;
    let rem = (above(slope)? / REM_PX * 4.0).ceil() / 4.0 + SPARE;
    Some(Room { slope, rem })
}

/// The line closest to a section's heights between two widths. Unlike a figure's it need not lie
/// above them: it only says how far the page scrolls before the section has been seen.
fn course(sizes: &Sizes, from_px: f64, to_px: f64) -> Option<Room> {
    let inside: Sizes =
        sizes.iter().copied().filter(|size| (from_px..to_px).contains(&size.0)).collect();
    let count = f64::from(u32::try_from(inside.len()).ok().filter(|&count| count > 0)?);
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| inside.iter().map(of).sum::<f64>() / count;
    let (width, height) = (mean(&|size| size.0), mean(&|size| size.1));
    let spread = mean(&|size| (size.0 - width) * (size.0 - width));
    let slope = mean(&|size| (size.0 - width) * (size.1 - height)) / spread;
    let slope = if spread > 0.0 { (slope * 100.0).round() / 100.0 } else { 0.0 };
    Some(Room { slope, rem: ((height - slope * width) / REM_PX).round() })
}

/// The rules for sections far from the screen.
fn sections(sections: &BTreeMap<String, Sizes>) -> String {
    let mut text = String::from(
        "
/* Roughly the height of each section, for as long as it has not been near the screen. */

@media screen {
",
    );
    for (index, &from) in SECTION_BREAKS.iter().enumerate() {
        let to = SECTION_BREAKS.get(index + 1).copied().unwrap_or(f64::INFINITY);
        let indent = if index == 0 { "  " } else { "    " };
        if index > 0 {
            let _ = writeln!(text, "  @media (min-width: {from}rem) {{");
        }
        for (name, sizes) in sections {
            let Some(Room { slope, rem }) = course(sizes, from * REM_PX, to * REM_PX) else {
                continue;
            };
            let percent = (slope * 100.0).round();
            let _ = writeln!(
                text,
                "{indent}{name} {{\n{indent}  contain-intrinsic-block-size: auto calc({percent}vw + {rem}rem);\n{indent}}}"
            );
        }
        if index > 0 {
            text.push_str("  }\n");
        }
    }
    text.push_str("}\n");
    text
}

fn css(measured: &BTreeMap<String, Sizes>) -> String {
    let (parts, figures): (BTreeMap<_, _>, BTreeMap<_, _>) = measured
        .iter()
        .map(|(name, sizes)| (name.clone(), sizes.clone()))
        .partition(|(name, _)| name.starts_with('['));
    let mut text = String::from(
        "/*
 * The height that each figure will need with its controls, so that nothing moves when it comes alive: upper bounds,
 * linear in the column width, measured by `cargo xtask measure-heights`. `budgets::nothing_shifts` checks them.
 */

@media screen and (scripting: enabled) {
",
    );
    let mut breaks = [&BREAKS[..], &[WIDE_TABLES.0]].concat();
    breaks.sort_by(f64::total_cmp);
    for &from in &breaks {
        let indent = if from == 0.0 { "  " } else { "    " };
        if from > 0.0 {
            let _ = writeln!(text, "  @container (min-width: {from}rem) {{");
        }
        for (name, sizes) in &figures {
            let applies = |at: f64| at != WIDE_TABLES.0 || WIDE_TABLES.1.contains(&name.as_str());
            if !applies(from) {
                continue;
            }
            let to = breaks.iter().copied().find(|&at| at > from && applies(at));
            let to = to.unwrap_or(f64::INFINITY);
            let Some(Room { slope, rem }) = room(sizes, from * REM_PX, to * REM_PX) else {
                continue;
            };
            let percent = (slope * 100.0).round();
            let _ = writeln!(
                text,
                "{indent}{name} {{\n{indent}  min-block-size: calc({percent}cqi + {rem}rem);\n{indent}}}"
            );
        }
        if from > 0.0 {
            text.push_str("  }\n");
        }
    }
    text.push_str(
        "
  /* Small figures are a drawing alone. */
  figure.small > gd-bowl {
    min-block-size: max(9.375rem, calc(72cqi + 0.8125rem));
  }
}
",
    );
    text + &sections(&parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserved_height_fits_every_figure_tightly() {
        let sizes = vec![(320.0, 960.0), (352.0, 976.0), (640.0, 400.0)];
        // A slope of ½, and 800 pixels at width 0, which are 50 rem.
        assert_eq!(room(&sizes, 0.0, 384.0), Some(Room { slope: 0.5, rem: 50.5 }));
        assert_eq!(room(&sizes, 384.0, 544.0), None);
    }

    #[test]
    fn a_section_follows_its_heights() {
        let sizes = vec![(320.0, 3200.0), (400.0, 3040.0), (1200.0, 1600.0), (1280.0, 1600.0)];
        assert_eq!(course(&sizes, 0.0, 544.0), Some(Room { slope: -2.0, rem: 240.0 }));
        assert_eq!(course(&sizes, 1152.0, f64::INFINITY), Some(Room { slope: 0.0, rem: 100.0 }));
        let css = css(&BTreeMap::from([("[aria-labelledby=a]".to_owned(), sizes)]));
        let wide =
            "[aria-labelledby=a] {\n      contain-intrinsic-block-size: auto calc(0vw + 100rem);";
        assert!(css.contains(wide), "{css}");
    }

    #[test]
    fn every_figure_has_a_line_for_every_measured_breakpoint() {
        let sizes = [300.0, 400.0, 600.0, 900.0].map(|width| (width, 800.0)).to_vec();
        let css = css(&BTreeMap::from([("gd-hill".to_owned(), sizes)]));
        assert_eq!(css.matches("gd-hill {").count(), 4);
        assert!(!css.contains("contain-intrinsic"));
        let sizes = [700.0, 720.0, 740.0, 800.0].map(|width| (width, 800.0)).to_vec();
        let css = super::css(&BTreeMap::from([("gd-lab".to_owned(), sizes)]));
        assert_eq!(css.matches("gd-lab {").count(), 2);
        assert_eq!(css.matches('{').count(), css.matches('}').count());
    }
}
