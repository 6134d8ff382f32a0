/** Numbers that travel along an edge. */

import { widthOf } from "./measure.js";
import { eased } from "./motion.js";

/** @typedef {import("../../plan.js").Move} Move */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */

const HEIGHT = 24;

/** @param {Group} layer */
export function createPills(layer) {
  /** @type {Map<Move, Group>} */
  const pills = new Map();
  return {
    /** @param {Move} move */
    launch(move) {
      const width = widthOf(move.text ?? "", "slot") + 16;
      const pill = layer.append("g").attr("class", `pill ${move.slot}`).attr("visibility", "hidden");
      pill.append("rect").attr("x", -width / 2).attr("y", -HEIGHT / 2).attr("width", width).attr("height", HEIGHT).attr("rx", HEIGHT / 2);
      pill.append("text").attr("y", 0.5).text(move.text ?? "");
      pills.set(move, /** @type {Group} */ (/** @type {any} */ (pill)));
    },
    /** @param {Group} lines @param {Move} move @param {number} progress */
    move(lines, move, progress) {
      const pill = pills.get(move);
      if (pill === undefined) return;
      const path = pathUnder(lines, move);
      if (progress >= 1 || path === null) {
        pill.remove();
        pills.delete(move);
        return;
      }
      const { from = 0, to = 1 } = move;
      const point = path.getPointAtLength(path.getTotalLength() * (from + (to - from) * eased(progress)));
      pill.attr("transform", `translate(${point.x},${point.y})`).attr("visibility", "visible");
    },
    clear() {
      for (const pill of pills.values()) pill.remove();
      pills.clear();
    },
  };
}

/** @param {Group} lines @param {Move} move @returns {SVGPathElement | null} the line, or beside it for adjoints; null where the edge is a chip or out of view */
function pathUnder(lines, move) {
  const kind = move.slot === "adjoint" ? "path.back" : "path.line";
  const edges = lines.selectAll("g.edge").filter((/** @type {any} */ item) => item.edge.keys.includes(move.edge));
  return /** @type {SVGPathElement | null} */ (edges.select(kind).node());
}

/** The finished adjoint of the giver fades once and comes back. @param {Group} cards @param {Move} move @param {number} progress */
export function pulse(cards, move, progress) {
  const strength = progress >= 1 ? null : 1 - 0.6 * Math.sin(Math.PI * progress);
  cards.selectAll(`g.node[data-node="${move.node}"]`).selectAll("g.chip.adjoint, g.block.adjoint").attr("opacity", strength);
}

/** @param {Group} cards what an interrupted pulse left */
export function endPulse(cards) {
  cards.selectAll("g.adjoint[opacity]").attr("opacity", null);
}
