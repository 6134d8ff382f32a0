/** The card drawn: which value, its digits, the rule in stages, where its numbers come from, who uses it, and why. */

import { h, setText } from "../dom.js";
import { isLong, tensorSentence } from "../narrate/tensor.js";
import { sceneOf } from "../scene.js";
import { stepsOf } from "../steps.js";
import { createTensor } from "../tensor/index.js";
import { cardOf } from "./card.js";
import { QUANTITIES, chosen, keyOf } from "./choice.js";
import { nameOf } from "./facts.js";
import { heading, list, reasons, sentenceNodes, stages } from "./parts.js";
import { wordsOf } from "./sentence.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./card.js").Card} Card */
/** @typedef {import("./choice.js").Quantity} Quantity */
/** @typedef {import("../views/late-side.js").SideContent & {advance: () => void}} CardView */

const MOST_CHOICES = 600;

/** @param {HTMLElement} root @param {Page} page @returns {CardView} */
export function createCard(root, page) {
  const { store, light, notify, player } = page;
  const node = h("select", { class: "field", "aria-label": "Node" });
  const quantity = h("select", { class: "field", "aria-label": "Which of its values" }, ...QUANTITIES.map((one) => h("option", { value: one }, one)));
  const follow = h("button", { type: "button", class: "button small", onclick: () => store.set({ number: "" }) }, "Follow the steps");
  const when = h("p", { class: "value-when" });
  const body = h("section", { class: "value-card", "aria-labelledby": "value-title" });
  const told = h("p", { class: "visually-hidden", role: "status" });
  root.append(h("div", { class: "panel-body value-body", tabindex: "0", role: "group", "aria-label": "Value, scrolls" }, h("p", { class: "value-choice" }, "The ", quantity, " of ", node, follow), when, body, told));
  const pick = () => choose({ id: Number(node.value), quantity: /** @type {Quantity} */ (quantity.value) });
  node.addEventListener("change", pick);
  quantity.addEventListener("change", pick);
  /** @type {Card | null} */
  let card = null;
  /** @type {Scene | null} */
  let last = null;
  let advance = () => {};
  const tensor = createTensor(page);
  /** @type {unknown[]} */
  let pictured = [];

  /** @param {{id: number, quantity: Quantity}} value */
  function choose({ id, quantity: which }) {
    const { trace } = store.get();
    if (trace !== null) store.set({ number: keyOf(trace, id, which) });
  }

  const leads = {
    light,
    choose(/** @type {{id: number, quantity: Quantity}} */ value) {
      light("focus", null);
      light("pointer", null);
      choose(value);
      document.getElementById("value-title")?.focus({ preventScroll: true });
    },
  };

  /** @param {Card} next */
  function draw(next) {
    const staged = stages(next);
    advance = staged.advance;
    const held = tensor.element.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    body.replaceChildren(
      ...heading(next, notify),
      tensor.element,
      h("p", {}, ...sentenceNodes(next.words, leads)),
      ...staged.elements,
      ...reasons(next, leads),
      ...list("Made of", next.sources, leads),
      ...list("Remembered from the forward sweep", next.remembered, leads),
      ...list("Used for", next.uses, leads),
    );
    held?.focus({ preventScroll: true });
  }

  /** @param {number} cursor */
  function drawWhen(cursor) {
    const writes = card?.cursor ?? null;
    if (writes === null || writes === cursor) return when.replaceChildren();
    const go = h("button", { type: "button", class: "button small", onclick: () => player.go(writes) }, `Go to step ${writes}`);
    when.replaceChildren(writes > cursor ? "Not computed yet at this step; this is how it will come out. " : "", go);
  }

  /** What a tensor's pictures show is drawn again only where it has changed. @param {State} state @param {Scene} now */
  function picture({ table, theme, number }, now) {
    const found = card === null || last === null ? null : last.node(card.id);
    if (found === undefined || found === null || card === null || last === null) return;
    const present = now.node(found.id);
    const next = [last, card.id, card.quantity, number, table, theme, present?.primalValue, present?.tangentValue, present?.adjointValue, present?.arrival.arrived];
    if (next.every((part, at) => Object.is(part, pictured[at]))) return;
    pictured = next;
    tensor.draw({ end: last, now, id: card.id, quantity: card.quantity, table, theme });
  }

  return {
    advance: () => advance(),
    render(state, before, scene) {
      if (scene === null || state.trace === null) return;
      const follows = state.number === "";
      const changed = (/** @type {(keyof State)[]} */ ...keys) => before === null || keys.some((key) => state[key] !== before[key]);
      if (changed("trace", "digits", "notation", "number") || (follows && changed("cursor"))) {
        const found = chosen(state.trace, state.number) ?? ofStep(scene);
        follow.hidden = follows;
        fill(node, scene, found.id);
        node.value = String(found.id);
        quantity.value = found.quantity;
        if (last === null || last.trace !== state.trace || last.digits !== state.digits || last.notation !== state.notation) last = sceneOf(state.trace, stepsOf(state.trace).length, { digits: state.digits, notation: state.notation });
        card = cardOf(last, found.id, found.quantity);
        if (card !== null) draw(card);
        if (card !== null && before !== null && changed("number")) setText(told, [spokenValue(card, state), wordsOf(card.words), ...card.reasons.map(wordsOf)].join(" "));
      }
      picture(state, scene);
      drawWhen(state.cursor);
    },
  };
}

/** @param {Card} card @param {State} state @returns {string} */
const spokenValue = (card, state) => (isLong(card.raw, card.shape) ? tensorSentence(card.spoken, card.raw, card.shape, state) : `${card.spoken}: ${card.value}.`);

/** @param {Scene} scene @returns {{id: number, quantity: Quantity}} what the current step writes */
function ofStep(scene) {
  const { step } = scene;
  if (step === null) return { id: scene.trace.outputs[0], quantity: "primal" };
  return { id: step.to ?? step.node, quantity: step.kind === "forward" ? "primal" : "adjoint" };
}

/** @param {HTMLSelectElement} select @param {Scene} scene @param {number} chosenId which is among the choices even where they are too many */
function fill(select, scene, chosenId) {
  const open = scene.nodes.filter((node) => node.kind !== "constant").slice(0, MOST_CHOICES);
  const own = scene.node(chosenId);
  const nodes = own === undefined || open.includes(own) ? open : [...open, own];
  const key = nodes.map(({ id, name }) => `${id} ${name}`).join("\n");
  if (select.dataset.key === key) return;
  select.dataset.key = key;
  select.replaceChildren(...nodes.map((node) => h("option", { value: String(node.id) }, nameOf(node, "primal"))));
}
