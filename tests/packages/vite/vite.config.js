export default {
  base: "./",
  build: { rollupOptions: { input: ["index.html", "bowl.html"] } },
};
