/** The pieces of a card as elements. */

import { h, icon } from "../dom.js";
import { math } from "../views/math.js";
import { typeset } from "../views/typeset.js";

/** @typedef {import("./card.js").Card} Card */
/** @typedef {import("./card.js").Source} Source */
/** @typedef {import("./sentence.js").Sentence} Sentence */
/** @typedef {import("./sentence.js").Named} Named */
/** @typedef {{choose: (value: Named) => void, light: (cause: "pointer" | "focus", ids: number[] | null) => void}} Leads what a name in a card does */

const MOST_SOURCES = 12;

/** @param {Card} card @param {(text: string) => void} notify */
export function heading(card, notify) {
  const copy = async () => {
    await navigator.clipboard.writeText(card.full).then(() => notify(`Copied ${card.full}.`), () => notify("The browser does not let this page copy; the number stands here to be selected."));
  };
  const isShort = card.full === "" || card.full === card.value.replace("−", "-");
  const title = h("h2", { class: "value-title", id: "value-title", tabindex: "-1" }, math(card.name), " = ", h("span", { class: "numeral" }, card.value));
  return isShort ? [title] : [title, h("p", { class: "value-full" }, h("span", { class: "numeral" }, card.full.replace("-", "−")), h("button", { type: "button", class: "button quiet small", onclick: copy, "aria-label": "Copy all digits" }, icon("link"), "Copy"))];
}

/** @param {Sentence} parts @param {Leads} leads @returns {Node[]} text with a button for every node that is named */
export const sentenceNodes = (parts, leads) => parts.map((part) => (typeof part === "string" ? document.createTextNode(part) : lead(part, "value-link", leads, math(part.name))));

/** @param {Named} value @param {string} look @param {Leads} leads @param {...(Node | string)} children */
function lead(value, look, { choose, light }, ...children) {
  const button = h("button", { type: "button", class: look, onclick: () => choose(value) }, ...children);
  button.addEventListener("mouseenter", () => light("pointer", [value.id]));
  button.addEventListener("mouseleave", () => light("pointer", null));
  button.addEventListener("focus", () => light("focus", [value.id]));
  button.addEventListener("blur", () => light("focus", null));
  return button;
}

/** @param {string} title @param {Source[]} sources @param {Leads} leads */
export function list(title, sources, leads) {
  if (sources.length === 0) return [];
  const items = sources.slice(0, MOST_SOURCES).map((source) => h("li", {}, lead(source, "value-source", leads, math(source.name), " = ", h("span", { class: "numeral" }, source.value))));
  const more = sources.length > items.length ? [h("li", { class: "muted" }, `and ${sources.length - items.length} more`)] : [];
  return [h("h3", {}, title), h("ul", { class: "value-sources" }, ...items, ...more)];
}

/** @param {Card} card @param {Leads} leads */
export function reasons(card, leads) {
  return card.reasons.length === 0 ? [] : [h("h3", {}, "Why"), ...card.reasons.map((reason) => h("p", { class: "value-reason" }, ...sentenceNodes(reason, leads)))];
}

/** @typedef {{elements: HTMLElement[], advance: () => void}} Stages advance: one stage more, after the last from the rule again */

/** @param {Card} card @returns {Stages} buttons keep the focus while stages come and go */
export function stages(card) {
  const count = card.stages.length;
  if (count === 0) return { elements: [], advance: () => {} };
  const lines = card.stages.map(({ latex, words }) => h("li", { class: "value-stage" }, typeset(latex), h("span", { class: "visually-hidden" }, words)));
  const place = h("span", { class: "muted", role: "status" });
  let shown = count;
  let byStage = false;
  const show = (/** @type {number} */ stage) => {
    byStage ||= stage < count;
    shown = Math.min(Math.max(stage, 1), count);
    lines.forEach((line, at) => {
      line.hidden = at >= shown || (!byStage && card.stages[at].fine);
      line.classList.toggle("latest", at === shown - 1 && shown < count);
    });
    less.setAttribute("aria-disabled", String(shown === 1));
    more.setAttribute("aria-disabled", String(shown === count));
    place.replaceChildren(`${shown} of ${count}`, ...(shown < count ? [h("span", { class: "visually-hidden" }, `: ${card.stages[shown - 1].words}`)] : []));
  };
  const button = (/** @type {string} */ words, /** @type {() => void} */ onclick) => h("button", { type: "button", class: "button small", onclick }, words);
  const less = button("One stage back", () => show(shown - 1));
  const more = button("Next stage", () => show(shown + 1));
  const controls = h("div", { class: "value-steps" }, button("From the rule", () => show(1)), less, more, place);
  show(count);
  return { elements: [h("ol", { class: "value-stages" }, ...lines), ...(count > 2 ? [controls] : [])], advance: () => show(shown === count ? 1 : shown + 1) };
}
