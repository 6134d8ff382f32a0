/**
 * The difference of two scenes as moves in time: what lights, what travels along which edge, what is written.
 *
 * A plan exists only for one step (or sub-step) forward; every other change is a cut. Times are milliseconds at speed 1.
 */

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").SceneNode} SceneNode */
/** @typedef {import("./scene.js").SceneEdge} SceneEdge */
/** @typedef {"primal" | "tangent" | "adjoint"} Slot */

/**
 * @typedef {object} Move
 * @property {"rail" | "travel" | "write" | "label" | "pulse"} kind
 * @property {number} at
 * @property {number} duration at most 400
 * @property {number} [node] rail, write, pulse
 * @property {Slot} [slot] write: which slot; travel: whose colour
 * @property {string} [edge] travel and label: the edge's key
 * @property {string} [text] what is written or carried
 * @property {number} [from] travel: where on the edge, 0 at the producer, 1 at the consumer
 * @property {number} [to]
 */

/** @typedef {{moves: Move[], duration: number}} Plan */

/** @type {Plan} */
export const CUT = Object.freeze({ moves: [], duration: 0 });

const AT_LABEL = 0.62;
const SHORT = Object.freeze({ write: 150, end: 450 });

/** @param {Scene | null} before @param {Scene} after @returns {Plan} */
export function planOf(before, after) {
  if (before === null || before.trace !== after.trace || after.step === null) return CUT;
  const opens = before.cursor + 1 === after.cursor && before.sub >= before.subSteps;
  const goesOn = before.cursor === after.cursor && before.sub < after.sub;
  if (!opens && !goesOn) return CUT;
  const whole = movesOf(after);
  const start = goesOn ? whole.halt : 0;
  const end = after.sub < after.subSteps ? whole.halt : Infinity;
  const moves = whole.moves.filter((move) => move.at >= start && move.at < end).map((move) => ({ ...move, at: move.at - start }));
  return { moves, duration: moves.reduce((last, move) => Math.max(last, move.at + move.duration), 0) };
}

/** @typedef {{moves: Move[], halt: number}} Whole all moves of a step; halt: where its first sub-step ends */

/** @param {Scene} scene @returns {Whole} */
function movesOf(scene) {
  const { step } = scene;
  if (step === null) return { moves: [], halt: 0 };
  if (step.kind === "forward") return forwardMoves(scene, step.node);
  return step.kind === "seed" ? seedMoves(scene, step.node) : contributionMoves(scene, step);
}

/** @param {Scene} scene @param {number} id @returns {Whole} operands travel in, the value is written, partials show, then tangents the same way */
function forwardMoves(scene, id) {
  const node = /** @type {SceneNode} */ (scene.node(id));
  const edges = scene.edges.filter((edge) => edge.to === id);
  const still = edges.length === 0;
  const written = still ? SHORT.write : 450;
  /** @type {Move[]} */
  const moves = [
    { kind: "rail", node: id, at: 0, duration: 150 },
    ...edges.map((edge) => travel(scene, edge, "primal", 150, 300, 0, 1)),
    { kind: "write", node: id, slot: "primal", text: node.primal, at: written, duration: 250 },
    ...edges.map((edge) => /** @type {Move} */ ({ kind: "label", edge: edge.key, text: edge.partial, at: 700, duration: 300 })),
  ];
  const halt = still ? SHORT.end : 700;
  if (!scene.showsTangents) return { moves, halt };
  const label = halt + (still ? 0 : 300);
  const carried = edges.filter((edge) => scene.node(edge.from)?.tangentValue !== null && scene.node(edge.from)?.tangentValue !== undefined);
  moves.push(...carried.map((edge) => travel(scene, edge, "tangent", label, 250, 0, 1)));
  moves.push({ kind: "write", node: id, slot: "tangent", text: node.tangent, at: label + (still ? 0 : 250), duration: 150 });
  return { moves, halt };
}

/** @param {Scene} scene @param {SceneEdge} edge @param {Slot} slot @param {number} at @param {number} duration @param {number} from @param {number} to @returns {Move} */
function travel(scene, edge, slot, at, duration, from, to) {
  const text = scene.node(edge.from)?.[slot] ?? "";
  return { kind: "travel", edge: edge.key, slot, text, at, duration, from, to };
}

/** @param {Scene} scene @param {number} id @returns {Whole} */
function seedMoves(scene, id) {
  return {
    moves: [
      { kind: "rail", node: id, at: 0, duration: 150 },
      { kind: "write", node: id, slot: "adjoint", text: scene.node(id)?.adjoint ?? "", at: SHORT.write, duration: 300 },
    ],
    halt: SHORT.end,
  };
}

/** @param {Scene} scene @param {import("./steps.js").Step} step @returns {Whole} the adjoint goes back to the label, is multiplied there, arrives, and is added */
function contributionMoves(scene, step) {
  const to = /** @type {number} */ (step.to);
  const giver = /** @type {SceneNode} */ (scene.node(step.node));
  const taker = /** @type {SceneNode} */ (scene.node(to));
  const edge = /** @type {SceneEdge} */ (scene.edges.find((one) => one.to === step.node && one.slot === step.slot));
  const { sum, added } = taker.arrival;
  /** @type {Move[]} */
  const moves = [
    { kind: "rail", node: step.node, at: 0, duration: 150 },
    { kind: "pulse", node: step.node, at: 0, duration: 300 },
    { kind: "label", edge: edge.key, text: edge.partial, at: 150, duration: 200 },
    { kind: "travel", edge: edge.key, slot: "adjoint", text: giver.adjoint, at: 350, duration: 300, from: 1, to: AT_LABEL },
    { kind: "label", edge: edge.key, text: edge.contribution ?? "", at: 650, duration: 250 },
    { kind: "travel", edge: edge.key, slot: "adjoint", text: added ?? "", at: 900, duration: 300, from: AT_LABEL, to: 0 },
    { kind: "write", node: to, slot: "adjoint", text: sum ?? added ?? "", at: 1200, duration: 250 },
    { kind: "write", node: to, slot: "adjoint", text: settled(scene), at: 1450, duration: 150 },
  ];
  return { moves, halt: 1450 };
}

/** @param {Scene} scene @returns {string} what the receiver holds once the sum is done */
function settled(scene) {
  const to = scene.step?.kind === "contribution" ? /** @type {number} */ (scene.step.to) : -1;
  return scene.node(to)?.adjoint ?? "";
}
