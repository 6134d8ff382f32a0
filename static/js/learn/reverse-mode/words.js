/** What the memory of a reverse sweep says in sentences. */

import { format } from "../../format.js";
import { counted } from "../words.js";

/** @typedef {import("../names.js").Called} Called */
/** @typedef {{step: number, node: number, place: number, slots: number[]}} Read */
/** @typedef {{node: number, born: number, elements: number, bytes: number, forward_until: number, reverse_until: number | null, reads: Read[]}} Life */
/** @typedef {{step: number, values: number, bytes: number}} Peak */
/** @typedef {{do: "store" | "drop" | "restore" | "advance" | "reverse", from: number, to: number, values: number, bytes: number, stored: number[], again: number}} Action */
/** @typedef {{first: number, last: number, kind: "node" | "round", parts: number}} Segment */
/** @typedef {{slots: number, values: number, bytes: number, advances: number, operations: number, times: number}} Point */

/**
 * @typedef {object} Memory an answer of POST /api/v1/memory
 * @property {number[] | null} forward
 * @property {number[] | null} reverse
 * @property {Life[] | null} values
 * @property {Record<"kept" | "held" | "alone", {values: number[], bytes: number[]}> | null} series
 * @property {Record<"kept" | "held" | "alone", Peak>} peaks
 * @property {{forward: number, reverse: number}} steps
 * @property {Object<string, any>} seed
 * @property {Object<string, any>} gradients
 * @property {Segment[]} segments
 * @property {{values: number, bytes: number, operations: number}} plain
 * @property {Point[]} curve
 * @property {{slots: number, actions: Action[], same: boolean | null, note: string | null} | null} checkpoints
 */

const MOST_READERS = 3;

/** @param {number} bytes @returns {string} */
export const bytesText = (bytes) => counted(bytes, "byte");

/** @param {number} step @param {Memory} memory @param {Called[]} names @returns {string} "step 3, forward to v 2" */
export function stepText(step, { forward, reverse }, names) {
  const count = forward?.length ?? 0;
  if (step === 0) return "the start";
  const node = step <= count ? forward?.[step - 1] : reverse?.[step - count - 1];
  return `step ${step}, ${step <= count ? "forward to" : "back through"} ${names[node ?? 0].said}`;
}

/** @typedef {{step: number, node: number, by: number[]}} Reader a step back, and the operands whose slopes need the value */

/** @param {Life} life @param {import("../../scene/trace.js").TraceNode[]} nodes @returns {Reader[]} one a step */
export function readersOf({ reads }, nodes) {
  const steps = [...new Set(reads.map(({ step }) => step))];
  return steps.map((step) => {
    const here = reads.filter((read) => read.step === step);
    const { node } = here[0];
    return { step, node, by: [...new Set(here.flatMap(({ slots }) => slots).map((slot) => nodes[node].inputs[slot]))] };
  });
}

/** @param {Life} life @param {import("../../scene/trace.js").TraceNode[]} nodes @param {Called[]} names @returns {string} */
export function lifeSentence(life, nodes, names) {
  const readers = readersOf(life, nodes);
  const by = (/** @type {number[]} */ ids) => `the slope${ids.length === 1 ? "" : "s"} by ${ids.map((id) => names[id].said).join(" and ")}`;
  const shown = readers.slice(0, MOST_READERS).map((reader) => `step ${reader.step}, back through ${names[reader.node].said}, reads it for ${by(reader.by)}`);
  const more = readers.length > MOST_READERS ? `; and ${readers.length - MOST_READERS} steps more` : "";
  return `${names[life.node].said} is kept from ${life.born === 0 ? "the start" : `step ${life.born}`} to step ${life.reverse_until}, ${bytesText(life.bytes)}: ${shown.join("; ")}${more}.`;
}

/** @param {Memory} memory @param {Called[]} names @returns {string} */
export function lensSentence(memory, names) {
  const { kept, held, alone } = memory.peaks;
  const where = memory.forward === null ? `step ${held.step}` : stepText(held.step, memory, names);
  if (kept.bytes === 0) return `Nothing has to be kept for the reverse sweep here: no slope depends on a value. The program by itself holds at most ${bytesText(alone.bytes)}.`;
  return `At most ${bytesText(held.bytes)} are held, after ${where}; ${bytesText(kept.bytes)} wait for the reverse sweep at the most. The program alone holds at most ${bytesText(alone.bytes)}.`;
}

/** @param {number} first segments counted from 0 @param {number} last @returns {string} */
const segmentsText = (first, last) => (first === last ? `segment ${first + 1}` : `segments ${first + 1} to ${last + 1}`);

/** @param {Action} action @returns {string} */
export function actionSentence({ do: what, from, to, bytes, stored, again }) {
  const held = `${counted(stored.length, "snapshot")}, ${bytesText(bytes)} held.`;
  if (what === "store") return `Store the state before segment ${from + 1}: ${held}`;
  if (what === "drop") return `Drop the snapshot before segment ${from + 1}, which nothing needs any more: ${held}`;
  if (what === "restore") return `Take the state before segment ${from + 1} from its snapshot: ${held}`;
  if (what === "advance") return `Run ${segmentsText(from, to - 1)} and keep only the state behind: ${held} ${counted(again, "operation")} so far will be run once more with the tape.`;
  return `Run segment ${from + 1} with its tape and sweep back through it: ${held}`;
}

/** @param {Point} point @param {Memory} memory @returns {string} */
export function pointSentence(point, memory) {
  const { plain, checkpoints, segments } = memory;
  const same = checkpoints?.same === true ? " Every adjoint has the same bits as in the sweep that keeps everything." : (checkpoints?.note ? ` ${checkpoints.note}` : "");
  return `${counted(point.slots, "snapshot")} for ${counted(segments.length, "segment")}: at most ${bytesText(point.bytes)} held instead of ${bytesText(plain.bytes)}, ${counted(point.operations, "operation")} run again beside the program’s ${format(plain.operations)}, no segment more than ${counted(point.times, "time")}.${same}`;
}
