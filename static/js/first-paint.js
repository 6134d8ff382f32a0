/* Runs before the first paint, so that a chosen theme never flashes: the only classic script of the page. */
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search).get("theme");
  /** @type {{theme?: string, motion?: string}} */
  let kept = {};
  try {
    if (root.dataset.page !== "embed") kept = JSON.parse(localStorage.getItem("wengert.settings") ?? "{}");
  } catch {
    // A browser that keeps nothing shows the system's theme.
  }
  const theme = asked === "light" || asked === "dark" || asked === "system" ? asked : kept.theme;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (kept.motion === "reduced") root.dataset.motion = "reduced";
})();
