// Applies the saved theme before the first paint. Without storage the page follows the system.
try {
  const theme = localStorage.getItem("gd-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be blocked; then there is nothing to restore.
}
