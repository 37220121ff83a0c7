// Removes every figure from the page at one stage of its life, then triggers everything that leftover listeners might hear.
// `arguments`: the stage, and the URL of the elements' module.
const [stage, script] = arguments;

const frames = async (n) => {
  while (n-- > 0) await new Promise((resolve) => requestAnimationFrame(resolve));
};
const main = document.querySelector("main");
const root = document.documentElement;

/** Triggers everything that a figure's observers and listeners might hear. */
async function disturb() {
  for (const theme of ["dark", "light"]) {
    root.dataset.theme = theme;
    main.style.inlineSize = theme === "dark" ? "400px" : "";
    dispatchEvent(new Event("resize"));
    scrollTo(0, theme === "dark" ? 300 : 0);
    dispatchEvent(new Event("scroll"));
    await frames(2);
  }
}

const insert = (figure) => main.prepend(figure);

/** A question has its markup inside, and every other figure runs long enough. */
function made(name) {
  const figure = document.createElement(`gd-${name}`);
  if (name === "quiz") figure.setAttribute("question", "first-step");
  else if (name !== "code") for (const [field, value] of Object.entries({ alpha: "0.001", steps: "400" })) figure.setAttribute(field, value);
  if (name === "starts") figure.setAttribute("basins", "on");
  return figure;
}

const gone = (figure) => {
  if (figure.snapshot() !== null) throw new Error(`${figure.localName} still holds something`);
};

/** Back in a page, it must come alive again. */
async function again(figure, into = main) {
  into.prepend(figure);
  await figure.ready;
  if (figure.snapshot() === null || figure.spec === null) throw new Error(`${figure.localName} does not live again`);
  const { adoptedStyleSheets } = figure.shadowRoot;
  if (adoptedStyleSheets.length < 2) throw new Error(`${figure.localName} has no style`);
  const bodies = figure.shadowRoot.querySelectorAll(".body").length;
  if (bodies !== 1) throw new Error(`${figure.localName} has ${bodies} bodies`);
}

const isText = (figure) => ["gd-code", "gd-quiz"].includes(figure.localName);

/** How a promise of a picture settled, or that it is pending. */
const outcome = (promise) => Promise.race([promise.then(({ type }) => type, () => "none"), frames(2).then(() => "waiting")]);

/** Everything in a figure that has listeners. */
const insides = (figure) =>
  // Browsers log a warning when a form is submitted outside a page.
  [...figure.shadowRoot.querySelectorAll("button, input, select, textarea, canvas, tr, .table")].filter((node) => !node.matches("form button"));

/** What a script may do to nodes that it kept. */
function use(nodes) {
  for (const node of nodes) {
    node.click?.();
    for (const name of ["input", "change", "focus", "blur", "dblclick", "scroll", "webglcontextlost", "webglcontextrestored"])
      node.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
    for (const key of ["Enter", "ArrowRight", "Escape"]) node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    for (const name of ["pointerenter", "pointermove", "pointerup", "pointercancel", "pointerleave"])
      node.dispatchEvent(new PointerEvent(name, { pointerType: "mouse", bubbles: true }));
    node.dispatchEvent(new WheelEvent("wheel", { ctrlKey: true, deltaY: 9, cancelable: true }));
  }
}

const stages = {
  /** The modules may still be loading if this is the first stage. */
  async "in the task that put it in"(figure) {
    insert(figure);
    figure.remove();
  },
  async "before its module came"(figure) {
    insert(figure);
    const { ready } = figure;
    figure.remove();
    await frames(2);
    insert(figure);
    await ready;
    figure.remove();
  },
  async "while its module comes"(figure) {
    insert(figure);
    void figure.ready;
    await null;
    figure.remove();
    await null;
    insert(figure);
    await frames(1);
    figure.remove();
  },
  async "as it becomes ready"(figure) {
    insert(figure);
    await figure.ready;
    figure.remove();
  },
  async "when it says that it is ready"(figure) {
    const said = new Promise((resolve) => figure.addEventListener("gd-ready", resolve, { once: true }));
    figure.addEventListener("gd-ready", () => figure.remove(), { once: true });
    insert(figure);
    void figure.ready;
    await said;
  },
  async "around its first picture"(figure, index) {
    insert(figure);
    await figure.ready;
    await frames(index % 4);
    figure.remove();
  },
  async "while it plays"(figure) {
    insert(figure);
    await figure.ready;
    figure.play();
    await frames(4);
    figure.remove();
    figure.play();
    figure.step(3);
  },
  async "when it tells a step or a change"(figure) {
    for (const name of ["gd-step", "gd-change", "gd-outcome"]) figure.addEventListener(name, () => figure.remove());
    insert(figure);
    await figure.ready;
    figure.play();
    figure.step();
    figure.setAttribute("alpha", "0.002");
    await frames(6);
    figure.remove();
  },
  async "while it works something out"(figure, index) {
    insert(figure);
    await figure.ready;
    await frames(2 + (index % 2));
    // Between two frames, when the work is done.
    await new Promise((resolve) => setTimeout(resolve));
    figure.remove();
  },
  async "while a picture is being made"(figure) {
    insert(figure);
    const early = figure.toPNG();
    figure.remove();
    const without = await outcome(early);
    if (without !== "waiting") throw new Error(`${figure.localName} out of the page: ${without}`);
    insert(figure);
    const picture = await early.then(({ type }) => type, () => "none");
    if (picture !== (isText(figure) ? "none" : "image/png")) throw new Error(`${figure.localName}: ${picture}`);
    const late = figure.toPNG();
    figure.remove();
    await late.catch(() => {});
  },
  async "while something is shared"(figure) {
    insert(figure);
    await figure.ready;
    for (const button of figure.shadowRoot.querySelectorAll("[data-action=link], [data-action=embed], [data-action=copy-csv], [data-names=link]")) button.click();
    figure.remove();
  },
  async "with its controls still in somebody's hands"(figure) {
    insert(figure);
    await figure.ready;
    const kept = insides(figure);
    figure.remove();
    use(kept);
    await null;
    use(kept);
    await frames(1);
    use(kept);
  },
  async "only for a moment"(figure) {
    let births = 0;
    figure.addEventListener("gd-ready", () => births++);
    insert(figure);
    await figure.ready;
    figure.play();
    await frames(2);
    const body = figure.shadowRoot.querySelector(".body");
    for (const place of [document.body, main]) {
      figure.remove();
      place.append(figure);
      await frames(2);
    }
    if (births !== 1 || figure.shadowRoot.querySelector(".body") !== body) throw new Error(`${figure.localName} began anew`);
    figure.remove();
  },
  async "and back, again and again"(figure, index) {
    for (let turn = 0; turn < 6; turn++) {
      insert(figure);
      if (turn % 2) await frames(turn % 3);
      else await figure.ready;
      figure.remove();
      if (turn % 3) await null;
    }
    for (let turn = 0; turn < index % 4; turn++) await null;
  },
  async "beside its copy"(figure) {
    insert(figure);
    await figure.ready;
    const copy = figure.cloneNode(true);
    figure.after(copy);
    figure.remove();
    await copy.ready;
    if (copy.snapshot() === null) throw new Error(`the copy of ${copy.localName} does not live`);
    copy.remove();
    await frames(1);
    gone(copy);
  },
  async "into other documents"(figure) {
    insert(figure);
    await figure.ready;
    const frame = document.createElement("iframe");
    frame.title = "Another document";
    document.body.append(frame);
    await again(figure, frame.contentDocument.body);
    await disturb();
    await again(figure);
    await again(figure, frame.contentDocument.body);
    figure.play();
    await frames(2);
    frame.remove();
    await disturb();
    await again(figure);
    // A document without a window.
    const other = document.implementation.createHTMLDocument("Nobody sees it");
    other.body.append(figure);
    await disturb();
    gone(figure);
    await again(figure);
    other.adoptNode(figure);
    await frames(1);
  },
};

return (async () => {
  const { figures } = await import(script);
  const all = figures.map(made);
  await Promise.all(all.map((figure, index) => stages[stage](figure, index)));
  await disturb();
  for (const figure of all) gone(figure);
  // Each comes alive again where it is put back, and leaves nothing behind then either.
  await Promise.all(all.map((figure) => again(figure)));
  await frames(2);
  for (const figure of all) figure.remove();
  await disturb();
  for (const figure of all) gone(figure);
  return all.length;
})();
