// Runs before every other script of a tested page and collects errors, because only one of the three drivers gives access
// to the console.
window.__collected = [];
addEventListener("error", (event) => {
  // Not a fault: sizes that settle only in the next frame, as in Firefox when a scroll bar of a frame comes and goes.
  if (/^ResizeObserver loop/.test(event.message)) return;
  const source = event.target instanceof Element ? event.target.outerHTML.slice(0, 200) : "";
  window.__collected.push(`error: ${event.message ?? "could not load"} ${source} ${event.filename ?? ""}:${event.lineno ?? ""}`);
}, true);
addEventListener("unhandledrejection", (event) => {
  window.__collected.push(`unhandled rejection: ${event.reason?.message ?? event.reason} ${event.reason?.stack ?? ""}`);
});
addEventListener("securitypolicyviolation", (event) => {
  window.__collected.push(`policy: ${event.violatedDirective} blocked ${event.blockedURI} in ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
});
for (const level of ["error", "warn"]) {
  const original = console[level];
  console[level] = (...words) => {
    window.__collected.push(`console.${level}: ${words.join(" ")}`);
    original.apply(console, words);
  };
}
