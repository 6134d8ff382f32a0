/**
 * The graph on the stage: cards, lines and boxes, drawn from a scene; a step is played as moves between two scenes.
 *
 * Places come from a worker; until they are there, the last picture stays.
 */

import { UNFOLDED } from "../fold/folding.js";
import { CUT, planOf } from "../plan.js";
import { sceneOf } from "../scene.js";
import { nodesOf } from "../scene/trace.js";
import { createCamera } from "./stage/camera.js";
import { createFarView, FAR_NODES } from "./stage/far.js";
import { drawingOf } from "./stage/graph.js";
import { createFoldHand } from "./stage/fold-hand.js";
import { giveHints } from "./stage/hints.js";
import { createMinimap } from "./stage/minimap.js";
import { createMotion, PAGE_CLOCK } from "./stage/motion.js";
import { createPainter } from "./stage/painter.js";
import { createParts } from "./stage/part.js";
import { createPlaces } from "./stage/places.js";
import { skeletonOf } from "./stage/skeleton.js";
import { createWaiting } from "./stage/waiting.js";
import { createWalk } from "./stage/walk.js";
import { LARGE } from "./stage/near.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("../plan.js").Move} Move */
/** @typedef {import("./stage/painter.js").Stand} Stand */

/**
 * @typedef {object} StageOptions
 * @property {(id: number) => void} [onSelect] a node was clicked, or chosen in the walk
 * @property {(id: number | null) => void} [onHover] a node is under the pointer or has the focus
 * @property {import("./stage/motion.js").Clock} [clock]
 * @property {Watch} [watch] the views that follow the same plan
 * @property {() => import("../fold/folding.js").Wishes} [wishes] which groups shall be folded
 * @property {(key: string, shut: boolean) => void} [onFold] a group was folded or unfolded by hand
 */

/** @typedef {{begin: (plan: import("../plan.js").Plan, before: Scene) => void, reach: (elapsed: number) => void, end: () => void}} Watch */

/** @typedef {{digits?: number | "all", notation?: import("../notation.js").Notation}} Look */

/** @typedef {{animate?: boolean, speed?: number}} RenderOptions speed 4 and more drops the travelling, Infinity all motion */

/**
 * @typedef {object} Stage
 * @property {(trace: Trace, options?: Look) => Promise<void>} setGraph resolves when its places are known
 * @property {(scene: Scene, options?: RenderOptions) => void} render
 * @property {(nodeIds: Iterable<number>, edges?: readonly string[] | null) => void} highlight edges: by key; null lights those between lit nodes
 * @property {() => void} fit
 * @property {() => boolean} isMoving
 * @property {() => void} finish ends the running moves at once
 * @property {() => void} destroy
 */

const NARROW = 520;
const FAST = 4;

/** @param {HTMLElement} root @param {StageOptions} [options] @returns {Stage} */
export function createStage(root, { onSelect = () => {}, onHover = () => {}, clock = PAGE_CLOCK, watch, wishes = () => UNFOLDED, onFold = () => {} } = {}) {
  const { svg, world, layers, far, buttons, walk } = skeletonOf(root);
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches || document.documentElement.dataset.motion === "reduced";
  const places = createPlaces();
  const parts = createParts(wishes);
  const painter = createPainter(layers);
  const farView = createFarView(far);
  /** @type {Stand | null} */
  let stand = null;
  /** @type {Scene | null} */
  let scene = null;
  /** @type {Trace | null} */
  let trace = null;
  let byHand = false;
  let waiting = 0;
  const camera = createCamera(svg, {
    calm,
    moved(transform, hand) {
      byHand ||= hand;
      world.attr("transform", transform.toString());
      walker.move();
      if (stand !== null) minimap(stand, camera.view());
      if (stand !== null && stand.drawing.graph.nodes.length > FAR_NODES) later();
    },
  });

  const hand = createFoldHand({ stand: () => stand, box: painter.foldBox, hold: camera.hold, tell: onFold });

  const minimap = createMinimap(root, (x, y) => {
    byHand = true;
    camera.look(x, y);
  });

  function later() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => paint());
  }

  const motion = createMotion(clock, {
    start: (move) => painter.start(move),
    travel: (move, progress) => painter.travel(move, progress),
    reach: (elapsed) => watch?.reach(elapsed),
    end() {
      painter.settle();
      paint();
      watch?.end();
    },
  });

  function paint() {
    if (stand === null || scene === null || scene.trace !== stand.trace) return;
    const many = stand.drawing.graph.nodes.length > FAR_NODES;
    const seen = many ? camera.view() : null;
    const isFar = painter.paint(stand, scene, seen);
    farView.paint(isFar ? { stand, scene, transform: camera.current() } : null);
    root.classList.toggle("is-far", isFar);
    minimap(stand, camera.view());
  }

  const directionNow = () => (root.clientWidth > 0 && root.clientWidth < NARROW ? "down" : "right");

  /** @param {Trace} next @param {Look} [how] */
  async function setGraph(next, { digits = 4, notation = "names" } = {}) {
    const sameKind = trace !== null && nodesOf(trace).length === nodesOf(next).length;
    trace = next;
    const count = nodesOf(next).length;
    const part = parts.of(next, focusOf(next));
    const isLong = count > LARGE && part.near === null;
    if (isLong) waitingBar.begin(count);
    const drawing = drawingOf(next, digits, directionNow(), root.clientWidth || window.innerWidth, notation, part);
    if (part.near === null && !isLong) giveHints(drawing, next, stand);
    const layout = await places.ask(drawing.graph);
    if (layout === null || trace !== next) return;
    waitingBar.end();
    if (part.near !== null) waitingBar.part(count);
    motion.finish();
    const turned = stand !== null && stand.layout.direction !== layout.direction;
    const keep = stand !== null && !turned && part.near === null && !stand.key.startsWith("near") && (sameKind || byHand);
    stand = { trace: next, drawing, layout, digits, notation, key: part.key };
    if (scene === null || scene.trace !== next) scene = sceneOf(next, 0, { digits, notation });
    if (!keep) open();
    else if (!hand.settle()) follow(false);
    paint();
  }

  /** @param {Trace} next @returns {number} the node around which a part is drawn: that of the step, else the output */
  const focusOf = (next) => (scene !== null && scene.trace.nodes === next.nodes ? (scene.step?.to ?? scene.step?.node) : undefined) ?? next.outputs[0];

  /** @param {boolean} all */
  function ask(all) {
    if (trace === null) return;
    parts.ask(trace, all);
    if (!all) places.forget();
    void setGraph(trace, scene ?? {});
  }
  const waitingBar = createWaiting(root, { drawAll: () => ask(true), stop: () => ask(false) });

  function open() {
    if (stand === null || root.clientWidth === 0) return;
    const focus = painter.box(stand, scene?.step?.node ?? stand.drawing.graph.nodes[0]?.id ?? -1);
    byHand = false;
    if (focus !== null) camera.open(stand.layout, focus);
    follow(false); // what the step reads or writes beside it
  }

  /** @param {Scene} next @param {RenderOptions} [how] */
  function render(next, { animate = false, speed = 1 } = {}) {
    motion.finish();
    const before = scene;
    scene = next;
    if (trace !== next.trace) return void setGraph(next.trace, next);
    if (stand === null || stand.trace !== next.trace) return;
    if (stand.digits !== next.digits || stand.notation !== next.notation) return void setGraph(next.trace, next);
    if (stand.key !== parts.of(next.trace, focusOf(next.trace)).key) return void setGraph(next.trace, next);
    if (before?.cursor !== next.cursor) follow(animate && Number.isFinite(speed));
    const plan = animate && !calm() && Number.isFinite(speed) ? planOf(before, next) : CUT;
    const moves = speed >= FAST ? plan.moves.filter((move) => move.kind !== "travel" && move.kind !== "pulse") : plan.moves;
    if (moves.length > 0 && before !== null) {
      watch?.begin(plan, before);
      painter.hold(moves, before, next);
    }
    paint();
    if (moves.length > 0) motion.play({ moves, duration: plan.duration }, speed);
  }

  function follow(/** @type {boolean} */ soft) {
    if (stand === null || scene === null || scene.step === null) return;
    const { step } = scene;
    const around = step.kind === "contribution" ? [step.node, /** @type {number} */ (step.to)] : [step.node, ...scene.edgesInto(step.node).map((edge) => edge.from)];
    const boxes = around.flatMap((id) => painter.box(/** @type {Stand} */ (stand), id) ?? []);
    if (root.clientWidth > 0) camera.follow(stand.layout, boxes, soft);
  }

  const walker = createWalk(walk, {
    scene: () => (stand !== null && scene?.trace === stand.trace ? scene : null),
    box: (id) => (stand === null ? null : painter.box(stand, id)),
    onScreen({ x, y, width, height }) {
      const { k, x: dx, y: dy } = camera.current();
      return { x: x * k + dx, y: y * k + dy, width: width * k, height: height * k };
    },
    see: (id) => {
      const box = stand === null ? null : painter.box(stand, id);
      if (stand !== null && box !== null) camera.follow(stand.layout, [box], false);
    },
    arrive: onHover,
    choose: onSelect,
    around: hand.words,
    fold: hand.around,
  });

  painter.listen({
    fold: hand.fold,
    hover(id) {
      onHover(id);
      paint();
    },
    edge: () => paint(),
    select: onSelect,
  });
  const farUnder = (/** @type {MouseEvent} */ event) => {
    const { left, top } = svg.getBoundingClientRect();
    return root.classList.contains("is-far") ? farView.at(event.clientX - left, event.clientY - top) : null;
  };
  /** @type {number | null} */
  let pointed = null;
  svg.addEventListener("pointermove", (event) => {
    const id = farUnder(event);
    if (id !== pointed) onHover((pointed = id));
  });
  svg.addEventListener("click", (event) => {
    const id = farUnder(event);
    if (id !== null) onSelect(id);
  });
  buttons.get("in")?.addEventListener("click", () => camera.zoomBy(1.25));
  buttons.get("out")?.addEventListener("click", () => camera.zoomBy(0.8));
  buttons.get("fit")?.addEventListener("click", fit);

  function fit() {
    if (stand !== null) camera.fit(stand.layout, true);
    byHand = false;
  }

  const watcher = new ResizeObserver(() => {
    if (stand === null || root.clientWidth === 0) return;
    if (stand.layout.direction !== directionNow()) void setGraph(stand.trace, stand);
    else if (!byHand) open();
    paint();
  });
  watcher.observe(root);

  return {
    setGraph,
    render,
    fit,
    isMoving: motion.isRunning,
    finish: motion.finish,
    highlight(nodeIds, edges = null) {
      painter.light(nodeIds, edges);
      paint();
    },
    destroy() {
      motion.finish();
      watcher.disconnect();
      camera.destroy();
      places.destroy();
      root.replaceChildren();
    },
  };
}
