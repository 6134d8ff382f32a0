/**
 * The far view: when too many cards are in sight to be read, a canvas shows where they are and how far the sweeps have come.
 *
 * While the hand moves it, the last picture is moved and scaled; it is drawn anew once it stands still.
 */

import { indexOf } from "../../scene/index.js";
import { coloursOf, drawCards, drawGroups, drawLines } from "./far/marks.js";
import { gridOf } from "./far/grid.js";
import { unitId } from "./lines.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("./painter.js").Stand} Stand */
/** @typedef {{x: number, y: number, k: number}} Transform */
/** @typedef {{stand: Stand, scene: Scene, transform: Transform}} View */

/** Above so many nodes only those in view are drawn as cards, and above so many in view none. */
export const FAR_NODES = 260;
/** How much of its size the picture reaches beyond each side of the view. */
const MARGIN = 0.5;
const REST = 120;

/** @param {HTMLCanvasElement} canvas */
export function createFarView(canvas) {
  const context = canvas.getContext("2d");
  const picture = document.createElement("canvas");
  /** @type {(View & {width: number, height: number, ink: string}) | null} what the picture shows, and the theme that it has */
  let taken = null;
  /** @type {View | null} */
  let latest = null;
  let timer = 0;

  /** @param {View | null} view */
  function paint(view) {
    latest = view;
    canvas.hidden = view === null;
    if (view === null || context === null) return clearTimeout(timer);
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    if (taken === null || taken.stand !== view.stand || taken.scene !== view.scene || taken.ink !== inkOf(canvas) || !covers(taken, view, size)) take(view, size);
    else if (taken.transform.k !== view.transform.k) later();
    copy(context, view, size);
  }

  function later() {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      taken = null;
      paint(latest);
    }, REST);
  }

  /** @param {View} view @param {{width: number, height: number}} size */
  function take(view, size) {
    taken = { ...view, ...size, ink: inkOf(canvas) };
    const ratio = devicePixelRatio;
    const inside = picture.getContext("2d");
    picture.width = Math.max(1, size.width * ratio * (1 + 2 * MARGIN));
    picture.height = Math.max(1, size.height * ratio * (1 + 2 * MARGIN));
    if (inside === null) return;
    const { k, x, y } = view.transform;
    const seen = { x: -(x + size.width * MARGIN) / k, y: -(y + size.height * MARGIN) / k, width: (size.width * (1 + 2 * MARGIN)) / k, height: (size.height * (1 + 2 * MARGIN)) / k };
    inside.setTransform(k * ratio, 0, 0, k * ratio, -seen.x * k * ratio, -seen.y * k * ratio);
    const colours = coloursOf(canvas);
    const { boxes, folding, graph } = view.stand.drawing;
    const ground = { layout: view.stand.layout, seen, scale: k };
    drawGroups(inside, ground, boxes.map((place) => folding.folds[place]), colours);
    drawLines(inside, ground, colours);
    drawCards(inside, ground, { nodes: graph.nodes, folding, index: indexOf(view.stand.trace), cursor: view.scene.cursor, current: currentOf(view) }, colours);
  }

  /** @param {CanvasRenderingContext2D} on @param {View} view @param {{width: number, height: number}} size */
  function copy(on, { transform }, { width, height }) {
    if (taken === null) return;
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.floor(width * ratio) || canvas.height !== Math.floor(height * ratio)) {
      canvas.width = width * ratio;
      canvas.height = height * ratio;
    }
    const grow = transform.k / taken.transform.k;
    const left = transform.x - (taken.transform.x + taken.width * MARGIN) * grow;
    const top = transform.y - (taken.transform.y + taken.height * MARGIN) * grow;
    on.setTransform(ratio, 0, 0, ratio, 0, 0);
    on.clearRect(0, 0, width, height);
    on.drawImage(picture, left, top, taken.width * (1 + 2 * MARGIN) * grow, taken.height * (1 + 2 * MARGIN) * grow);
  }

  return {
    paint,
    /** @param {number} x @param {number} y on the canvas @returns {number | null} the node there */
    at(x, y) {
      if (latest === null) return null;
      const { transform, stand } = latest;
      return gridOf(stand).at((x - transform.x) / transform.k, (y - transform.y) / transform.k, 4 / transform.k);
    },
  };
}

/** @param {View} view @returns {number | null} the card of the step, or of the folded group that holds it */
function currentOf({ stand, scene }) {
  if (scene.step === null) return null;
  const place = stand.drawing.folding.unit[indexOf(stand.trace).positionOf(scene.step.node)];
  return place < 0 ? scene.step.node : unitId(place);
}

/** @param {Element} element @returns {string} */
const inkOf = (element) => getComputedStyle(element).color;

/** @param {View & {width: number, height: number}} taken @param {View} view @param {{width: number, height: number}} size @returns {boolean} whether the picture, moved and scaled, fills the view */
function covers(taken, { transform, stand }, { width, height }) {
  if (taken.width !== width || taken.height !== height) return false;
  const grow = transform.k / taken.transform.k;
  if (grow > 2 || grow < 0.5) return false;
  const within = (/** @type {number} */ at, /** @type {number} */ was, /** @type {number} */ view, /** @type {number} */ all) => {
    const start = at - (was + view * MARGIN) * grow;
    const isStart = start <= 0 || at >= 0;
    return isStart && (start + view * (1 + 2 * MARGIN) * grow >= view || at + all * transform.k <= view);
  };
  return within(transform.x, taken.transform.x, width, stand.layout.width) && within(transform.y, taken.transform.y, height, stand.layout.height);
}
