/** Explain this number: a card for any value, in the column beside the graph; opened from the graph, the table, or by a key. */

import { stepsOf } from "../steps.js";
import { lateSide } from "../views/late-side.js";
import { keyOf } from "./choice.js";

/** @typedef {import("./choice.js").Quantity} Quantity */

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function createExplain(page) {
  const { store, side } = page;
  let advance = () => {};
  const draw = lateSide(page, { id: "value", words: "Value", load });

  async function load() {
    const { createCard } = await import("./view.js");
    return (/** @type {HTMLElement} */ root, /** @type {import("../features.js").Page} */ given) => {
      const card = createCard(root, given);
      advance = card.advance;
      return card;
    };
  }

  /** @param {number} id @param {Quantity} quantity */
  function explain(id, quantity) {
    const { trace } = store.get();
    if (trace === null) return;
    store.set({ number: keyOf(trace, id, quantity) });
    side.show("value");
  }

  document.getElementById("stage")?.addEventListener("click", (event) => fromStage(event, explain), true); // before the card's own click, which jumps to its step
  document.getElementById("trace-body")?.addEventListener("click", (event) => fromTable(event, store, explain));
  return {
    render: draw,
    keys: {
      explain() {
        const { trace, cursor, number, side: shown } = store.get();
        const step = trace === null || cursor === 0 ? undefined : stepsOf(trace)[cursor - 1];
        if (trace === null || step === undefined) return;
        const [id, quantity] = /** @type {[number, Quantity]} */ ([step.to ?? step.node, step.kind === "forward" ? "primal" : "adjoint"]);
        if (shown === "value" && number === keyOf(trace, id, quantity)) advance();
        else explain(id, quantity);
      },
      table() {
        const { table, side: shown, trace, predict, lit } = store.get();
        if (trace === null || predict !== "off") return; // the table knows what is asked for
        const walked = lit.length === 1 && document.activeElement?.closest("#stage") ? keyOf(trace, lit[0], "primal") : "";
        if (shown === "value" && walked === "") return store.set({ table: !table });
        store.set({ table: true, number: walked });
        side.show("value");
      },
    },
  };
}

/** A click on a number or on a derivative's chip; clicks elsewhere on a card keep their meaning. @param {MouseEvent} event @param {(id: number, quantity: Quantity) => void} explain */
function fromStage(event, explain) {
  const slot = event.target instanceof Element ? event.target.closest(".slot") : null;
  const node = slot?.closest("[data-node]");
  if (slot === null || !(node instanceof SVGElement) || slot.classList.contains("empty")) return;
  event.stopPropagation();
  explain(Number(node.dataset.node), slot.classList.contains("tangent") ? "tangent" : slot.classList.contains("adjoint") ? "adjoint" : "primal");
}

/** @param {MouseEvent} event @param {import("../state.js").Store} store @param {(id: number, quantity: Quantity) => void} explain */
function fromTable(event, store, explain) {
  const cell = event.target instanceof Element ? event.target.closest("td.value") : null;
  const row = cell?.closest("tr");
  const { trace } = store.get();
  if (!cell || !row || trace === null || cell.classList.contains("absent") || cell.textContent === "") return;
  const node = Number(row.dataset.node);
  if (!cell.classList.contains("adjoint")) return explain(node, cell.classList.contains("tangent") ? "tangent" : "primal");
  const cursor = Number(row.querySelector(".reverse-rule .step-button")?.getAttribute("data-cursor") ?? 0);
  const step = stepsOf(trace)[cursor - 1];
  explain(step?.to ?? step?.node ?? node, "adjoint");
}
