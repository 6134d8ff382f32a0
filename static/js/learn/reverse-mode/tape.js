/** The tape: every line of the program's run, what is kept of it, and the adjoint that the sweep back finds. */

import { h } from "../../dom.js";
import { textOf } from "../../scene/values.js";
import { math } from "../../views/math.js";
import { aside, numbers } from "../chart.js";

/** @typedef {import("./words.js").Memory} Memory */
/** @typedef {import("../../scene/trace.js").Trace} Trace */

const MOST = 200;

export function createTape() {
  const root = h("div", {});
  let isOpen = false;

  /** @param {Trace} trace @param {Memory} memory @param {import("../names.js").Called[]} names @param {number | "all"} digits */
  function render(trace, memory, names, digits) {
    const kept = new Set((memory.values ?? []).filter(({ reads }) => reads.length > 0).map(({ node }) => node));
    const lines = trace.nodes.filter(({ kind }) => kind !== "constant");
    const rows = lines.slice(0, MOST).map((node) => [math(names[node.id].shown), math(node.kind === "op" ? names[node.id].rule : "input"), textOf(node.primal, node.shape, { digits }), memory.values === null ? "" : kept.has(node.id) ? "kept" : "–", textOf(node.adjoint ?? null, node.shape, { digits })]);
    const more = lines.length > MOST ? [h("p", { class: "learn-note" }, `The first ${MOST} of ${lines.length} lines.`)] : [];
    const whole = aside(`The tape: ${lines.length} lines, read upwards by the sweep back`, numbers("The tape", ["value", "rule", "primal ↓", "for the way back", "adjoint ↑"], rows, (at) => (kept.has(lines[at].id) ? "is-kept" : "")), ...more);
    whole.open = isOpen;
    whole.addEventListener("toggle", () => (isOpen = whole.open));
    root.replaceChildren(whole);
  }

  return { root, render };
}
