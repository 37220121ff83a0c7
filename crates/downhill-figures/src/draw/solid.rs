//! Ground as a solid, for whoever can light one: plain numbers, ready to be uploaded.

use super::color_role::ColorRole;

/// How the ground is drawn here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReliefMode {
    /// As flat shapes in the still layer: for paper.
    Drawn,
    /// As a lit solid, by whoever asks for [`Solid`]; the layers above it leave it out.
    Lit,
    /// As a contour map: where nothing can draw a solid.
    Map,
}

/// Everything that is needed to draw the hill as a lit solid.
#[derive(Clone, Debug)]
pub struct Solid<'a> {
    /// The ground; the same as long as `version` is.
    pub mesh: &'a Mesh,
    /// Counts the landscapes.
    pub version: u32,
    /// From the hill's world to clip space, column by column.
    pub matrix: [f32; 16],
    /// Where the light comes from.
    pub light: [f32; 3],
    /// Where the eye is.
    pub eye: [f32; 3],
    /// Half the ground's size, the height of its top and of the floor.
    pub size: [f32; 4],
    /// Contour levels over the whole height.
    pub levels: f32,
    /// A CSS pixel in the middle of the pane, in units of the hill's world.
    pub pixel: f32,
    /// Marbles and their trails.
    pub beads: Vec<Bead>,
}

/// The ground as plain numbers, ready to be uploaded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// Five numbers for each corner: u, v, height, and how the height rises along u and v.
    pub corners: Vec<f32>,
    /// Three corners for each triangle.
    pub triangles: Vec<u16>,
    /// The same for fewer and larger triangles, from one corner in three along each side.
    pub coarse: Vec<u16>,
}

impl Mesh {
    /// Numbers for each corner.
    pub const STRIDE: i32 = 5;
}

/// A ball, a dot or a speck.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bead {
    /// Its centre in the hill's world.
    pub at: [f64; 3],
    /// Its radius in CSS pixels.
    pub radius_px: f64,
    /// Its colour.
    pub role: ColorRole,
    /// Whether it is a marble, round and shaded, and not a flat dot.
    pub ball: bool,
}
