/** A learner's answer held against the truth, which only this module looks up. */

import { format, toNumber } from "../format.js";
import { sceneOf } from "../scene.js";
import { stepsOf } from "../steps.js";
import { isRight, parseAnswer } from "./answer.js";
import { misconceptionsOf, recognised } from "./misconceptions.js";
import { reachHint, reachOf } from "./reach.js";

/** @typedef {import("./questions.js").Question} Question */
/** @typedef {import("./questions.js").Marked} Marked */
/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../format.js").Scalar} Scalar */

/**
 * @typedef {object} Verdict
 * @property {"right" | "wrong" | "unread"} result unread: no number, which costs no try
 * @property {string} hint
 * @property {string} mistake "M1" where the answer is that of a known wrong idea; else empty
 */

/** @param {Trace} trace @param {Question} question @param {Marked[]} marked @returns {Scalar} */
export function truthOf(trace, question, marked) {
  const own = marked.find((one) => one.step === question.index + 1);
  if (own !== undefined && question.quantity === null) return own.choices ? own.choices.indexOf(own.answer ?? "") : (parseAnswer(own.answer ?? "") ?? NaN);
  if (question.kind === "reach") return /** @type {any} */ (reachOf(trace)); // a key of its choices, as the shape below
  if (question.kind === "node") return stepsOf(trace)[question.index].node;
  if (question.kind === "edge") return /** @type {any} */ (edgesOf(trace, question)[0] ?? "");
  if (question.kind === "shape") return /** @type {any} */ (shapeWords(sceneOf(trace, question.index).node(question.node)?.shape ?? []));
  const node = sceneOf(trace, question.index + 1).node(question.node);
  const value = question.quantity === "primal" ? node?.primalValue : question.quantity === "tangent" ? node?.tangentValue : node?.adjointValue;
  return /** @type {Scalar} */ (value ?? null);
}

/** @param {Trace} trace @param {Question} question @param {string} text @param {{digits?: number | "all"}} options @param {Marked[]} marked @returns {Verdict} */
export function graded(trace, question, text, options, marked) {
  const truth = truthOf(trace, question, marked);
  if (question.kind === "edge") return edgesOf(trace, question).includes(text) ? right() : wrongEdge(trace, question);
  if (question.kind !== "number") return String(truth) === text ? right() : wrongChoice(trace, question, text, marked);
  const guess = parseAnswer(text);
  if (guess === null) return { result: "unread", hint: "Type a number: 1.5, 11/2 and sqrt(2) can be read.", mistake: "" };
  if (isRight(guess, truth, options)) return right();
  const same = (/** @type {number} */ a, /** @type {number} */ b) => isRight(a, b, options);
  const step = stepsOf(trace)[question.index];
  const known = question.quantity === null ? null : recognised(misconceptionsOf(sceneOf(trace, question.index + 1), step, question.quantity), guess, toNumber(truth), same);
  return { result: "wrong", hint: known?.hint ?? direction(guess, toNumber(truth)), mistake: known?.id ?? "" };
}

/** @param {Trace} trace @param {Question} question @param {string} text @param {Marked[]} marked @returns {Verdict} */
function wrongChoice(trace, question, text, marked) {
  if (question.kind === "reach") return { result: "wrong", ...reachHint(text) };
  if (question.kind === "node") return { result: "wrong", hint: orderHint(trace, question, Number(text)), mistake: "M11" };
  if (question.kind === "shape") return { result: "wrong", hint: "An adjoint has an entry for each entry of its value: the two have the same shape.", mistake: "M9" };
  const own = marked.find((one) => one.step === question.index + 1);
  return { result: "wrong", hint: own?.hint ?? "Not that one. Look at the graph once more.", mistake: own?.mistake ?? "" };
}

/** @param {Trace} trace @param {Question} question @returns {string[]} keys of the edges along which the node passes its adjoint on */
const edgesOf = (trace, question) => sceneOf(trace, question.index).edgesInto(question.node).map(({ key }) => key);

/** @param {Trace} trace @param {Question} question @returns {Verdict} */
function wrongEdge(trace, question) {
  const node = sceneOf(trace, question.index).node(question.node);
  return { result: "wrong", hint: `${node?.name ?? "It"} passes its adjoint back to what it was made of: along an edge that leads into it, against the arrow.`, mistake: "M11" };
}

/** @param {number[]} shape @returns {string} as the choices have it */
const shapeWords = (shape) => (shape.length === 0 ? "a single number" : shape.length === 1 ? `${shape[0]} entries` : shape.join("×"));

/** @returns {Verdict} */
const right = () => ({ result: "right", hint: "", mistake: "" });

/** @param {number} guess @param {number} truth @returns {string} where nothing is known about the guess */
function direction(guess, truth) {
  if (Math.sign(guess) !== Math.sign(truth) && truth !== 0) return "Not yet: the sign is another one. Look at the rule below, and put the numbers of the graph in.";
  return `Not yet: that is too ${guess > truth ? "large" : "small"}. Look at the rule, and put the numbers of the graph in.`;
}

/** @param {Trace} trace @param {Question} question @param {number} chosen @returns {string} */
function orderHint(trace, question, chosen) {
  const scene = sceneOf(trace, question.index);
  const node = scene.node(chosen);
  if (node === undefined) return "Not that one.";
  const { arrived, total } = node.arrival;
  if (arrived < total) return `${node.name} has ${arrived} of ${total} paths: it must wait for the others before it passes anything on.`;
  return `${node.name} will have its turn, but the reverse sweep goes strictly backwards: another finished node comes later in the program.`;
}

/** @param {Scalar} truth @param {{digits?: number | "all"}} options @returns {string} */
export const shownTruth = (truth, options) => format(truth, options);
