/** What a student has handed in so far: each attempt with its score. */

import { h } from "../dom.js";
import { rounded } from "./verdicts.js";

/** @typedef {import("../api.js").HandedIn} HandedIn */

/** @param {readonly HandedIn[]} handed @returns {HTMLElement[]} empty where there is none */
export function handedNodes(handed) {
  if (handed.length === 0) return [];
  const best = Math.max(...handed.map(({ score }) => score));
  const lines = [...handed].sort((a, b) => a.attempt - b.attempt).map((one) => h("li", {}, lineOf(one)));
  return [h("h2", {}, "Handed in"), h("ul", {}, ...lines), handed.length > 1 ? h("p", {}, `Your best counts: ${rounded(best)}.`) : null].filter((node) => node !== null);
}

/** @param {HandedIn} handed @returns {string} */
function lineOf({ attempt, score, max_score: most, late, submitted_at: at }) {
  const time = new Date(at).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  return `Attempt ${attempt}, ${time}: ${rounded(score)} of ${rounded(most)}${late ? ", late" : ""}`;
}
