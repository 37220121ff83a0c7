//! Draws the hill as a lit solid in WebGL2: the mesh is uploaded once per landscape; light,
//! contours and shadows are computed per pixel, and marbles are points shaded as spheres.

mod boundary;

use downhill_figures::{Bead, ColorRole, Mesh, Palette, Rgb, Solid};
use wasm_bindgen::JsCast;
use web_sys::{
    HtmlCanvasElement, WebGl2RenderingContext as Gl, WebGlBuffer, WebGlProgram,
    WebGlUniformLocation, WebGlVertexArrayObject,
};

/// The colours of the surface besides its colour bands.
const LINES: [ColorRole; 4] =
    [ColorRole::Contour, ColorRole::ContourIndex, ColorRole::Paper, ColorRole::Muted];

/// Floats per bead.
const BEAD: usize = 8;

/// The largest number of marbles that cast shadows.
const SHADOWS: usize = 32;

/// `COMPLETION_STATUS_KHR` of the extension `KHR_parallel_shader_compile`.
const COMPLETION_STATUS: u32 = 0x91B1;

/// The WebGL state of one canvas.
pub(crate) struct ReliefRenderer {
    gl: Gl,
    canvas: HtmlCanvasElement,
    ground: Program,
    beads: Program,
    bead_buffer: WebGlBuffer,
    corners: WebGlBuffer,
    /// The uploaded landscape, with the index counts of its full mesh and of the coarse mesh stored
    /// after it.
    uploaded: (u32, [i32; 2]),
}

/// A shader program with its vertex array.
struct Program {
    gl: Gl,
    program: WebGlProgram,
    array: WebGlVertexArrayObject,
}

impl Program {
    /// Starts compiling. Asking how that went would wait for it, so nothing is asked here.
    fn new(gl: &Gl, sources: [(u32, &str); 2]) -> Option<Self> {
        let program = gl.create_program()?;
        for (kind, source) in sources {
            let shader = gl.create_shader(kind)?;
            gl.shader_source(&shader, source);
            gl.compile_shader(&shader);
            gl.attach_shader(&program, &shader);
        }
        gl.link_program(&program);
        Some(Self { gl: gl.clone(), program, array: gl.create_vertex_array()? })
    }

    /// False while it is being compiled; null where the browser does not tell.
    fn is_compiled(&self) -> bool {
        self.gl.get_program_parameter(&self.program, COMPLETION_STATUS).as_bool() != Some(false)
    }

    fn is_linked(&self) -> bool {
        self.gl.get_program_parameter(&self.program, Gl::LINK_STATUS).is_truthy()
    }

    fn enter(&self) {
        self.gl.use_program(Some(&self.program));
        self.gl.bind_vertex_array(Some(&self.array));
    }

    fn at(&self, name: &str) -> Option<WebGlUniformLocation> {
        self.gl.get_uniform_location(&self.program, name)
    }

    fn vectors3(&self, name: &str, values: &[f32]) {
        self.gl.uniform3fv_with_f32_array(self.at(name).as_ref(), values);
    }

    fn vector4(&self, name: &str, values: [f32; 4]) {
        self.gl.uniform4fv_with_f32_array(self.at(name).as_ref(), &values);
    }

    fn number(&self, name: &str, value: f32) {
        self.gl.uniform1f(self.at(name).as_ref(), value);
    }

    fn view(&self, matrix: &[f32; 16]) {
        self.gl.uniform_matrix4fv_with_f32_array(self.at("view").as_ref(), false, matrix);
    }

    /// Binds an attribute to the current buffer.
    fn feed(&self, location: u32, numbers: i32, stride: i32, offset: i32) {
        self.gl.enable_vertex_attrib_array(location);
        self.gl.vertex_attrib_pointer_with_i32(
            location,
            numbers,
            Gl::FLOAT,
            false,
            4 * stride,
            4 * offset,
        );
    }
}

impl ReliefRenderer {
    /// Begins to set up WebGL on a canvas; `None` if WebGL2 is missing or its context is lost.
    pub(crate) fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("webgl2").ok().flatten()?;
        // An unchecked cast, because a canvas inside a frame belongs to another window and fails
        // `instanceof`.
        let gl: Gl = context.unchecked_into();
        // Shaders ship as source text, so they are described here: these draw the surface and the
        // floor, with contours and shadows; those below draw marbles and the dots of trails.
        let ground = Program::new(
            &gl,
            [
                (Gl::VERTEX_SHADER, include_str!("ground.vert")),
                (Gl::FRAGMENT_SHADER, include_str!("ground.frag")),
            ],
        )?;
        let beads = Program::new(
            &gl,
            [
                (Gl::VERTEX_SHADER, include_str!("bead.vert")),
                (Gl::FRAGMENT_SHADER, include_str!("bead.frag")),
            ],
        )?;
        let buffer = || gl.create_buffer();
        let (corners, triangles, bead_buffer) = (buffer()?, buffer()?, buffer()?);
        // Using a program would wait until it is compiled.
        gl.bind_vertex_array(Some(&ground.array));
        gl.bind_buffer(Gl::ARRAY_BUFFER, Some(&corners));
        gl.bind_buffer(Gl::ELEMENT_ARRAY_BUFFER, Some(&triangles));
        ground.feed(0, 3, Mesh::STRIDE, 0);
        ground.feed(1, 2, Mesh::STRIDE, 3);
        gl.bind_vertex_array(Some(&beads.array));
        gl.bind_buffer(Gl::ARRAY_BUFFER, Some(&bead_buffer));
        beads.feed(0, 4, BEAD as i32, 0);
        beads.feed(1, 4, BEAD as i32, 4);
        gl.bind_vertex_array(None);
        gl.enable(Gl::BLEND);
        gl.blend_func(Gl::ONE, Gl::ONE_MINUS_SRC_ALPHA);
        Some(Self { gl, canvas, ground, beads, bead_buffer, corners, uploaded: (0, [0, 0]) })
    }

    /// Whether the shaders are compiled, so that nothing has to wait for them.
    pub(crate) fn is_compiled(&self) -> bool {
        self.ground.is_compiled() && self.beads.is_compiled()
    }

    /// Whether the hill can be drawn.
    pub(crate) fn is_ready(&self) -> bool {
        self.ground.is_linked() && self.beads.is_linked()
    }

    /// Draws the hill over the whole canvas, which may have only a `share` of the pane's pixels
    /// along each side; without a hill it only clears.
    pub(crate) fn draw(
        &mut self,
        solid: Option<&Solid>,
        ratio: f64,
        share: f64,
        palette: &Palette,
    ) {
        let ratio = ratio * share;
        let gl = &self.gl;
        gl.viewport(0, 0, self.canvas.width() as i32, self.canvas.height() as i32);
        gl.clear_color(0.0, 0.0, 0.0, 0.0);
        gl.clear(Gl::COLOR_BUFFER_BIT | Gl::DEPTH_BUFFER_BIT);
        let Some(solid) = solid else { return };
        gl.enable(Gl::DEPTH_TEST);
        self.ground.enter();
        if self.uploaded.0 != solid.version {
            let mesh = &solid.mesh;
            gl.bind_buffer(Gl::ARRAY_BUFFER, Some(&self.corners));
            let numbers = js_sys::Float32Array::from(&mesh.corners[..]);
            gl.buffer_data_with_array_buffer_view(Gl::ARRAY_BUFFER, &numbers, Gl::STATIC_DRAW);
            let indices = [&mesh.triangles[..], &mesh.coarse].concat();
            let indices = js_sys::Uint16Array::from(&indices[..]);
            gl.buffer_data_with_array_buffer_view(
                Gl::ELEMENT_ARRAY_BUFFER,
                &indices,
                Gl::STATIC_DRAW,
            );
            let counts = [&mesh.triangles, &mesh.coarse].map(|list| list.len() as i32);
            self.uploaded = (solid.version, counts);
        }
        let roles = ColorRole::TINTS.into_iter().chain(LINES);
        let colours: Vec<f32> = roles.flat_map(|role| channels(palette.get(role))).collect();
        let (bright, dark) = palette.contrast();
        let ground = &self.ground;
        ground.view(&solid.matrix);
        ground.vector4("size", solid.size);
        ground.number("levels", solid.levels);
        ground.number("ratio", ratio as f32);
        ground.vectors3("light", &solid.light);
        ground.vectors3("eye", &solid.eye);
        gl.uniform2f(ground.at("contrast").as_ref(), bright as f32, dark as f32);
        ground.vectors3("colours", &colours);
        ground.vectors3("balls", &shadows(solid));
        let [all, coarse] = self.uploaded.1;
        // An index takes two bytes.
        let (count, offset) = if share < 1.0 { (coarse, 2 * all) } else { (all, 0) };
        for floor in [1, 0] {
            gl.uniform1i(ground.at("isFloor").as_ref(), floor);
            gl.draw_elements_with_i32(Gl::TRIANGLES, count, Gl::UNSIGNED_SHORT, offset);
        }
        self.draw_beads(solid, ratio, palette);
    }

    fn draw_beads(&self, solid: &Solid, ratio: f64, palette: &Palette) {
        let gl = &self.gl;
        self.beads.enter();
        gl.bind_buffer(Gl::ARRAY_BUFFER, Some(&self.bead_buffer));
        let mut numbers: Vec<f32> = Vec::new();
        let mut count = [0, 0];
        // Dots first, because marbles are on top of them.
        for ball in [false, true] {
            for bead in solid.beads.iter().filter(|bead| bead.ball == ball) {
                numbers.extend(bead.at.map(|coordinate| coordinate as f32));
                numbers.push((bead.radius_px * ratio) as f32);
                numbers.extend(channels(palette.get(bead.role)));
                numbers.push(f32::from(u8::from(ball)));
                count[usize::from(ball)] += 1;
            }
        }
        let numbers = js_sys::Float32Array::from(&numbers[..]);
        gl.buffer_data_with_array_buffer_view(Gl::ARRAY_BUFFER, &numbers, Gl::DYNAMIC_DRAW);
        self.beads.view(&solid.matrix);
        let [x, y, z] = solid.eye;
        self.beads.vector4("eye", [x, y, z, solid.pixel / ratio as f32]);
        // The soft rim of a dot must not hide what is behind it.
        gl.depth_mask(false);
        gl.draw_arrays(Gl::POINTS, 0, count[0]);
        gl.depth_mask(true);
        gl.draw_arrays(Gl::POINTS, count[0], count[1]);
    }
}

fn channels(Rgb(red, green, blue): Rgb) -> [f32; 3] {
    [red, green, blue].map(|channel| f32::from(channel) / 255.0)
}

/// The marbles' positions on the plan, with the radii of their shadows.
fn shadows(solid: &Solid) -> [f32; 3 * SHADOWS] {
    let mut all = [0.0; 3 * SHADOWS];
    let balls = solid.beads.iter().filter(|bead| bead.ball);
    for (slot, bead) in all.chunks_exact_mut(3).zip(balls) {
        let Bead { at: [u, v, _], radius_px, .. } = bead;
        let numbers = [*u as f32, *v as f32, *radius_px as f32 * solid.pixel];
        slot.copy_from_slice(&numbers);
    }
    all
}
