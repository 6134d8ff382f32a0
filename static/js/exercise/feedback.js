/** What a check came to: one sentence, the slips with the way to each, and what went wrong in every number that is not right. */

import { h } from "../dom.js";
import { format } from "../format.js";
import { keyOf } from "./blanks.js";
import { VERDICTS, sentenceOf } from "./verdicts.js";

/** @typedef {import("./verdicts.js").Grade} Grade */
/** @typedef {import("./verdicts.js").Item} Item */
/** @typedef {import("./field.js").Field} Field */

/** @param {{said: HTMLElement, told: HTMLElement}} places @param {(key: string) => void} go */
export function createFeedback({ said, told }, go) {
  return {
    /** @param {string} sentence @param {"busy" | "problem" | "done" | ""} [kind] printed and spoken */
    say(sentence, kind = "") {
      said.dataset.kind = kind;
      said.textContent = sentence;
    },
    /** @param {Grade} grade @param {ReadonlyMap<string, Field>} fields */
    show(grade, fields) {
      this.say(sentenceOf(grade), "done");
      const wrong = (grade.items ?? []).filter(({ verdict, diagnosis, note }) => !["correct", "missing"].includes(verdict) && (diagnosis.length > 0 || note !== undefined));
      const parts = [roots(grade, go), remarks(wrong, fields, go), dual(grade)].filter((part) => part !== null);
      told.replaceChildren(...parts);
    },
    clear() {
      this.say("");
      told.replaceChildren();
    },
  };
}

/** @param {Grade} grade @param {(key: string) => void} go */
function roots({ root_causes: causes = [] }, go) {
  if (causes.length === 0) return null;
  return h("section", { class: "told-roots" }, h("h3", {}, causes.length === 1 ? "Where it went wrong" : "Where they went wrong"), h("ul", {}, ...causes.map((root) => h("li", {}, h("span", {}, `${capital(root.sentence)}.`), goButton(`Go to ${root.node}`, keyOf({ ...root, index: null }), go)))));
}

/** @param {readonly Item[]} items @param {ReadonlyMap<string, Field>} fields @param {(key: string) => void} go */
function remarks(items, fields, go) {
  if (items.length === 0) return null;
  return h("section", { class: "told-items" }, h("h3", {}, "Number by number"), h("ul", {}, ...items.map((item) => h("li", { "data-verdict": item.verdict }, ...remark(item, fields, go)))));
}

/** @param {Item} item @param {ReadonlyMap<string, Field>} fields @param {(key: string) => void} go @returns {HTMLElement[]} */
function remark(item, fields, go) {
  const key = keyOf(item);
  const { sign, words } = /** @type {{sign: string, words: string}} */ (VERDICTS.get(item.verdict));
  const name = fields.get(key)?.label ?? `${item.quantity} of ${item.node}`;
  const own = item.expected_from_own_work === undefined ? "" : ` From your own numbers it would be ${format(item.expected_from_own_work)}.`;
  const why = [...item.diagnosis.map(({ sentence }) => sentence), item.note ?? ""].filter((text) => text !== "").join(" ");
  return [h("p", { class: "told-name" }, h("span", { class: "blank-sign", "aria-hidden": "true" }, sign), ` ${capital(name)}: ${item.given === null ? "" : `${item.given}, `}${words}.`), h("p", {}, why + own), goButton(`Go to ${item.quantity} of ${item.node}`, key, go)];
}

/** @param {string} words @param {string} key @param {(key: string) => void} go */
const goButton = (words, key, go) => h("button", { type: "button", class: "button small", onclick: () => go(key) }, words);

/** @param {Grade} grade */
function dual({ dual_check: check }) {
  if (check === undefined) return null;
  const sums = `by your tangents ${format(check.forward)}, by your adjoints ${format(check.reverse)}`;
  return h("p", { class: "told-dual" }, check.agree ? `Your two sweeps agree: ${sums}.` : `Your two sweeps do not agree: ${sums}.`);
}

/** @param {string} text */
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
