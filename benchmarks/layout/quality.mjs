/** What a drawing is like, measured on its lines and boxes alone, the same way for every layout. */

/** @typedef {import("./layouts.mjs").Drawing} Drawing */
/** @typedef {import("./layouts.mjs").Box} Box */
/** @typedef {{x1: number, y1: number, x2: number, y2: number, source: number}} Stretch */

/** @param {import("../../static/js/layout/types.js").LayoutGraph} graph @param {Drawing} drawing */
export function qualityOf(graph, drawing) {
  const lines = drawing.lines.map((line) => ({ ...line, source: graph.edges[line.edge].from }));
  return { crossings: crossingsOf(stretchesOf(lines)), bends: bendsOf(lines), length: lengthOf(lines), labels: labelCollisions(graph, drawing) };
}

/** @param {{points: [number, number][], source: number}[]} lines @returns {Stretch[]} leftmost first; a stretch that lines of one value share counts once */
function stretchesOf(lines) {
  const seen = new Set();
  const stretches = [];
  for (const { points, source } of lines) {
    for (let at = 1; at < points.length; at += 1) {
      const [[ax, ay], [bx, by]] = points[at - 1][0] <= points[at][0] ? [points[at - 1], points[at]] : [points[at], points[at - 1]];
      const key = `${source} ${ax} ${ay} ${bx} ${by}`;
      if (seen.has(key) || (ax === bx && ay === by)) continue;
      seen.add(key);
      stretches.push({ x1: ax, y1: ay, x2: bx, y2: by, source });
    }
  }
  return stretches.sort((a, b) => a.x1 - b.x1);
}

/** @param {Stretch[]} stretches @returns {number} points where lines of different values cross */
function crossingsOf(stretches) {
  let active = /** @type {Stretch[]} */ ([]);
  let crossings = 0;
  for (const stretch of stretches) {
    let kept = 0;
    for (const other of active) {
      if (other.x2 <= stretch.x1) continue;
      active[kept] = other;
      kept += 1;
      if (other.source !== stretch.source && cross(stretch, other)) crossings += 1;
    }
    active.length = kept;
    active.push(stretch);
  }
  return crossings;
}

/** @param {Stretch} a @param {Stretch} b @returns {boolean} properly: touching ends do not count */
function cross(a, b) {
  const side = (p, x, y) => Math.sign(Math.round(((p.x2 - p.x1) * (y - p.y1) - (p.y2 - p.y1) * (x - p.x1)) * 1e6));
  return side(a, b.x1, b.y1) * side(a, b.x2, b.y2) < 0 && side(b, a.x1, a.y1) * side(b, a.x2, a.y2) < 0;
}

/** @param {{points: [number, number][]}[]} lines @returns {number} per line: points where it turns by more than three degrees */
function bendsOf(lines) {
  let bends = 0;
  for (const { points } of lines) {
    let last = null;
    for (let at = 1; at < points.length; at += 1) {
      const [dx, dy] = [points[at][0] - points[at - 1][0], points[at][1] - points[at - 1][1]];
      if (Math.hypot(dx, dy) < 0.5) continue;
      const angle = Math.atan2(dy, dx);
      if (last !== null && Math.abs(angle - last) > 0.05) bends += 1;
      last = angle;
    }
  }
  return bends / Math.max(lines.length, 1);
}

/** @param {{points: [number, number][]}[]} lines @returns {number} mean, in pixels */
function lengthOf(lines) {
  const length = (points) => points.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - points[at][0], y - points[at][1]), 0);
  return lines.reduce((sum, { points }) => sum + length(points), 0) / Math.max(lines.length, 1);
}

/** @param {import("../../static/js/layout/types.js").LayoutGraph} graph @param {Drawing} drawing @returns {number} labels that touch a card or another label; where the layout places none, at the middle of the line */
function labelCollisions(graph, { cards, lines, labels }) {
  const boxes = lines.map(({ edge, points }) => labels?.get(edge) ?? around(points, graph.edges[edge].label));
  const sorted = [...boxes.map((box, label) => ({ box, label })), ...[...cards.values()].map((box) => ({ box, label: -1 }))].sort((a, b) => a.box.x - b.box.x);
  const hit = new Set();
  let active = /** @type {typeof sorted} */ ([]);
  for (const one of sorted) {
    active = active.filter(({ box }) => box.x + box.width > one.box.x);
    for (const other of active) if ((one.label >= 0 || other.label >= 0) && meet(one.box, other.box)) [one, other].forEach(({ label }) => label >= 0 && hit.add(label));
    active.push(one);
  }
  return hit.size;
}

/** @param {Box} a @param {Box} b */
const meet = (a, b) => a.y < b.y + b.height - 0.5 && b.y < a.y + a.height - 0.5 && a.x < b.x + b.width - 0.5 && b.x < a.x + a.width - 0.5;

/** @param {[number, number][]} points @param {{width: number, height: number}} size @returns {Box} */
function around(points, { width, height }) {
  const lengths = points.slice(1).map(([x, y], at) => Math.hypot(x - points[at][0], y - points[at][1]));
  let rest = lengths.reduce((sum, length) => sum + length, 0) / 2;
  let at = 0;
  for (; at < lengths.length - 1 && rest > lengths[at]; at += 1) rest -= lengths[at];
  const part = lengths[at] > 0 ? rest / lengths[at] : 0;
  const [x, y] = [0, 1].map((axis) => points[at][axis] + part * ((points[at + 1] ?? points[at])[axis] - points[at][axis]));
  return { x: x - width / 2, y: y - height / 2, width, height };
}
