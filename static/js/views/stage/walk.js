/**
 * The graph by keyboard: one tab stop; Enter begins a walk along the edges, Escape ends it.
 *
 * The focus moves to a frame laid over the node; a fresh element each time, so that a screen reader says its words.
 */

import { edgeSentence, nodeSentence } from "../../narrate/walk.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/**
 * @typedef {object} Ground what the walk needs to know
 * @property {() => Scene | null} scene
 * @property {(id: number) => Box | null} box place of a node in the drawing
 * @property {(box: Box) => Box} onScreen
 * @property {(id: number) => void} see brings a node into view
 * @property {(id: number | null) => void} arrive
 * @property {(id: number) => void} choose
 * @property {(id: number) => string} around the folded group that a node is in, as a sentence; empty where it is drawn itself
 * @property {(id: number) => void} fold the group around a node, or unfolds it
 */

/** @param {HTMLDivElement} walk @param {Ground} ground */
export function createWalk(walk, ground) {
  /** @type {number | null} */
  let at = null;
  /** @type {HTMLElement | null} */
  let frame = null;

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const scene = ground.scene();
    if (scene === null || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (at === null) {
      if (event.key === "Enter") taken(event, () => step(scene.step?.node ?? firstInput(scene)));
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const next = target(scene, at, key);
    if (next !== undefined) taken(event, () => step(next));
    else if (key === "Enter") taken(event, () => ground.choose(/** @type {number} */ (at)));
    else if (key === "o") taken(event, () => ground.fold(/** @type {number} */ (at)));
    else if (key === "d") taken(event, () => place(scene, /** @type {number} */ (at), true));
    else if (key === "Escape") taken(event, leave);
  }

  /** @param {Scene} scene @param {number} from @param {string} key @returns {number | undefined} the node that a key leads to; the same one where there is no other */
  function target(scene, from, key) {
    if (key === "ArrowRight") return scene.edgesOutOf(from).find((edge) => ground.box(edge.to) !== null)?.to ?? from;
    if (key === "ArrowLeft") return scene.edgesInto(from).find((edge) => ground.box(edge.from) !== null)?.from ?? from;
    if (key === "ArrowDown" || key === "ArrowUp") return sibling(scene, from, key === "ArrowDown" ? 1 : -1);
    if (key === "Home") return firstInput(scene);
    return key === "End" ? scene.trace.outputs[0] : undefined;
  }

  /** @param {Scene} scene @param {number} from @param {1 | -1} direction @returns {number} the next node at the same depth */
  function sibling(scene, from, direction) {
    const here = /** @type {Box} */ (ground.box(from));
    const beside = scene.nodes
      .flatMap((node) => ({ id: node.id, box: ground.box(node.id) }))
      .filter(({ box }) => box !== null && (Math.abs(box.x - here.x) < 2 || Math.abs(box.y - here.y) < 2));
    const seen = new Set([`${here.x} ${here.y}`]);
    const apart = beside.filter(({ id, box }) => id === from || !seen.has(`${box?.x} ${box?.y}`) && seen.add(`${box?.x} ${box?.y}`)); // nodes of a folded group stand at one place
    const column = apart.filter(({ box }) => Math.abs(/** @type {Box} */ (box).x - here.x) < 2);
    const line = column.length > 1 ? column : apart;
    const along = (/** @type {Box | null} */ box) => (line === column ? (box?.y ?? 0) : (box?.x ?? 0));
    line.sort((a, b) => along(a.box) - along(b.box));
    const place = line.findIndex(({ id }) => id === from);
    return line[place + direction]?.id ?? from;
  }

  /** @param {number} id */
  function step(id) {
    const scene = ground.scene();
    if (scene === null || ground.box(id) === null) return;
    at = id;
    ground.see(id);
    place(scene, id, false);
    ground.arrive(id);
  }

  /** @param {Scene} scene @param {number} id @param {boolean} details */
  function place(scene, id, details) {
    const old = frame;
    frame = document.createElement("div");
    frame.className = "stage-frame";
    frame.tabIndex = -1;
    frame.setAttribute("role", "img");
    frame.setAttribute("aria-label", [nodeSentence(scene, id), ground.around(id), ...(details ? scene.edgesInto(id).map((edge) => edgeSentence(scene, edge)) : [])].filter(Boolean).join(" "));
    walk.append(frame);
    move();
    frame.focus({ preventScroll: true });
    old?.remove();
  }

  function move() {
    const box = at === null ? null : ground.box(at);
    if (frame === null || box === null) return;
    const { x, y, width, height } = ground.onScreen(box);
    frame.style.transform = `translate(${x}px, ${y}px)`;
    frame.style.width = `${width}px`;
    frame.style.height = `${height}px`;
  }

  function leave() {
    if (at === null) return;
    at = null;
    walk.focus({ preventScroll: true });
    frame?.remove();
    frame = null;
    ground.arrive(null);
  }

  walk.addEventListener("keydown", onKey);
  walk.addEventListener("focusout", (event) => {
    if (at === null || walk.contains(/** @type {Node | null} */ (event.relatedTarget))) return;
    at = null;
    frame?.remove();
    frame = null;
    ground.arrive(null);
  });
  return { move, leave, isWalking: () => at !== null };
}

/** @param {KeyboardEvent} event @param {() => void} act the page's own keys do not hear of it */
function taken(event, act) {
  event.preventDefault();
  event.stopPropagation();
  act();
}

/** @param {Scene} scene @returns {number} */
const firstInput = (scene) => (scene.nodes.find((node) => node.kind === "input") ?? scene.nodes[0]).id;
