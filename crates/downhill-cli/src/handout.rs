//! `downhill handout`: draws all figures of the lesson into a folder.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use clap::Args;
use downhill_figures::{NAMES, PaperImage, paper_svg};

use crate::figure::{OF_PAGES, source, started, write};
use crate::refusal::Refusal;

/// The sections of the lesson that have figures.
const LESSON: [&str; 10] = [
    include_str!("../../../www/lesson/00-hill.md"),
    include_str!("../../../www/lesson/01-direction-and-size.md"),
    include_str!("../../../www/lesson/02-every-step.md"),
    include_str!("../../../www/lesson/03-ravine.md"),
    include_str!("../../../www/lesson/04-many-minima.md"),
    include_str!("../../../www/lesson/05-data.md"),
    include_str!("../../../www/lesson/07-lab.md"),
    include_str!("../../../www/lesson/08-family.md"),
    include_str!("../../../www/lesson/09-failures.md"),
    include_str!("../../../www/lesson/10-model.md"),
];

/// Parameters of a figure's place in the lesson.
const OF_THE_LESSON: [&str; 2] = ["id", "size"];

/// What a parameter of the still begins with.
const STILL: &str = "still.";

/// The width of a picture in CSS pixels: a page's.
const WIDTH_PX: f64 = 800.0;

/// Draw all figures of the lesson into a folder, in order
#[derive(Args)]
pub(crate) struct Handout {
    /// The folder, made if it is not there; files of the same names in it are replaced
    #[arg(default_value = "handout")]
    folder: PathBuf,
    /// The form of the pictures
    #[arg(long, default_value = "pdf", value_parser = ["pdf", "svg", "png"])]
    format: String,
}

/// A figure of the lesson, in its state there.
struct Shown {
    name: String,
    fields: Vec<(String, String)>,
}

/// All figures of the lesson, in order.
fn shown() -> Vec<Shown> {
    let lines = LESSON.iter().flat_map(|section| section.lines());
    let figures = lines.filter_map(|line| {
        let mut words = line.strip_prefix("```figure ")?.split_whitespace();
        let name = words.next().filter(|name| NAMES.contains(name))?.to_owned();
        let mut fields: Vec<(String, String)> = Vec::new();
        for (field, text) in words.filter_map(|word| word.split_once('=')) {
            let field = field.strip_prefix(STILL).unwrap_or(field);
            if OF_PAGES.contains(&field) || OF_THE_LESSON.contains(&field) {
                continue;
            }
            fields.retain(|(known, _)| known != field);
            fields.push((field.to_owned(), text.to_owned()));
        }
        Some(Shown { name, fields })
    });
    figures.collect()
}

impl Handout {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        let folder = self.folder.display();
        fs::create_dir_all(&self.folder).map_err(|error| {
            Refusal::line(format!("folder: '{folder}' cannot be made: {error}"))
        })?;
        let mut said = String::new();
        for (index, Shown { name, fields }) in shown().into_iter().enumerate() {
            let mut figure = started(&name, &fields)?;
            let source = source(&name, &fields);
            let image = PaperImage { width_px: WIDTH_PX, theme: None, source: &source };
            let file = format!("{:02}-{name}.{}", index + 1, self.format);
            let path = self.folder.join(&file);
            write(&path, paper_svg(&mut figure, image), "folder")?;
            let _ = writeln!(said, "{}", path.display());
        }
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{LESSON, shown, started};

    #[test]
    fn every_figure_of_the_lesson_is_in_it_and_can_be_drawn() {
        let lesson = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/lesson");
        let mut sections = Vec::new();
        for file in fs::read_dir(lesson).expect("the lesson") {
            let text = fs::read_to_string(file.expect("a file").path()).expect("text");
            let is_drawn =
                |line: &str| line.starts_with("```figure ") && !line.contains("figure code");
            if text.lines().any(is_drawn) {
                assert!(
                    LESSON.contains(&&*text),
                    "a section with figures is not in the handout: {text}"
                );
                sections.push(text);
            }
        }
        assert_eq!(sections.len(), LESSON.len());
        let shown = shown();
        assert!(shown.len() > 12);
        for figure in shown {
            if let Err(refusal) = started(&figure.name, &figure.fields) {
                panic!("{}: {refusal}", figure.name);
            }
        }
    }
}
