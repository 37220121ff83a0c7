#version 300 es
layout(location = 0) in vec4 bead;
layout(location = 1) in vec4 paint;
uniform mat4 view;
uniform vec4 eye;
out vec4 look;
out float radius;
void main() {
  look = paint;
  radius = bead.w;
  // Moved slightly towards the eye, so that the surface does not cut it.
  gl_Position = view * vec4(bead.xyz + eye.xyz * eye.w * bead.w, 1.0);
  gl_PointSize = 2.0 * bead.w + 2.0;
}
