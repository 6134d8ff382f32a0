/** A stage out of sight, on which any step of a trace is drawn in any theme without touching the page's own. */

import { h } from "../dom.js";
import { sceneOf } from "../scene.js";
import { createStage } from "../views/stage.js";
import { standaloneParts } from "./standalone.js";
import { s } from "./svg.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {"light" | "dark"} Theme */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {{part: SVGElement, box: Box}} Drawn a drawing without frame, and what part of the plane it takes */
/** @typedef {{like: Scene, theme: Theme, width: number, height: number, grain?: import("../steps.js").Grain, wishes?: () => import("../fold/folding.js").Wishes}} Order like: a scene of the trace, whose digits and names are taken; wishes: what is folded */
/** @typedef {import("./stops.js").Stop} Stop */

/** Room for the frames around the cards of a step, so that all steps have the same place. */
const MARGIN = 26;
/** Smaller, a graph is not read any more: then the view follows the step. */
const READABLE = 0.6;
/** A graph of few nodes is enlarged so far. */
const LARGEST = 1.7;

/**
 * @typedef {object} Studio
 * @property {(stop: Stop) => Scene} scene
 * @property {(stop: Stop) => Scene} show
 * @property {(scene: Scene) => void} put shows a scene of the same trace that no cursor has
 * @property {(stop: Stop, tick: number) => Generator<number, Scene>} play shows a step in motion, so many milliseconds at a time
 * @property {() => Drawn} draw what is shown now: all of the graph where it can be read so, else what is around the step
 * @property {() => Drawn} whole all of the graph, however large
 * @property {() => void} close
 */

/** @param {Order} order @returns {Promise<Studio>} */
export async function createStudio({ like, theme, width, height, grain, wishes }) {
  const { trace, digits, notation } = like;
  const { host, clock } = hall(theme, width, height);
  const stage = createStage(host, { clock, wishes });
  await stage.setGraph(trace, { digits, notation });
  const sceneAt = (/** @type {Stop} */ { cursor, sub }) => sceneOf(trace, cursor, { digits, notation, grain, sub });
  const drawing = () => /** @type {SVGSVGElement} */ (host.querySelector("svg.stage-drawing"));
  const far = () => /** @type {HTMLCanvasElement | null} */ (host.querySelector("canvas.stage-far"));
  const put = (/** @type {Scene} */ scene) => {
    stage.render(scene);
    stage.finish();
  };
  const show = (/** @type {Stop} */ stop) => {
    const scene = sceneAt(stop);
    put(scene);
    return scene;
  };
  show({ cursor: 0 });
  const bounds = boundsOf(drawing());
  const fits = bounds !== null && Math.min(width / bounds.width, height / bounds.height) >= READABLE;
  return {
    scene: sceneAt,
    show,
    put,
    *play(stop, tick) {
      const scene = sceneAt(stop);
      stage.render(scene, { animate: true });
      for (let at = 0; stage.isMoving(); at += tick) {
        yield at;
        clock.pass(tick);
      }
      return scene;
    },
    draw: () => (fits ? whole(drawn(drawing(), far()), roomy(bounds, width, height)) : drawn(drawing(), far())),
    whole: () => whole(drawn(drawing(), far()), bounds),
    close() {
      stage.destroy();
      host.remove();
    },
  };
}

/** @param {Theme} theme @param {number} width @param {number} height */
function hall(theme, width, height) {
  const host = h("div", { class: "studio stage-body", inert: true, "aria-hidden": "true", "data-theme": theme });
  host.style.setProperty("width", `${width}px`);
  host.style.setProperty("height", `${height}px`);
  document.body.append(host);
  let now = 0;
  /** @type {(() => void) | null} */
  let next = null;
  const clock = {
    now: () => now,
    frame: (/** @type {() => void} */ callback) => ((next = callback), 1),
    cancel: () => void (next = null),
    /** @param {number} time */
    pass(time) {
      now += time;
      const call = next;
      next = null;
      call?.();
    },
  };
  return { host, clock };
}

/** The page's own stage as it is seen now, in another theme. @param {Theme} theme @returns {Drawn | null} */
export function viewOf(theme) {
  const live = document.querySelector("#stage svg.stage-drawing");
  if (!(live instanceof SVGSVGElement) || live.clientWidth === 0) return null;
  const { host } = hall(theme, live.clientWidth, live.clientHeight);
  const copy = /** @type {SVGSVGElement} */ (live.cloneNode(true));
  host.append(copy);
  const result = drawn(copy, document.querySelector("#stage canvas.stage-far"));
  host.remove();
  return result;
}

/** @param {SVGSVGElement} drawing @param {HTMLCanvasElement | null} far what stands in for the marks where there are too many @returns {Drawn} */
function drawn(drawing, far) {
  const box = { x: 0, y: 0, width: drawing.clientWidth, height: drawing.clientHeight };
  const part = s("g", {}, ...standaloneParts(drawing));
  const isFar = far !== null && !far.hidden && drawing.parentElement?.classList.contains("is-far");
  if (isFar) part.prepend(s("image", { x: 0, y: 0, width: box.width, height: box.height, href: far.toDataURL("image/png") }));
  return { part, box };
}

/** @param {SVGSVGElement} drawing @returns {Box | null} all that is drawn, without the move and the scale of the view; null where it is too much for marks */
function boundsOf(drawing) {
  const world = drawing.querySelector("g.world");
  const box = world instanceof SVGGraphicsElement ? world.getBBox() : null;
  if (box === null || box.width === 0) return null;
  return { x: box.x - MARGIN, y: box.y - MARGIN, width: box.width + 2 * MARGIN, height: box.height + 2 * MARGIN };
}

/** @param {Box} box @param {number} width @param {number} height @returns {Box} so large that nothing is enlarged beyond measure */
function roomy(box, width, height) {
  const wide = Math.max(box.width, width / LARGEST);
  const high = Math.max(box.height, height / LARGEST);
  return { x: box.x - (wide - box.width) / 2, y: box.y - (high - box.height) / 2, width: wide, height: high };
}

/** @param {Drawn} drawn @param {Box | null} bounds @returns {Drawn} */
function whole({ part, box }, bounds) {
  if (bounds === null || part.querySelector("image") !== null) return { part, box };
  [...part.children].find((child) => child.localName === "g" && child.hasAttribute("transform"))?.removeAttribute("transform");
  return { part, box: bounds };
}
