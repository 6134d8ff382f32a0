/** The ledger drawn: which node, its paths with their products, their sum, the cost, and what mistakes would give. */

import { Refusal, ask } from "../api.js";
import { requestOf } from "../build.js";
import { h, setText } from "../dom.js";
import { format } from "../format.js";
import { math } from "../views/math.js";
import { costSentence, listedSentence, mistakeLines, productText, sumLine } from "./ledger.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./ledger.js").Ledger} Ledger */
/** @typedef {import("./ledger.js").Path} Path */

const MOST_CHOICES = 400;

/** @param {HTMLElement} root @param {Page} page @returns {import("../views/late-side.js").SideContent} */
export function createLedger(root, { store, light }) {
  const choice = h("select", { class: "field", id: "paths-from" });
  choice.addEventListener("change", () => store.set({ path: choice.value }));
  const target = h("span", { class: "paths-to" });
  const body = h("div", { class: "paths-body", role: "region", "aria-live": "polite", "aria-label": "Path ledger" });
  root.append(h("div", { class: "panel-body paths", tabindex: "0", role: "group", "aria-label": "Paths, scrolls" }, h("p", { class: "paths-choice" }, h("label", { for: "paths-from" }, "Paths from "), choice, " to ", target), body));
  /** @type {Ledger | null} */
  let ledger = null;
  let asked = "";
  let turn = new AbortController();

  /** @param {State} state @param {Scene} scene @param {number} from */
  async function load(state, scene, from) {
    const { source, inputs } = requestOf({ ...state, source: state.traced }, state.active);
    const to = scene.trace.outputs[0];
    const key = JSON.stringify([source, inputs, from, to]);
    if (key === asked) return draw(scene);
    asked = key;
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    try {
      ledger = await ask("paths", { source, inputs, from: `#${from}`, to: `#${to}` }, signal);
      draw(scene);
    } catch (reason) {
      if (signal.aborted) return;
      asked = "";
      body.replaceChildren(h("p", { class: "side-wait" }, reason instanceof Refusal ? reason.problem.detail : "The paths could not be counted."));
    }
  }

  /** @param {Scene} scene */
  function draw(scene) {
    if (ledger === null) return;
    const name = (/** @type {number} */ id) => scene.node(id)?.name ?? "";
    const options = { digits: scene.digits };
    const from = scene.node(ledger.from);
    const rest = listedSentence(ledger);
    body.replaceChildren(
      h("p", {}, costSentence(ledger, name(ledger.from), name(ledger.to))),
      ...(rest === "" ? [] : [h("p", { class: "muted" }, rest)]),
      ...(ledger.paths.length > 0 ? [table(ledger, scene)] : []),
      ...(ledger.note === null ? [] : [h("p", { class: "muted" }, ledger.note)]),
      ...total(ledger, from?.adjointName ?? "", options),
      ...mistakes(ledger, from?.adjointName ?? "", options),
    );
  }

  /** @param {Ledger} found @param {Scene} scene */
  function table(found, scene) {
    const rows = found.paths.map((path, place) => {
      const route = path.nodes.flatMap((id, at) => [...(at === 0 ? [] : [" → "]), math(scene.node(id)?.name ?? "")]);
      const button = h("button", { type: "button", class: "path-button", "aria-label": `Path ${place + 1}: ${path.nodes.map((id) => scene.node(id)?.label ?? "").join(", ")}. ${productText(path, { digits: scene.digits })}` }, ...route);
      const row = h("tr", {}, h("td", { class: "number" }, String(place + 1)), h("th", { scope: "row" }, button), h("td", { class: "numeral" }, productText(path, { digits: scene.digits })));
      row.addEventListener("mouseenter", () => light("pointer", path.nodes));
      row.addEventListener("mouseleave", () => light("pointer", null));
      row.addEventListener("focusin", () => light("focus", path.nodes));
      row.addEventListener("focusout", () => light("focus", null));
      return row;
    });
    const head = h("tr", {}, h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "Number")), h("th", { scope: "col" }, "Path"), h("th", { scope: "col" }, "Product of its partials"));
    return h("table", { class: "paths-table" }, h("caption", { class: "visually-hidden" }, "Every path with the product of its partials"), h("thead", {}, head), h("tbody", {}, ...rows));
  }

  return {
    render(state, before, scene) {
      if (scene === null) return;
      const nodes = choicesOf(scene);
      const chosen = nodes.find((node) => node.label === state.path || `#${node.id}` === state.path) ?? nodes[0];
      const keys = nodes.map((node) => node.label).join("\n");
      if (choice.dataset.keys !== keys) {
        choice.dataset.keys = keys;
        choice.replaceChildren(...nodes.map((node) => h("option", { value: unique(nodes, node) }, node.name)));
      }
      if (chosen === undefined) return void setText(body, "The program has no input that adjoints reach.");
      choice.value = unique(nodes, chosen);
      target.replaceChildren(math(scene.node(scene.trace.outputs[0])?.name ?? ""));
      if (before === null || before.trace !== state.trace || before.path !== state.path || before.digits !== state.digits) void load(state, scene, chosen.id);
    },
  };
}

/** @param {Scene} scene @returns {import("../scene.js").SceneNode[]} inputs first, then the other nodes that an adjoint can reach */
function choicesOf(scene) {
  const open = scene.nodes.filter((node) => node.kind !== "constant" && !node.isControl);
  return [...open.filter(({ kind }) => kind === "input"), ...open.filter(({ kind }) => kind !== "input")].slice(0, MOST_CHOICES);
}

/** @param {import("../scene.js").SceneNode[]} nodes @param {import("../scene.js").SceneNode} node @returns {string} its label, or its place where others have that label too */
const unique = (nodes, node) => (nodes.filter(({ label }) => label === node.label).length === 1 ? node.label : `#${node.id}`);

/** @param {Ledger} ledger @param {string} name @param {import("../format.js").FormatOptions} options */
function total(ledger, name, options) {
  const line = sumLine(ledger, options);
  const scalar = !Array.isArray(ledger.adjoint) && ledger.adjoint !== null && typeof ledger.adjoint !== "object";
  if (line === "" && !scalar) return [];
  const value = line === "" ? format(/** @type {import("../format.js").Scalar} */ (ledger.adjoint), options) : line;
  return [h("p", { class: "paths-sum" }, math(name), " = ", h("span", { class: "numeral" }, value))];
}

/** @param {Ledger} ledger @param {string} name @param {import("../format.js").FormatOptions} options */
function mistakes(ledger, name, options) {
  if (ledger.count === 0 || ledger.adjoint === null || ledger.note !== null) return [];
  const lines = mistakeLines(ledger, name, options).map(({ rule, sentence }) => h("p", {}, h("b", {}, `${rule}. `), sentence));
  return [h("details", { class: "paths-mistakes" }, h("summary", {}, "What would go wrong"), ...lines)];
}
