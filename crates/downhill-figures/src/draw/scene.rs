//! A recorded drawing: drawn once, replayed onto a canvas, SVG or bitmap, in any theme.

use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily,
};

use super::overlay::Align;
use super::palette::ColorRole;
use super::palette::Palette;

/// Scene units per CSS pixel. Plotters' backends take integers, so a finer unit keeps contours
/// smooth, and one recording serves every pixel ratio.
pub const SUBPIXEL: i32 = 8;

/// The font of the page's controls: a humanist sans serif of the reader's system.
pub const FONT: &str =
    "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'Noto Sans', 'Liberation Sans', sans-serif";

/// A point in scene units, from the upper left corner.
type Unit = (i32, i32);

/// A recorded shape, in scene units.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An open line through points, with its width.
    Path(Vec<Unit>, u32),
    /// A filled polygon.
    Polygon(Vec<Unit>),
    /// A circle with centre and radius, filled or outlined with this width.
    Circle(Unit, u32, Option<u32>),
    /// A text with its position, size and anchor.
    Text(String, Unit, u32, Anchor),
}

/// The anchor of a text at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The horizontal anchor.
    pub across: Align,
    /// The vertical anchor.
    pub height: Height,
}

/// A vertical position in a line of text.
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
    /// The shape.
    pub shape: Shape,
    /// Its colour's role.
    pub role: ColorRole,
    /// Its opacity, from 0 to 1.
    pub alpha: f64,
    /// Its lighting in hundredths: 0 is the unlit colour.
    pub light: i8,
}

/// The static layer of a pane, in drawing order.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in CSS pixels.
    pub width_px: f64,
    /// Height in CSS pixels.
    pub height_px: f64,
    /// The shapes, from back to front.
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

    /// Draws a text at a point in CSS pixels.
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

    /// Draws a shape that is brighter or darker than its role's colour.
    pub(crate) fn push_lit(&mut self, shape: Shape, role: ColorRole, alpha: f64, light: i8) {
        self.ops.push(Op { shape, role, alpha, light });
    }

    /// Draws everything on another backend, whose unit must be the scene's.
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

/// The style of a line or a text for plotters' backends.
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
    /// Never called here: texts are placed by their anchors.
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

/// Texts are drawn in the backend's own font and never measured here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unmeasured;

impl std::fmt::Display for Unmeasured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this text has no measure")
    }
}

impl std::error::Error for Unmeasured {}

/// A line one pixel wide is sharp if its centre is at the centre of a pixel.
fn middle_of_pixel(px: f64) -> i32 {
    f64::floor(px + 1e-6) as i32 * SUBPIXEL + SUBPIXEL / 2
}

/// A length in scene units.
pub(crate) fn units(px: f64) -> i32 {
    libm::round(px * f64::from(SUBPIXEL)) as i32
}
