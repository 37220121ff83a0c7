#version 300 es
precision highp float;
in vec3 at;
in vec2 slope;
uniform vec4 size;
uniform bool isFloor;
uniform float levels, ratio;
uniform vec3 light, eye;
uniform vec2 contrast;
// Colour bands from lowest to highest, contour, index contour, paper, rule.
uniform vec3 colours[12];
// Marble positions on the plan, and their radii.
uniform vec3 balls[32];
out vec4 colour;

float stroke(float distance, float spread, float width) {
  return 1.0 - smoothstep(width - 0.5, width + 0.5, abs(distance) / max(spread, 1e-6));
}

void main() {
  float share = clamp(at.z / size.z, 0.0, 1.0);
  float level = share * levels;
  float spread = fwidth(level);
  float near = floor(level + 0.5);
  bool index = mod(near, 5.0) == 1.0;
  float width = ratio * (index ? 0.72 : 0.46);
  float line = near > 0.5 && near < levels && spread > 1e-5 ? stroke(level - near, spread, width) : 0.0;
  // Where lines are too dense they fade into their band, index contours last.
  line *= 1.0 - smoothstep(0.32, 0.6, spread / (index ? 3.0 : 1.0) / ratio);
  float inside = min(size.x - abs(at.x), size.y - abs(at.y));
  float border = stroke(inside, fwidth(inside), ratio);
  if (isFloor) {
    // The surface darkens the floor below it, more where it is lower.
    vec3 shade = colours[10] * (1.0 - 0.3 * contrast.y * (1.0 - share) * smoothstep(0.0, 0.25, inside));
    shade = mix(shade, colours[index ? 9 : 8], line * (index ? 0.75 : 0.5));
    colour = vec4(mix(shade, colours[11], border), 1.0);
    return;
  }
  float step = share * 8.0 - 0.5;
  int tint = int(clamp(floor(step), 0.0, 6.0));
  vec3 ground = mix(colours[tint], colours[tint + 1], clamp(step - float(tint), 0.0, 1.0));
  vec3 normal = normalize(vec3(-slope, 1.0));
  float lit = dot(normal, light) - light.z + 0.16;
  lit *= lit > 0.0 ? contrast.x : contrast.y;
  if (!gl_FrontFacing) lit = -0.66 * contrast.y;
  float gloss = gl_FrontFacing ? pow(max(dot(normal, normalize(light + eye)), 0.0), 48.0) : 0.0;
  for (int i = 0; i < 32; i++) {
    if (balls[i].z <= 0.0) break;
    vec2 off = (at.xy - balls[i].xy + 0.7 * balls[i].z * light.xy) / balls[i].z;
    lit -= 0.62 * exp(-0.8 * dot(off, off)) * (1.0 + lit);
  }
  ground = ground * (1.0 + lit) + 0.07 * gloss * contrast.y;
  vec3 ink = colours[index ? 9 : 8] * (1.0 + 0.55 * lit);
  ground = mix(ground, ink, line * (index ? 0.95 : 0.7));
  colour = vec4(mix(ground, ink, 0.8 * border), 1.0);
}
