/** The column beside the graph: the evaluation trace, and the other views that features bring, one at a time behind tabs. */

import { byId, h } from "../dom.js";
import { followArrows } from "./tabs.js";

/** @typedef {{id: string, words: string, panel: HTMLElement}} SideView */
/** @typedef {{add: (view: SideView) => void, show: (id: string) => void, shown: () => string, render: (id: string, alone?: boolean) => void}} Side */

/** @param {(id: string) => void} choose what a press on a tab does @returns {Side} */
export function createSide(choose) {
  const list = byId("side-tabs");
  /** @type {Map<string, {tab: HTMLButtonElement, panel: HTMLElement}>} */
  const views = new Map();
  let chosen = "trace";
  followArrows(list, () => [...views.values()].map(({ tab }) => tab));

  /** @param {SideView} view */
  function add({ id, words, panel }) {
    const tab = h("button", { type: "button", class: "side-tab", role: "tab", id: `side-tab-${id}`, "aria-controls": panel.id || `side-${id}`, onclick: () => choose(id) }, words);
    panel.id ||= `side-${id}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    if (!panel.isConnected) byId("side-panels").append(panel);
    views.set(id, { tab, panel });
    list.append(tab);
    list.hidden = views.size < 2;
    render(chosen);
  }

  /** @param {string} id an unknown view is the trace @param {boolean} [alone] whether the others cannot be chosen now */
  function render(id, alone = false) {
    chosen = views.has(id) ? id : "trace";
    list.hidden = views.size < 2 || alone;
    for (const [other, { tab, panel }] of views) {
      tab.setAttribute("aria-selected", String(other === chosen));
      tab.tabIndex = other === chosen ? 0 : -1;
      panel.hidden = other !== chosen;
    }
  }

  return { add, show: choose, shown: () => chosen, render };
}
