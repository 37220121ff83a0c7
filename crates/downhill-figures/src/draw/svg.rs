//! Writes panes as an SVG document: the recorded scene with the overlay on top.

use std::fmt::Write;

use super::overlay::{Align, OverlayShape};
use super::palette::ColorRole;
use super::palette::Palette;
use super::raster::{Block, Raster};
use super::scene::{FONT, Height, SUBPIXEL, Scene, Shape};

/// All layers of one pane.
#[derive(Clone, Debug)]
pub struct Layers {
    /// The pane's upper left corner in the picture, in CSS pixels.
    pub corner_px: (f64, f64),
    /// The raster below the drawing.
    pub raster: Option<Raster>,
    /// The static layer.
    pub still: Scene,
    /// The overlay.
    pub marks: Vec<OverlayShape>,
}

/// Draws panes into one SVG document, at their positions. Numbers are rounded to hundredths of a
/// pixel, so the text is the same on every platform. Colours are presentation attributes: there is
/// no style sheet and no script, so the picture works under any content security policy.
#[must_use]
pub fn to_svg(size_px: (f64, f64), title: &str, panes: &[Layers], palette: &Palette) -> String {
    written(Writer { out: String::new(), palette, dashes: false }, size_px, title, panes)
}

/// The same with a pattern of dashes for each run's lines, so that they can be told apart without
/// colours.
#[must_use]
pub(crate) fn to_dashed_svg(
    size_px: (f64, f64),
    title: &str,
    panes: &[Layers],
    palette: &Palette,
) -> String {
    written(Writer { out: String::new(), palette, dashes: true }, size_px, title, panes)
}

fn written(mut svg: Writer<'_>, size_px: (f64, f64), title: &str, panes: &[Layers]) -> String {
    let palette = svg.palette;
    let (width, height) = (number(size_px.0), number(size_px.1));
    svg.line(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{FONT}\">"
    ));
    svg.line(&format!("<title>{}</title>", escaped(title)));
    let paper = palette.get(ColorRole::Paper).hex();
    svg.line(&format!("<rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>"));
    for (index, Layers { corner_px: corner, raster, still, marks }) in panes.iter().enumerate() {
        let (w, h) = (number(still.width_px), number(still.height_px));
        svg.line(&format!(
            "<clipPath id=\"pane-{index}\"><rect width=\"{w}\" height=\"{h}\"/></clipPath>"
        ));
        let (x, y) = (number(corner.0), number(corner.1));
        svg.line(&format!("<g transform=\"translate({x} {y})\" clip-path=\"url(#pane-{index})\">"));
        if let Some(raster) = raster {
            svg.raster(raster);
        }
        svg.scene(still);
        for mark in marks {
            svg.mark(mark);
        }
        svg.line("</g>");
    }
    svg.line("</svg>");
    svg.out
}

struct Writer<'a> {
    out: String,
    palette: &'a Palette,
    /// Whether lines of runs are dashed by their roles.
    dashes: bool,
}

/// The dashes of a run's lines; other lines are solid.
const fn dashes(role: ColorRole) -> Option<&'static str> {
    Some(match role {
        ColorRole::Momentum | ColorRole::Kept0 => "8 3",
        ColorRole::RmsProp | ColorRole::Kept1 => "2 2",
        ColorRole::Adam | ColorRole::Stochastic | ColorRole::Kept2 => "9 3 2 3",
        ColorRole::Nesterov | ColorRole::Kept3 => "14 4",
        ColorRole::AdaGrad | ColorRole::Kept4 => "5 2",
        ColorRole::AdamW => "9 3 2 3 2 3",
        ColorRole::Nadam => "14 3 2 3",
        ColorRole::Adadelta => "1 5",
        ColorRole::Adafactor => "5 5",
        ColorRole::Newton => "14 3 5 3",
        _ => return None,
    })
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn colour(&self, role: ColorRole) -> String {
        self.palette.get(role).hex()
    }

    /// All cells of one colour form one path in units of cells.
    fn raster(&mut self, raster: &Raster) {
        let mut paths: Vec<(String, String)> = Vec::new();
        for block in raster.blocks() {
            let Block { column, row, columns, rows, tint } = block;
            let colour = tint.colour(self.palette).hex();
            let index = paths.iter().position(|(same, _)| *same == colour).unwrap_or_else(|| {
                paths.push((colour, String::new()));
                paths.len() - 1
            });
            let _ = write!(paths[index].1, "M{column} {row}h{columns}v{rows}h-{columns}z");
        }
        let (columns, rows) = (f64::from(raster.columns), f64::from(raster.rows()));
        self.line(&format!(
            "<g transform=\"translate({} {}) scale({:.6} {:.6})\" shape-rendering=\"crispEdges\">",
            number(raster.corner_px.0),
            number(raster.corner_px.1),
            raster.size_px.0 / columns,
            raster.size_px.1 / rows
        ));
        for (colour, path) in paths {
            self.line(&format!("<path fill=\"{colour}\" d=\"{path}\"/>"));
        }
        self.line("</g>");
    }

    fn scene(&mut self, scene: &Scene) {
        let unit = |value: i32| number(f64::from(value) / f64::from(SUBPIXEL));
        let size = |value: u32| number(f64::from(value) / f64::from(SUBPIXEL));
        let path = |points: &[(i32, i32)]| {
            let subpixel = f64::from(SUBPIXEL);
            let pixels =
                points.iter().map(|&(x, y)| (f64::from(x) / subpixel, f64::from(y) / subpixel));
            outline(pixels)
        };
        for op in &scene.ops {
            let colour = self.palette.lit(op.role, op.light).hex();
            let alpha = opacity(op.alpha);
            let line = match &op.shape {
                Shape::Path(points, width) => format!(
                    "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"{alpha}/>",
                    path(points),
                    size(*width)
                ),
                Shape::Polygon(points) => {
                    format!("<path d=\"{}z\" fill=\"{colour}\"{alpha}/>", path(points))
                }
                Shape::Circle((x, y), radius, outline) => {
                    let paint = outline.map_or(format!("fill=\"{colour}\""), |width| {
                        format!(
                            "fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"",
                            size(width)
                        )
                    });
                    format!(
                        "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {paint}{alpha}/>",
                        unit(*x),
                        unit(*y),
                        size(*radius)
                    )
                }
                Shape::Text(text, (x, y), font, anchor) => {
                    let across = text_anchor(anchor.across);
                    // The distance from the anchor down to the baseline, as a fraction of the font
                    // size.
                    let down = match anchor.height {
                        Height::Top => 0.8,
                        Height::Middle => 0.35,
                        Height::Bottom => -0.2,
                    };
                    let baseline = (f64::from(*y) + down * f64::from(*font)) / f64::from(SUBPIXEL);
                    format!(
                        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{across}\" fill=\"{colour}\">{}</text>",
                        unit(*x),
                        number(baseline),
                        size(*font),
                        escaped(text)
                    )
                }
            };
            self.line(&line);
        }
    }

    fn mark(&mut self, mark: &OverlayShape) {
        let path = |points: &[(f64, f64)]| outline(points.iter().copied());
        match mark {
            OverlayShape::Disc { at, radius, fill, outline } => {
                let (fill, outline) = (self.colour(*fill), self.colour(*outline));
                self.line(&format!(
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\" stroke=\"{outline}\" stroke-width=\"1.5\"/>",
                    number(at.0),
                    number(at.1),
                    number(*radius)
                ));
            }
            OverlayShape::Path { points, role, width, dashed, opacity: alpha } => {
                let own = if self.dashes { dashes(*role) } else { None };
                let pattern = if *dashed { Some("3 4") } else { own };
                let dash = pattern
                    .map_or_else(String::new, |dash| format!(" stroke-dasharray=\"{dash}\""));
                self.line(&format!(
                    "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" \
                     stroke-linejoin=\"round\"{dash}{}/>",
                    path(points),
                    self.colour(*role),
                    number(*width),
                    opacity(*alpha)
                ));
            }
            OverlayShape::Dots { points, radius, role } => {
                let mut group = format!("<g fill=\"{}\">", self.colour(*role));
                for (x, y) in points {
                    let _ = write!(
                        group,
                        "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
                        number(*x),
                        number(*y),
                        number(*radius)
                    );
                }
                group.push_str("</g>");
                self.line(&group);
            }
            OverlayShape::Arrow { from, to, role, width } => {
                let colour = self.colour(*role);
                self.line(&format!(
                    "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"/>",
                    path(&[*from, *to]),
                    number(*width)
                ));
                if let Some(head) = OverlayShape::arrow_head(*from, *to, *width) {
                    self.line(&format!("<path d=\"{}z\" fill=\"{colour}\"/>", path(&head)));
                }
            }
            OverlayShape::Window { corner, size, marks } => {
                let [x, y] = [corner.0, corner.1].map(number);
                let [width, height] = [size.0, size.1].map(number);
                // A nested `svg` clips at its border without needing an id for a clip path.
                self.line(&format!(
                    "<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
                     viewBox=\"{x} {y} {width} {height}\">"
                ));
                for mark in marks {
                    self.mark(mark);
                }
                self.line("</svg>");
            }
            OverlayShape::Label { at, text, role, align } => {
                let across = text_anchor(*align);
                let (ink, paper) = (self.colour(*role), self.colour(ColorRole::Panel));
                self.line(&format!(
                    "<text x=\"{}\" y=\"{}\" font-size=\"12\" font-weight=\"600\" text-anchor=\"{across}\" fill=\"{ink}\" \
                     stroke=\"{paper}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>",
                    number(at.0),
                    number(at.1 + 4.0),
                    escaped(text)
                ));
            }
        }
    }
}

const fn text_anchor(align: Align) -> &'static str {
    match align {
        Align::Start => "start",
        Align::Middle => "middle",
        Align::End => "end",
    }
}

/// A path through points, each after the first relative to the one before, in quarters of a pixel:
/// a map has thousands of points, and a picture on a page should be small.
fn outline(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    let mut last = (0.0, 0.0);
    for (x, y) in points {
        let here = (0.25 * libm::round(4.0 * x), 0.25 * libm::round(4.0 * y));
        let (across, down) = (number(here.0 - last.0), number(here.1 - last.1));
        path.push(if path.is_empty() { 'm' } else { ' ' });
        path.push_str(&across);
        // A minus sign separates two numbers as well as a comma does.
        path.push_str(if down.starts_with('-') { "" } else { "," });
        path.push_str(&down);
        last = here;
    }
    path
}

/// At most two decimals, without trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

fn opacity(alpha: f64) -> String {
    if alpha < 1.0 { format!(" opacity=\"{}\"", number(alpha)) } else { String::new() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Theme;

    #[test]
    fn words_from_outside_stay_words() {
        let still = Scene::new(10.0, 10.0);
        let pane = Layers { corner_px: (0.0, 0.0), raster: None, still, marks: Vec::new() };
        let svg = to_svg((10.0, 10.0), "<script>&\"", &[pane], &Palette::of(Theme::Light));
        assert!(svg.contains("<title>&lt;script&gt;&amp;&quot;</title>"), "{svg}");
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(3.0), "3");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(12.345), "12.35");
        assert_eq!(number(100.0), "100");
    }
}
