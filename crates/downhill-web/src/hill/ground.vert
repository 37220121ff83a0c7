#version 300 es
layout(location = 0) in vec3 place;
layout(location = 1) in vec2 rise;
uniform mat4 view;
uniform vec4 size;
uniform bool isFloor;
out vec3 at;
out vec2 slope;
void main() {
  at = place;
  slope = rise;
  gl_Position = view * vec4(place.xy, isFloor ? size.w : place.z, 1.0);
}
