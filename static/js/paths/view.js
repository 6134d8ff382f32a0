/** The ledger drawn: from where to where, the paths with their products, their sum, the cost, and what two mistakes would give. */

import { Refusal, ask } from "../api.js";
import { requestOf } from "../build.js";
import { h, setText } from "../dom.js";
import { math } from "../views/math.js";
import { endsOf, keyFor, pathKey, sumName } from "./ends.js";
import { costSentence, listedSentence } from "./ledger.js";
import { rules, table, total } from "./parts.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("./ledger.js").Ledger} Ledger */
/** @typedef {import("./ledger.js").Rule} Rule */

/** @param {HTMLElement} root @param {Page} page @returns {import("../views/late-side.js").SideContent} */
export function createLedger(root, { store, light }) {
  const start = h("select", { class: "field", id: "paths-from" });
  const end = h("select", { class: "field", "aria-label": "Where the paths lead" });
  const target = h("span", { class: "paths-to" });
  const cost = h("p", { role: "status" });
  const body = h("div", { class: "paths-body" });
  root.append(h("div", { class: "panel-body ledger", tabindex: "0", role: "group", "aria-label": "Paths, scrolls" }, h("p", { class: "paths-choice" }, h("label", { for: "paths-from" }, "Paths from "), start, " to ", end, target), cost, body));
  /** @type {Ledger | null} */
  let ledger = null;
  /** @type {Scene | null} */
  let drawn = null;
  /** @type {Rule} */
  let rule = "added";
  let asked = "";
  let turn = new AbortController();
  const choose = () => {
    const [from, to] = [start, end].map((select) => drawn?.node(Number(select.value)));
    if (drawn !== null && from !== undefined && to !== undefined) store.set({ path: pathKey(drawn, from, to) });
  };
  start.addEventListener("change", choose);
  end.addEventListener("change", choose);
  document.getElementById("stage")?.addEventListener("click", (event) => {
    const mark = root.isConnected && store.get().side === "paths" && event.target instanceof Element ? event.target.closest("[data-node]") : null;
    const from = mark instanceof SVGElement ? drawn?.node(Number(mark.dataset.node)) : undefined;
    const to = drawn?.node(Number(end.value));
    if (drawn !== null && from !== undefined && to !== undefined && from.kind !== "constant") store.set({ path: pathKey(drawn, from, to) });
  });

  /** @param {State} state @param {Scene} scene @param {SceneNode} from @param {SceneNode} to */
  async function load(state, scene, from, to) {
    const { source, inputs } = requestOf({ ...state, source: state.traced }, state.active);
    const key = JSON.stringify([source, inputs, from.id, to.id]);
    if (key === asked) return draw(scene);
    asked = key;
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    try {
      ledger = await ask("paths", { source, inputs, from: `#${from.id}`, to: `#${to.id}` }, signal);
      draw(scene);
    } catch (reason) {
      if (signal.aborted) return;
      asked = "";
      body.replaceChildren();
      setText(cost, reason instanceof Refusal ? reason.problem.detail : "The paths could not be counted.");
    }
  }

  /** @param {Scene} scene */
  function draw(scene) {
    const [from, to] = [ledger?.from ?? -1, ledger?.to ?? -1].map((id) => scene.node(id));
    if (ledger === null || from === undefined || to === undefined) return;
    queueMicrotask(() => light("pin", null)); // not within a change of the state
    const { name, isAdjoint } = sumName(scene, from, to);
    const remarks = [listedSentence(ledger), ledger.note ?? ""];
    const seeded = isAdjoint || ledger.adjoint === null || ledger.count === 0 ? "" : `This is for a seed of 1 at ${to.name} alone.`;
    setText(cost, costSentence(ledger, from.name, to.name));
    const chooseRule = (/** @type {Rule} */ next) => {
      rule = next;
      draw(scene);
      /** @type {HTMLInputElement | null} */ (body.querySelector("input:checked"))?.focus();
    };
    body.replaceChildren(
      ...(ledger.paths.length > 0 && ledger.from !== ledger.to ? [table(ledger, scene, light, rule)] : []),
      ...remarks.flatMap(muted),
      ...total(ledger, name, rule, scene),
      ...muted(seeded),
      ...rules(ledger, name, rule, scene, chooseRule),
    );
  }

  /** @param {Scene} scene @param {ReturnType<typeof endsOf>} ends */
  function offer(scene, { starts, ends, from, to }) {
    drawn = scene;
    fill(start, scene, starts, from);
    fill(end, scene, ends, to);
    end.hidden = ends.length < 2;
    target.hidden = !end.hidden;
    target.replaceChildren(math(to.name));
  }

  return {
    render(state, before, scene) {
      if (scene === null) return;
      if (before !== null && before.trace === state.trace && before.path === state.path && before.digits === state.digits && before.notation === state.notation) return;
      const ends = endsOf(scene, state.path);
      offer(scene, ends);
      if (ends.from === undefined) return void setText(cost, "The program has no input that adjoints reach.");
      void load(state, scene, ends.from, ends.to);
    },
  };
}

/** @param {string} text */
const muted = (text) => (text === "" ? [] : [h("p", { class: "muted" }, text)]);

/** @param {HTMLSelectElement} select @param {Scene} scene @param {SceneNode[]} nodes @param {SceneNode | undefined} chosen */
function fill(select, scene, nodes, chosen) {
  const key = nodes.map(({ id, name }) => `${id} ${name}`).join("\n");
  if (select.dataset.key !== key) select.replaceChildren(...nodes.map((node) => h("option", { value: String(node.id), "data-label": keyFor(scene, node) }, node.name)));
  select.dataset.key = key;
  select.value = String(chosen?.id ?? "");
}
