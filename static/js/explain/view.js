/** The card drawn: which value, its digits, the rule in stages, where its numbers come from, who uses it, and why. */

import { h, icon } from "../dom.js";
import { sceneOf } from "../scene.js";
import { stepsOf } from "../steps.js";
import { math } from "../views/math.js";
import { typeset } from "../views/typeset.js";
import { cardOf, nameOf } from "./card.js";
import { QUANTITIES, chosen, keyOf } from "./choice.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./card.js").Card} Card */
/** @typedef {import("./card.js").Source} Source */
/** @typedef {import("./choice.js").Quantity} Quantity */

const MOST_CHOICES = 600;

/** @param {HTMLElement} root @param {Page} page @returns {import("../views/late-side.js").SideContent} */
export function createCard(root, { store, light, notify }) {
  const node = h("select", { class: "field", id: "value-node", "aria-label": "Node" });
  const quantity = h("select", { class: "field", "aria-label": "Which of its values" }, ...QUANTITIES.map((one) => h("option", { value: one }, one)));
  const body = h("div", { class: "value-card", role: "region", "aria-label": "Explanation of the value", "aria-live": "polite" });
  root.append(h("div", { class: "panel-body value-body", tabindex: "0", role: "group", "aria-label": "Value, scrolls" }, h("p", { class: "value-choice" }, "The ", quantity, " of ", node), body));
  const choose = () => {
    const { trace } = store.get();
    if (trace !== null) store.set({ number: keyOf(trace, Number(node.value), /** @type {Quantity} */ (quantity.value)) });
  };
  node.addEventListener("change", choose);
  quantity.addEventListener("change", choose);
  let stage = Infinity;
  let shown = "";

  /** @param {Scene} end @param {number} id @param {Quantity} which */
  function draw(end, id, which) {
    const card = cardOf(end, id, which);
    if (card === null) return body.replaceChildren();
    const key = `${id} ${which}`;
    if (key !== shown) stage = card.stages.length;
    shown = key;
    const redraw = (/** @type {number} */ count) => {
      stage = count;
      draw(end, id, which);
    };
    body.replaceChildren(...heading(card, notify), h("p", {}, card.words), ...stages(card, stage, redraw), ...reasons(card), ...list("Made of", card.sources), ...list("Used for", card.uses));
  }

  /** @param {string} title @param {Source[]} sources */
  function list(title, sources) {
    if (sources.length === 0) return [];
    const items = sources.slice(0, 12).map((source) => {
      const button = h("button", { type: "button", class: "value-source" }, math(source.name), " = ", h("span", { class: "numeral" }, source.value));
      button.addEventListener("click", () => {
        const { trace } = store.get();
        if (trace !== null) store.set({ number: keyOf(trace, source.id, source.quantity) });
      });
      button.addEventListener("mouseenter", () => light("pointer", [source.id]));
      button.addEventListener("mouseleave", () => light("pointer", null));
      button.addEventListener("focus", () => light("focus", [source.id]));
      button.addEventListener("blur", () => light("focus", null));
      return h("li", {}, button);
    });
    const more = sources.length > items.length ? [h("li", { class: "muted" }, `and ${sources.length - items.length} more`)] : [];
    return [h("h3", {}, title), h("ul", { class: "value-sources" }, ...items, ...more)];
  }

  return {
    render(state, before, scene) {
      if (scene === null || state.trace === null) return;
      const same = before !== null && before.trace === state.trace && before.digits === state.digits && before.number === state.number && (state.number !== "" || before.cursor === state.cursor);
      if (same) return;
      const found = chosen(state.trace, state.number) ?? ofStep(scene);
      fill(node, scene);
      node.value = String(found.id);
      quantity.value = found.quantity;
      draw(sceneOf(state.trace, stepsOf(state.trace).length, { digits: state.digits }), found.id, found.quantity);
    },
  };
}

/** @param {Scene} scene @returns {{id: number, quantity: Quantity}} what the current step writes */
function ofStep(scene) {
  const { step } = scene;
  if (step === null) return { id: scene.trace.outputs[0], quantity: "primal" };
  return { id: step.to ?? step.node, quantity: step.kind === "forward" ? "primal" : "adjoint" };
}

/** @param {HTMLSelectElement} select @param {Scene} scene */
function fill(select, scene) {
  const nodes = scene.nodes.filter((node) => node.kind !== "constant").slice(0, MOST_CHOICES);
  const key = nodes.map(({ name }) => name).join("\n");
  if (select.dataset.key === key) return;
  select.dataset.key = key;
  select.replaceChildren(...nodes.map((node) => h("option", { value: String(node.id) }, nameOf(node, "primal"))));
}

/** @param {Card} card @param {(text: string) => void} notify */
function heading(card, notify) {
  const copy = async () => {
    await navigator.clipboard.writeText(card.full).then(() => notify(`Copied ${card.full}.`), () => notify("The browser does not let this page copy; the number stands here to be selected."));
  };
  const digits = card.full === "" || card.full === card.value.replace("−", "-") ? [] : [h("p", { class: "value-full" }, h("span", { class: "numeral" }, card.full), h("button", { type: "button", class: "button quiet small", onclick: copy, "aria-label": "Copy all digits" }, icon("link"), "Copy"))];
  return [h("p", { class: "value-title" }, math(card.name), " = ", h("span", { class: "numeral" }, card.value)), ...digits];
}

/** @param {Card} card @param {number} stage how many lines stand @param {(stage: number) => void} redraw */
function stages(card, stage, redraw) {
  if (card.stages.length === 0) return [];
  const lines = card.stages.map((latex, place) => {
    const line = h("li", { class: "value-stage" }, typeset(latex));
    line.hidden = place >= stage;
    return line;
  });
  const count = card.stages.length;
  const less = h("button", { type: "button", class: "button small", onclick: () => redraw(Math.max(1, Math.min(stage, count) - 1)) }, "One stage back");
  const more = h("button", { type: "button", class: "button small", onclick: () => redraw(Math.min(count, stage + 1)) }, "Next stage");
  less.disabled = stage <= 1;
  more.disabled = stage >= count;
  const first = h("button", { type: "button", class: "button small", onclick: () => redraw(1) }, "From the rule");
  const controls = count > 2 ? [h("p", { class: "value-steps" }, first, less, more, h("span", { class: "muted" }, `${Math.min(stage, count)} of ${count}`))] : [];
  return [h("ol", { class: "value-stages" }, ...lines), ...controls];
}

/** @param {Card} card */
function reasons(card) {
  if (card.reasons.length === 0) return [];
  return [h("h3", {}, "Why"), ...card.reasons.map((reason) => h("p", { class: "value-reason" }, reason))];
}
