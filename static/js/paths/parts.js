/** The pieces of a path ledger as elements. */

import { h } from "../dom.js";
import { format } from "../format.js";
import { math } from "../views/math.js";
import { RULES, isLost, productText, ruleSentence, shortened, sumOf } from "./ledger.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./ledger.js").Ledger} Ledger */
/** @typedef {import("./ledger.js").Path} Path */
/** @typedef {import("./ledger.js").Rule} Rule */
/** @typedef {ReturnType<typeof import("../light.js").createLight>} Light */

const MOST_NODES = 10;

/** @param {Path} path @returns {string[]} */
const edgeKeys = (path) => path.edges.map(([from, to, slot]) => `${from}-${to}-${slot}`);

/** @param {Scene} scene @param {[number, number, number]} edge @returns {string} which operand it is, where the same node is several: "2" */
const slotName = (scene, [from, to, slot]) => (scene.edgesInto(to).filter((edge) => edge.from === from).length > 1 ? String(slot + 1) : "");

/** @param {string} slot */
const arrow = (slot) => (slot === "" ? [" → "] : [" →", h("sub", { class: "path-slot" }, h("span", { class: "visually-hidden" }, "as operand "), slot), " "]);

/** @param {Ledger} ledger @param {Scene} scene @param {Light} light @param {Rule} rule */
export function table(ledger, scene, light, rule) {
  /** @type {HTMLButtonElement | null} */
  let pinned = null;
  const rows = ledger.paths.map((path, place) => {
    const stops = path.nodes.map((id, at) => ({ name: scene.node(id)?.name ?? "", slot: at === 0 ? "" : slotName(scene, path.edges[at - 1]) }));
    const route = shortened(stops, { name: "…", slot: "" }, MOST_NODES).flatMap(({ name, slot }, at) => [...(at === 0 ? [] : arrow(slot)), math(name)]);
    const words = shortened(path.nodes.map((id, at) => `${at > 0 && stops[at].slot !== "" ? `as operand ${stops[at].slot} of ` : ""}${scene.node(id)?.spoken ?? ""}`), "and so on", MOST_NODES);
    const button = h("button", { type: "button", class: "path-button", "aria-pressed": "false", title: "Keep it lit" }, h("span", { "aria-hidden": "true" }, ...route), h("span", { class: "visually-hidden" }, `Path ${place + 1}: ${words.join(", ")}`));
    button.addEventListener("click", () => {
      const isOn = pinned !== button;
      pinned?.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-pressed", String(isOn));
      pinned = isOn ? button : null;
      light("pin", isOn ? path.nodes : null, edgeKeys(path));
    });
    const lost = isLost(path, rule, place === Number(ledger.count) - 1);
    const row = h("tr", { class: lost ? "lost" : null }, h("td", { class: "number" }, String(place + 1)), h("th", { scope: "row" }, button), h("td", { class: "numeral" }, productText(path, scene), lost ? h("span", { class: "visually-hidden" }, " is lost") : null));
    row.addEventListener("mouseenter", () => light("pointer", path.nodes, edgeKeys(path)));
    row.addEventListener("mouseleave", () => light("pointer", null));
    row.addEventListener("focusin", () => light("focus", path.nodes, edgeKeys(path)));
    row.addEventListener("focusout", () => light("focus", null));
    return row;
  });
  const head = h("tr", {}, h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "Number")), h("th", { scope: "col" }, "Path"), h("th", { scope: "col" }, "Product of its partials"));
  return h("table", { class: "paths-table" }, h("caption", { class: "visually-hidden" }, "Every path with the product of its partials"), h("thead", {}, head), h("tbody", {}, ...rows));
}

/** @param {Ledger} ledger @param {string} name @param {Rule} rule @param {Scene} scene */
export function total(ledger, name, rule, scene) {
  const sum = sumOf(ledger, rule, scene);
  const { adjoint } = ledger;
  if (sum === null && (adjoint === null || typeof adjoint === "object")) return [];
  const wrong = rule === "added" ? null : ledger.mistakes[rule];
  const alone = rule === "added" ? adjoint : wrong;
  const pieces = sum === null ? [format(/** @type {import("../format.js").Scalar} */ (alone), scene)] : [...sum.terms.flatMap(({ text, lost }, at) => [at === 0 ? "" : " + ", lost ? h("s", {}, text) : text]), sum.terms.length === 0 ? "" : ` ${sum.sign} `, sum.result];
  const isWrong = rule !== "added" && wrong !== adjoint;
  return [h("p", { class: `paths-sum${isWrong ? " wrong" : ""}` }, math(name), " = ", h("span", { class: "numeral" }, ...pieces))];
}

/** @param {Ledger} ledger @param {string} name @param {Rule} chosen @param {Scene} scene @param {(rule: Rule) => void} choose */
export function rules(ledger, name, chosen, scene, choose) {
  if (ledger.count === 0 || ledger.adjoint === null || ledger.note !== null || ledger.from === ledger.to) return [];
  const radios = RULES.map(({ rule, words }) => {
    const radio = h("input", { type: "radio", name: "paths-rule", value: rule, checked: rule === chosen });
    radio.addEventListener("change", () => choose(rule));
    return h("label", { class: "paths-rule" }, radio, words);
  });
  return [h("fieldset", { class: "paths-rules" }, h("legend", {}, "How arrivals are put together"), ...radios), h("p", { class: "paths-happens", role: "status" }, ruleSentence(ledger, chosen, name, scene))];
}
