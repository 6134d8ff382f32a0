/** What frames the panels: the header's buttons, the folds, the tabs of the phone, and short notices. */

import { byId, h, icon, setText } from "../dom.js";
import { followArrows } from "./tabs.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {{onExamples: () => void, onShare: () => void, onSettings: () => void, onHelp: () => void}} HeaderEvents */

const TABS = Object.freeze([["graph", "Graph", "stage-panel"], ["trace", "Trace", "trace"], ["code", "Code", "program"], ["explain", "Explain", "explain-panel"]]);
const NOTICE_SECONDS = 7;

/** @param {HeaderEvents} events @param {HTMLElement} menu */
export function createHeader(events, menu) {
  const button = (/** @type {string} */ sign, /** @type {string} */ words, /** @type {string} */ hint, /** @type {() => void} */ onclick, wide = false) =>
    h("button", { type: "button", class: `button quiet head-${sign}`, title: hint, onclick }, icon(sign), h("span", { class: wide ? "words" : "words optional" }, words));
  byId("header-actions").replaceChildren(
    button("examples", "Examples", "Examples (E)", events.onExamples, true),
    button("link", "Share", "Share: links, pictures, animations, texts, worksheets (S)", events.onShare),
    menu,
    button("settings", "Settings", "Settings", events.onSettings),
    button("help", "Help", "Help and keys (?)", events.onHelp),
  );
}

/** @returns {{toggle: (panel: "program" | "trace") => void}} */
export function createFolds() {
  const main = byId("main");
  const toggle = (/** @type {"program" | "trace"} */ panel) => {
    const folded = main.dataset[panel] === "folded";
    if (folded) delete main.dataset[panel];
    else main.dataset[panel] = "folded";
    const button = byId(folded ? `${panel}-head` : `${panel}-rail`).querySelector("button");
    if (document.activeElement === document.body || byId(panel).contains(document.activeElement)) button?.focus();
  };
  for (const [panel, words, key, sign] of /** @type {["program" | "trace", string, string, string][]} */ ([["program", "Program", "[", "fold"], ["trace", "Trace", "]", "unfold"]])) {
    const fold = h("button", { type: "button", class: "button quiet small fold", "aria-label": `Fold ${words.toLowerCase()}`, title: `Fold (${key})`, onclick: () => toggle(panel) }, icon(sign));
    const unfold = h("button", { type: "button", class: "button quiet", title: `Unfold (${key})`, onclick: () => toggle(panel) }, words);
    byId(`${panel}-head`).append(fold);
    byId(`${panel}-rail`).append(unfold);
  }
  return { toggle };
}

/** @returns {{show: (tab: string) => void}} */
export function createTabs() {
  const main = byId("main");
  const tabs = TABS.map(([id, words, panel]) => h("button", { type: "button", class: "tab", role: "tab", id: `tab-${id}`, "aria-controls": panel, onclick: () => show(id) }, words));
  byId("tabs").replaceChildren(...tabs);
  followArrows(byId("tabs"), () => tabs);

  /** @param {string} id */
  function show(id) {
    main.dataset.tab = id;
    tabs.forEach((tab, index) => {
      const chosen = TABS[index][0] === id;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    });
  }
  show("graph");
  return { show };
}

/** @param {string} text a line that goes by itself; an error is never told this way */
export function notify(text) {
  const root = byId("notices");
  const notice = h("p", { class: "notice" }, text);
  root.append(notice);
  setTimeout(() => notice.remove(), NOTICE_SECONDS * 1000);
}

/** @param {State} state what the example is about, and its title */
export function renderExample({ example, source, predict }) {
  const own = example !== null && example.source !== source;
  setText(byId("example-title"), example === null ? "" : own ? `${example.title}, edited` : example.title);
  const line = byId("look-for");
  line.hidden = example === null || own || !example.look_for || predict !== "off"; // it tells what is asked for
  setText(line, line.hidden ? "" : (example?.look_for ?? ""));
}
