/** The share dialog: one tab for each way of taking a program elsewhere; each is made when it is first opened. */

import { h, icon } from "../dom.js";
import { followArrows } from "../views/tabs.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {{root: HTMLElement, open: () => void, close?: () => void}} Tab open: called each time it is shown */
/** @typedef {{id: string, words: string, load: () => Promise<(page: Page, scene: () => Scene | null) => Tab>}} Row */

/** @type {readonly Row[]} */
const ROWS = Object.freeze([
  { id: "link", words: "Link", load: async () => (await import("./link-tab.js")).linkTab },
  { id: "embed", words: "Embed", load: async () => (await import("./embed-tab.js")).embedTab },
  { id: "picture", words: "Picture", load: async () => (await import("./picture-tab.js")).pictureTab },
  { id: "film", words: "Animation", load: async () => (await import("./film-tab.js")).filmTab },
  { id: "text", words: "Text and code", load: async () => (await import("./text-tab.js")).textTab },
  { id: "worksheet", words: "Worksheet", load: async () => (await import("./worksheet-tab.js")).worksheetTab },
]);

/** @param {Page} page @param {() => Scene | null} scene what the page shows @returns {{show: () => void}} */
export function createDialog(page, scene) {
  /** @type {Map<string, Tab>} */
  const made = new Map();
  let chosen = "link";
  const tabs = ROWS.map(({ id, words }) => h("button", { type: "button", class: "side-tab", role: "tab", id: `share-tab-${id}`, "aria-controls": "share-panel", onclick: () => void choose(id) }, words));
  const list = h("div", { class: "share-tabs", role: "tablist", "aria-label": "Ways to share" }, ...tabs);
  const panel = h("div", { class: "dialog-body share-panel", id: "share-panel", role: "tabpanel", tabindex: "0" });
  const close = h("button", { type: "button", class: "button quiet", "aria-label": "Close", onclick: () => root.close() }, icon("close"));
  const root = h("dialog", { class: "dialog wide share", id: "share", "aria-labelledby": "share-title" }, h("div", { class: "dialog-head" }, h("h2", { id: "share-title" }, "Share"), close), list, panel);
  document.body.append(root);
  followArrows(list, () => tabs);
  root.addEventListener("click", (event) => {
    if (event.target === root) root.close();
  });
  root.addEventListener("close", () => made.forEach((tab) => tab.close?.()));

  /** @param {string} id */
  async function choose(id) {
    made.get(chosen)?.close?.();
    chosen = id;
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(ROWS[at].id === id));
      tab.tabIndex = ROWS[at].id === id ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `share-tab-${id}`);
    if (!made.has(id)) await make(id);
    if (chosen !== id) return;
    const tab = made.get(id);
    if (tab === undefined) return;
    panel.replaceChildren(tab.root);
    tab.open();
  }

  /** @param {string} id */
  async function make(id) {
    try {
      const create = await /** @type {Row} */ (ROWS.find((row) => row.id === id)).load();
      made.set(id, create(page, scene));
    } catch {
      panel.replaceChildren(h("p", {}, "This part could not be loaded. ", h("button", { type: "button", class: "button", onclick: () => void choose(id) }, "Try again")));
    }
  }

  return {
    show() {
      if (!root.open) root.showModal();
      void choose(chosen);
      tabs[ROWS.findIndex(({ id }) => id === chosen)].focus();
    },
  };
}
