/** One figure for an iframe: `embed.html?figure=ravine&alpha=0.018`. It takes no input but its URL, and reports its height. */

import { figures } from "./elements/define.js";
import { GdFigure } from "./elements/figure.js";

const main = document.querySelector("main") ?? document.body;
const parameters = new URLSearchParams(location.search);
const name = parameters.get("figure") ?? "";

if (figures.includes(name)) {
  const figure = document.createElement(`gd-${name}`);
  // Only these become attributes: what else a URL holds goes to the figure as text and never into the markup.
  for (const attribute of ["theme", "lang", "hide", "autoplay"]) {
    const value = parameters.get(attribute);
    if (value !== null) figure.setAttribute(attribute, value);
    parameters.delete(attribute);
  }
  parameters.delete("figure");
  if (figure instanceof GdFigure) figure.initial = [...parameters];
  if (figure.lang) document.documentElement.lang = figure.lang;
  const theme = figure.getAttribute("theme") ?? "";
  if (/^(light|dark)$/.test(theme)) document.documentElement.dataset.theme = theme;
  main.append(figure);
  if (figure instanceof GdFigure) void figure.ready.then(shown, shown);
} else {
  const line = document.createElement("p");
  line.className = "error";
  line.role = "alert";
  line.textContent = `figure: “${name}” is not a figure; choose one of ${figures.join(", ")}.`;
  main.append(line);
  shown();
}

/** The line below the figure comes with it, so that it never has to move; only then is there a height to report. */
function shown() {
  document.querySelector("footer")?.removeAttribute("hidden");
  report();
  new ResizeObserver(report).observe(document.body);
}

function report() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (parent !== window) parent.postMessage({ context: "gd", action: "resize", height }, "*");
}
