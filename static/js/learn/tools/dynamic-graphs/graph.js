/** The graph of a run as the layout wants it, unrolled or rolled up: cards, edges, the boxes of rounds and calls, and edges back. */

import { format } from "../../../format.js";
import { facesOf } from "../../../scene/face.js";
import { textOf } from "../../../scene/values.js";
import { fitted, widthOf } from "../../../views/stage/measure.js";

/** @typedef {import("./answer.js").Run} Run */
/** @typedef {import("../../../scene/trace.js").TraceNode} TraceNode */
/** @typedef {import("../../../scene/face.js").Face} Face */
/** @typedef {import("../../../layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {import("../../../format.js").FormatOptions} Look how many digits */

/**
 * @typedef {object} Card
 * @property {number} id
 * @property {string} title
 * @property {string} value
 * @property {string} adjoint empty where there is none to be shown
 * @property {string} kind input or op
 * @property {boolean} isOutput
 * @property {boolean} isControl
 * @property {number | null} line where in the program it was made
 * @property {boolean} alone whether this run alone has it
 * @property {string} spoken
 * @property {number} width
 * @property {number} height
 */

/** @typedef {{from: number, to: number, slot: number, count: number, chip: string | null}} Line */
/** @typedef {{from: number, to: number, slot: number, count: number, way: string}} Back what a round hands to the next, or one call to another */
/** @typedef {{id: number, label: string, kind: string}} Box */
/** @typedef {{graph: LayoutGraph, cards: Card[], lines: Line[], backs: Back[], boxes: Box[]}} Drawing */

const CARD = Object.freeze({ padding: 11, row: 18, top: 10, least: 74, most: 190 });
const CHIP = Object.freeze({ height: 22, most: 96 });
const BOX_LABEL = 34;

/** @param {Run} run @param {{rolled: boolean, alone: ReadonlySet<number>, direction: "right" | "down"}} options @param {Look} [look] @returns {Drawing} */
export function drawingOf(run, { rolled, alone, direction }, look = {}) {
  const shown = new Set(shownNodes(run, rolled));
  const faces = facesOf(run.trace, look);
  const sizes = sizesOf(run, look);
  const isAlone = rolled ? wholesAlone(run, alone) : alone;
  const cards = [...shown].map((id) => cardOf(run.trace.nodes[id], faces[id], sizes.get(id), isAlone.has(id), look));
  const { lines, backs } = edgesOf(run, rolled, shown, faces, look);
  const boxes = boxesOf(run, rolled, shown);
  const homes = homesOf(run, boxes);
  const slots = new Map(cards.map(({ id }) => [id, run.trace.nodes[id].inputs.length]));
  return {
    cards,
    lines,
    backs,
    boxes,
    graph: {
      direction,
      nodeGap: 20,
      nodes: cards.map(({ id, width, height, kind, title }) => ({ id, width, height, slots: slots.get(id) ?? 0, group: homes.node(id), isInput: kind === "input", reference: chipSize(title) })),
      edges: lines.map(({ from, to, slot, chip }) => ({ from, to, slot, label: { width: 0, height: 0 }, chip: chip === null ? null : chipSize(chip) })),
      groups: boxes.map(({ id, label }) => ({ id, parent: homes.box(id), labelWidth: widthOf(label, "label") + BOX_LABEL })),
    },
  };
}

/** @param {Run} run @param {boolean} rolled @returns {number[]} constants stand as chips where they are read */
function shownNodes({ trace, rolled: { stands_for: standsFor } }, rolled) {
  const outputs = new Set(trace.outputs);
  return trace.nodes.filter(({ id, kind }) => (kind !== "constant" || outputs.has(id)) && (!rolled || standsFor[id] === id)).map(({ id }) => id);
}

/** @param {Run} run @param {ReadonlySet<number>} alone @returns {ReadonlySet<number>} a card of the rolled form is one run's alone where all are that it stands for */
function wholesAlone({ rolled: { stands_for: standsFor } }, alone) {
  const both = new Set(standsFor.filter((_, id) => !alone.has(id)));
  return new Set(standsFor.filter((one) => !both.has(one)));
}

/** @param {Run} run @param {Look} look @returns {Map<number, string>} of what is handed on: the size of its adjoint */
function sizesOf({ repeated }, look) {
  const sizes = new Map();
  for (const { carried } of repeated) for (const { nodes, sizes: found } of carried) nodes.forEach((ids, step) => ids.length === 1 && sizes.set(ids[0], format(found[step], look)));
  return sizes;
}

/** @param {TraceNode} node @param {Face} face @param {string | undefined} size @param {boolean} alone @param {Look} look @returns {Card} */
function cardOf(node, face, size, alone, look) {
  const name = node.kind === "op" && face.label === node.op ? "" : face.name;
  const sign = node.kind === "op" ? face.glyph : "";
  const title = fitted([name, sign].filter((text) => text !== "").join("  "), "titleCompact", CARD.most);
  const value = fitted(textOf(node.primal, node.shape, look), "cell", CARD.most);
  const adjoint = adjointText(node, face, size, look);
  const rows = [title, value, adjoint, alone ? ALONE : ""].filter((text) => text !== "");
  const widest = Math.max(widthOf(title, "titleCompact"), ...rows.slice(1).map((text) => widthOf(text, "cell")));
  return {
    id: node.id, title, value, adjoint, alone, line: node.span?.line ?? null,
    kind: node.kind, isOutput: face.isOutput, isControl: face.isControl, spoken: face.spoken,
    width: Math.ceil(Math.max(widest + 2 * CARD.padding, CARD.least)),
    height: rows.length * CARD.row + CARD.top,
  };
}

export const ALONE = "only in this run";

/** @param {TraceNode} node @param {Face} face @param {string | undefined} size @param {Look} look @returns {string} "h̄ = 0.34", of a tensor "‖h̄‖ = 0.34" where its size is known */
function adjointText(node, face, size, look) {
  const name = face.adjointName;
  if (node.adjoint === null || node.adjoint === undefined || name === "") return "";
  if (node.shape.length === 0) return `${name} = ${textOf(node.adjoint, node.shape, look)}`;
  return size === undefined ? "" : `‖${name}‖ = ${size}`;
}

/** @param {string} text */
const chipSize = (text) => ({ width: Math.ceil(widthOf(fitted(text, "slot", CHIP.most), "slot")) + 14, height: CHIP.height });

/** @param {Run} run @param {boolean} rolled @param {ReadonlySet<number>} shown @param {Face[]} faces @param {Look} look @returns {{lines: Line[], backs: Back[]}} */
function edgesOf(run, rolled, shown, faces, look) {
  const { trace, rolled: form } = run;
  const wayOf = waysOf(run);
  const all = rolled ? form.edges : trace.nodes.flatMap(({ id, inputs }) => inputs.map((from, slot) => ({ from, to: id, slot, carried: false, count: 1 })));
  /** @type {Map<string, Back>} */
  const backs = new Map();
  const lines = all.flatMap(({ from, to, slot, carried, count }) => {
    if (!shown.has(to)) return [];
    if (!carried) return [{ from, to, slot, count, chip: shown.has(from) ? null : fitted(chipText(faces[from], trace.nodes[from], look), "slot", CHIP.most) }];
    const key = `${from}>${to}`;
    const known = backs.get(key);
    backs.set(key, { from, to, slot: known?.slot ?? slot, way: wayOf(from), count: Math.max(count, known?.count ?? 0) });
    return [];
  });
  return { lines, backs: [...backs.values()].filter(({ from }) => shown.has(from)) };
}

/** @param {Run} run @returns {(id: number) => string} where what a node hands on goes */
function waysOf({ trace, repeated }) {
  const kinds = new Map(repeated.flatMap(({ kind, steps }) => steps.map(({ group }) => [group, kind])));
  const parents = new Map((trace.groups ?? []).map(({ id, parent }) => [id, parent]));
  return (id) => {
    let at = trace.nodes[id].group ?? null;
    while (at !== null && !kinds.has(at)) at = parents.get(at) ?? null;
    return at !== null && kinds.get(at) === "recursion" ? "to another call" : "to the next round";
  };
}

/** @param {Face} face @param {TraceNode} node @param {Look} look @returns {string} a constant's number, with its name where it has one */
function chipText(face, node, look) {
  const value = textOf(node.primal, node.shape, look);
  return face.name === value ? value : `${face.name} = ${value}`;
}

/** @param {Run} run @param {boolean} rolled @param {ReadonlySet<number>} shown @returns {Box[]} parents before their children; rolled up, the first of all steps that do the same */
function boxesOf({ trace, repeated }, rolled, shown) {
  const groups = (trace.groups ?? []).filter(({ first, last }) => last >= first);
  if (!rolled) return groups.map(({ id, label, kind }) => ({ id, label: label.replace("iteration", "round"), kind }));
  const counts = countsOf(repeated);
  const steps = new Set(repeated.flatMap((one) => one.steps.map(({ group }) => group)));
  const around = groupsAround(trace, shown);
  return groups
    .filter(({ id }) => around.has(id) && (counts.has(id) || !steps.has(id)))
    .map(({ id, label, kind }) => ({ id, kind, label: `${kind === "iteration" ? "round" : label}${counts.has(id) ? ` × ${counts.get(id)}` : ""}` }));
}

/** @param {Run["trace"]} trace @param {ReadonlySet<number>} shown @returns {Set<number>} all groups that hold a card */
function groupsAround({ nodes, groups = [] }, shown) {
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  const around = new Set();
  for (const id of shown) for (let at = nodes[id].group ?? null; at !== null && !around.has(at); at = parents.get(at) ?? null) around.add(at);
  return around;
}

/** @param {Run["repeated"]} repeated @returns {Map<number, number>} by the group of each first step of its pattern: how many steps do the same */
function countsOf(repeated) {
  const counts = new Map();
  for (const { steps } of repeated) {
    const firsts = new Map();
    for (const { group, pattern } of steps) {
      if (!firsts.has(pattern)) firsts.set(pattern, group);
      counts.set(firsts.get(pattern), (counts.get(firsts.get(pattern)) ?? 0) + 1);
    }
  }
  return counts;
}

/** @param {Run} run @param {Box[]} boxes where nodes and boxes stand: in the innermost box around them */
function homesOf({ trace }, boxes) {
  const kept = new Set(boxes.map(({ id }) => id));
  const parents = new Map((trace.groups ?? []).map(({ id, parent }) => [id, parent]));
  const near = (/** @type {number | null | undefined} */ group) => {
    let at = group ?? null;
    while (at !== null && !kept.has(at)) at = parents.get(at) ?? null;
    return at;
  };
  return { node: (/** @type {number} */ id) => near(trace.nodes[id].group), box: (/** @type {number} */ id) => near(parents.get(id)) };
}
