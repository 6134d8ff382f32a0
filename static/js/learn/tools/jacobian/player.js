/** The product, played in one of its orders: which factors are multiplied next, and which matrices stand then. */

import { h } from "../../../dom.js";
import { choice } from "../../../share/controls.js";
import { d3 } from "../../../vendor.js";
import { NAMES, standing, stepsOf, stretchName } from "./orders.js";

/** @typedef {import("./orders.js").OrderName} OrderName */
/** @typedef {import("./orders.js").Order} Order */
/** @typedef {import("./orders.js").Standing} Standing */
/** @typedef {{say: (sentence: string) => void, mark: (now: readonly number[], done: ReadonlySet<number>) => void, chosen: (name: OrderName) => void}} Events */

const OUTLINE = Object.freeze({ largest: 60, least: 3, most: 9 });

/** @param {{orders: Map<OrderName, Order>, shapes: [number, number][], first: OrderName}} product orders that have brackets @param {Events} events */
export function createPlayer({ orders, shapes, first }, events) {
  let at = 0;
  const told = h("p", { class: "order-step" });
  const row = h("ol", { class: "standing", "aria-label": "The matrices now, from left to right" });
  const slider = h("input", { type: "range", min: "0", value: "0", "aria-label": "Products so far", oninput: () => go(Number(slider.value)) });
  const picked = choice("Play", [...orders.keys()].map((name) => /** @type {const} */ ([name, NAMES[name]])), first, () => {
    events.chosen(picked.value());
    go(0);
  });

  /** @param {number} next @param {boolean} aloud */
  function go(next, aloud = true) {
    const steps = stepsOf(orders.get(picked.value())?.brackets ?? "");
    at = Math.max(0, Math.min(next, steps.length));
    slider.max = String(steps.length);
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", `${at} of ${steps.length}`);
    const now = at === 0 ? [] : steps[at - 1];
    events.mark(now, new Set(steps.slice(0, at).flat()));
    const matrices = standing(shapes, steps.slice(0, at));
    draw(matrices);
    const sentence = sentenceOf(at, steps.length, matrices.find(({ isNow }) => isNow));
    told.textContent = sentence;
    if (aloud) events.say(sentence);
  }

  /** @param {Standing[]} matrices from left to right */
  function draw(matrices) {
    const scale = Math.min(OUTLINE.most, OUTLINE.largest / Math.max(...shapes.flat(), 1));
    const items = d3.select(row).selectAll("li").data(matrices, (/** @type {any} */ { factors }) => factors.join()).join((enter) => {
      const item = enter.append("li");
      item.append("span").attr("class", "standing-outline").attr("aria-hidden", "true");
      item.append("span").attr("class", "standing-name");
      item.append("span").attr("class", "standing-shape");
      return item;
    }).order();
    items.classed("is-now", ({ isNow }) => isNow);
    items.select(".standing-outline").style("width", ({ shape }) => `${Math.max(OUTLINE.least, shape[1] * scale)}px`).style("height", ({ shape }) => `${Math.max(OUTLINE.least, shape[0] * scale)}px`);
    items.select(".standing-name").text(({ factors }) => stretchName(factors));
    items.select(".standing-shape").text(({ shape }) => shape.join(" × "));
  }

  go(0, false);
  const buttons = h("div", { class: "order-row" }, h("button", { type: "button", class: "button small", onclick: () => go(at - 1) }, "Back"), h("button", { type: "button", class: "button small primary", onclick: () => go(at + 1) }, "Next product"), slider);
  return h("div", { class: "order-player" }, picked.root, buttons, row, told);
}

/** @param {number} at @param {number} all @param {Standing | undefined} made */
function sentenceOf(at, all, made) {
  if (made === undefined) return `${all} ${all === 1 ? "product" : "products"} to come.`;
  return `Product ${at} of ${all}: ${stretchName(made.factors)} is one matrix now, ${made.shape[0]} by ${made.shape[1]}.${at === all ? " It is J." : ""}`;
}
