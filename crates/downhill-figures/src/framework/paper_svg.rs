//! Draws a figure for a handout: with its title, what it says about itself, and lines that can be
//! told apart without colours.

use crate::draw::{
    Align, Anchor, ColorRole, Height, Layers, OverlayShape, Palette, Scene, Theme, to_dashed_svg,
};
use crate::framework::declaration::Readout;
use crate::framework::figure::Figure;
use crate::framework::static_svg::panes;

/// The options of a picture for paper.
#[derive(Clone, Copy, Debug)]
pub struct PaperImage<'a> {
    /// The whole width in CSS pixels.
    pub width_px: f64,
    /// The colours of a theme instead of those for white paper.
    pub theme: Option<Theme>,
    /// How the picture can be made again, in small print below it; may be empty.
    pub source: &'a str,
}

/// The margin around everything in CSS pixels.
const MARGIN_PX: f64 = 12.0;

/// Sizes of text in CSS pixels: the title, the legend and what is below.
const TITLE_PX: f64 = 18.0;
const TEXT_PX: f64 = 12.0;
const SMALL_PX: f64 = 9.0;

/// A line's height, and the average width of a letter, in sizes of its text.
const LEADING: f64 = 1.5;
const LETTER: f64 = 0.56;

/// The width of a sample of a line in the legend in CSS pixels.
const SAMPLE_PX: f64 = 36.0;

/// Draws all panes of a figure into one SVG document, below its title and above its legend.
#[must_use]
pub fn paper_svg(figure: &mut Figure, image: PaperImage<'_>) -> String {
    let within_px = image.width_px - 2.0 * MARGIN_PX;
    let (mut layers, height_px) = panes(figure, within_px);
    let title = figure.declaration().name;
    let mut head = Text::new(within_px);
    head.paragraph(&title, TITLE_PX, ColorRole::Ink, None);
    let top_px = MARGIN_PX + head.y_px + 4.0;
    for Layers { corner_px, .. } in &mut layers {
        *corner_px = (corner_px.0 + MARGIN_PX, corner_px.1 + top_px);
    }
    let mut foot = Text::new(within_px);
    for (text, role) in legend(figure) {
        foot.paragraph(&text, TEXT_PX, ColorRole::Ink, role);
    }
    if !image.source.is_empty() {
        foot.paragraph(image.source, SMALL_PX, ColorRole::Muted, None);
    }
    let foot_px = top_px + height_px + 8.0;
    let size_px = (image.width_px, foot_px + foot.y_px + MARGIN_PX);
    layers.push(head.layers((MARGIN_PX, MARGIN_PX)));
    layers.push(foot.layers((MARGIN_PX, foot_px)));
    let palette = image.theme.map_or_else(Palette::printed, Palette::of);
    to_dashed_svg(size_px, &title, &layers, &palette)
}

/// What a figure says about its runs and regions: each with its colour, if it has one of its own.
fn legend(figure: &Figure) -> Vec<(String, Option<ColorRole>)> {
    let mut legend = Vec::new();
    let is_own = |role| !matches!(role, ColorRole::Ink | ColorRole::Muted | ColorRole::Guess);
    if let Some(table) = figure.declaration().table.filter(|table| !table.roles.is_empty()) {
        for (row, role) in figure.rows(0, table.rows).into_iter().zip(&table.roles) {
            let mut cells = row.into_iter().zip(&table.columns);
            let name = cells.next().map(|(name, _)| name).unwrap_or_default();
            let rest = cells.filter(|(cell, _)| !cell.is_empty());
            let rest: Vec<_> = rest.map(|(cell, column)| format!("{column} {cell}")).collect();
            legend.push((format!("{name}: {}", rest.join(", ")), Some(*role)));
        }
    }
    let has_rows = !legend.is_empty();
    for readout in figure.readouts() {
        match readout {
            Readout::Line { text, role, .. } if !text.is_empty() && role != ColorRole::Muted => {
                legend.push((text, None));
            }
            Readout::Pairs { pairs, .. } if !has_rows => {
                for pair in pairs.into_iter().filter(|pair| is_own(pair.role)) {
                    let colon = if pair.value.is_empty() { "" } else { ": " };
                    let text = format!("{}{colon}{}", pair.label, pair.value);
                    legend.push((text, Some(pair.role)));
                }
            }
            _ => {}
        }
    }
    legend
}

/// Lines of text, from top to bottom.
struct Text {
    scene: Scene,
    samples: Vec<OverlayShape>,
    y_px: f64,
}

impl Text {
    fn new(width_px: f64) -> Self {
        Self { scene: Scene::new(width_px, 0.0), samples: Vec::new(), y_px: 0.0 }
    }

    /// Adds a text, in as many lines as it needs, after a sample of its colour.
    fn paragraph(&mut self, text: &str, size_px: f64, role: ColorRole, sample: Option<ColorRole>) {
        let left_px = if sample.is_some() { SAMPLE_PX + 8.0 } else { 0.0 };
        let line_px = LEADING * size_px;
        if let Some(role) = sample {
            let y_px = self.y_px + 0.5 * line_px;
            let width = if is_area(role) { 0.9 * size_px } else { 2.5 };
            let points = vec![(0.0, y_px), (SAMPLE_PX, y_px)];
            let sample = OverlayShape::Path { points, role, width, dashed: false, opacity: 1.0 };
            self.samples.push(sample);
        }
        let most = libm::floor((self.scene.width_px - left_px) / (LETTER * size_px)) as usize;
        for line in wrapped(text, most) {
            let anchor = Anchor { across: Align::Start, height: Height::Middle };
            let at_px = (left_px, self.y_px + 0.5 * line_px);
            self.scene.text(&line, at_px, size_px, role, anchor);
            self.y_px += line_px;
        }
    }

    fn layers(mut self, corner_px: (f64, f64)) -> Layers {
        self.scene.height_px = self.y_px;
        Layers { corner_px, raster: None, still: self.scene, marks: self.samples }
    }
}

/// Whether a colour fills areas rather than drawing lines.
const fn is_area(role: ColorRole) -> bool {
    matches!(
        role,
        ColorRole::Basin0
            | ColorRole::Basin1
            | ColorRole::Basin2
            | ColorRole::Basin3
            | ColorRole::Basin4
    )
}

/// A text in lines of at most so many letters, broken between words.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Locale, NAMES, figure};

    fn drawn(name: &str, fields: &[(&str, &str)], theme: Option<Theme>) -> String {
        let mut figure = figure(name, Locale::default()).expect("a figure");
        let _started = figure.start(fields);
        let _stepped = figure.apply(&Input::Step(30));
        paper_svg(&mut figure, PaperImage { width_px: 700.0, theme, source: "made by hand" })
    }

    #[test]
    fn every_figure_has_its_title_and_its_source_on_white() {
        for name in NAMES {
            let svg = drawn(name, &[], None);
            let title = figure(name, Locale::default()).expect("a figure").declaration().name;
            let first = title.split(' ').next().unwrap_or_default();
            assert!(svg.contains(&format!(">{first}")), "{name} has no title");
            assert!(svg.contains(">made by hand</text>"), "{name}");
            assert!(svg.contains("fill=\"#ffffff\"") && !svg.contains("NaN"), "{name}");
        }
        assert!(drawn("bowl", &[], Some(Theme::Dark)).contains("#151719"));
    }

    #[test]
    fn runs_are_told_apart_by_dashes_and_named() {
        let svg = drawn("ravine", &[], None);
        assert!(
            svg.contains("stroke-dasharray=\"8 3\"") && svg.contains(">Momentum, loss:"),
            "{svg}"
        );
        let svg = drawn("race", &[("rules", "gd,momentum,adam")], None);
        for dashes in ["8 3", "9 3 2 3"] {
            let pattern = format!("stroke-dasharray=\"{dashes}\"");
            assert!(svg.matches(&pattern).count() > 1, "{dashes}: a line and its sample");
        }
    }

    #[test]
    fn long_texts_are_broken_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("indivisible", 3), ["indivisible"]);
    }
}
