/** One line on the second opinion: where torch checked the same program, and how many nodes agree. */

import { h } from "../dom.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../scene/trace.js").Verification} Verification */

/** @param {HTMLElement} root @param {{onNode: (id: number) => void}} events */
export function createVerdict(root, events) {
  let shown = "";
  return {
    /** @param {State} state */
    render({ trace, check }) {
      const { kind, text, node } = verdictLine(trace?.verification ?? null, check);
      const key = `${kind} ${text} ${node}`;
      if (key === shown) return;
      shown = key;
      root.dataset.kind = kind;
      const sign = h("span", { class: "verdict-sign", "aria-hidden": "true" }, kind === "ok" ? "✓" : kind === "error" ? "✗" : kind === "waiting" ? "…" : "");
      const jump = node === null ? null : h("button", { type: "button", class: "button quiet small", onclick: () => events.onNode(node) }, "Show the first");
      root.replaceChildren(...[sign, h("span", { class: "verdict-text" }, text), jump].filter((part) => part !== null));
    },
  };
}

/**
 * @param {Verification | null} verification
 * @param {State["check"]} check
 * @returns {{kind: "none" | "ok" | "error" | "waiting" | "unknown", text: string, node: number | null}}
 */
export function verdictLine(verification, check) {
  if (check.status === "asking") return { kind: "waiting", text: "checking against torch", node: null };
  if (check.status === "failed") return { kind: "unknown", text: `Not checked against torch: ${check.text}`, node: null };
  if (verification === null) return { kind: "none", text: "", node: null };
  const where = `checked against ${verification.backend ?? "torch"} on ${verification.device ?? "cpu"}`;
  const nodes = verification.nodes ?? [];
  const unknown = nodes.filter((node) => node.agrees === null || (node.reason && node.primal_error === null)).length;
  const wrong = nodes.filter((node) => node.agrees === false);
  if (verification.agrees) return { kind: "ok", text: `${where}: ${agreement(nodes.length, unknown)}`, node: null };
  const first = wrong[0]?.id ?? null;
  if (wrong.length === 0) return { kind: "unknown", text: `${where}: ${nodes.length - unknown} of ${nodes.length} nodes agree; torch could not evaluate the others`, node: null };
  return { kind: "error", text: `${where}: ${wrong.length} of ${nodes.length} nodes differ`, node: first };
}

/** @param {number} count @param {number} unknown @returns {string} */
function agreement(count, unknown) {
  if (unknown > 0) return `${count - unknown} of ${count} nodes agree, ${unknown} could not be compared`;
  return count === 1 ? "the one node agrees" : `all ${count} nodes agree`;
}
