//! The landscape as a 3D solid for a renderer: plain numbers, ready to upload.

use std::rc::Rc;

use super::palette::ColorRole;

/// How a 3D landscape is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReliefMode {
    /// As flat shapes in the static layer, for print.
    Drawn,
    /// As a lit solid, drawn by the caller from [`Solid`]; the layers above omit it.
    Lit,
    /// As a contour map, if nothing can draw a solid.
    Map,
}

/// Everything needed to draw the hill as a lit solid.
#[derive(Clone, Debug)]
pub struct Solid {
    /// The surface; unchanged while `version` is the same.
    pub mesh: Rc<Mesh>,
    /// Counts the landscapes shown.
    pub version: u32,
    /// The matrix from the hill's world to clip space, in column-major order.
    pub matrix: [f32; 16],
    /// The direction of the light.
    pub light: [f32; 3],
    /// The position of the eye.
    pub eye: [f32; 3],
    /// Half the size of the surface, the height of its top and that of the floor.
    pub size: [f32; 4],
    /// The number of contour levels over the whole height.
    pub levels: f32,
    /// The size of a CSS pixel in the middle of the pane, in units of the hill's world.
    pub pixel: f32,
    /// Marbles and their trails.
    pub beads: Vec<Bead>,
}

/// The surface as plain numbers, ready to upload.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// Five numbers per vertex: u, v, height, and the derivatives of the height by u and v.
    pub corners: Vec<f32>,
    /// Three vertex indices per triangle.
    pub triangles: Vec<u16>,
    /// The indices of a coarser mesh, which uses one vertex in three along each side.
    pub coarse: Vec<u16>,
}

impl Mesh {
    /// Floats per vertex.
    pub const STRIDE: i32 = 5;
}

/// A marble, or a dot of a trail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bead {
    /// Its centre in the hill's world.
    pub at: [f64; 3],
    /// Its radius in CSS pixels.
    pub radius_px: f64,
    /// Its colour.
    pub role: ColorRole,
    /// Whether it is a shaded marble rather than a flat dot.
    pub ball: bool,
}
