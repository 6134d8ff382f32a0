/** What stands under a picture: the step's formula in one line of plain text, its sentence, and lines that fit. */

import { sentenceOf } from "../narrate.js";

/** @typedef {import("../scene.js").Scene} Scene */

/** @typedef {{step: string, formula: string, sentence: string}} Caption */

const PHASES = Object.freeze({ start: "Start", forward: "Forward", reverse: "Reverse" });

/** @param {Scene} scene @returns {Caption} */
export function captionOf(scene) {
  return { step: `Step ${scene.cursor} of ${scene.total} · ${PHASES[scene.phase]}`, formula: formulaOf(scene), sentence: sentenceOf(scene, { digits: scene.digits, keys: false }) };
}

/** @param {Scene} scene @returns {string} */
export function formulaOf(scene) {
  const { step } = scene;
  const node = step === null ? undefined : scene.node(step.node);
  if (step === null || node === undefined) return "";
  if (step.kind === "seed") return `${node.adjointName} = ${node.adjoint}`;
  if (step.kind === "forward") return [forward(node.name, node.expression, node.primal), ...(scene.showsTangents ? [`${node.tangentName} = ${node.tangent}`] : [])].join("     ");
  const taker = scene.node(/** @type {number} */ (step.to));
  const edge = scene.edges.find((one) => one.to === step.node && one.slot === step.slot);
  if (taker === undefined || edge === undefined) return "";
  const sum = taker.arrival.sum === null ? "" : `     ${taker.adjointName} = ${taker.arrival.sum} = ${taker.adjoint}`;
  return `${taker.adjointName} += ${node.adjointName} · ${edge.partialName} = ${edge.contribution ?? taker.arrival.added ?? ""}${sum}`;
}

/** @param {string} name @param {string} expression @param {string} value */
const forward = (name, expression, value) => (expression === "" ? `${name} = ${value}` : `${name} = ${expression} = ${value}`);

/**
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 * @param {number} most lines; the last one ends with an ellipsis where there is more
 * @returns {string[]}
 */
export function wrapped(text, width, measure, most) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shortened(`${lines[most - 1]} ${lines[most]}`, width, measure)];
}

/** @param {string} text @param {number} width @param {(text: string) => number} measure @returns {string} */
export function shortened(text, width, measure) {
  if (measure(text) <= width) return text;
  let letters = [...text];
  while (letters.length > 1 && measure(`${letters.join("")}…`) > width) letters = letters.slice(0, Math.min(letters.length - 1, Math.ceil(letters.length * 0.97)));
  return `${letters.join("").trimEnd()}…`;
}
