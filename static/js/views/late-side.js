/** A view of the side column whose code is fetched when it is first shown. */

import { h } from "../dom.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {{render: (state: State, before: State | null, scene: Scene | null) => void}} SideContent */

/**
 * @param {Page} page
 * @param {{id: string, words: string, load: () => Promise<(root: HTMLElement, page: Page) => SideContent>}} view
 * @returns {(state: State, before: State | null, scene: Scene | null) => void} draws it while it is shown
 */
export function lateSide(page, { id, words, load }) {
  const panel = h("div", { class: `side-panel side-${id}` });
  page.side.add({ id, words, panel });
  /** @type {SideContent | null} */
  let content = null;
  let asked = false;
  /** @type {{state: State, scene: Scene | null} | null} */
  let latest = null;

  async function fetchIt() {
    asked = true;
    panel.replaceChildren(h("p", { class: "side-wait" }, "One moment…"));
    try {
      const create = await load();
      panel.replaceChildren();
      content = create(panel, page);
      if (latest !== null) content.render(latest.state, null, latest.scene);
    } catch {
      asked = false;
      panel.replaceChildren(h("p", { class: "side-wait" }, "This view could not be loaded. ", h("button", { type: "button", class: "button", onclick: fetchIt }, "Try again")));
    }
  }

  function forget() {
    if (content === null) return;
    content = null;
    asked = false;
    panel.replaceChildren();
  }

  return (state, before, scene) => {
    if (state.predict !== "off") return void forget(); // it knows what is asked for
    if (state.side !== id) return;
    latest = { state, scene };
    if (content !== null) content.render(state, before?.side === id ? before : null, scene);
    else if (!asked) void fetchIt();
  };
}
