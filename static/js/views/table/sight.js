/** Where the panel has been scrolled to: which lines are in sight, and how far it must go for one of them. All reads, no writes. */

/** @typedef {import("./build.js").Row} Row */
/** @typedef {import("./window.js").Stretch} Stretch */
/** @typedef {{top: number, bottom: number}} View what is seen of the rows, below the head */

const GAP = 8;
const LINE = 30;

/** @param {HTMLElement} root the panel that scrolls @returns {View} */
export function viewOf(root) {
  const box = root.getBoundingClientRect();
  const head = root.querySelector("thead")?.getBoundingClientRect().height ?? 0;
  return { top: box.top + head, bottom: box.bottom };
}

/** @param {View} view @param {Row | undefined} current @returns {number} how far to scroll; 0 where it is in sight */
export function wayTo(view, current) {
  if (current === undefined || view.bottom <= view.top) return 0;
  const { top, bottom } = current.row.getBoundingClientRect();
  if (top < view.top) return top - view.top - GAP;
  return bottom > view.bottom ? bottom - view.bottom + GAP : 0;
}

/** @param {Map<number, Row>} drawn @param {Stretch} stretch @returns {number} the height of a line, as those that are drawn have it */
export function lineHeight(drawn, { from, to }) {
  const [first, last] = [drawn.get(from)?.row.getBoundingClientRect(), drawn.get(to - 1)?.row.getBoundingClientRect()];
  return first === undefined || last === undefined || last.bottom <= first.top ? LINE : (last.bottom - first.top) / (to - from);
}

/** @param {HTMLElement} body @param {Map<number, Row>} drawn @param {View} view @param {number} height of a line @param {number} count @returns {Stretch} */
export function seenOf(body, drawn, view, height, count) {
  let [place, edge] = [0, body.getBoundingClientRect().top];
  for (const [at, { row }] of drawn) {
    const { top, bottom } = row.getBoundingClientRect();
    if (top > view.top) break;
    [place, edge] = bottom > view.top ? [at, view.top] : [at + 1, bottom];
  }
  const from = Math.min(place + Math.max(0, Math.floor((view.top - edge) / height)), Math.max(count - 1, 0));
  return { from, to: Math.min(count, from + Math.ceil((view.bottom - view.top) / height) + 1) };
}
