/** Draws both sweeps: two linked graphs, the cut through them, the sum over it, and what each sweep costs. */

import { Refusal, ask } from "../api.js";
import { requestOf } from "../build.js";
import { sceneOf } from "../scene.js";
import { textOf } from "../scene/values.js";
import { stepsOf } from "../steps.js";
import { createPlaces } from "../views/stage/places.js";
import { cursorFor, placeAt, termsAt } from "./cut.js";
import { graphFor, paintSweep } from "./drawing.js";
import { partsOf } from "./parts.js";
import { sumOverCut } from "./sum.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {import("./cut.js").Cuts} Cuts */
/** @typedef {import("./drawing.js").Plan} Plan */
/** @typedef {{render: (state: State) => void}} SweepsView */

/** Beyond so many nodes two pictures say nothing: the sums stand alone. */
const MOST_DRAWN = 200;

/** @param {HTMLElement} root @param {Page} page @returns {SweepsView} */
export function createSweepsView(root, { store, player, actions, light }) {
  const parts = partsOf(root, {
    onCut(at) {
      const { trace, cursor } = store.get();
      if (trace !== null && cuts !== null) player.go(cursorFor(trace, cursor, cuts.places[at]));
    },
    onPoint: (id) => light("pointer", id === null ? null : [id]),
    onLeave: () => store.set({ view: "graph" }),
    onOnes: actions.seedOfOnes,
  });
  const places = createPlaces();
  /** @type {Cuts | null} */
  let cuts = null;
  /** @type {Plan | null} */
  let plan = null;
  /** @type {Map<number, import("../scene/trace.js").AnyValue[]>} */
  let partials = new Map();
  /** @type {import("./cut.js").Place | null} */
  let shownPlace = null;
  let [asked, planned] = ["", ""];
  let turn = new AbortController();

  /** @param {State} state */
  async function load(state) {
    const { source, inputs, seed, outputs, wrt } = requestOf({ ...state, source: state.traced, mode: "both" }, state.active);
    const key = JSON.stringify([source, inputs, seed, outputs, wrt]);
    if (key === asked) return;
    asked = key;
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    try {
      const answer = await ask("trace", { source, inputs, seed, outputs, wrt, mode: "both", include: ["cuts"] }, signal);
      cuts = answer.cuts;
      parts.tell(cuts === null ? "This tape is too long for its cuts to be written out." : "");
      partials = partialTexts(cuts);
      render(store.get());
    } catch (reason) {
      if (signal.aborted) return;
      [asked, cuts] = ["", null];
      parts.tell(reason instanceof Refusal ? reason.problem.detail : "The sweeps could not be asked for.");
    }
  }

  /** @param {Scene} scene at the end: every tangent and adjoint */
  async function arrange(scene) {
    const box = parts.room();
    const key = `${asked} ${scene.digits} ${scene.notation} ${box.width > 2 * box.height} ${scene.trace.nodes.map((node) => node.tangent).join()}`;
    if (key === planned) return;
    planned = key;
    plan = null;
    if (scene.nodes.length > MOST_DRAWN) return parts.draw(false);
    const found = await roomiest(scene, box);
    if (found === null || key !== planned) return;
    plan = found;
    shownPlace = null;
    parts.draw(true);
    draw(store.get());
  }

  /** @param {Scene} scene @param {{width: number, height: number}} box @returns {Promise<Plan | null>} to the right or down, whichever is seen larger */
  async function roomiest(scene, box) {
    /** @type {{plan: Plan, scale: number} | null} */
    let best = null;
    for (const direction of /** @type {const} */ (["right", "down"])) {
      const drawing = graphFor(scene, direction, (id) => [nameAnd(scene, id, "tangent"), nameAnd(scene, id, "adjoint"), ...(partials.get(id) ?? []).map((value) => partialText(scene, id, value))]);
      const layout = await places.ask(drawing.graph);
      if (layout === null) return null;
      const scale = Math.min(box.width / (layout.width + 52), box.height / (layout.height + 52));
      if (best === null || scale > best.scale) best = { plan: { ...drawing, layout }, scale };
    }
    return best?.plan ?? null;
  }

  /** @param {State} state */
  function draw({ trace, cursor, digits, notation, lit }) {
    if (trace === null || trace.mode !== "both" || cuts === null || cuts.places.length === 0) return;
    const scene = endScene(trace, digits, notation);
    const at = placeAt(trace, cursor, cuts.places);
    const place = cuts.places[at];
    const terms = termsAt(cuts, at);
    if (plan !== null) {
      const crossing = new Set(terms.keys());
      const shown = { after: place.after, crossing, lit };
      const name = (/** @type {number} */ id, /** @type {"tangent" | "adjoint"} */ slot) => scene.node(id)?.[`${slot}Name`] ?? "";
      paintSweep(parts.left, scene, plan, { ...shown, side: "tangent", state: (id) => (crossing.has(id) ? "crossing" : id <= place.after ? "done" : "todo"), text: (id) => (id <= place.after ? nameAnd(scene, id, "tangent") : `${name(id, "tangent")} –`) });
      paintSweep(parts.right, scene, plan, {
        ...shown,
        side: "adjoint",
        state: (id) => (crossing.has(id) ? "crossing" : id > place.after ? "done" : "todo"),
        text(id) {
          const term = terms.get(id);
          if (term !== undefined) return partialText(scene, id, term.adjoint);
          return id > place.after ? nameAnd(scene, id, "adjoint") : `${name(id, "adjoint")} –`;
        },
      });
    }
    if (plan !== null && place !== shownPlace) requestAnimationFrame(parts.showCut);
    shownPlace = place;
    parts.sum(cuts, at, sumOverCut(scene, place, (id) => scene.node(id)?.tangentValue ?? null), scene);
    parts.costs(scene);
  }

  new ResizeObserver(() => root.hidden || render(store.get())).observe(root);

  /** @param {State} state */
  function render(state) {
    const { trace } = state;
    if (trace === null || trace.mode !== "both") return parts.wait(state.problem?.detail ?? "One moment…", state.problem?.code.startsWith("seed.") === true);
    void load(state);
    if (cuts !== null) void arrange(endScene(trace, state.digits, state.notation));
    draw(state);
  }
  return { render };
}

/** @type {WeakMap<Trace, Map<string, Scene>>} */
const ends = new WeakMap();

/** @param {Trace} trace @param {number | "all"} digits @param {import("../notation.js").Notation} notation @returns {Scene} with everything played */
function endScene(trace, digits, notation) {
  const kept = ends.get(trace) ?? new Map();
  ends.set(trace, kept);
  const key = `${digits} ${notation}`;
  if (!kept.has(key)) kept.set(key, sceneOf(trace, stepsOf(trace).length, { digits, notation }));
  return /** @type {Scene} */ (kept.get(key));
}

/** @param {Scene} scene @param {number} id @param {"tangent" | "adjoint"} slot @returns {string} a derivative always has its name beside it */
function nameAnd(scene, id, slot) {
  const node = scene.node(id);
  return node === undefined ? "" : `${node[`${slot}Name`]} ${node[slot]}`;
}

/** @param {Scene} scene @param {number} id @param {import("../scene/trace.js").AnyValue} adjoint as far as it has come @returns {string} */
const partialText = (scene, id, adjoint) => `${scene.node(id)?.adjointName ?? ""} ${textOf(adjoint, scene.node(id)?.shape ?? [], scene)}`;

/** @param {Cuts | null} cuts @returns {Map<number, import("../scene/trace.js").AnyValue[]>} what each node's adjoint is on its way */
function partialTexts(cuts) {
  const texts = new Map();
  for (const { node, adjoint } of cuts?.places.flatMap((place) => place.terms ?? []) ?? []) texts.set(node, [...(texts.get(node) ?? []), adjoint]);
  return texts;
}
