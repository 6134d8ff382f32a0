/**
 * The graph by keyboard: one tab stop; Enter begins a walk along the edges, Escape ends it.
 *
 * The focus moves to a frame laid over the node; a fresh element each time, so that a screen reader says its words.
 */

import { spoken } from "../../format.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").SceneNode} SceneNode */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/**
 * @typedef {object} Ground what the walk needs to know
 * @property {() => Scene | null} scene
 * @property {(id: number) => Box | null} box place of a node in the drawing
 * @property {(box: Box) => Box} onScreen
 * @property {(id: number) => void} see brings a node into view
 * @property {(id: number | null) => void} arrive
 * @property {(id: number) => void} choose
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
    else if (key === "d") taken(event, () => place(scene, /** @type {number} */ (at), true));
    else if (key === "Escape") taken(event, leave);
  }

  /** @param {Scene} scene @param {number} from @param {string} key @returns {number | undefined} the node that a key leads to; the same one where there is no other */
  function target(scene, from, key) {
    if (key === "ArrowRight") return scene.edges.find((edge) => edge.from === from && ground.box(edge.to) !== null)?.to ?? from;
    if (key === "ArrowLeft") return scene.edges.find((edge) => edge.to === from && ground.box(edge.from) !== null)?.from ?? from;
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
    const column = beside.filter(({ box }) => Math.abs(/** @type {Box} */ (box).x - here.x) < 2);
    const line = column.length > 1 ? column : beside;
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
    frame.setAttribute("aria-label", describe(scene, id) + (details ? ` ${describeEdges(scene, id)}` : ""));
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

/** @param {SceneNode} node @param {"primal" | "tangent" | "adjoint"} slot @param {Scene} scene @returns {string} */
function say(node, slot, scene) {
  const value = slot === "primal" ? node.primalValue : slot === "tangent" ? node.tangentValue : node.adjointValue;
  if (value === null || value === undefined) return "not computed yet";
  return node.shape.length === 0 ? spoken(/** @type {import("../../format.js").Scalar} */ (value), scene) : node[slot];
}

/** @param {Scene} scene @param {number} id @returns {string} "v2, mul. Value 10. Adjoint not computed yet. 2 inputs: x1, x2. Used by v4. 4 of 7." */
export function describe(scene, id) {
  const node = /** @type {SceneNode} */ (scene.node(id));
  const name = (/** @type {number} */ other) => scene.node(other)?.label ?? "";
  const inputs = scene.edges.filter((edge) => edge.to === id).map((edge) => name(edge.from));
  const users = [...new Set(scene.edges.filter((edge) => edge.from === id).map((edge) => name(edge.to)))];
  const parts = [`${node.label}, ${node.kind === "op" ? node.op.replaceAll("_", " ") : node.kind}.`, `Value ${say(node, "primal", scene)}.`];
  if (scene.showsTangents) parts.push(`Tangent ${say(node, "tangent", scene)}.`);
  if (scene.showsAdjoints) parts.push(`Adjoint ${say(node, "adjoint", scene)}.`);
  if (inputs.length > 0) parts.push(`${inputs.length} input${inputs.length === 1 ? "" : "s"}: ${inputs.join(", ")}.`);
  parts.push(users.length > 0 ? `Used by ${users.join(", ")}.` : node.isOutput ? "Output." : "Not used.");
  return [...parts, ...node.notes].join(" ");
}

/** @param {Scene} scene @param {number} id @returns {string} the local slopes on the edges into a node */
function describeEdges(scene, id) {
  return scene.edges
    .filter((edge) => edge.to === id)
    .map((edge) => `From ${scene.node(edge.from)?.label} to ${scene.node(id)?.label}: local slope ${edge.partial === "–" ? "not computed yet" : edge.partial.replaceAll("−", "minus ")}.`)
    .join(" ");
}
