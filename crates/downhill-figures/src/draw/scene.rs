//! A recorded drawing: drawn once, replayed onto canvas, SVG or bitmap, in any theme.

use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily,
};

use super::color_role::ColorRole;
use super::overlay::Align;
use super::palette::Palette;

/// Scene units in one CSS pixel. Plotters' backends take whole units, so a finer unit keeps contours
/// smooth, and one recording serves every pixel ratio.
pub const SUBPIXEL: i32 = 8;

/// Text is set as the page sets its controls: in a humanist face of the reader's own system.
pub const FONT: &str =
    "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'Noto Sans', 'Liberation Sans', sans-serif";

/// A point in scene units, from the upper left corner.
type Unit = (i32, i32);

/// One recorded shape, in scene units.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An open line through points, with its width.
    Path(Vec<Unit>, u32),
    /// A filled polygon.
    Polygon(Vec<Unit>),
    /// A circle with centre and radius, filled or with an outline of this width.
    Circle(Unit, u32, Option<u32>),
    /// A text with its position, size and anchor.
    Text(String, Unit, u32, Anchor),
}

/// Where a text stands from its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Across.
    pub across: Align,
    /// The part of the text that is at the point's height.
    pub height: Height,
}

/// A part of a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    /// Its upper edge.
    Top,
    /// Its middle.
    Middle,
    /// Its lower edge.
    Bottom,
}

impl From<Pos> for Anchor {
    fn from(pos: Pos) -> Self {
        let across = match pos.h_pos {
            HPos::Left => Align::Start,
            HPos::Center => Align::Middle,
            HPos::Right => Align::End,
        };
        let height = match pos.v_pos {
            VPos::Top => Height::Top,
            VPos::Center => Height::Middle,
            VPos::Bottom => Height::Bottom,
        };
        Self { across, height }
    }
}

impl From<Anchor> for Pos {
    fn from(anchor: Anchor) -> Self {
        let across = match anchor.across {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let height = match anchor.height {
            Height::Top => VPos::Top,
            Height::Middle => VPos::Center,
            Height::Bottom => VPos::Bottom,
        };
        Self::new(across, height)
    }
}

/// A shape with its colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    /// What is drawn.
    pub shape: Shape,
    /// Its colour's meaning.
    pub role: ColorRole,
    /// Its opacity, from 0 to 1.
    pub alpha: f64,
    /// The light on it, in hundredths: 0 is the colour itself.
    pub light: i8,
}

/// The still layer of a pane, in the order of drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in CSS pixels.
    pub width_px: f64,
    /// Height in CSS pixels.
    pub height_px: f64,
    /// The shapes, from the ground up.
    pub ops: Vec<Op>,
}

impl Scene {
    /// An empty scene for a pane of this size in CSS pixels.
    #[must_use]
    pub const fn new(width_px: f64, height_px: f64) -> Self {
        Self { width_px, height_px, ops: Vec::new() }
    }

    /// A horizontal or vertical line one pixel wide, between points in CSS pixels.
    pub(crate) fn rule(&mut self, from_px: (f64, f64), to_px: (f64, f64), role: ColorRole) {
        let point = |(x, y): (f64, f64)| (middle_of_pixel(x), middle_of_pixel(y));
        let line = vec![point(from_px), point(to_px)];
        self.push(Shape::Path(line, SUBPIXEL.unsigned_abs()), role, 1.0);
    }

    /// A text at a point in CSS pixels.
    pub(crate) fn text(
        &mut self,
        text: &str,
        at_px: (f64, f64),
        size_px: f64,
        role: ColorRole,
        anchor: Anchor,
    ) {
        let at = (units(at_px.0), units(at_px.1));
        self.push(
            Shape::Text(text.to_owned(), at, units(size_px).unsigned_abs(), anchor),
            role,
            1.0,
        );
    }

    pub(crate) fn push(&mut self, shape: Shape, role: ColorRole, alpha: f64) {
        self.push_lit(shape, role, alpha, 0);
    }

    /// A shape that is brighter or darker than its role's colour.
    pub(crate) fn push_lit(&mut self, shape: Shape, role: ColorRole, alpha: f64, light: i8) {
        self.ops.push(Op { shape, role, alpha, light });
    }

    /// Draws everything again on another backend whose unit is the scene's.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn replay<B: DrawingBackend>(
        &self,
        backend: &mut B,
        palette: &Palette,
    ) -> Result<(), DrawingErrorKind<B::ErrorType>> {
        for op in &self.ops {
            let rgb = palette.lit(op.role, op.light);
            let color = BackendColor { alpha: op.alpha, rgb: (rgb.0, rgb.1, rgb.2) };
            let pen = |width, anchor| Pen { color, width, anchor };
            let anchor = Anchor { across: Align::Start, height: Height::Bottom };
            match &op.shape {
                Shape::Path(points, width) => {
                    backend.draw_path(points.iter().copied(), &pen(*width, anchor))?;
                }
                Shape::Polygon(points) => backend.fill_polygon(points.iter().copied(), &color)?,
                Shape::Circle(centre, radius, outline) => backend.draw_circle(
                    *centre,
                    *radius,
                    &pen(outline.unwrap_or(0), anchor),
                    outline.is_none(),
                )?,
                Shape::Text(text, at, size, anchor) => {
                    backend.draw_text(text, &pen(*size, *anchor), *at)?
                }
            }
        }
        Ok(())
    }
}

/// What plotters' backends want to know of a line's or a text's style.
struct Pen {
    color: BackendColor,
    /// The width of a line, the size of a text.
    width: u32,
    anchor: Anchor,
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        self.color
    }
    fn stroke_width(&self) -> u32 {
        self.width
    }
}

impl BackendTextStyle for Pen {
    type FontError = Unmeasured;

    fn color(&self) -> BackendColor {
        self.color
    }
    fn size(&self) -> f64 {
        f64::from(self.width)
    }
    fn anchor(&self) -> Pos {
        self.anchor.into()
    }
    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FONT)
    }
    /// No backend here asks: texts are placed by their anchors.
    fn layout_box(&self, _: &str) -> Result<((i32, i32), (i32, i32)), Unmeasured> {
        Err(Unmeasured)
    }
    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _: &str,
        _: BackendCoord,
        _: F,
    ) -> Result<Result<(), E>, Unmeasured> {
        Err(Unmeasured)
    }
}

/// Texts are drawn by the backend's own font and never measured here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unmeasured;

impl std::fmt::Display for Unmeasured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this text has no measure")
    }
}

impl std::error::Error for Unmeasured {}

/// A rule one pixel wide is sharp when it runs through the middle of its pixels.
fn middle_of_pixel(px: f64) -> i32 {
    libm::floor(px + 1e-6) as i32 * SUBPIXEL + SUBPIXEL / 2
}

/// A length in scene units.
pub(crate) fn units(px: f64) -> i32 {
    libm::round(px * f64::from(SUBPIXEL)) as i32
}
