/** Over the graph of a program with loops or calls: in which of them the step is, each to fold or unfold, and all at once. */

import { h } from "../dom.js";
import { indexOf } from "../scene/index.js";
import { LARGE } from "../views/stage/near.js";
import { withChoice } from "./choice.js";
import { foldingOf, foldsAround } from "./folding.js";
import { createWishes } from "./wishes.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("./folding.js").Folding} Folding */

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function createFolding({ store }) {
  const wishes = createWishes(store);
  const trail = h("ol", { class: "crumbs-trail" });
  const all = h("button", { type: "button", class: "button quiet small", onclick: foldAll });
  const bar = h("nav", { class: "crumbs", "aria-label": "Groups around the step", hidden: true }, trail, all);
  document.getElementById("stage-panel")?.prepend(bar);
  /** @type {Folding | null} */
  let folding = null;
  /** @type {number[]} places of the folds around the step, outermost first */
  let around = [];
  let shown = "";

  function foldAll() {
    if (folding === null) return;
    const shut = folding.shut.length === 0;
    const keys = folding.folds.filter(({ cards, parent }) => cards > 1 && (parent < 0 || !shut)).map(({ key }) => key);
    store.set({ fold: withChoice(shut ? "" : store.get().fold, keys, shut) });
  }

  /** @param {number} place @returns {string[]} its key, and those of the folds around it */
  function opening(place) {
    const { folds } = /** @type {Folding} */ (folding);
    return place < 0 ? [] : [...opening(folds[place].parent), folds[place].key];
  }

  /** @param {number} place */
  function crumb(place) {
    const { folds, unit } = /** @type {Folding} */ (folding);
    const { key, label, first } = folds[place];
    const isShut = unit[first] >= 0 && unit[first] <= place; // by itself, or in one around it: those come first
    const press = () => {
      store.set({ fold: withChoice(store.get().fold, isShut ? opening(place) : [key], !isShut) });
      /** @type {HTMLElement | null} */ (trail.querySelector(`[data-fold="${CSS.escape(key)}"]`))?.focus();
    };
    return h("li", {}, h("button", { type: "button", class: "button quiet small", "aria-expanded": String(!isShut), title: isShut ? "Unfold" : "Fold", "data-fold": key, onclick: press }, label));
  }

  /** @param {State} state @param {import("../scene.js").Scene | null} scene */
  function draw({ trace, cursor }, scene) {
    if (trace === null || trace.nodes.length > LARGE) return void (bar.hidden = true);
    const step = scene?.step ?? null;
    folding = foldingOf(trace, wishes(), step?.to ?? step?.node ?? null);
    const { folds, key } = folding;
    bar.hidden = !folds.some(({ cards }) => cards > 1);
    if (bar.hidden) return;
    const at = step === null ? -1 : indexOf(trace).positionOf(step.node);
    around = foldsAround(folds, at).filter((place) => folds[place].cards > 1);
    const now = `${key}\n${around}\n${folds.map(({ label }) => label)}`;
    if (now === shown) return;
    shown = now;
    trail.replaceChildren(...(around.length > 0 ? around.map(crumb) : [h("li", { class: "muted" }, cursor === 0 ? "Before the first step" : "Outside all groups")]));
    all.textContent = folding.shut.length === 0 ? "Fold all" : "Unfold all";
  }

  return {
    render(state, before, scene) {
      if (before !== null && ["trace", "cursor", "fold", "groups", "traced"].every((key) => state[/** @type {keyof State} */ (key)] === before[/** @type {keyof State} */ (key)])) return;
      draw(state, scene);
    },
    keys: {
      foldStep() {
        const shut = around.find((place) => folding?.shut.includes(place));
        const fold = folding?.folds[shut ?? around.at(-1) ?? -1];
        if (fold !== undefined) store.set({ fold: withChoice(store.get().fold, [fold.key], shut === undefined) });
      },
    },
  };
}
