//! A plotters backend that draws on a 2D canvas.
//!
//! The existing plotters-canvas formats opacities and sizes with the standard library's float
//! printer, which is larger than everything needed here.

use std::f64::consts::TAU;
use std::fmt;

use downhill_figures::Rgb;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use web_sys::CanvasRenderingContext2d;

/// Draws in whatever unit the context is scaled to.
pub(crate) struct Canvas<'a>(pub(crate) &'a CanvasRenderingContext2d);

/// The error for a shape that the browser would not draw.
#[derive(Debug)]
pub(crate) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this canvas does not draw")
    }
}

impl std::error::Error for Refused {}

type Drawn = Result<(), DrawingErrorKind<Refused>>;

fn refused<E>(_: E) -> DrawingErrorKind<Refused> {
    DrawingErrorKind::DrawingError(Refused)
}

impl Canvas<'_> {
    /// Fills the current path, or strokes it.
    fn paint(&self, color: BackendColor, outline: Option<u32>) {
        self.dye(color);
        match outline {
            Some(width) => {
                self.0.set_line_width(f64::from(width));
                self.0.stroke();
            }
            None => self.0.fill(),
        }
        self.0.set_global_alpha(1.0);
    }

    fn dye(&self, BackendColor { alpha, rgb: (red, green, blue) }: BackendColor) {
        let hex = Rgb(red, green, blue).hex();
        self.0.set_global_alpha(alpha);
        self.0.set_fill_style_str(&hex);
        self.0.set_stroke_style_str(&hex);
    }

    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.0.begin_path();
        for (x, y) in path {
            // On an empty path, `line_to` acts as `move_to`.
            self.0.line_to(x.into(), y.into());
        }
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        self.0.canvas().map_or((0, 0), |canvas| (canvas.width(), canvas.height()))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.0.begin_path();
        self.0.rect(x.into(), y.into(), 1.0, 1.0);
        self.paint(color, None);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.trace(path);
        self.paint(style.color(), Some(style.stroke_width()));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.trace(path);
        self.paint(style.color(), None);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.0.begin_path();
        self.0.arc(x.into(), y.into(), radius.into(), 0.0, TAU).map_err(refused)?;
        self.paint(style.color(), (!fill).then_some(style.stroke_width()));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let anchor = style.anchor();
        self.0.set_text_baseline(match anchor.v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        self.0.set_text_align(match anchor.h_pos {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "center",
        });
        let size = style.size() as u32;
        self.0.set_font(&[&size.to_string(), "px ", style.family().as_str()].concat());
        self.dye(style.color());
        self.0.fill_text(text, x.into(), y.into()).map_err(refused)?;
        self.0.set_global_alpha(1.0);
        Ok(())
    }
}
