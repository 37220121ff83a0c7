//! `downhill figure`: draws a figure in any state as SVG or PNG.

use std::fs;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use downhill_figures::{Locale, NAMES, StaticImage, figure, static_svg};

use crate::png;
use crate::refusal::Refusal;

/// Allowed widths in CSS pixels, from a phone's to a poster's.
const WIDTHS: std::ops::RangeInclusive<f64> = 200.0..=4000.0;

const EXAMPLES: &str = "Every field of a figure is a flag of the same name.

Examples:
  downhill figure ravine --alpha 0.018 --k 60 -o ravine.svg
  downhill figure bowl --alpha 0.9 --k 5 --theme dark --width 600 -o bowl.svg
  downhill figure race --fair best --k 100 -o race.png
  downhill figure scrubber --loss '0.5*x^2' > scrubber.svg";

/// Draw a figure in any state as SVG or PNG
pub(crate) struct Figure {
    name: String,
    fields: Vec<(&'static str, String)>,
    output: Option<String>,
    width: String,
}

/// The names of all fields of all figures, without duplicates.
fn field_names() -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    for &name in NAMES {
        let fields = figure(name, Locale::default()).map(|mut figure| figure.field_names());
        for field in fields.unwrap_or_default() {
            if !all.contains(&field) {
                all.push(field);
            }
        }
    }
    all
}

impl Args for Figure {
    fn augment_args(command: Command) -> Command {
        let command =
            command
                .about("Draw a figure in any state as SVG or PNG")
                .after_help(EXAMPLES)
                .arg(
                    Arg::new("figure")
                        .required(true)
                        .help(format!("Which figure: {}", NAMES.join(", "))),
                )
                .arg(
                    Arg::new("output").short('o').long("output").value_name("FILE").help(
                        "Where to write, FILE.svg or FILE.png [default: SVG to standard output]",
                    ),
                )
                .arg(
                    Arg::new("width")
                        .long("width")
                        .default_value("800")
                        .allow_hyphen_values(true)
                        .help("Width in pixels, 200 to 4000; a PNG has two by two dots to each"),
                );
        field_names().into_iter().fold(command, |command, name| {
            command.arg(Arg::new(name).long(name).value_name("VALUE").allow_hyphen_values(true))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Figure {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let fields =
            field_names().into_iter().filter_map(|name| Some((name, text(name)?))).collect();
        let (name, width) = (text("figure").unwrap_or_default(), text("width").unwrap_or_default());
        Ok(Self { name, fields, output: text("output"), width })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Figure {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        let mut figure = figure(&self.name, Locale::default()).map_err(|_| {
            Refusal::new("figure", &self.name, format!("one of {}", NAMES.join(", ")))
        })?;
        let width_px = downhill::numbers::plain(&self.width).filter(|width| WIDTHS.contains(width));
        let width_px = width_px
            .ok_or_else(|| Refusal::new("--width", &self.width, "a number from 200 to 4000"))?;
        let entries: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        if let Some(problem) = figure.start(&entries).problems.into_iter().next() {
            let (name, refusal) = (problem.parameter, problem.refusal);
            // Most messages begin with the parameter.
            let is_named =
                refusal.strip_prefix(&*name).is_some_and(|rest| rest.starts_with([' ', ':']));
            let between = if is_named { String::new() } else { name + ": " };
            return Err(Refusal::line(format!("--{between}{refusal}")));
        }
        let theme = figure.theme();
        let svg = static_svg(&mut figure, StaticImage { width_px, theme });
        let Some(path) = &self.output else { return Ok(svg) };
        let bytes = if path.ends_with(".svg") {
            svg.into_bytes()
        } else if path.ends_with(".png") {
            png::of(&svg).map_err(|why| Refusal::line(format!("--output: {why}")))?
        } else {
            return Err(Refusal::new("--output", path, "a file name that ends in .svg or .png"));
        };
        let written = fs::write(path, bytes);
        written.map_err(|error| {
            Refusal::line(format!("--output: '{path}' cannot be written: {error}"))
        })?;
        Ok(String::new())
    }
}
