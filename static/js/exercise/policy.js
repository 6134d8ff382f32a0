/** The rules of an exercise in words, as a student reads them before the first attempt. */

import { rounded } from "./verdicts.js";

/** @typedef {import("./sheet.js").Policy} Policy */
/** @typedef {import("./sheet.js").Sheet} Sheet */

const TOLD = Object.freeze({
  none: "After a check you are told your score alone.",
  verdicts: "After a check you are told which numbers are right.",
  hints: "After a check you are told which numbers are right, and what went wrong with the others.",
  full: "After a check you are told which numbers are right, what went wrong with the others, and what they should be.",
});
const CARRIED = Object.freeze({
  off: "Every number is compared with the true one.",
  best: "A slip is charged once: what follows from your own numbers counts as right.",
  always_local: "Every number is judged by your own numbers before it.",
});

/** @param {Sheet} sheet @param {number} used attempts so far @returns {string[]} */
export function rulesOf({ policy, points, tolerance, decimal_comma: comma }, used) {
  return [
    attemptsText(policy, used),
    ...datesText(policy),
    TOLD[policy.feedback],
    CARRIED[policy.carry],
    `${rounded(points)} ${points === 1 ? "point" : "points"} in all.`,
    `A number is accepted ${tolerance.startsWith("within") ? tolerance : `by this rule: ${tolerance}`}.`,
    comma ? "Decimals are written with a comma." : "",
  ].filter((text) => text !== "");
}

/** @param {Policy} policy @param {number} used @returns {number} */
export const attemptsLeft = ({ attempts }, used) => (attempts === null ? Infinity : Math.max(attempts - used, 0));

/** @param {Policy} policy @param {number} used @returns {string} */
function attemptsText(policy, used) {
  const { attempts } = policy;
  if (attempts === null) return "You may check as often as you like.";
  const left = attemptsLeft(policy, used);
  if (left === 0) return `You have used ${attempts === 1 ? "your attempt" : `all ${attempts} attempts`}.`;
  return `${left} of ${attempts} ${attempts === 1 ? "attempt" : "attempts"} left. The same answer sent again costs none.`;
}

/** @param {Policy} policy @returns {string[]} */
function datesText({ opens, closes, late }) {
  const opening = opens !== null && isAhead(opens) ? `It opens ${dateText(opens)}.` : "";
  const until = closes === null ? "" : isAhead(closes) ? `Open until ${dateText(closes)}.` : `It was open until ${dateText(closes)}.`;
  const after = closes === null || late === null ? "" : `What comes later counts ${rounded(late * 100)} %.`;
  return [opening, until, after];
}

/** @param {Policy} policy @param {number} used @returns {string} why nothing can be checked now; empty where it can */
export function shutText(policy, used) {
  const { opens, closes, late } = policy;
  if (opens !== null && isAhead(opens)) return `This exercise opens ${dateText(opens)}.`;
  if (closes !== null && late === null && !isAhead(closes) && isDate(closes)) return `This exercise was open until ${dateText(closes)}.`;
  return attemptsLeft(policy, used) === 0 ? "You have no attempts left." : "";
}

/** @param {string} text @returns {boolean} */
const isDate = (text) => !Number.isNaN(Date.parse(text));

/** @param {string} text @returns {boolean} */
const isAhead = (text) => Date.parse(text) > Date.now();

/** @param {string} text @returns {string} in the reader's own time; words that are no date stay as they are */
const dateText = (text) => (isDate(text) ? new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" }).format(new Date(text)) : text);
