/** Where the cells of a broadcast operand stand: its own and their ghosts in the result, and the cells of its adjoint into which they are added. */

import { gridOf } from "../scene/values.js";

/** @typedef {import("./broadcast.js").Stretch} Stretch */
/** @typedef {import("./sizes.js").Cell} Cell */
/** @typedef {{at: number, x: number, y: number, homeX: number, homeY: number, isGhost: boolean, place: number}} Spot at: in the result; place: in the operand; home: where its operand's cell stands */
/** @typedef {{spots: Spot[], sums: {place: number, x: number, y: number}[], width: number, height: number}} Folding */

const GAP = 16;

/**
 * The first slice of the result, and beside it (below, where rows are repeated) the operand as it was.
 * @param {Stretch} stretch @param {number[]} shape of the result @param {readonly boolean[]} ghosts @param {Cell} cell @returns {Folding}
 */
export function foldingOf({ places, axes }, shape, ghosts, cell) {
  const { rows, columns } = shape.length === 1 ? { rows: shape[0], columns: 1 } : gridOf(shape);
  const isRepeated = (/** @type {number} */ fromEnd) => axes.includes(shape.length - fromEnd);
  const [down, across] = shape.length === 1 ? [isRepeated(1), false] : [isRepeated(2), isRepeated(1)];
  const shift = down || !across ? { x: 0, y: rows * cell.height + GAP } : { x: columns * cell.width + GAP, y: 0 };
  const spots = Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const home = { homeX: shift.x + (across ? 0 : column * cell.width), homeY: shift.y + (down ? 0 : row * cell.height) };
    return { at, x: column * cell.width, y: row * cell.height, ...home, isGhost: ghosts[at], place: places[at] };
  });
  const sums = [...new Map(spots.map((spot) => [spot.place, { place: spot.place, x: spot.homeX, y: spot.homeY }])).values()];
  const right = Math.max(...spots.map(({ x, homeX }) => Math.max(x, homeX)));
  const bottom = Math.max(...spots.map(({ y, homeY }) => Math.max(y, homeY)));
  return { spots, sums, width: right + cell.width, height: bottom + cell.height };
}
