/** The drawings of a figure as SVG: its painters draw on a context that writes down what they ask for. */

/** @import {FigureController} from "../controller.js" */

/** @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** A colour as attributes: not every program reads `rgba()`. @param {string} kind @param {string} colour */
function painted(kind, colour) {
  const parts = colour.match(/[\d.]+/g)?.map(Number) ?? [];
  if (!colour.startsWith("rgb")) return ` ${kind}="${colour}"`;
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts;
  return ` ${kind}="rgb(${red},${green},${blue})"${alpha < 1 ? ` ${kind}-opacity="${short(alpha)}"` : ""}`;
}

/** How far below its anchor the line of a text is, in heights of its letters. @type {Record<string, string>} */
const BASELINES = { top: ".8em", middle: ".35em", bottom: "-.2em" };
/** @type {Record<string, string>} */
const ANCHORS = { center: "middle", end: "end" };

/** The part of a 2D context that the painters use. */
class Recorder {
  fillStyle = "#000";
  strokeStyle = "#000";
  lineWidth = 1;
  lineJoin = "miter";
  globalAlpha = 1;
  font = "";
  textAlign = "start";
  textBaseline = "alphabetic";
  #path = "";
  #dash = "";
  #matrix = new DOMMatrix();
  #clip = "";
  #begin = "";
  #end = "";
  /** @type {[DOMMatrix, string][]} */
  #saved = [];
  /** @type {string[]} */
  #out;
  #prefix;

  /**
   * @param {string[]} out
   * @param {string} prefix of ids
   */
  constructor(out, prefix) {
    this.#out = out;
    this.#prefix = prefix;
  }

  /** @param {number[]} values */
  setTransform(...values) {
    this.#matrix = new DOMMatrix(values);
  }
  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#matrix = this.#matrix.translate(x, y);
  }
  /** @param {number} angle in radians */
  rotate(angle) {
    this.#matrix = this.#matrix.rotate((angle * 180) / Math.PI);
  }
  save() {
    this.#saved.push([this.#matrix, this.#clip]);
  }
  restore() {
    [this.#matrix, this.#clip] = this.#saved.pop() ?? [new DOMMatrix(), ""];
  }
  clearRect() {}
  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#dash = dash.join(" ");
  }
  beginPath() {
    this.#path = "";
  }
  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path += `M${short(x)} ${short(y)}`;
  }
  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path += `L${short(x)} ${short(y)}`;
  }
  closePath() {
    this.#path += "Z";
  }
  /** A whole circle: the painters draw no others. @param {number} x @param {number} y @param {number} radius */
  arc(x, y, radius) {
    const [r, across] = [short(radius), short(2 * radius)];
    this.#path += `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 -${across} 0`;
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }
  clip() {
    const id = `${this.#prefix}${this.#out.length}`;
    this.end();
    this.#out.push(`<clipPath id="${id}"><path${this.#placed()} d="${this.#path}"/></clipPath>`);
    this.#clip = ` clip-path="url(#${id})"`;
  }
  fill() {
    this.#draw(`<path${painted("fill", this.fillStyle)} d="${this.#path}"/>`);
  }
  stroke() {
    this.#draw(`<path fill="none"${this.#line()} d="${this.#path}"/>`);
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.stroke();
  }
  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.#write(text, x, y, painted("fill", this.fillStyle));
  }
  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#write(text, x, y, ` fill="none"${this.#line()}`);
  }

  #line() {
    const dash = this.#dash && ` stroke-dasharray="${this.#dash}"`;
    return `${painted("stroke", this.strokeStyle)} stroke-width="${short(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${dash}`;
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} paint */
  #write(text, x, y, paint) {
    const [, weight = "", size = "", family = ""] = this.font.match(/^(\S+) ([\d.]+)px (.*)$/) ?? [];
    const anchor = ANCHORS[this.textAlign];
    const font = ` font-family="${escaped(family)}" font-size="${size}" font-weight="${weight}"`;
    const place = ` x="${short(x)}" y="${short(y)}" dy="${BASELINES[this.textBaseline] ?? "0"}"${anchor ? ` text-anchor="${anchor}"` : ""}`;
    this.#draw(`<text${place}${font}${paint}>${escaped(text)}</text>`);
  }

  #placed() {
    const { a, b, c, d, e, f } = this.#matrix;
    return this.#matrix.isIdentity ? "" : ` transform="matrix(${[a, b, c, d, e, f].map((one) => +one.toFixed(5)).join(" ")})"`;
  }

  /** What is drawn in the same place stands in one group. @param {string} shape */
  #draw(shape) {
    const opacity = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
    const groups = [this.#clip, this.#placed() + opacity].filter(Boolean).map((about) => `<g${about}>`);
    const begin = groups.join("");
    if (begin !== this.#begin) {
      this.end();
      this.#begin = begin;
      this.#end = "</g>".repeat(groups.length);
      this.#out.push(begin);
    }
    this.#out.push(shape);
  }

  /** Closes what is open. */
  end() {
    this.#out.push(this.#end);
    this.#begin = this.#end = "";
  }
}

// The painters accept only what passes for a context.
Object.setPrototypeOf(Recorder.prototype, globalThis.CanvasRenderingContext2D?.prototype ?? null);

/**
 * All panes, arranged as on the page, on the figure's background.
 * @param {FigureController} controller
 */
export function drawing({ backend, host, painter, view }) {
  // A WebGL canvas can be read only in the task that drew it.
  painter.all();
  painter.paint();
  const panes = view?.panes.filter(({ node }) => !node.hidden) ?? [];
  const boxes = panes.map(({ stage }) => stage.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const [width, height] = [Math.max(...boxes.map((box) => box.right)) - left, Math.max(...boxes.map((box) => box.bottom)) - top];
  /** @type {string[]} */
  const out = [];
  for (const [index, pane] of panes.entries()) {
    const box = boxes[index];
    if (!box) continue;
    // Slides scale what they show; the drawing has the figure's own pixels.
    const scale = box.width / pane.width_px;
    out.push(`<svg x="${short(box.left - left)}" y="${short(box.top - top)}" width="${short(box.width)}" height="${short(box.height)}" viewBox="0 0 ${short(pane.width_px)} ${short(pane.height_px)}">`);
    for (const canvas of [pane.raster, pane.relief]) if (canvas && !canvas.hidden) out.push(image(canvas, box, scale));
    for (const layer of /** @type {const} */ (["paintStaticLayer", "paintOverlay"])) {
      const recorder = new Recorder(out, `${layer}${index}-`);
      const size = { width: Math.round(pane.width_px), height: Math.round(pane.height_px) };
      const canvas = /** @type {HTMLCanvasElement} */ (/** @type {unknown} */ ({ ...size, getContext: () => recorder }));
      backend[layer](pane.index, canvas, 1);
      recorder.end();
    }
    out.push("</svg>");
  }
  const size = `width="${short(width)}" height="${short(height)}"`;
  const { name } = backend.declaration();
  const background = getComputedStyle(host).getPropertyValue("--_panel").trim();
  const text = `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${short(width)} ${short(height)}" role="img"><title>${escaped(name)}</title><desc>${escaped(backend.description())}</desc><rect ${size} fill="${background}"/>${out.join("")}</svg>\n`;
  return new Blob([text], { type: "image/svg+xml" });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {DOMRect} box of its pane
 * @param {number} scale
 */
function image(canvas, box, scale) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const [x, y, across, down] = [(left - box.left) / scale, (top - box.top) / scale, width / scale, height / scale].map(short);
  return `<image x="${x}" y="${y}" width="${across}" height="${down}" preserveAspectRatio="none" href="${canvas.toDataURL()}"/>`;
}
