/** The explorer in a frame of another site; everywhere else this is nothing. */

export const isEmbedded = () => document.documentElement.dataset.page === "embed";

/** @typedef {{state: import("../state.js").State, scene: import("../scene.js").Scene | null}} Shown */

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function embedding(page) {
  if (!isEmbedded()) return {};
  page.address.leave(); // the frame's address is the other site's
  /** @type {Shown | null} */
  let latest = null;
  /** @type {((shown: Shown) => void) | null} */
  let draw = null;
  void import("./frame.js").then(({ createFrame }) => {
    draw = createFrame(page);
    if (latest !== null) draw(latest);
  });
  return {
    render(state, _, scene) {
      latest = { state, scene };
      draw?.(latest);
    },
  };
}
