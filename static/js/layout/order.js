/** The order within each rank: barycentre sweeps with exchanges of neighbours, which count their crossings. */

import { sortByCentre } from "./centres.js";
import { crossingsOf, positionsOf } from "./crossings.js";
import { exchange, exchangeIn } from "./exchange.js";
import { FEW_INPUTS } from "./rank.js";
import { restarted } from "./restarts.js";
import { depthFirst, hinted, taped } from "./starts.js";

/** @typedef {import("./types.js").Layers} Layers */
/** @typedef {import("./types.js").Order} Order */

const WORK = 60000;
const MOST_SWEEPS = 16;
const PATIENCE = 3;
const POLISHED = 6000;
const EXCHANGED = 20000;
const ROUNDS = 4;
const WORTH = 0.7;
const MANY_INPUTS = 24;
const STAYS = 1.5;
/** Crossings that inputs in another order must save at least. */
const SAVED = 3;

/**
 * @param {Layers} layers
 * @param {Int32Array} pinned inputs: they keep their order, unless there are many, or the picture is small, and freedom saves a third of the crossings
 * @param {{hints?: Float64Array | null, isSmall?: boolean}} [how] hints: where units were in the picture before, kept while that costs few crossings; isSmall: there is time for more starts
 * @returns {{order: Order, position: Int32Array, crossings: number}}
 */
export function orderOf(layers, pinned, { hints = null, isSmall = false } = {}) {
  const keepFirst = pinned.length > 0 && pinned.length <= MANY_INPUTS;
  const kept = searched(layers, keepFirst, isSmall);
  const fresh = mayBeFree(layers, kept, pinned.length, isSmall) ? lessCrossed(kept, searched(layers, false, isSmall)) : kept;
  const best = hints === null ? fresh : asBefore(layers, fresh, { keepFirst, hints, isSmall });
  return { order: best.order, position: positionsOf(layers, best.order), crossings: best.crossings };
}

/** @param {Layers} layers @param {Found} fresh @param {{keepFirst: boolean, hints: Float64Array, isSmall: boolean}} how @returns {Found} few units turned, and few crossings */
function asBefore(layers, fresh, { keepFirst, hints, isSmall }) {
  const stood = hinted(layers, hints);
  if (keepFirst) stood[0] = fresh.order[0];
  if (isSmall) return restarted(layers, [stood, fresh.order], { keepFirst, hints });
  const known = swept(layers, stood, keepFirst, 1);
  return known.crossings <= STAYS * fresh.crossings + 1 ? known : fresh;
}

/** @param {Layers} layers @param {Found} kept @param {number} inputs @param {boolean} isSmall */
function mayBeFree(layers, kept, inputs, isSmall) {
  const few = isSmall ? 1 : FEW_INPUTS;
  return kept.crossings >= SAVED && inputs > few && inputs <= MANY_INPUTS && layers.count <= POLISHED;
}

/** @typedef {{order: Order, crossings: number}} Found */

/** @param {Found} kept @param {Found} free @returns {Found} free only where that is worth the order of the inputs */
const lessCrossed = (kept, free) => (free.crossings < WORTH * kept.crossings && free.crossings + SAVED <= kept.crossings ? free : kept);

/** @param {Layers} layers @param {boolean} keepFirst @param {boolean} isSmall @returns {Found} */
function searched(layers, keepFirst, isSmall) {
  const sweeps = Math.max(2, Math.min(MOST_SWEEPS, Math.floor(WORK / (layers.count + 1))));
  const starts = layers.count <= 2000 ? [taped(layers), depthFirst(layers)] : [taped(layers)];
  let best = { order: starts[0], crossings: Infinity };
  for (const order of starts) {
    const found = swept(layers, order, keepFirst, Math.ceil(sweeps / starts.length));
    if (found.crossings < best.crossings) best = found;
    if (best.crossings === 0) break;
  }
  if (layers.count > POLISHED || best.crossings === 0) return best;
  const polished = polish(layers, best, keepFirst);
  return isSmall && polished.crossings > 0 ? restarted(layers, [polished.order], { keepFirst, hints: null }) : polished;
}

/** @param {Layers} layers @param {Found} start @param {boolean} keepFirst @returns {Found} exchanges and sweeps in turn, while that helps */
function polish(layers, start, keepFirst) {
  let best = start;
  for (let round = 0; round < ROUNDS && best.crossings > 0; round += 1) {
    const order = best.order.map((units) => units.slice());
    exchange(layers, order, positionsOf(layers, order), keepFirst);
    const again = swept(layers, order, keepFirst, 2);
    if (again.crossings >= best.crossings) break;
    best = again;
  }
  return best;
}

/** @param {Layers} layers @param {Order} start @param {boolean} keepFirst @param {number} sweeps */
function swept(layers, start, keepFirst, sweeps) {
  const order = start.map((units) => units.slice());
  const position = positionsOf(layers, order);
  const copy = () => order.map((units) => units.slice());
  let best = { order: copy(), crossings: crossingsOf(layers, order, position) };
  for (let sweep = 0, idle = 0; sweep < sweeps && idle < PATIENCE && best.crossings > 0; sweep += 1) {
    const forward = sweep % 2 === 0;
    const reversed = sweep % 4 >= 2;
    for (let step = 1; step < layers.ranks; step += 1) {
      const rank = forward ? step : layers.ranks - 1 - step;
      if (rank > 0 || !keepFirst) {
        sortByCentre(layers, order[rank], position, forward, reversed);
        if (layers.count <= EXCHANGED) exchangeIn(layers, order[rank], position);
      }
    }
    const crossings = crossingsOf(layers, order, position);
    idle += 1;
    if (crossings < best.crossings) {
      best = { order: copy(), crossings };
      idle = 0;
    }
  }
  return best;
}
