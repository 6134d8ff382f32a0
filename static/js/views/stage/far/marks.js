/** What the far view draws: group boxes, lines and cards, without those that are out of sight or smaller than a pixel. */

import { coloursNear } from "../../../colours.js";
import { unitId } from "../lines.js";

/** @typedef {import("../../../layout/types.js").Layout} Layout */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {{layout: Layout, seen: Box, scale: number}} Ground */
/** @typedef {ReturnType<typeof coloursOf>} Colours */

const LEAST_BOX = 6;
const LABELLED = 90;
const LEAST_LINE = 0.7;

/** @param {HTMLElement} canvas */
export function coloursOf(canvas) {
  const style = getComputedStyle(canvas);
  const found = coloursNear(canvas, ["--far-line", "--far-card", "--far-done", "--far-rail", "--far-back"]);
  const read = (/** @type {"--far-line" | "--far-card" | "--far-done" | "--far-rail" | "--far-back"} */ name) => found.get(name) ?? style.color;
  return { border: read("--far-line"), card: read("--far-card"), done: read("--far-done"), rail: read("--far-rail"), back: read("--far-back"), ink: style.color, font: style.fontFamily };
}

/** @param {CanvasRenderingContext2D} context @param {Ground} ground @param {readonly {label: string}[]} groups @param {Colours} colours */
export function drawGroups(context, { layout, seen, scale }, groups, colours) {
  context.strokeStyle = colours.border;
  context.fillStyle = colours.ink;
  context.lineWidth = 1 / scale;
  context.font = `${11 / scale}px ${colours.font}`;
  groups.forEach((group, at) => {
    const [x, y, width, height] = layout.groupBox.subarray(4 * at, 4 * at + 4);
    if (Number.isNaN(x) || width * scale < LEAST_BOX || x > seen.x + seen.width || x + width < seen.x) return;
    context.strokeRect(x, y, width, height);
    if (width * scale > LABELLED) context.fillText(group.label, x + 6 / scale, y + 13 / scale, width - 12 / scale);
  });
}

/** @param {CanvasRenderingContext2D} context @param {Ground} ground @param {Colours} colours */
export function drawLines(context, { layout: { edgeStart, edgePoints }, seen, scale }, { border }) {
  context.strokeStyle = border;
  context.lineWidth = Math.max(1, 0.7 / scale);
  context.beginPath();
  for (let edge = 0; edge + 1 < edgeStart.length; edge += 1) {
    const [first, last] = [edgeStart[edge], edgeStart[edge + 1] - 1];
    if (last <= first) continue;
    const [from, to] = [edgePoints[2 * first], edgePoints[2 * last]];
    if (Math.max(from, to) < seen.x || Math.min(from, to) > seen.x + seen.width) continue;
    if ((Math.abs(to - from) + Math.abs(edgePoints[2 * last + 1] - edgePoints[2 * first + 1])) * scale < LEAST_LINE) continue;
    context.moveTo(from, edgePoints[2 * first + 1]);
    for (let knot = first + 1; knot <= last; knot += 1) context.lineTo(edgePoints[2 * knot], edgePoints[2 * knot + 1]);
  }
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Ground} ground
 * @param {{nodes: readonly {id: number, width: number, height: number}[], folding: import("../../../fold/folding.js").Folding, index: import("../../../scene/index.js").TraceIndex, cursor: number, current: number | null}} moment
 * @param {Colours} colours
 */
export function drawCards(context, { layout, seen, scale }, { nodes, folding, index, cursor, current }, colours) {
  const least = 1 / scale;
  let last = "";
  nodes.forEach(({ id, width, height }, at) => {
    const [x, y] = [layout.nodeX[at], layout.nodeY[at]];
    if (x > seen.x + seen.width || x + width < seen.x || y > seen.y + seen.height || y + height < seen.y || id === current) return;
    const position = id < 0 ? folding.folds[unitId(id)].last : index.positionOf(id); // a folded group is as far as its last node
    const first = index.writeStart[position];
    const isGiven = first < index.writeStart[position + 1] && index.writes[first] < cursor;
    const colour = isGiven ? colours.back : index.writtenAt[position] > cursor ? colours.card : colours.done;
    const spot = width * scale < 1 ? `${Math.floor(x * scale)} ${Math.floor(y * scale)} ${colour}` : "";
    if (spot !== "" && spot === last) return; // neighbours on the tape often fall on one pixel
    last = spot;
    context.fillStyle = colour;
    context.fillRect(x, y, Math.max(width, least), Math.max(height, least));
  });
  const at = current === null ? -1 : nodes.findIndex(({ id }) => id === current);
  if (at < 0) return;
  const { width, height } = nodes[at];
  const grow = Math.max(0, 5 / scale - height / 2);
  context.fillStyle = colours.rail;
  context.fillRect(layout.nodeX[at] - grow, layout.nodeY[at] - grow, width + 2 * grow, height + 2 * grow);
}
