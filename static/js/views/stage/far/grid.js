/** Which card lies at a point of the drawing: cards sorted into columns, so that few are looked at. */

/** @typedef {import("../painter.js").Stand} Stand */
/** @typedef {{at: (x: number, y: number, slack: number) => number | null}} Grid */

const COLUMN = 400;

/** @type {WeakMap<Stand, Grid>} */
const known = new WeakMap();

/** @param {Stand} stand @returns {Grid} */
export function gridOf(stand) {
  let grid = known.get(stand);
  if (grid === undefined) known.set(stand, (grid = build(stand)));
  return grid;
}

/** @param {Stand} stand @returns {Grid} */
function build({ drawing, layout }) {
  const { nodes } = drawing.graph;
  /** @type {Map<number, number[]>} */
  const columns = new Map();
  nodes.forEach(({ width }, place) => {
    const last = Math.floor((layout.nodeX[place] + width) / COLUMN);
    for (let column = Math.floor(layout.nodeX[place] / COLUMN); column <= last; column += 1) {
      const entries = columns.get(column);
      if (entries === undefined) columns.set(column, [place]);
      else entries.push(place);
    }
  });
  const holds = (/** @type {number} */ place, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ slack) =>
    x >= layout.nodeX[place] - slack && x <= layout.nodeX[place] + nodes[place].width + slack && y >= layout.nodeY[place] - slack && y <= layout.nodeY[place] + nodes[place].height + slack;
  return {
    at(x, y, slack) {
      const place = columns.get(Math.floor(x / COLUMN))?.find((one) => holds(one, x, y, slack));
      return place === undefined ? null : nodes[place].id;
    },
  };
}
