/** The elements of the view of both sweeps: slider, pictures, equation, costs. */

import { h, setText } from "../dom.js";
import { tooltip } from "../format.js";
import { sizeOf } from "../scene/values.js";
import { d3 } from "../vendor.js";
import { math, mathNodes } from "../views/math.js";
import { showCut } from "./drawing.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./cut.js").Cuts} Cuts */

/** @param {HTMLElement} root @param {{onCut: (at: number) => void, onPoint: (id: number | null) => void, onLeave: () => void, onOnes: () => void}} events */
export function partsOf(root, { onCut, onPoint, onLeave, onOnes }) {
  const message = h("p", { class: "sweeps-message", role: "status" });
  const graphs = h("div", { class: "sweeps-graphs" });
  /** @type {HTMLElement[]} */
  const frames = [];
  const picture = (/** @type {string} */ title, /** @type {string} */ kind) => {
    const svg = d3.create("svg").attr("class", "sweeps-picture").attr("aria-hidden", "true").attr("preserveAspectRatio", "xMidYMid meet");
    const frame = h("div", { class: "sweeps-frame", tabindex: "0", role: "group", "aria-label": `${title.replace(/[←→]/g, "").trim()}, scrolls` }, /** @type {SVGSVGElement} */ (svg.node()));
    graphs.append(h("figure", { class: `sweeps-side ${kind}` }, h("figcaption", {}, title), frame));
    frames.push(frame);
    svg.on("pointerover", (event) => {
      const id = /** @type {Element} */ (event.target).closest("[data-node]")?.getAttribute("data-node");
      onPoint(id === null || id === undefined ? null : Number(id));
    });
    svg.on("pointerleave", () => onPoint(null));
    return /** @type {import("./drawing.js").Picture} */ (/** @type {any} */ (svg));
  };
  const left = picture("Tangents as far as the cut →", "forward");
  const right = picture("← Adjoints from beyond the cut", "reverse");
  frames.forEach((frame, at) => {
    frame.addEventListener("scroll", () => frames[1 - at].scrollTo(frame.scrollLeft, frame.scrollTop));
  });
  const range = h("input", { type: "range", min: "0", step: "1", "aria-label": "Cut of the tape" });
  range.addEventListener("input", () => onCut(Number(range.value)));
  const [where, names, numbers, verdict, costs] = [h("span", { class: "sweeps-where" }), h("p", { class: "sweeps-names" }), h("p", { class: "sweeps-numbers numeral" }), h("p", { class: "sweeps-verdict" }), h("table", { class: "sweeps-costs" })];
  const leave = h("button", { type: "button", class: "button quiet small", title: "Back to the graph (W)", onclick: onLeave }, "Back to the graph");
  const equation = h("div", { class: "sweeps-equation" }, names, numbers, verdict);
  root.append(h("div", { class: "sweeps-head" }, h("label", { class: "sweeps-slider" }, h("span", {}, "Cut"), range), where, leave), message, graphs, h("div", { class: "sweeps-foot" }, equation, costs));

  return {
    left,
    right,
    showCut: () => showCut(frames[0], left),
    /** @param {string} text */
    tell(text) {
      setText(message, text);
      root.classList.remove("is-waiting");
    },
    /** @param {string} text why there is nothing to draw @param {boolean} canSeed whether a seed of ones would do */
    wait(text, canSeed) {
      message.replaceChildren(text, ...(canSeed ? [" ", h("button", { type: "button", class: "button", onclick: onOnes }, "Use a seed of ones")] : []));
      root.classList.add("is-waiting");
    },
    /** What one picture has; on a phone they stand below each other and the page scrolls. */
    room: () => ({ width: (graphs.firstElementChild?.clientWidth ?? 0) || 320, height: innerWidth < 700 ? 480 : Math.max((graphs.clientHeight || 320) - 30, 160) }),
    /** @param {boolean} drawn */
    draw: (drawn) => void (graphs.hidden = !drawn),
    /** @param {Cuts} cuts @param {number} at @param {import("./sum.js").SumText} text @param {Scene} scene */
    sum(cuts, at, text, scene) {
      range.max = String(cuts.places.length - 1);
      range.value = String(at);
      range.setAttribute("aria-valuetext", text.spoken);
      const after = scene.node(cuts.places[at].after);
      where.replaceChildren("behind ", ...(after === undefined ? ["the inputs"] : after.kind === "input" ? ["the inputs"] : mathNodes(after.name)));
      names.replaceChildren(math(text.names));
      numbers.replaceChildren("= ", text.numbers);
      numbers.title = tooltip(cuts.places[at].sum);
      setText(verdict, cuts.steady ? `✓ The same at all ${cuts.places.length} cuts.` : "⚠ Not the same at every cut: a part of the program lets only one of the sweeps through.");
      verdict.classList.toggle("is-wrong", !cuts.steady);
    },
    /** @param {Scene} scene */
    costs: (scene) => costTable(costs, scene),
  };
}

/** @param {HTMLTableElement} table @param {Scene} scene */
function costTable(table, { trace }) {
  const size = (/** @type {number[]} */ ids) => trace.nodes.filter((node) => ids.includes(node.id)).reduce((sum, node) => sum + sizeOf(node.shape), 0);
  const inputs = size(trace.nodes.filter((node) => node.kind === "input").map((node) => node.id));
  const outputs = size(trace.outputs);
  const key = `${inputs} ${outputs} ${trace.cost?.forward_operations} ${trace.cost?.reverse_operations}`;
  if (table.dataset.key === key) return;
  table.dataset.key = key;
  const row = (/** @type {string} */ head, /** @type {string[]} */ ...cells) => h("tr", {}, h("th", { scope: "row" }, head), ...cells.map((cell) => h("td", { class: "numeral" }, cell)));
  table.replaceChildren(
    h("caption", {}, `${inputs} ${inputs === 1 ? "input" : "inputs"}, ${outputs} ${outputs === 1 ? "output" : "outputs"}`),
    h("thead", {}, h("tr", {}, h("td"), h("th", { scope: "col" }, "Forward"), h("th", { scope: "col" }, "Reverse"))),
    h("tbody", {}, row("one sweep gives", "a column of J", "a row of J"), row("sweeps for all of J", String(inputs), String(outputs)), row("operations counted", String(trace.cost?.forward_operations ?? "–"), String(trace.cost?.reverse_operations ?? "–"))),
  );
}
