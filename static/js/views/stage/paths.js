/** Knots of a line as an SVG path: straight where it lies level, a smooth step elsewhere. */

/** @typedef {import("../../layout/types.js").Layout} Layout */

/** @param {Layout} layout @param {number} edge @param {number} [shift] how far beside the line, across the flow @returns {string} */
export function pathOf(layout, edge, shift = 0) {
  const [from, to] = [layout.edgeStart[edge], layout.edgeStart[edge + 1]];
  if (from === to) return "";
  const right = layout.direction === "right";
  const point = (/** @type {number} */ knot) => [layout.edgePoints[2 * knot] + (right ? 0 : shift), layout.edgePoints[2 * knot + 1] + (right ? shift : 0)];
  let [x, y] = point(from);
  const parts = [`M${round(x)} ${round(y)}`];
  for (let knot = from + 1; knot < to; knot += 1) {
    const [nextX, nextY] = point(knot);
    if (Math.abs(nextX - x) + Math.abs(nextY - y) < 0.05) continue;
    parts.push(stretch(x, y, nextX, nextY, right));
    [x, y] = [nextX, nextY];
  }
  return parts.join("");
}

/** @param {number} x @param {number} y @param {number} nextX @param {number} nextY @param {boolean} right @returns {string} */
function stretch(x, y, nextX, nextY, right) {
  if (right ? Math.abs(nextY - y) < 0.5 : Math.abs(nextX - x) < 0.5) return `L${round(nextX)} ${round(nextY)}`;
  const [half, side] = [round((x + nextX) / 2), round((y + nextY) / 2)];
  return right ? `C${half} ${round(y)} ${half} ${round(nextY)} ${round(nextX)} ${round(nextY)}` : `C${round(x)} ${side} ${round(nextX)} ${side} ${round(nextX)} ${round(nextY)}`;
}

/** @param {number} value @returns {number} */
const round = (value) => Math.round(value * 10) / 10;

/** @param {Layout} layout @param {number} edge @param {{x: number, y: number, width: number, height: number}} view @returns {boolean} whether its bounding box meets the view */
export function isInView(layout, edge, view) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let knot = layout.edgeStart[edge]; knot < layout.edgeStart[edge + 1]; knot += 1) {
    left = Math.min(left, layout.edgePoints[2 * knot]);
    right = Math.max(right, layout.edgePoints[2 * knot]);
    top = Math.min(top, layout.edgePoints[2 * knot + 1]);
    bottom = Math.max(bottom, layout.edgePoints[2 * knot + 1]);
  }
  return right >= view.x && left <= view.x + view.width && bottom >= view.y && top <= view.y + view.height;
}
