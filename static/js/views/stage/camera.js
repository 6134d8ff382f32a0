/** What part of the drawing is seen: fitted on load, kept afterwards, moved only to follow the cursor out of view. */

import { d3 } from "../../vendor.js";

/** @typedef {import("../../layout/types.js").Layout} Layout */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

const LEAST = 0.001;
const MOST = 4;
const LARGEST_FIT = 1.3;
const READABLE = 0.62;
const CLOSEST = 0.9;
/** Where it goes beyond the view on all sides anyway, it is larger. */
const CLOSE = 0.75;
/** On a wall the numbers on the cards have 26 pixels at least. */
const WALL = Object.freeze({ readable: 2.25, largest: 3 });
const EDGE = 28;
/** Height that the buttons take: no card is shown under them of its own accord. */
const BUTTONS = 58;

/**
 * @param {SVGSVGElement} svg
 * @param {{moved: (transform: import("d3-zoom").ZoomTransform, byHand: boolean) => void, calm: () => boolean}} surroundings
 */
export function createCamera(svg, { moved, calm }) {
  const selection = d3.select(svg);
  const zoom = d3.zoom().scaleExtent([LEAST, MOST]).on("zoom", (/** @type {any} */ event) => moved(event.transform, Boolean(event.sourceEvent)));
  selection.call(/** @type {any} */ (zoom)).on("dblclick.zoom", null);
  /** Read once for every size: a step asks for it after it has written. @type {{width: number, height: number} | null} */
  let known = null;
  const watcher = new ResizeObserver(() => (known = null));
  watcher.observe(svg);
  function size() {
    if (known !== null) return known;
    const { clientWidth, clientHeight } = svg;
    if (clientWidth > 0 && clientHeight > 0) known = { width: clientWidth, height: clientHeight };
    return known ?? { width: Math.max(clientWidth, 1), height: Math.max(clientHeight, 1) };
  }
  const current = () => d3.zoomTransform(svg);
  const onWall = () => document.documentElement.dataset.wall !== undefined;
  const readable = () => (onWall() ? WALL.readable : READABLE);
  const largest = () => (onWall() ? WALL.largest : LARGEST_FIT);
  const free = () => Math.max(size().height - BUTTONS, 1);

  /** @param {import("d3-zoom").ZoomTransform} transform @param {boolean} soft */
  function go(transform, soft) {
    if (soft && !calm()) selection.transition().duration(300).call(/** @type {any} */ (zoom.transform), transform);
    else selection.call(/** @type {any} */ (zoom.transform), transform);
  }

  /** @param {number} x @param {number} y @param {number} scale @param {boolean} soft so that a point of the drawing is in the middle of what the buttons leave */
  function centre(x, y, scale, soft) {
    go(d3.zoomIdentity.translate(size().width / 2 - x * scale, free() / 2 - y * scale).scale(scale), soft);
  }

  /** @param {Layout} layout @param {boolean} soft */
  function fit(layout, soft) {
    const { width } = size();
    const height = free();
    const scale = Math.max(LEAST, Math.min(width / layout.width, height / layout.height, largest()));
    centre(layout.width / 2, layout.height / 2, scale, soft);
  }

  /** @param {Layout} layout @param {Box} focus where to look when the whole would be too small to read */
  function open(layout, focus) {
    const { width } = size();
    const height = free();
    const whole = Math.min(width / layout.width, height / layout.height, largest());
    if (whole >= readable()) return fit(layout, false);
    const across = layout.direction === "right" ? height / layout.height : width / layout.width;
    const scale = onWall() ? WALL.readable : across >= READABLE ? Math.min(across, CLOSEST) : CLOSE;
    lookAt(layout, focus, scale, false);
  }

  /** @param {Layout} layout @param {Box} focus @param {number} scale @param {boolean} soft in the middle, but nothing beyond the drawing where there is more of it elsewhere */
  function lookAt(layout, focus, scale, soft) {
    const { width } = size();
    const height = free();
    const within = (/** @type {number} */ at, /** @type {number} */ view, /** @type {number} */ all) =>
      all * scale <= view ? all / 2 : Math.min(Math.max(at, view / scale / 2), all - view / scale / 2);
    centre(within(focus.x + focus.width / 2, width, layout.width), within(focus.y + focus.height / 2, height, layout.height), scale, soft);
  }

  /** @param {Layout} layout @param {Box[]} boxes moves just so far that all are seen, the first one surely; far away, it jumps there */
  function follow(layout, boxes, soft = true) {
    const { width, height } = size();
    const { k, x, y } = current();
    const first = boxes[0];
    const gone = first === undefined ? 0 : Math.max(-(first.x * k + x), (first.x + first.width) * k + x - width, -(first.y * k + y), (first.y + first.height) * k + y - height);
    if (gone > width / 4) return lookAt(layout, first, k, soft);
    let [dx, dy] = [0, 0];
    for (const box of [...boxes].reverse()) {
      dx += nudge(box.x * k + x + dx, (box.x + box.width) * k + x + dx, width, EDGE);
      dy += nudge(box.y * k + y + dy, (box.y + box.height) * k + y + dy, free(), 0);
    }
    if (Math.abs(dx) + Math.abs(dy) > 0.5) go(d3.zoomIdentity.translate(x + dx, y + dy).scale(k), soft);
  }

  /** @param {Layout} layout @param {Box} before @param {Box} now what was at the first place stays where it is on the screen, unless all can be seen */
  function hold(layout, before, now) {
    const { width } = size();
    if (Math.min(width / layout.width, free() / layout.height) >= readable()) return fit(layout, false);
    go(current().translate(before.x - now.x, before.y - now.y), false);
    follow(layout, [now], false);
  }

  return {
    fit,
    hold,
    /** @param {number} x @param {number} y */
    look: (x, y) => centre(x, y, current().k, false),
    open,
    follow,
    current,
    zoomBy: (/** @type {number} */ factor) => (calm() ? selection.call(/** @type {any} */ (zoom.scaleBy), factor) : selection.transition().duration(150).call(/** @type {any} */ (zoom.scaleBy), factor)),
    /** @returns {Box} what is seen, in coordinates of the drawing */
    view: () => {
      const { width, height } = size();
      const { k, x, y } = current();
      return { x: -x / k, y: -y / k, width: width / k, height: height / k };
    },
    destroy() {
      watcher.disconnect();
      selection.interrupt().on(".zoom", null);
    },
  };
}

/** @param {number} start @param {number} end @param {number} room @param {number} margin @returns {number} how far to move a stretch that is not all in the room: so far that it keeps clear of the edges */
function nudge(start, end, room, margin) {
  if (start >= 0 && end <= room) return 0;
  return start < 0 ? EDGE - start : Math.min(0, Math.max(room - margin - end, EDGE - start));
}
