/** J as a product of sparse matrices: the factors, the orders of multiplying them, and the whole with its colours. */

import { Refusal } from "../../api.js";
import { h } from "../../dom.js";
import { math } from "../../views/math.js";
import { blocksOf } from "../jacobian.js";
import { MOST_FACTORS, createChain } from "./jacobian/chain.js";
import { NAMES } from "./jacobian/orders.js";
import { createPlayer } from "./jacobian/player.js";
import { wholeOf } from "./jacobian/whole.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("./jacobian/chain.js").Factor} Factor */
/** @typedef {import("./jacobian/orders.js").OrderName} OrderName */
/** @typedef {import("./jacobian/orders.js").Order} Order */

const ORDERS = Object.freeze(/** @type {OrderName[]} */ (["right_to_left", "left_to_right", "cheapest"]));
const LONGEST = 160;

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  let picked = 1;
  const chain = createChain({ digits: lesson.digits, pick: (number) => (picked = number) });
  const product = h("div", { class: "product" });
  const whole = h("div", { class: "whole" });
  root.replaceChildren(product, whole);

  /** @param {import("../lesson.js").Program} _ @param {AbortSignal} signal */
  async function show(_, signal) {
    const answer = await asked(signal);
    whole.replaceChildren(...wholeOf(answer, blocksOf(answer), lesson.digits));
    if (answer.chain === undefined) product.replaceChildren(h("p", { class: "jacobian-large" }, `The factors are too many or too large to be shown: ${answer.reason} The whole is below.`));
    else drawProduct(answer);
    lesson.say(sentenceOf(answer));
  }

  /** @param {AbortSignal} signal @returns {Promise<any>} without the factors where they are over a budget, with the reason */
  async function asked(signal) {
    try {
      return await lesson.ask("jacobian", { chain: true }, signal);
    } catch (reason) {
      if (!(reason instanceof Refusal) || !reason.problem.code.startsWith("budget.")) throw reason;
      return { ...(await lesson.ask("jacobian", {}, signal)), reason: reason.problem.detail };
    }
  }

  /** @param {any} answer */
  function drawProduct({ chain: factors, orders: found, product: checked }) {
    chain.render(factors, picked);
    const known = ORDERS.filter((name) => found[name] !== null);
    const table = h("div", { class: "matrix-scroll", tabindex: "0", role: "region", "aria-label": "Orders, scrolls" }, orderTable(new Map(known.map((name) => [name, found[name]]))));
    const note = h("p", { class: "order-note" }, found.note, checked.agrees ? " Multiplied out, the product is the Jacobian." : "");
    product.replaceChildren(chain.root, h("div", { class: "orders" }, h("h3", {}, "Orders"), table, playerOf(found, factors), note));
  }

  /** @param {Object<string, Order | null>} found @param {Factor[]} factors */
  function playerOf(found, factors) {
    const orders = new Map(ORDERS.flatMap((name) => (found[name]?.brackets ? [/** @type {[OrderName, Order]} */ ([name, found[name]])] : [])));
    if (factors.length < 2) return h("p", { class: "order-note" }, "There is one factor: nothing to multiply.");
    if (orders.size === 0 || factors.length > MOST_FACTORS) return h("p", { class: "order-note" }, "The chain is too long to be played.");
    const [usual] = orders.keys();
    const wanted = /** @type {OrderName} */ (lesson.params.get("order"));
    return createPlayer({ orders, shapes: factors.map(({ shape }) => shape), first: orders.has(wanted) ? wanted : usual }, { say: lesson.say, mark: chain.mark, chosen: (name) => lesson.setParam("order", name === usual ? null : name) });
  }
  return { show };
}

/** @param {Map<OrderName, Order>} orders @returns {HTMLTableElement} */
function orderTable(orders) {
  const counts = [...orders.values()].map(({ multiplications }) => multiplications);
  const largest = Math.max(1, ...counts);
  const rows = [...orders].map(([name, { multiplications, brackets }]) => {
    const isLeast = multiplications === Math.min(...counts);
    const bar = h("span", { class: `order-bar ${isLeast ? "is-least" : ""}` });
    bar.style.setProperty("--part", String(multiplications / largest));
    return h("tr", {}, h("th", { scope: "row" }, NAMES[name]), h("td", { class: "numeral" }, String(multiplications)), h("td", { class: "order-bars" }, bar, isLeast ? h("span", { class: "visually-hidden" }, "the fewest") : ""), h("td", {}, brackets === null || brackets.length > LONGEST ? "too long to write" : math(brackets)));
  });
  return h("table", { class: "order-table" }, h("caption", { class: "visually-hidden" }, "Multiplications of numbers in each order"), h("thead", {}, h("tr", {}, ...["Order", "Multiplications", "Compared", "Brackets"].map((words) => h("th", { scope: "col" }, words)))), h("tbody", {}, ...rows));
}

/** @param {any} answer */
function sentenceOf({ chain, orders, sparsity }) {
  const size = `J is ${sparsity.rows} by ${sparsity.columns}`;
  if (chain === undefined) return `${size}, with ${sparsity.nonzeros} ${sparsity.nonzeros === 1 ? "entry" : "entries"} that can differ from zero.`;
  if (chain.length === 1) return `${size}, and a single factor.`;
  const cost = (/** @type {OrderName} */ name) => (orders[name] === null ? "too many to count" : orders[name].multiplications);
  return `${size}, a product of ${chain.length}: ${cost("right_to_left")} multiplications from the right, ${cost("left_to_right")} from the left, ${cost("cheapest")} in the cheapest order.`;
}
