//! The surface as a triangle mesh, built once per landscape and drawn from any side.

use super::height_field::HeightField;
use crate::draw::Mesh;

/// Cells along each side: a cell is about four pixels wide in a large figure.
const CELLS: u16 = 120;

/// The side of a coarse cell, in cells.
const COARSE: u16 = 3;

impl Mesh {
    pub(crate) fn new(relief: &HeightField) -> Self {
        let side = CELLS + 1;
        let mut mesh = Self::default();
        let mut solid = Vec::new();
        let share = |i: u16| 2.0 * f64::from(i) / f64::from(CELLS) - 1.0;
        let [half_u, half_v] = relief.half();
        for row in 0..side {
            for column in 0..side {
                let (u, v) = (half_u * share(column), half_v * share(row));
                let [height, rise_u, rise_v] = relief.height_and_slope(u, v);
                solid.push(height.is_finite());
                let height = if height.is_finite() { height } else { 0.0 };
                mesh.corners.extend([u, v, height, rise_u, rise_v].map(|number| number as f32));
            }
        }
        mesh.triangles = triangles(1, &solid);
        mesh.coarse = triangles(COARSE, &solid);
        mesh
    }
}

/// Two triangles for each square of `cells` cells per side, except at the boundary of undefined
/// regions.
fn triangles(cells: u16, solid: &[bool]) -> Vec<u16> {
    let side = CELLS + 1;
    let mut triangles = Vec::new();
    for row in (0..CELLS).step_by(cells.into()) {
        for column in (0..CELLS).step_by(cells.into()) {
            let corner = row * side + column;
            let (right, up) = (corner + cells, corner + cells * side);
            if [corner, right, up, up + cells].iter().all(|&at| solid[usize::from(at)]) {
                triangles.extend([corner, right, up, right, up + cells, up]);
            }
        }
    }
    triangles
}

#[cfg(test)]
mod tests {
    use super::*;
    use downhill::{Expression, NamedLoss};
    use std::sync::Arc;

    #[test]
    fn the_mesh_is_on_the_surface_and_leaves_out_holes() {
        let relief = HeightField::new(&NamedLoss::<2>::named("himmelblau").expect("a landscape"));
        let mesh = Mesh::new(&relief);
        let cells = usize::from(CELLS) * usize::from(CELLS);
        assert_eq!(mesh.triangles.len(), 6 * cells);
        assert_eq!(mesh.coarse.len(), 6 * cells / 9);
        assert_eq!(mesh.coarse.iter().max(), mesh.triangles.iter().max());
        let [u, v, height, ..] = mesh.corners[5 * 7_000..] else { panic!() };
        assert!((f64::from(height) - relief.height(u.into(), v.into())).abs() < 1e-4);
        let half = "sqrt(x)".parse::<Expression>().expect("a formula");
        let holed = Mesh::new(&HeightField::new(&NamedLoss::new("sqrt(x)", Arc::new(half))));
        assert_eq!(holed.triangles.len(), 3 * cells);
        let last = usize::from(*mesh.triangles.iter().max().expect("triangles"));
        assert_eq!(mesh.corners.len(), 5 * (last + 1));
    }
}
