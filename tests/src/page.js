// The harness's functions in the page: a function body whose first argument names the function to call.
const [call, ...given] = arguments;

/** Every element below a node, including open shadow roots. */
function* below(node) {
  for (const element of node.children ?? []) {
    yield element;
    if (element.shadowRoot) yield* below(element.shadowRoot);
    yield* below(element);
  }
}

/** Every element inside an element, which may have a shadow root, or inside the document. */
function* inside(element) {
  if (!element) {
    yield* below(document);
    return;
  }
  if (element.shadowRoot) yield* below(element.shadowRoot);
  yield* below(element);
}

const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();

const up = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;

function isShown(element) {
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  for (let at = element; at; at = up(at)) {
    if (at.getAttribute("aria-hidden") === "true" || at.inert) return false;
  }
  return true;
}

const inputRoles = {
  range: "slider", number: "spinbutton", checkbox: "checkbox", radio: "radio", button: "button", submit: "button",
  text: "textbox", search: "searchbox",
};
const tagRoles = {
  a: "link", button: "button", select: "combobox", textarea: "textbox", table: "table", tr: "row", th: "columnheader",
  td: "cell", h1: "heading", h2: "heading", h3: "heading", h4: "heading", img: "img", nav: "navigation", main: "main",
  figure: "figure", output: "status", summary: "button", dialog: "dialog", fieldset: "group", ul: "list", ol: "list",
  li: "listitem", math: "math",
};

function role(element) {
  const own = element.getAttribute("role");
  if (own) return own.split(" ")[0];
  const tag = element.localName;
  if (tag === "input") return inputRoles[element.type] ?? "textbox";
  if (tag === "th" && element.scope === "row") return "rowheader";
  if (tag === "a" && !element.href) return "generic";
  return tagRoles[tag] ?? "generic";
}

function name(element) {
  const referenced = element.getAttribute("aria-labelledby");
  if (referenced) {
    const root = element.getRootNode();
    return squeeze(referenced.split(/\s+/).map((id) => root.getElementById(id)?.textContent).join(" "));
  }
  const label = element.getAttribute("aria-label");
  if (label) return squeeze(label);
  if (element.labels?.length) return squeeze([...element.labels].map((one) => labelText(one, element)).join(" "));
  const tag = element.localName;
  if (tag === "img") return squeeze(element.alt);
  const titled = { table: "caption", figure: "figcaption", fieldset: "legend", svg: "title" }[tag];
  const title = titled && element.querySelector(titled);
  if (title) return squeeze(title.textContent);
  if (!["input", "select", "textarea", "table", "figure"].includes(tag) && squeeze(element.textContent)) {
    return squeeze(element.textContent);
  }
  return squeeze(element.title);
}

/** A label's text without that of the controls in it. */
function labelText(label, control) {
  const copy = label.cloneNode(true);
  for (const inner of copy.querySelectorAll("input, select, textarea, output, button")) inner.remove();
  return label.contains(control) ? copy.textContent : label.textContent;
}

/** Unfolds what a figure keeps under "More", as a reader would who looks for something there. */
function unfolded(elements) {
  for (const element of elements) {
    const more = element.closest("details.more");
    if (more) more.open = true;
  }
  return elements;
}

const calls = {
  /** Perceivable elements with a role and name. */
  find(scope, wantedRole, wantedName) {
    const all = [...inside(scope)].filter((element) =>
      role(element) === wantedRole && (wantedName === null || name(element) === wantedName));
    const shown = all.filter(isShown);
    return shown.length ? shown : unfolded(all).filter(isShown);
  },
  /** A listing for the message when nothing was found. */
  listed(scope) {
    return [...inside(scope)]
      .filter((element) => role(element) !== "generic" && isShown(element))
      .slice(0, 80)
      .map((element) => `${role(element)} "${name(element).slice(0, 60)}"`)
      .join(", ");
  },
  select(scope, selector) {
    return unfolded([...inside(scope)].filter((element) => element.matches(selector)));
  },
  part(scope, part) {
    return unfolded([...inside(scope)].filter((element) => element.part.contains(part)));
  },
  async ready(element) {
    if (element.localName.includes("-")) await customElements.whenDefined(element.localName);
    await element.ready;
  },
  /** Waits for the figures within a screen of the viewport, which start by themselves, or starts all and waits for them. */
  async settle(all) {
    const near = (element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return all || (bottom > -innerHeight && top < 2 * innerHeight);
    };
    await Promise.all([...inside(null)].filter(near).map((element) => element.alive));
    await document.fonts.ready;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
  },
  /** Readouts are in two places, beside the panes and under "More"; a reader sees both. */
  text(element) {
    const places = element.part?.contains("readouts") ? element.getRootNode().querySelectorAll("[part~=readouts]") : [element];
    return squeeze([...places].map((place) => place.innerText ?? place.textContent).join(" "));
  },
  value: (element) => element.value ?? "",
  attribute: (element, attribute) => element.getAttribute(attribute),
  name: (element) => name(element),
  isFocused: (element) => element.getRootNode().activeElement === element,
  focus: (element) => element.focus(),
  selectAll(element) {
    element.focus();
    element.select();
  },
  /** The box in the viewport, after scrolling. */
  box(element) {
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left, top, width, height];
  },
  /** The positions in the viewport of a slider's thumb, now and for a value. */
  thumb(element, value) {
    const [left, top, width, height] = calls.box(element);
    const { min, max, valueAsNumber } = element;
    const low = Number(min || 0);
    const high = Number(max || 100);
    // Half a thumb stays free at each end; its width depends on the browser, about 16.
    const size = Number(getComputedStyle(element).getPropertyValue("--gd-thumb").replace("px", "")) || 16;
    const at = (number) => left + size / 2 + (width - size) * (number - low) / (high - low);
    return [at(valueAsNumber), at(value), top + height / 2];
  },
  frames: () => [...inside(null)].filter((element) => element.localName === "iframe"),
  collected() {
    const found = window.__collected ?? [];
    window.__collected = [];
    return found;
  },
  forget() {
    try {
      localStorage.clear();
      sessionStorage.clear();
    } catch {
      // A blank page has none.
    }
  },
  audit: (options) => axe.run(document, options).then(({ violations }) =>
    violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, targets: nodes.map((node) => node.target.flat().join(" ")) }))),
};

return calls[call](...given);
