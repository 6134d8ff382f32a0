/** The lines of a drawing: an edge each, and one for all edges that lead from one producer into one folded group. */

import { indexOf } from "../../scene/index.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").SceneEdge} SceneEdge */
/** @typedef {import("../../fold/folding.js").Folding} Folding */
/** @typedef {{key: string, from: number, to: number, slot: number, places: number[]}} Line ends: a node's id, or a folded group's; places among the edges of the scene */
/** @typedef {SceneEdge & {keys: string[], count: number}} SceneLine keys of the edges that the step uses; count: how many edges it stands for */

/** @param {number} place among the folds @returns {number} the id of a folded group in a drawing: nodes have those from 0 on */
export const unitId = (place) => -1 - place;

/** @param {import("../../scene/trace.js").Trace} trace @param {Folding} folding @param {readonly number[]} places of the edges that are drawn @returns {Line[]} */
export function linesOf(trace, { unit }, places) {
  const { nodes, edgeFrom, edgeTo, edgeStart } = indexOf(trace);
  /** @type {Line[]} */
  const lines = [];
  /** @type {Map<string, Line>} */
  const bundles = new Map();
  for (const place of places) {
    const [source, target] = [edgeFrom[place], edgeTo[place]];
    const from = unit[source] < 0 ? nodes[source].id : unitId(unit[source]);
    if (unit[target] < 0) {
      const slot = place - edgeStart[target];
      lines.push({ key: `${nodes[source].id}-${nodes[target].id}-${slot}`, from, to: nodes[target].id, slot, places: [place] });
      continue;
    }
    if (unit[source] === unit[target] || nodes[source].kind === "constant") continue;
    const to = unitId(unit[target]);
    const key = `${from}>${to}`;
    const bundle = bundles.get(key);
    if (bundle !== undefined) {
      bundle.places.push(place);
      continue;
    }
    const line = { key, from, to, slot: 0, places: [place] };
    bundles.set(key, line);
    lines.push(line);
  }
  orderPorts([...bundles.values()], (line) => edgeFrom[line.places[0]]);
  return lines;
}

/** A folded group has no slots of its own: its lines end in it in the order of their producers. @param {Line[]} bundles @param {(line: Line) => number} sourceOf */
function orderPorts(bundles, sourceOf) {
  /** @type {Map<number, number>} */
  const ports = new Map();
  for (const line of bundles.sort((a, b) => sourceOf(a) - sourceOf(b))) {
    line.slot = ports.get(line.to) ?? 0;
    ports.set(line.to, line.slot + 1);
  }
}

/** @param {Scene} scene @param {Line} line @returns {SceneLine} what the line shows now: of many edges, what the step sends along one of them */
export function lineScene(scene, { key, from, to, slot, places }) {
  if (to >= 0) {
    const edge = scene.edge(places[0]);
    return { ...edge, from, keys: [key], count: 1 };
  }
  const { edgeTo, usedAt, positionOf } = indexOf(scene.trace);
  const at = scene.step === null ? -1 : positionOf(scene.step.node);
  const used = places.filter((place) => edgeTo[place] === at).map(scene.edge);
  const now = used.find((edge) => edge.active !== null);
  const passed = places.every((place) => usedAt[place] < 0 || usedAt[place] < scene.cursor) && places.some((place) => usedAt[place] >= 0);
  return {
    key, from, to, slot, passed,
    active: now?.active ?? null,
    contribution: now?.contribution ?? null,
    partial: now?.partial ?? "–",
    partialName: now?.partialName ?? "",
    partialLatex: "",
    keys: used.map((edge) => edge.key),
    count: places.length,
  };
}
