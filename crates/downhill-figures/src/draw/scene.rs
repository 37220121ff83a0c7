//! A recorded drawing: what plotters draws once is replayed onto canvas, SVG or bitmap, in any theme.

use plotters::style::{FontFamily, IntoFont, RGBColor, TextStyle};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::mark::Align;
use super::palette::Palette;
use super::role::Role;

/// Scene units in one CSS pixel. Plotters rounds to whole units, so a finer unit keeps contours
/// smooth, and one recording serves every pixel ratio.
pub const SUBPIXEL: i32 = 8;

/// Text is set in the reader's own interface font.
const FONT: &str = "ui-sans-serif, system-ui, sans-serif";

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
    pub role: Role,
    /// Its opacity, from 0 to 1.
    pub alpha: f64,
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

    /// A backend for plotters that records into this scene.
    pub(crate) const fn recorder(&mut self) -> Recorder<'_> {
        Recorder(self)
    }

    pub(crate) fn push(&mut self, shape: Shape, role: Role, alpha: f64) {
        self.ops.push(Op { shape, role, alpha });
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
            let rgb = palette.get(op.role);
            let color = BackendColor { alpha: op.alpha, rgb: (rgb.0, rgb.1, rgb.2) };
            match &op.shape {
                Shape::Path(points, width) => {
                    backend.draw_path(points.iter().copied(), &Pen { color, width: *width })?;
                }
                Shape::Polygon(points) => backend.fill_polygon(points.iter().copied(), &color)?,
                Shape::Circle(centre, radius, outline) => backend.draw_circle(
                    *centre,
                    *radius,
                    &Pen { color, width: outline.unwrap_or(0) },
                    outline.is_none(),
                )?,
                Shape::Text(text, at, size, anchor) => {
                    let font = (FontFamily::Name(FONT), f64::from(*size)).into_font();
                    let colour = RGBColor(rgb.0, rgb.1, rgb.2);
                    let style = TextStyle::from(font).color(&colour).pos((*anchor).into());
                    backend.draw_text(text, &style, *at)?;
                }
            }
        }
        Ok(())
    }
}

struct Pen {
    color: BackendColor,
    width: u32,
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        self.color
    }
    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// Records what plotters draws; cannot fail.
pub(crate) struct Recorder<'a>(&'a mut Scene);

impl Recorder<'_> {
    fn push(&mut self, shape: Shape, color: BackendColor) {
        if color.alpha > 0.0 {
            self.0.push(shape, Role::carried(color.rgb), color.alpha);
        }
    }
}

/// A rule one pixel wide is sharp when it runs through the middle of its pixels.
const fn middle_of_pixel(unit: i32) -> i32 {
    unit.div_euclid(SUBPIXEL) * SUBPIXEL + SUBPIXEL / 2
}

impl DrawingBackend for Recorder<'_> {
    type ErrorType = std::convert::Infallible;

    fn get_size(&self) -> (u32, u32) {
        let unit = f64::from(SUBPIXEL);
        ((self.0.width_px * unit) as u32, (self.0.height_px * unit) as u32)
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }

    fn draw_pixel(
        &mut self,
        point: BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.push(Shape::Circle(point, 1, None), color);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let (mut from, mut to) = (from, to);
        if from.0 == to.0 {
            from.0 = middle_of_pixel(from.0);
            to.0 = from.0;
        }
        if from.1 == to.1 {
            from.1 = middle_of_pixel(from.1);
            to.1 = from.1;
        }
        self.push(Shape::Path(vec![from, to], style.stroke_width()), style.color());
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let ((left, top), (right, bottom)) = (upper_left, bottom_right);
        let mut corners = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
        let shape = if fill {
            Shape::Polygon(corners)
        } else {
            corners.push((left, top));
            Shape::Path(corners, style.stroke_width())
        };
        self.push(shape, style.color());
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let points: Vec<_> = path.into_iter().collect();
        if let [from, to] = points[..] {
            return self.draw_line(from, to, style);
        }
        self.push(Shape::Path(points, style.stroke_width()), style.color());
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let outline = if fill { None } else { Some(style.stroke_width()) };
        self.push(Shape::Circle(center, radius, outline), style.color());
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.push(Shape::Polygon(path.into_iter().collect()), style.color());
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        if !text.is_empty() {
            let shape =
                Shape::Text(text.to_owned(), pos, style.size() as u32, style.anchor().into());
            self.push(shape, style.color());
        }
        Ok(())
    }

    /// A guess by the average width of a digit: asking the document would touch its layout.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        let size = style.size();
        Ok(((text.chars().count() as f64 * size * 0.6) as u32, size as u32))
    }

    fn blit_bitmap(
        &mut self,
        _: BackendCoord,
        _: (u32, u32),
        _: &[u8],
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }
}
