//! Paints drawings onto canvases: scenes through plotters, overlay shapes directly.

use std::f64::consts::TAU;

use downhill_figures::{Align, ColorRole, FONT, OverlayShape, Palette, Raster, SUBPIXEL, Scene};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{Clamped, JsCast, JsError, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// Font weight and size of labels in the overlay.
const LABEL: &str = "600 12px";

/// Clears a canvas and scales its unit to `unit` device pixels.
fn prepare(canvas: &HtmlCanvasElement, unit: f64) -> Result<CanvasRenderingContext2d, JsError> {
    let context = canvas.get_context("2d").ok().flatten();
    // An unchecked cast, because a canvas inside a frame belongs to another window and fails
    // `instanceof`.
    let context = context.map(JsCast::unchecked_into::<CanvasRenderingContext2d>);
    let context = context.ok_or_else(no_context)?;
    context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).map_err(error)?;
    context.clear_rect(0.0, 0.0, canvas.width().into(), canvas.height().into());
    context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0).map_err(error)?;
    Ok(context)
}

fn no_context() -> JsError {
    JsError::new("this canvas has no 2d context")
}

#[allow(clippy::needless_pass_by_value, reason = "an error is handed over")]
fn error(value: JsValue) -> JsError {
    JsError::new(&value.as_string().unwrap_or_default())
}

/// Paints a recorded scene on a canvas.
pub(crate) fn static_layer(
    scene: &Scene,
    canvas: &HtmlCanvasElement,
    ratio: f64,
    palette: &Palette,
) -> Result<(), JsError> {
    if replayed(scene, canvas, ratio, palette)? {
        return Ok(());
    }
    // The backend accepts only contexts of this window; a canvas inside a frame has one of the frame's.
    let document = web_sys::window().and_then(|window| window.document());
    let own = document.and_then(|document| document.create_element("canvas").ok());
    let own: HtmlCanvasElement = own.ok_or_else(no_context)?.unchecked_into();
    own.set_width(canvas.width());
    own.set_height(canvas.height());
    replayed(scene, &own, ratio, palette)?;
    prepare(canvas, 1.0)?.draw_image_with_html_canvas_element(&own, 0.0, 0.0).map_err(error)
}

/// Replays a scene on a canvas; `false` if the backend does not accept its context.
fn replayed(
    scene: &Scene,
    canvas: &HtmlCanvasElement,
    ratio: f64,
    palette: &Palette,
) -> Result<bool, JsError> {
    prepare(canvas, ratio / f64::from(SUBPIXEL))?.set_line_join("round");
    let Some(mut backend) = CanvasBackend::with_canvas_object(canvas.clone()) else {
        return Ok(false);
    };
    let drawn = scene.replay(&mut backend, palette);
    drawn.map(|()| true).map_err(|_| JsError::new("this canvas does not draw"))
}

/// Sizes a canvas to one pixel per raster cell and paints the cells.
pub(crate) fn raster(
    raster: &Raster,
    canvas: &HtmlCanvasElement,
    palette: &Palette,
) -> Result<(), JsError> {
    // Setting the size reallocates a canvas even if the size is unchanged.
    if (canvas.width(), canvas.height()) != (raster.columns, raster.rows()) {
        canvas.set_width(raster.columns);
        canvas.set_height(raster.rows());
    }
    let context = prepare(canvas, 1.0)?;
    let pixels = raster.rgba(palette);
    let image = ImageData::new_with_u8_clamped_array(Clamped(&pixels), raster.columns);
    context.put_image_data(&image.map_err(error)?, 0.0, 0.0).map_err(error)
}

/// Paints overlay shapes, given in CSS pixels.
pub(crate) fn overlay(
    marks: &[OverlayShape],
    canvas: &HtmlCanvasElement,
    ratio: f64,
    palette: &Palette,
) -> Result<(), JsError> {
    let brush = Brush { context: prepare(canvas, ratio)?, palette };
    brush.context.set_line_join("round");
    for mark in marks {
        brush.mark(mark)?;
    }
    Ok(())
}

struct Brush<'a> {
    context: CanvasRenderingContext2d,
    palette: &'a Palette,
}

impl Brush<'_> {
    fn fill_with(&self, role: ColorRole) {
        self.context.set_fill_style_str(&self.palette.get(role).hex());
    }

    fn stroke_with(&self, role: ColorRole, width: f64) {
        self.context.set_stroke_style_str(&self.palette.get(role).hex());
        self.context.set_line_width(width);
    }

    fn trace(&self, points: &[(f64, f64)]) {
        self.context.begin_path();
        for (index, &(x, y)) in points.iter().enumerate() {
            if index == 0 {
                self.context.move_to(x, y);
            } else {
                self.context.line_to(x, y);
            }
        }
    }

    fn mark(&self, mark: &OverlayShape) -> Result<(), JsError> {
        let context = &self.context;
        match mark {
            OverlayShape::Disc { at, radius, fill, outline } => {
                context.begin_path();
                context.arc(at.0, at.1, *radius, 0.0, TAU).map_err(error)?;
                self.fill_with(*fill);
                context.fill();
                self.stroke_with(*outline, 1.5);
                context.stroke();
            }
            OverlayShape::Path { points, role, width, dashed, opacity } => {
                let dash = if *dashed {
                    js_sys::Array::of2(&3.into(), &4.into())
                } else {
                    js_sys::Array::new()
                };
                context.set_line_dash(&dash).map_err(error)?;
                context.set_global_alpha(*opacity);
                self.stroke_with(*role, *width);
                self.trace(points);
                context.stroke();
                context.set_global_alpha(1.0);
                context.set_line_dash(&js_sys::Array::new()).map_err(error)?;
            }
            OverlayShape::Dots { points, radius, role } => {
                self.fill_with(*role);
                context.begin_path();
                for &(x, y) in points {
                    context.move_to(x + radius, y);
                    context.arc(x, y, *radius, 0.0, TAU).map_err(error)?;
                }
                context.fill();
            }
            OverlayShape::Arrow { from, to, role, width } => {
                self.stroke_with(*role, *width);
                let head = OverlayShape::arrow_head(*from, *to, *width);
                // The shaft ends inside the head, so that the tip stays sharp.
                let end = head.map_or(*to, |[_, left, right]| {
                    ((left.0 + right.0) / 2.0, (left.1 + right.1) / 2.0)
                });
                self.trace(&[*from, end]);
                context.stroke();
                if let Some(head) = head {
                    self.fill_with(*role);
                    self.trace(&head);
                    context.fill();
                }
            }
            OverlayShape::Window { corner, size, marks } => {
                context.save();
                context.begin_path();
                context.rect(corner.0, corner.1, size.0, size.1);
                context.clip();
                for mark in marks {
                    self.mark(mark)?;
                }
                context.restore();
            }
            OverlayShape::Label { at, text, role, align } => {
                context.set_font(&format!("{LABEL} {FONT}"));
                context.set_text_baseline("middle");
                context.set_text_align(match align {
                    Align::Start => "start",
                    Align::Middle => "center",
                    Align::End => "end",
                });
                self.stroke_with(ColorRole::Panel, 3.5);
                context.stroke_text(text, at.0, at.1).map_err(error)?;
                self.fill_with(*role);
                context.fill_text(text, at.0, at.1).map_err(error)?;
            }
        }
        Ok(())
    }
}
