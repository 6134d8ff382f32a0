/** What a frame shows of the explorer, as its link says: panels, controls, a cover, and the way to the whole page. */

import { linkOf } from "../address.js";
import { byId, h, setAttribute } from "../dom.js";
import { readLink, writeLink } from "../link.js";
import { stepAsked } from "./messages.js";

/** @typedef {import("../link.js").Link} Link */

/** @type {Map<string, string[]>} */
const PANELS = new Map([["min", ["graph"]], ["player", ["graph", "formula"]], ["full", ["program", "graph", "formula", "trace"]]]);
const TALLEST = 4000;

/** @param {import("../features.js").Page} page @returns {(shown: import("./feature.js").Shown) => void} */
export function createFrame({ store, player }) {
  const { link } = readLink(location.search, location.hash);
  const { body } = document;
  const panels = link.panels ?? PANELS.get(link.ui ?? "player") ?? [];
  body.dataset.ui = link.ui ?? "player";
  if (link.lock) lock();
  const cover = link.reveal ? coverOf() : null;
  const full = h("a", { class: "button small open-full", target: "_blank", rel: "noopener", title: "Opens what is shown here, with what was edited, in a window of its own" }, "Open full");
  byId("header-actions").append(full);
  const point = () => setAttribute(full, "href", new URL(writeLink(linkOf(store.get())), new URL(".", location.href)).href);
  for (const cause of ["pointerdown", "focus", "click"]) full.addEventListener(cause, point);
  const tell = talk(link, player.go);
  let waiting = 0;

  return ({ state, scene }) => {
    byId("main").dataset.show = (state.trace === null ? ["program"] : panels).join(" ");
    cover?.(state.source);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      point();
      tell(scene);
    }, 100);
  };
}

/** Nothing can be edited: the inputs are only looked at, the gallery does not open; the editor is not even loaded. */
function lock() {
  byId("inputs-body").inert = true;
  document.body.dataset.locked = "true";
  window.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key.toLowerCase() === "e" && !event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
  }, { capture: true });
}

/** @returns {(source: string) => void} hides the result until it is asked for */
function coverOf() {
  const program = h("pre", { class: "cover-program" });
  const hidden = [byId("main"), byId("player"), byId("live")];
  const cover = h("section", { class: "cover", "aria-label": "Program" }, program, h("button", { type: "button", class: "button primary", onclick: reveal }, "Show the result"));
  document.body.dataset.covered = "true";
  for (const element of hidden) element.inert = true;
  byId("main").before(cover);

  function reveal() {
    delete document.body.dataset.covered;
    for (const element of hidden) element.inert = false;
    cover.remove();
    byId("stage-panel").focus();
  }
  return (source) => void (program.textContent = source);
}

/** @param {Link} link @param {(step: number) => void} go @returns {(scene: import("../scene.js").Scene | null) => void} */
function talk(link, go) {
  if (parent === window) return () => {};
  const sites = [location.origin, ...(link.origin === undefined ? [] : [link.origin])];
  /** @type {Map<string, string>} */
  const told = new Map();
  /** @param {import("./messages.js").Told} message */
  const tell = (message) => {
    if (told.get(message.type) === JSON.stringify(message)) return;
    told.set(message.type, JSON.stringify(message));
    parent.postMessage(message, link.origin ?? "*"); // a height and a step: nothing that others may not know
  };
  addEventListener("message", (event) => {
    const step = stepAsked(event, { around: parent, sites });
    if (step !== null) go(step);
  });
  addEventListener("resize", () => tell({ type: "ad:height", height: wantedHeight() }));
  return (scene) => {
    tell({ type: "ad:height", height: wantedHeight() });
    if (scene !== null) tell({ type: "ad:step", step: scene.cursor, total: scene.total, sentence: byId("explain").textContent ?? "" });
  };
}

/** @returns {number} at which nothing in the frame scrolls */
function wantedHeight() {
  const scrollers = [...document.querySelectorAll("#main, #trace-body, #inputs-body, #editor .cm-scroller")];
  const missing = scrollers.map(({ scrollHeight, clientHeight }) => (clientHeight === 0 ? 0 : scrollHeight - clientHeight));
  return Math.min(Math.ceil(innerHeight + Math.max(0, ...missing)), TALLEST);
}
