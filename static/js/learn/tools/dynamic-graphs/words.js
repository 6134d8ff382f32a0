/** What a run decided, as sentences: printed, spoken, and the same in both. */

import { format, toNumber } from "../../../format.js";
import { facesOf } from "../../../scene/face.js";
import { textOf } from "../../../scene/values.js";

/** @typedef {import("./answer.js").Run} Run */
/** @typedef {import("./answer.js").Branch} Branch */
/** @typedef {import("./answer.js").Repeated} Repeated */
/** @typedef {import("./answer.js").Carried} Carried */
/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("../../../scene/trace.js").Span} Span */
/** @typedef {import("../../../format.js").FormatOptions} Look how many digits */

/** @param {Run} run @param {Look} [look] @returns {string[]} a sentence for every place of the program where something was decided */
export function decisionsOf(run, look = {}) {
  /** @type {Map<string, Branch[]>} */
  const places = new Map();
  for (const branch of run.branches) {
    const key = `${branch.kind} ${branch.span.line}:${branch.span.column}`;
    places.set(key, [...(places.get(key) ?? []), branch]);
  }
  const told = [...places.values()].flatMap((branches) => sentencesOf(run, branches, look));
  const calls = run.calls.filter(({ depth }) => depth > 1).map(({ name, times, depth }) => `${name} was called ${timesText(times)}, up to ${depth} calls deep: each call has its own nodes.`);
  const left = run.branches_left_out > 0 ? [`${run.branches_left_out} more decisions are not listed.`] : [];
  return [...told, ...calls, ...left];
}

/** @param {Run} run @param {Branch[]} branches all of one place @param {Look} look @returns {string[]} */
function sentencesOf(run, branches, look) {
  const [{ kind }] = branches;
  if (kind === "while" || kind === "for") return [loopSentence(branches)];
  if (kind === "and" || kind === "or") return branches.some(({ skipped }) => skipped !== null) ? [shortSentence(branches)] : [];
  return [branches.length === 1 ? oneSentence(run, branches[0], look) : manySentence(branches)];
}

/** @param {Run} run @param {Branch} branch @param {Look} look */
function oneSentence(run, branch, look) {
  const { kind, span, text, truth, taken, skipped } = branch;
  const facts = factsOf(run, branch, look);
  const head = `Line ${span.line}: ${oneLine(text)} is ${truth}${facts === "" ? "" : ` (${facts})`}`;
  if (kind === "conditional") return `${head}, so the side ${truth ? "before if" : "behind else"} was computed; the other side has no part in this graph.`;
  const goesOn = taken !== null && run.branches.some((one) => one.kind === "elif" && one.span.line === taken.line);
  const took = taken === null ? "" : goesOn ? `it went on to line ${taken.line}` : `${linesText(taken)} ${isOneLine(taken) ? "was" : "were"} taken`;
  const left = skipped === null ? "" : `${linesText(skipped)} ${isOneLine(skipped) ? "was not taken and has" : "were not taken and have"} no part in this graph`;
  return `${head}: ${[took, left].filter((part) => part !== "").join("; ")}.`;
}

/** @param {Run} run @param {Branch} branch @param {Look} look @returns {string} the values that a comparison read: "x is −3" */
function factsOf({ trace }, { node }, look) {
  if (node === null) return "";
  const faces = facesOf(trace, look);
  const named = trace.nodes[node].inputs.filter((id) => trace.nodes[id].kind !== "constant" && trace.nodes[id].shape.length === 0);
  return [...new Set(named)].map((id) => `${faces[id].name} is ${textOf(trace.nodes[id].primal, [], look)}`).join(", ");
}

/** @param {Branch[]} branches */
function manySentence(branches) {
  const [{ span, text }] = branches;
  const yes = branches.filter(({ truth }) => truth).length;
  const no = branches.length - yes;
  const counts = [yes > 0 ? `true ${timesText(yes)}` : "", no > 0 ? `false ${timesText(no)}` : ""].filter((part) => part !== "");
  return `Line ${span.line}: ${oneLine(text)} was looked at ${timesText(branches.length)}: ${counts.join(", ")}.`;
}

/** @param {Branch[]} branches */
function shortSentence(branches) {
  const [{ kind, span, text }] = branches;
  const stopped = branches.filter(({ skipped }) => skipped !== null).length;
  const often = branches.length === 1 ? "" : `${timesText(stopped)} of ${branches.length} `;
  return `Line ${span.line}: what stands behind ${oneLine(text)} ${kind} was ${often}not computed, since ${oneLine(text)} is ${kind === "or"}.`;
}

const ENDS = Object.freeze({ condition: "the condition was false then", items: "there were no more items", break: "break left it", return: "return left it" });

/** @param {Branch[]} branches the visits of one loop */
function loopSentence(branches) {
  const [{ kind, span, text, ended }] = branches;
  const loop = kind === "while" ? `while ${oneLine(text)}` : `the loop over ${oneLine(text)}`;
  const rounds = branches.reduce((sum, branch) => sum + (branch.rounds ?? 0), 0);
  if (branches.length > 1) return `Line ${span.line}: ${loop} was entered ${timesText(branches.length)}, ${roundsText(rounds)} in all.`;
  if (rounds === 0) return `Line ${span.line}: ${loop} went round 0 times: its lines have no part in this graph.`;
  return `Line ${span.line}: ${loop} went round ${timesText(rounds)}${ended === null ? "" : `; ${ENDS[ended]}`}. Each round has its own nodes.`;
}

/** @param {Answer} answer @param {boolean} rolled @returns {string} what is drawn */
export function graphSentence({ run }, rolled) {
  const { nodes, unrolled_nodes: all, edges, unrolled_edges: allEdges } = run.rolled;
  const unrolled = `${nodesText(all)} and ${edgesText(allEdges)}`;
  if (run.repeated.length === 0) return `The graph of this run: ${unrolled}. Nothing repeats in it.`;
  const carried = edges.filter((edge) => edge.carried).length;
  if (!rolled) return `Unrolled: ${unrolled}. Rolled up, ${nodesText(nodes)} would do.`;
  return `Rolled up: ${nodesText(nodes)} stand for ${nodesText(all)}. ${carried === 1 ? "One dashed edge goes" : `${carried} dashed edges go`} from one round or call to another.`;
}

/** @param {Answer} answer @returns {string} what two runs have in common */
export function differenceSentence({ alignment }) {
  if (alignment === null) return "";
  const { both, left, right } = alignment;
  if (left.length + right.length === 0) return `Both runs have the same graph, node for node: ${nodesText(both.length)}. Only the numbers differ.`;
  return `Both runs have ${nodesText(both.length)} in common; this one alone has ${left.length}, the other alone ${right.length}. One program, two graphs.`;
}

/** @param {Answer} answer @param {number} line @returns {string} how many nodes a line has made */
export function lineSentence({ run, other }, line) {
  const count = (/** @type {Run} */ { trace }) => trace.nodes.filter((node) => node.kind !== "constant" && node.span?.line === line).length;
  const theirs = other !== null && "trace" in other ? `, in the other run ${count(other)}` : "";
  return `Line ${line} made ${nodesText(count(run))} in this run${theirs}.`;
}

/** @param {Answer} answer @returns {string} all in a sentence or two, to be said: what repeats, how adjoints fare, what two runs have in common */
export function summaryOf(answer) {
  const { run, alignment } = answer;
  const [most] = [...run.repeated].sort((a, b) => b.steps.length - a.steps.length);
  const told = most?.carried.find(({ trend }) => trend !== null);
  const parts = [
    `This run has ${nodesText(run.rolled.unrolled_nodes)}${most === undefined ? "" : `, ${stepsText(most)}`}.`,
    told?.trend ? `On the way back the adjoint of ${most?.kind === "recursion" ? `the ${told.name}` : told.name} ${WAYS[told.trend.word]}.` : "",
    alignment === null ? "" : alignment.left.length + alignment.right.length === 0 ? "The other run has the same graph." : "The other run has another graph.",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** @param {Repeated} repeated */
const stepsText = ({ kind, name, steps, span }) => (kind === "recursion" ? `${steps.length} calls of ${name}` : `${roundsText(steps.length)} of the loop in line ${span.line}`);

/** @param {Repeated} repeated @returns {string} which loop or function it is */
export function titleOf({ kind, name, span, steps }) {
  if (kind === "recursion") return `calls of ${name} (${steps.length})`;
  return `${kind} in line ${span.line} (${roundsText(steps.length)})`;
}

const WAYS = Object.freeze({ vanishing: "vanishes", shrinking: "shrinks", steady: "stays as it is", growing: "grows", exploding: "explodes", nan: "becomes NaN" });

/** @param {Repeated} repeated @param {Carried} carried @param {Look} [look] @returns {string} how its adjoint changes from step to step */
export function trendSentence({ kind }, { name, start_size: startSize, sizes, trend, nodes }, look = {}) {
  const step = kind === "recursion" ? "call" : "round";
  const known = [startSize, ...sizes].filter((size) => size !== null);
  const called = kind === "recursion" ? `the ${name}` : name;
  if (known.length === 0 || nodes.length === 0) return `No adjoint reaches ${called}.`;
  if (trend === null) return rangeSentence(called, known, look);
  const [begin, end] = name.startsWith("results") ? [known[0], known[known.length - 1]] : [known[known.length - 1], known[0]];
  const factor = trend.factor === null ? "" : `, by a factor of ${format(trend.factor, look)} a ${step} in the mean`;
  return `On the way back the size of the adjoint of ${called} goes from ${format(begin, look)} to ${format(end, look)}${factor}. It ${WAYS[trend.word]}.`;
}

/** @param {string} called @param {import("../../../format.js").Scalar[]} sizes @param {Look} look @returns {string} of steps that do not stand in a row */
function rangeSentence(called, sizes, look) {
  const sorted = [...sizes].sort((a, b) => toNumber(a) - toNumber(b));
  const [low, high] = [sorted[0], sorted[sorted.length - 1]].map((size) => format(size, look));
  return low === high ? `The adjoint of ${called} has the size ${low}.` : `The adjoint of ${called} has sizes from ${low} to ${high}.`;
}

/** @param {Span} span */
const isOneLine = (span) => span.line === span.end_line;

/** @param {Span} span @returns {string} "line 4", "lines 4 to 6" */
const linesText = (span) => (isOneLine(span) ? `line ${span.line}` : `lines ${span.line} to ${span.end_line}`);

/** @param {number} count @returns {string} "once", "4 times" */
export const timesText = (count) => (count === 1 ? "once" : `${count} times`);

/** @param {number} count */
export const roundsText = (count) => (count === 1 ? "1 round" : `${count} rounds`);

/** @param {number} count */
const nodesText = (count) => (count === 1 ? "1 node" : `${count} nodes`);

/** @param {number} count */
const edgesText = (count) => (count === 1 ? "1 edge" : `${count} edges`);

/** @param {string} text @returns {string} a condition that was written over several lines */
const oneLine = (text) => text.replace(/\s+/g, " ");
