// Runs a spec in the page through the public methods of its figure. Returns one line per value of the snapshot that is not
// an object, with all its numbers down to the last bit.
const [{ figure, entries, works, last }] = arguments;
const float = new Float64Array(1);
const bits = new Uint32Array(float.buffer);
const mix = (hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0;

/** Feeds both halves of every number, and every letter, to two hashes. */
function feed(value, hashes) {
  if (Array.isArray(value)) {
    hashes[0] = mix(hashes[0], value.length);
    for (const one of value) feed(one, hashes);
  } else if (typeof value === "number" && Number.isFinite(value)) {
    float[0] = value;
    hashes[0] = mix(hashes[0], bits[0]);
    hashes[1] = mix(hashes[1], bits[1]);
  } else {
    for (const letter of String(typeof value === "number" ? null : value)) hashes[1] = mix(hashes[1], letter.codePointAt(0));
  }
}

function lines(path, value, into) {
  const isObject = (one) => typeof one === "object" && one !== null && !Array.isArray(one);
  if (isObject(value)) {
    for (const key of Object.keys(value).sort()) lines(`${path}.${key}`, value[key], into);
  } else if (Array.isArray(value) && value.some(isObject)) {
    for (const [index, one] of value.entries()) lines(`${path}.${index}`, one, into);
  } else {
    const hashes = [0x811c9dc5, 0x811c9dc5];
    feed(value ?? null, hashes);
    into.push(`${path} ${hashes.map((hash) => hash.toString(16).padStart(8, "0")).join("")}`);
  }
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

return (async () => {
  await customElements.whenDefined(`gd-${figure}`);
  const element = document.createElement(`gd-${figure}`);
  for (const [name, text] of entries) element.setAttribute(name, text);
  // Work longer than a frame is done only in view; nothing else has to be drawn.
  element.hidden = !works;
  document.querySelector("main").prepend(element);
  await element.ready;
  const seen = () => {
    const into = [];
    lines("", element.snapshot(), into);
    return into.join("\n");
  };
  let snapshot = seen();
  for (let frames = 0; works && snapshot !== last && frames < 900; frames++) {
    await frame();
    snapshot = seen();
  }
  const csv = element.toCSV();
  element.remove();
  return { snapshot, csv };
})();
