// Keeps the bytes of every module that the page has the browser compile, under `window.compiled` by their path.
(() => {
  const compiled = (window.compiled = {});
  const keep = (url, bytes) => {
    const digits = Array.from({ length: Math.ceil(bytes.length / 0x8000) }, (_, i) =>
      String.fromCharCode(...bytes.subarray(i * 0x8000, (i + 1) * 0x8000)),
    );
    compiled[new URL(url).pathname] = btoa(digits.join(""));
  };
  const { compileStreaming } = WebAssembly;
  WebAssembly.compileStreaming = async (source) => {
    const response = await source;
    const copy = response.clone();
    const module = await compileStreaming.call(WebAssembly, response);
    keep(response.url, new Uint8Array(await copy.arrayBuffer()));
    return module;
  };
})();
