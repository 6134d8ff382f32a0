/** The graph of an exercise: cards whose numbers are those that the student has written, and, once checked, their verdicts. */

import { ABSENT } from "../format.js";
import { sceneOf } from "../scene.js";
import { textOf } from "../scene/values.js";
import { createStage } from "../views/stage.js";
import { bySpot, keyOf } from "./blanks.js";
import { VERDICTS, worstOf } from "./verdicts.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./field.js").Reading} Reading */
/** @typedef {import("./verdicts.js").Verdict} Verdict */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../scene/trace.js").AnyValue} AnyValue */
/** @typedef {import("../scene/trace.js").Value} Value */
/** @typedef {{readings: ReadonlyMap<string, Reading>, verdicts: ReadonlyMap<string, Verdict>, current: number | null}} Shown current: the node of the blank that has the focus */

/** @param {HTMLElement} root @param {Sheet} sheet @param {import("../scene/trace.js").Trace} trace @param {(id: number) => void} choose */
export function createPicture(root, sheet, trace, choose) {
  const stage = createStage(root, { onSelect: choose });
  const spots = bySpot(sheet.asked);
  return {
    ready: stage.setGraph(trace),
    /** @param {Shown} shown */
    render(shown) {
      stage.render(sceneFor(trace, spots, shown));
    },
  };
}

/** @param {import("../scene/trace.js").Trace} trace @param {ReturnType<typeof bySpot>} spots @param {Shown} shown @returns {Scene} */
function sceneFor(trace, spots, { readings, verdicts, current }) {
  const end = sceneOf(trace, Infinity);
  const given = sceneOf(trace, Infinity).trace.nodes;
  /** @param {number} id @param {string} column @returns {AnyValue} */
  const written = (id, column) => {
    const cells = spots.get(keyOf({ id, quantity: column, slot: null, index: null }));
    return cells === undefined ? null : valueOf(cells.map((blank) => readings.get(keyOf(blank))?.understood ?? null), end.node(id)?.shape ?? []);
  };
  /** @type {Map<number, Verdict[]>} */
  const judged = new Map();
  for (const [key, verdict] of verdicts) {
    const id = Number(key.split(" ")[0]);
    judged.set(id, [...(judged.get(id) ?? []), verdict]);
  }
  const graded = (/** @type {number} */ id) => {
    const verdict = worstOf(judged.get(id) ?? []);
    return verdict === null ? null : { verdict, ...(/** @type {{sign: string, words: string}} */ (VERDICTS.get(verdict))) };
  };
  const nodes = end.nodes.map((node, at) => {
    const own = /** @type {import("./sheet.js").BlankNode} */ (/** @type {unknown} */ (given[at]));
    const values = { primalValue: own.value ?? written(node.id, "primal"), tangentValue: written(node.id, "tangent"), adjointValue: written(node.id, "adjoint") };
    return nodeFor(node, values, graded(node.id), node.id === current);
  });
  const edges = end.edges.map((edge) => {
    const slope = readings.get(keyOf({ id: edge.to, quantity: "partial", slot: edge.slot, index: null }));
    return { ...edge, partial: slope?.status === "read" ? textOf(slope.understood, []) : ABSENT, active: null, passed: false, contribution: null };
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const step = current === null ? null : /** @type {import("../steps.js").Step} */ ({ kind: "seed", phase: "reverse", index: current, node: current });
  return {
    ...end, cursor: current === null ? 0 : current + 1, step, next: null, phase: "start", nodes, edges,
    edge: (place) => edges[place],
    edgesInto: (id) => edges.filter((edge) => edge.to === id),
    edgesOutOf: (id) => edges.filter((edge) => edge.from === id),
    node: (id) => byId.get(id),
  };
}

/** @param {SceneNode} node @param {Pick<SceneNode, "primalValue" | "tangentValue" | "adjointValue">} values @param {SceneNode["graded"]} graded @param {boolean} isCurrent @returns {SceneNode} */
function nodeFor(node, values, graded, isCurrent) {
  const { primalValue, tangentValue, adjointValue } = values;
  const [primal, tangent, adjoint] = [primalValue, tangentValue, adjointValue].map((value) => textOf(value, node.shape));
  const arrival = { arrived: 0, total: 0, sum: null, before: null, added: null, final: false };
  return { ...node, ...values, primal, tangent, adjoint, arrival, state: isCurrent ? "current" : "done", verdict: null, graded };
}

/** @param {(import("../format.js").Scalar)[]} numbers row by row @param {readonly number[]} shape @returns {AnyValue} null until every cell is there */
function valueOf(numbers, shape) {
  if (numbers.some((number) => number === null)) return null;
  if (shape.length === 0) return /** @type {Value} */ (numbers[0]);
  const inner = numbers.length / shape[0];
  return Array.from({ length: shape[0] }, (_, row) => /** @type {any} */ (valueOf(numbers.slice(row * inner, (row + 1) * inner), shape.slice(1))));
}

