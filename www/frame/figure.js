/** Shows one figure in a page of its own. Its only input is the URL, and it reports its height and the reader's answers. */

import { parameters } from "../elements/address.js";
import { GdFigure } from "../elements/figure.js";
import { reportHeight } from "./height.js";
import { tellAnswer } from "./hosts.js";

/** What trackers, servers and course systems append to addresses. */
const foreign = /^(_|utm_|mc_|lti_)|clid$|^(igshid|phpsessid|jsessionid)$/i;

/**
 * Returns the figure, unless the address asks for none of them.
 * @param {string[]} figures those that the page can show
 * @param {string} [usual] the one it shows if the address names none
 */
export function showFigure(figures, usual = "") {
  const main = document.querySelector("main") ?? document.body;
  document.querySelector(".silent")?.remove();
  const all = parameters(location.search).filter(([field]) => !foreign.test(field));
  const given = all.filter(([field]) => field !== "figure");
  const [name = usual, other] = all.filter(([field]) => field === "figure").map(([, text]) => text.trim());

  if (figures.includes(name) && other === undefined) {
    const figure = document.createElement(`gd-${name}`);
    // Only these become attributes; everything else in the URL reaches the figure as text and never enters the markup.
    for (const attribute of ["theme", "lang", "hide", "show", "fit", "autoplay"]) {
      const [, value] = given.find(([field]) => field === attribute) ?? [];
      if (value !== undefined) figure.setAttribute(attribute, value);
    }
    if (figure instanceof GdFigure) figure.initial = given;
    if (figure.lang) document.documentElement.lang = figure.lang;
    const theme = figure.getAttribute("theme") ?? "";
    if (/^(light|dark)$/.test(theme)) document.documentElement.dataset.theme = theme;
    // All of the height is for the figure.
    document.body.classList.toggle("fitted", Number(figure.getAttribute("fit")) > 0);
    // Its fallback until it is alive.
    figure.append(...main.querySelectorAll("img"));
    figure.addEventListener("gd-answer", (event) => event instanceof CustomEvent && tellAnswer(name, event.detail));
    main.append(figure);
    if (figure instanceof GdFigure) void figure.alive.then(shown, shown);
    return figure;
  }
  const line = document.createElement("p");
  line.className = "error";
  line.role = "alert";
  line.textContent =
    other === undefined
      ? `figure: “${name}” is not a figure; choose one of ${figures.join(", ")}.`
      : `figure is given twice, as “${name}” and “${other}”: an address shows one figure.`;
  main.append(line);
  shown();
  return undefined;
}

/** The line below the figure appears with it, so that it never has to move; only then is there a height to report. */
function shown() {
  document.querySelector("footer")?.removeAttribute("hidden");
  reportHeight();
}
