//! `downhill figure`: draws a figure in any state as SVG, PNG or PDF.

use std::fs;
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use downhill_figures::{
    Locale, NAMES, PaperImage, Parameter, StaticImage, Theme, figure, paper_svg, static_svg,
};

use crate::pdf;
use crate::png;
use crate::refusal::Refusal;

/// Allowed widths in CSS pixels, from a phone's to a poster's.
const WIDTHS: std::ops::RangeInclusive<f64> = 200.0..=4000.0;

/// Fields that mean something in a page only.
pub(crate) const OF_PAGES: [&str; 8] =
    ["theme", "lang", "hide", "show", "fit", "autoplay", "for", "from-here"];

const EXAMPLES: &str = "\
Each figure has flags of its own: downhill figure ravine --help.

Examples:
  downhill figure ravine --alpha 0.018 --k 60 -o ravine.svg
  downhill figure bowl --alpha 0.9 --k 5 --theme dark --bare --width 600 -o bowl.svg
  downhill figure race --fair best --k 100 -o race.pdf
  downhill figure scrubber --loss '0.5*x^2' > scrubber.svg";

/// Draw a figure in any state as SVG, PNG or PDF
pub(crate) struct Figure {
    name: String,
    fields: Vec<(String, String)>,
    output: Option<String>,
    width: String,
    theme: Option<String>,
    bare: bool,
}

/// The fields of a figure that a picture has.
fn fields(name: &str) -> Vec<Parameter> {
    let all = figure(name, Locale::default()).map(|mut figure| figure.parameters());
    let mut fields = all.unwrap_or_default();
    fields.retain(|field| !OF_PAGES.contains(&field.name));
    fields
}

/// A field as a flag: what it is, what it may be, and what it is otherwise.
fn flag(parameter: Parameter) -> Arg {
    let Parameter { name, about: mut help, allowed, default, .. } = parameter;
    if !allowed.is_empty() {
        help = format!("{help}: {allowed}");
    }
    if !default.is_empty() {
        help = format!("{help} [default: {default}]");
    }
    Arg::new(name).long(name).value_name("VALUE").allow_hyphen_values(true).help(help)
}

fn command_of(name: &'static str) -> Command {
    let title = figure(name, Locale::default()).map(|figure| figure.declaration().name);
    Command::new(name)
        .about(title.unwrap_or_default())
        .arg(Arg::new("output").short('o').long("output").value_name("FILE").help(
            "Where to write, FILE.svg, FILE.png or FILE.pdf [default: SVG to standard output]",
        ))
        .arg(
            Arg::new("width")
                .long("width")
                .default_value("800")
                .allow_hyphen_values(true)
                .help("Width in pixels, 200 to 4000; a PNG has two by two dots to each"),
        )
        .arg(
            Arg::new("theme")
                .long("theme")
                .value_name("light|dark")
                .value_parser(["light", "dark"])
                .help("Colours of the page instead of those for white paper"),
        )
        .arg(Arg::new("bare").long("bare").action(ArgAction::SetTrue).help(
            "The drawings alone, without title, legend and dashes that tell lines apart in grey",
        ))
        .args(fields(name).into_iter().map(flag))
}

impl Args for Figure {
    fn augment_args(command: Command) -> Command {
        command
            .about("Draw a figure in any state as SVG, PNG or PDF")
            .after_help(EXAMPLES)
            .subcommand_required(true)
            .subcommand_value_name("FIGURE")
            .subcommand_help_heading("Figures")
            .disable_help_subcommand(true)
            .subcommands(NAMES.iter().map(|name| command_of(name)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Figure {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let Some((name, matches)) = matches.subcommand() else {
            return Err(clap::Error::new(clap::error::ErrorKind::MissingSubcommand));
        };
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let given = fields(name).into_iter();
        let fields =
            given.filter_map(|field| Some((field.name.to_owned(), text(field.name)?))).collect();
        Ok(Self {
            name: name.to_owned(),
            fields,
            output: text("output"),
            width: text("width").unwrap_or_default(),
            theme: text("theme"),
            bare: matches.get_flag("bare"),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Figure {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        let width_px = downhill::numbers::plain(&self.width).filter(|width| WIDTHS.contains(width));
        let width_px = width_px
            .ok_or_else(|| Refusal::new("--width", &self.width, "a number from 200 to 4000"))?;
        let mut figure = started(&self.name, &self.fields)?;
        let theme = self.theme.as_deref().map(|theme| match theme {
            "dark" => Theme::Dark,
            _ => Theme::Light,
        });
        let svg = if self.bare {
            static_svg(&mut figure, StaticImage { width_px, theme: theme.unwrap_or(Theme::Light) })
        } else {
            let source = source(&self.name, &self.fields);
            paper_svg(&mut figure, PaperImage { width_px, theme, source: &source })
        };
        match &self.output {
            None => Ok(svg),
            Some(path) => write(Path::new(path), svg, "--output").map(|()| String::new()),
        }
    }
}

/// A figure in a state.
pub(crate) fn started(
    name: &str,
    fields: &[(String, String)],
) -> Result<downhill_figures::Figure, Refusal> {
    let mut figure = figure(name, Locale::default())
        .map_err(|_| Refusal::new("figure", name, format!("one of {}", NAMES.join(", "))))?;
    let entries: Vec<(&str, &str)> =
        fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    match figure.start(&entries).problems.into_iter().next() {
        None => Ok(figure),
        Some(problem) => {
            let (name, refusal) = (problem.parameter, problem.refusal);
            // Most messages begin with the parameter.
            let is_named =
                refusal.strip_prefix(&*name).is_some_and(|rest| rest.starts_with([' ', ':']));
            let between = if is_named { String::new() } else { name + ": " };
            Err(Refusal::line(format!("--{between}{refusal}")))
        }
    }
}

/// The command that draws a figure's state.
pub(crate) fn source(name: &str, fields: &[(String, String)]) -> String {
    let flags = fields.iter().map(|(field, text)| {
        let is_plain =
            text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._,:".contains(letter));
        let quote = if is_plain && !text.is_empty() { "" } else { "'" };
        format!(" --{field} {quote}{text}{quote}")
    });
    format!("downhill figure {name}{}", flags.collect::<String>())
}

/// Writes a picture in the form that the file's name says.
pub(crate) fn write(path: &Path, svg: String, flag: &str) -> Result<(), Refusal> {
    let shown = path.display();
    let failed = |why: String| Refusal::line(format!("{flag}: {why}"));
    let bytes = match path.extension().and_then(|end| end.to_str()) {
        Some("svg") => svg.into_bytes(),
        Some("png") => png::of(&svg).map_err(failed)?,
        Some("pdf") => pdf::of(&svg).map_err(failed)?,
        _ => {
            let allowed = "a file name that ends in .svg, .png or .pdf";
            return Err(Refusal::new(flag, shown, allowed));
        }
    };
    fs::write(path, bytes).map_err(|error| failed(format!("'{shown}' cannot be written: {error}")))
}
