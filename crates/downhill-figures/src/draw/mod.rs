//! Drawing: the static layer is recorded in a [`Scene`], which any plotters backend can replay; the
//! overlay is a list of [`OverlayShape`]s. Both refer to colours by [`ColorRole`] and measure in
//! CSS pixels, so that one drawing serves a canvas at any pixel ratio, an SVG file, and both
//! themes.

mod axes;
mod bisection;
mod contour;
mod frame;
mod overlay;
mod palette;
mod raster;
mod rgb;
mod scene;
mod solid;
mod svg;

pub(crate) use axes::draw_axes;
pub(crate) use bisection::bisect;
pub(crate) use contour::{ContourMap, WHOLE, draw_lines, draw_map, level_lines, simplified};
pub(crate) use frame::{Axis, Frame, between};
pub use overlay::{Align, OverlayShape};
pub use palette::{ColorRole, Palette, Theme};
pub use raster::{Raster, Tint};
pub use rgb::Rgb;
pub(crate) use scene::units;
pub use scene::{Anchor, FONT, Height, Op, SUBPIXEL, Scene, Shape};
pub use solid::{Bead, Mesh, ReliefMode, Solid};
pub(crate) use svg::to_dashed_svg;
pub use svg::{Layers, to_svg};
