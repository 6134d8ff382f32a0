/** Where the dashed edges run that lead back to the first round: in lanes beside the cards, one for each producer, with its words. */

import { widthOf } from "../../../views/stage/measure.js";

/** @typedef {import("../../../layout/types.js").Layout} Layout */
/** @typedef {import("./graph.js").Drawing} Drawing */
/** @typedef {import("./graph.js").Back} Back */
/** @typedef {{from: number, paths: string[], label: string, x: number, y: number, width: number}} Route */
/** @typedef {{x: number, y: number, width: number, height: number}} Rect */
/** @typedef {{low: number, high: number}} Reach along the flow */

const LANE = 30;
const REACH = 16;
const ROUND = 8;
/** The arrow of a value from before the loop ends in the same port. */
const APART = 7;

/** @param {Drawing} drawing @param {Layout} layout @returns {{routes: Route[], width: number, height: number}} one for each producer, which may lead to several cards; with the room that the lanes need */
export function routesOf(drawing, layout) {
  const right = layout.direction === "right";
  const rects = rectsOf(drawing, layout);
  const boxes = drawing.boxes.map((_, at) => rectOf(layout.groupBox.subarray(4 * at, 4 * at + 4))).filter(({ x }) => !Number.isNaN(x));
  const obstacles = [...rects.values(), ...boxes];
  let [width, height] = [layout.width, layout.height];
  const routes = bundlesOf(drawing, rects, right).map(({ from, backs, reach }) => {
    const label = `${backs[0].way} × ${Math.max(...backs.map(({ count }) => count))}`;
    const wide = Math.ceil(widthOf(label, "label")) + 14;
    const start = /** @type {Rect} */ (rects.get(from));
    const lane = outermost(obstacles, reach, right) + LANE / 2;
    obstacles.push(right ? { x: reach.low, y: lane, width: reach.high - reach.low, height: LANE / 2 } : { x: lane, y: reach.low, width: LANE / 2, height: reach.high - reach.low });
    const paths = backs.map((back) => pathTo(drawing, rects, back, start, lane, right));
    const middle = (reach.low + reach.high) / 2;
    const x = right ? Math.max(middle, wide / 2 + 4) : lane + wide / 2 - 8;
    width = Math.max(width, x + wide / 2 + 4);
    height = Math.max(height, right ? lane + LANE / 2 : 0);
    return { from, paths, label, width: wide, x, y: right ? lane : middle };
  });
  return { routes, width, height };
}

/** @param {Drawing} drawing @param {Map<number, Rect>} rects @param {boolean} right @returns {{from: number, backs: Back[], reach: Reach}[]} the shortest first: it has the innermost lane */
function bundlesOf({ backs }, rects, right) {
  const producers = [...new Set(backs.map(({ from }) => from))];
  const bundles = producers.map((from) => {
    const own = backs.filter((back) => back.from === from);
    const ends = [from, ...own.map(({ to }) => to)].map((id) => /** @type {Rect} */ (rects.get(id)));
    const low = Math.min(...ends.map((rect) => (right ? rect.x : rect.y))) - REACH;
    const high = Math.max(...ends.map((rect) => (right ? rect.x + rect.width : rect.y + rect.height))) + REACH;
    return { from, backs: own, reach: { low, high } };
  });
  return bundles.sort((a, b) => a.reach.high - a.reach.low - (b.reach.high - b.reach.low));
}

/** @param {Drawing} drawing @param {Map<number, Rect>} rects @param {Back} back @param {Rect} start @param {number} lane @param {boolean} right */
function pathTo({ graph }, rects, { to, slot }, start, lane, right) {
  const end = /** @type {Rect} */ (rects.get(to));
  const share = (slot + 1) / ((graph.nodes.find(({ id }) => id === to)?.slots ?? 1) + 1);
  return right ? alongBelow(start, end, lane, share) : alongBeside(start, end, lane, share);
}

/** @param {Drawing} drawing @param {Layout} layout @returns {Map<number, Rect>} where each card stands */
function rectsOf({ cards }, layout) {
  return new Map(cards.map(({ id, width, height }, place) => [id, { x: layout.nodeX[place], y: layout.nodeY[place], width, height }]));
}

/** @param {Float64Array} box */
const rectOf = ([x, y, width, height]) => ({ x, y, width, height });

/** @param {Rect[]} obstacles @param {Reach} reach @param {boolean} right @returns {number} how far what stands there reaches across the flow */
function outermost(obstacles, { low, high }, right) {
  return obstacles.filter((rect) => (right ? rect.x < high && rect.x + rect.width > low : rect.y < high && rect.y + rect.height > low)).reduce((most, rect) => Math.max(most, right ? rect.y + rect.height : rect.x + rect.width), 0);
}

/** @param {Rect} from @param {Rect} to @param {number} lane @param {number} share where the port is, as a part of the card's side @returns {string} out to the right, down to the lane, back under the cards, and in from the left */
function alongBelow(from, to, lane, share) {
  const [startX, startY] = [from.x + from.width, from.y + from.height / 2];
  const [endX, endY] = [to.x, to.y + to.height * share + APART];
  return [
    `M${startX} ${startY}`, `H${startX + REACH - ROUND}`, `q${ROUND} 0 ${ROUND} ${ROUND}`, `V${lane - ROUND}`, `q0 ${ROUND} ${-ROUND} ${ROUND}`,
    `H${endX - REACH + ROUND}`, `q${-ROUND} 0 ${-ROUND} ${-ROUND}`, `V${endY + ROUND}`, `q0 ${-ROUND} ${ROUND} ${-ROUND}`, `H${endX - 2}`,
  ].join("");
}

/** @param {Rect} from @param {Rect} to @param {number} lane @param {number} share @returns {string} the same where the flow goes down: the lane is at the right */
function alongBeside(from, to, lane, share) {
  const [startX, startY] = [from.x + from.width / 2, from.y + from.height];
  const [endX, endY] = [to.x + to.width * share + APART, to.y];
  return [
    `M${startX} ${startY}`, `V${startY + REACH - ROUND}`, `q0 ${ROUND} ${ROUND} ${ROUND}`, `H${lane - ROUND}`, `q${ROUND} 0 ${ROUND} ${-ROUND}`,
    `V${endY - REACH + ROUND}`, `q0 ${-ROUND} ${-ROUND} ${-ROUND}`, `H${endX + ROUND}`, `q${-ROUND} 0 ${-ROUND} ${ROUND}`, `V${endY - 2}`,
  ].join("");
}
