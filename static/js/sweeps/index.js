/** Both sweeps side by side, in place of the graph; fetched when first opened. */

import { byId, h } from "../dom.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../features.js").Feature} Feature */

/** @param {Page} page @returns {Feature} */
export function createSweeps(page) {
  const { store, actions, menu } = page;
  const panel = h("div", { class: "both-sweeps", id: "sweeps", role: "group", "aria-label": "Both sweeps", tabindex: "0", hidden: true });
  byId("stage").after(panel);
  /** @type {import("./view.js").SweepsView | null} */
  let view = null;
  let asked = false;

  const toggle = () => store.set({ view: store.get().view === "sweeps" ? "graph" : "sweeps" });
  menu.add({ id: "sweeps", words: "Both sweeps", hint: "Tangents and adjoints meet at a cut of the tape", key: "W", onclick: toggle, pressed: () => store.get().view === "sweeps" });

  async function load() {
    asked = true;
    panel.replaceChildren(h("p", { class: "side-wait" }, "One moment…"));
    try {
      const { createSweepsView } = await import("./view.js");
      panel.replaceChildren();
      view = createSweepsView(panel, page);
      view.render(store.get());
    } catch {
      asked = false;
      panel.replaceChildren(h("p", { class: "side-wait" }, "This view could not be loaded. ", h("button", { type: "button", class: "button", onclick: load }, "Try again")));
    }
  }

  return {
    render(state, before) {
      const isOpen = state.view === "sweeps";
      if (before?.view !== state.view || before === null) {
        panel.hidden = !isOpen;
        byId("main").dataset.view = state.view;
      }
      if (!isOpen) return;
      if (state.mode !== "both" && state.trace !== null) queueMicrotask(() => store.get().view === "sweeps" && actions.setMode("both"));
      if (view !== null) view.render(state);
      else if (!asked) void load();
    },
    keys: { sweeps: toggle },
  };
}
