/** The whole drawing in a corner, with a frame around what is seen; the frame is dragged, or set down by a press. */

import { h } from "../../dom.js";

/** @typedef {import("./painter.js").Stand} Stand */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

const WIDTH = 180;
const HIGHEST = 110;
const LOWEST = 26;
/** A drawing that goes beyond the view by less than this needs no map. */
const ENOUGH = 1.15;
/** And so few cards are found without one. */
const FEW = 24;

/** @param {HTMLElement} root @param {(x: number, y: number) => void} look brings a point of the drawing to the middle */
export function createMinimap(root, look) {
  const picture = h("canvas", {});
  const frame = h("div", { class: "stage-map-frame" });
  const map = h("div", { class: "stage-map", "aria-hidden": "true", hidden: true }, picture, frame);
  root.append(map);
  /** @type {Stand | null} */
  let drawn = null;
  let scale = { x: 1, y: 1 };

  /** @param {PointerEvent} event */
  function go(event) {
    const { left, top } = map.getBoundingClientRect();
    look((event.clientX - left - map.clientLeft) / scale.x, (event.clientY - top - map.clientTop) / scale.y);
  }
  map.addEventListener("pointerdown", (event) => {
    map.setPointerCapture(event.pointerId);
    go(event);
  });
  map.addEventListener("pointermove", (event) => {
    if (map.hasPointerCapture(event.pointerId)) go(event);
  });

  /** @param {Stand} stand how large the map is */
  function measure({ layout }) {
    const height = Math.min(HIGHEST, Math.max(LOWEST, (WIDTH * layout.height) / layout.width));
    const width = Math.min(WIDTH, Math.max(LOWEST, (height * layout.width) / layout.height));
    scale = { x: width / layout.width, y: height / layout.height };
    map.style.setProperty("width", `${width}px`);
    map.style.setProperty("height", `${height}px`);
  }

  /** @param {Stand} stand */
  function draw(stand) {
    const context = picture.getContext("2d");
    if (context === null || drawn !== stand) return;
    const { layout, drawing } = stand;
    picture.width = layout.width * scale.x * devicePixelRatio;
    picture.height = layout.height * scale.y * devicePixelRatio;
    context.scale(devicePixelRatio, devicePixelRatio);
    context.fillStyle = getComputedStyle(map).color;
    drawing.graph.nodes.forEach((card, at) => context.fillRect(layout.nodeX[at] * scale.x, layout.nodeY[at] * scale.y, Math.max(card.width * scale.x, 0.8), Math.max(card.height * scale.y, 0.8)));
  }

  /** @param {Stand} stand @param {Box} seen */
  return function paint(stand, seen) {
    const { layout } = stand;
    map.hidden = stand.drawing.graph.nodes.length <= FEW || (layout.width <= seen.width * ENOUGH && layout.height <= seen.height * ENOUGH);
    if (map.hidden) return;
    if (drawn !== stand) {
      measure((drawn = stand));
      requestAnimationFrame(() => setTimeout(() => draw(stand))); // it asks for a colour, which would hold the first picture up
    }
    const [left, top] = [Math.max(seen.x, 0), Math.max(seen.y, 0)];
    const [right, bottom] = [Math.min(seen.x + seen.width, layout.width), Math.min(seen.y + seen.height, layout.height)];
    frame.style.setProperty("transform", `translate(${left * scale.x}px, ${top * scale.y}px)`);
    frame.style.setProperty("width", `${Math.max((right - left) * scale.x, 4)}px`);
    frame.style.setProperty("height", `${Math.max((bottom - top) * scale.y, 4)}px`);
  };
}
