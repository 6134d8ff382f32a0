/** A picture of a large matrix: one cell for each block, its mean; and the window that opens a part of it as it is. */

/** @typedef {import("./sizes.js").Grid} Grid */
/** @typedef {{rows: number, columns: number, high: number, wide: number}} Blocking so many blocks, each so high and so wide; those at the ends may be smaller */
/** @typedef {{row: number, column: number, rows: number, columns: number}} Part */

/** @param {Grid} grid @param {number} most rows and columns of the picture @returns {Blocking} */
export function blockingOf({ rows, columns }, most) {
  const [high, wide] = [Math.ceil(rows / most), Math.ceil(columns / most)];
  return { rows: Math.ceil(rows / high), columns: Math.ceil(columns / wide), high, wide };
}

/** @param {ArrayLike<number>} values @param {Grid} grid @param {Blocking} blocking @returns {Float64Array} one mean per block; NaN and infinities stay what they are */
export function meansOf(values, grid, blocking) {
  const means = new Float64Array(blocking.rows * blocking.columns);
  for (let row = 0; row < blocking.rows; row += 1) {
    for (let column = 0; column < blocking.columns; column += 1) means[row * blocking.columns + column] = meanOf(values, grid, partOf(grid, blocking, row, column));
  }
  return means;
}

/** @param {Grid} grid @param {Blocking} blocking @param {number} row @param {number} column @returns {Part} the rows and columns that a block stands for */
export function partOf(grid, { high, wide }, row, column) {
  return { row: row * high, column: column * wide, rows: Math.min(high, grid.rows - row * high), columns: Math.min(wide, grid.columns - column * wide) };
}

/** @param {ArrayLike<number>} values @param {Grid} grid @param {Part} part @returns {number} */
function meanOf(values, grid, part) {
  const count = part.rows * part.columns;
  let sum = 0;
  for (let row = part.row; row < part.row + part.rows; row += 1) {
    for (let column = part.column; column < part.column + part.columns; column += 1) sum += values[row * grid.columns + column] / count;
  }
  return sum;
}

/** @param {Grid} grid @param {{row: number, column: number}} around the cell that it opens at @param {number} side @returns {Part} a window inside the matrix, with that cell near its middle */
export function windowOf({ rows, columns }, around, side) {
  const begin = (/** @type {number} */ at, /** @type {number} */ length) => Math.max(0, Math.min(at - (side >> 1), length - side));
  return { row: begin(around.row, rows), column: begin(around.column, columns), rows: Math.min(side, rows), columns: Math.min(side, columns) };
}

/** @param {Float64Array | number[]} values @param {Grid} grid @param {Part} part @returns {Float64Array} */
export function cut(values, grid, part) {
  const found = new Float64Array(part.rows * part.columns);
  for (let row = 0; row < part.rows; row += 1) {
    for (let column = 0; column < part.columns; column += 1) found[row * part.columns + column] = values[(part.row + row) * grid.columns + part.column + column];
  }
  return found;
}
