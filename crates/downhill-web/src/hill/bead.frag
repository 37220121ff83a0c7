#version 300 es
precision highp float;
in vec4 look;
in float radius;
out vec4 colour;
void main() {
  vec2 off = (gl_PointCoord * 2.0 - 1.0) * (radius + 1.0);
  float cover = clamp(radius + 0.5 - length(off), 0.0, 1.0);
  if (cover <= 0.0) discard;
  vec3 shade = look.rgb;
  if (look.a > 0.5) {
    vec2 across = off / radius;
    vec3 normal = vec3(across.x, -across.y, sqrt(max(1.0 - dot(across, across), 0.0)));
    vec3 light = normalize(vec3(-0.5, 0.62, 0.6));
    float lit = dot(normal, light);
    shade *= 0.5 + 0.62 * max(lit, 0.0) + 0.12 * normal.z;
    shade += 0.75 * pow(max(dot(normal, normalize(light + vec3(0, 0, 1))), 0.0), 42.0);
  }
  colour = vec4(shade * cover, cover);
}
