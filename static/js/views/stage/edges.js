/** Lines between cards: the flow forward solid and blue, the flow back dashed, double and orange beside it; labels and chips at the ports. */

import { d3 } from "../../vendor.js";
import { contributionLabel, partialLabel } from "./graph.js";
import { widthOf } from "./measure.js";
import { pathOf } from "./paths.js";

/** @typedef {import("../../layout/types.js").Layout} Layout */
/** @typedef {import("./lines.js").SceneLine} SceneLine */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */

/** @typedef {{edge: SceneLine, index: number, shown: boolean, label: string | null, chip: string, lit: boolean}} EdgeItem label: what it says now; shown: whether it is in view */

const BESIDE = 6;
const LABEL_HEIGHT = 22;
const CHIP_HEIGHT = 24;

/** @param {Group} layer @param {EdgeItem[]} items @param {Layout} layout */
export function paintLines(layer, items, layout) {
  const lines = layer.selectAll("g.edge").data(items.filter(({ index }) => Number.isNaN(layout.chipX[index])), (/** @type {any} */ item) => item.edge.key);
  const joined = lines.join((enter) => {
    const line = enter.append("g").attr("data-edge", ({ edge }) => edge.key);
    line.append("path").attr("class", "touch");
    line.append("path").attr("class", "line");
    line.append("path").attr("class", "back");
    line.append("path").attr("class", "back-core");
    return line;
  });
  joined.attr("class", ({ edge, lit }) => ["edge", edge.count > 1 ? "bundle" : "", edge.active ?? "idle", edge.passed ? "passed" : "", lit ? "lit" : ""].filter(Boolean).join(" "));
  joined.each(function paint({ edge, index }) {
    const line = d3.select(this);
    const known = line.property("__layout");
    if (known !== layout) {
      line.property("__layout", layout);
      line.selectAll("path.touch, path.line").attr("d", pathOf(layout, index));
      line.selectAll("path.back, path.back-core").attr("d", pathOf(layout, index, BESIDE));
    }
    line.select("path.line").attr("marker-end", `url(#arrow-${edge.active === "forward" ? "forward" : "idle"})`);
    line.select("path.back").attr("marker-start", edge.active === "reverse" ? "url(#arrow-reverse)" : null);
  });
}

/** @param {Group} layer @param {EdgeItem[]} items @param {Layout} layout chips of constants and of far values, each with its short line */
export function paintChips(layer, items, layout) {
  const chips = layer.selectAll("g.leaf").data(items.filter(({ index }) => !Number.isNaN(layout.chipX[index])), (/** @type {any} */ item) => item.edge.key);
  const joined = chips.join((enter) => {
    const chip = enter.append("g").attr("data-edge", ({ edge }) => edge.key);
    chip.append("path").attr("class", "line");
    chip.append("rect");
    chip.append("text");
    return chip;
  });
  const isReference = (/** @type {EdgeItem} */ { index }) => layout.chipReference[index] === 1;
  joined
    .attr("class", (item) => ["leaf", isReference(item) ? "reference" : "constant", item.edge.active ?? "idle", item.edge.passed ? "passed" : "", item.lit ? "lit" : ""].filter(Boolean).join(" "))
    .attr("transform", ({ index }) => `translate(${layout.chipX[index]},${layout.chipY[index]})`);
  const size = (/** @type {EdgeItem} */ { chip }) => Math.ceil(widthOf(chip, "slot")) + 14;
  joined.select("rect").attr("width", size).attr("height", CHIP_HEIGHT).attr("rx", 6);
  joined.select("text").attr("x", (item) => size(item) / 2).attr("y", CHIP_HEIGHT / 2 + 0.5).text(({ chip }) => chip);
  const right = layout.direction === "right";
  joined.select("path.line").attr("marker-end", "url(#arrow-idle)").attr("d", (item) => (right ? `M${size(item)} ${CHIP_HEIGHT / 2}h16` : `M${size(item) / 2} ${CHIP_HEIGHT}v16`));
}

/** @param {Group} layer @param {EdgeItem[]} items @param {Layout} layout labels stand in front of the port; only those that are used */
export function paintLabels(layer, items, layout) {
  const shown = items.filter(({ label, index }) => label !== null && label !== "" && Number.isNaN(layout.chipX[index]));
  const labels = layer.selectAll("g.label").data(shown, (/** @type {any} */ item) => item.edge.key);
  const joined = labels.join((enter) => {
    const label = enter.append("g").attr("data-label", ({ edge }) => edge.key);
    label.append("rect").attr("rx", 6).attr("height", LABEL_HEIGHT);
    label.append("text").attr("y", LABEL_HEIGHT / 2 + 0.5);
    return label;
  });
  const text = (/** @type {EdgeItem} */ { label }) => label ?? "";
  const width = (/** @type {EdgeItem} */ item) => widthOf(text(item), "label") + 12;
  const right = layout.direction === "right";
  joined
    .attr("class", ({ edge }) => `label ${edge.active ?? "idle"}`)
    .attr("transform", (item) => {
      const { index } = item;
      const x = right ? layout.labelX[index] + labelReach(layout, index) - width(item) : layout.labelX[index] - width(item) / 2;
      return `translate(${x},${layout.labelY[index] - LABEL_HEIGHT / 2})`;
    });
  joined.select("rect").attr("width", width);
  joined.select("text").attr("x", (item) => width(item) / 2).text(text);
}

/** @param {Layout} layout @param {number} index @returns {number} from the label's planned middle to where it must end */
function labelReach(layout, index) {
  const last = layout.edgeStart[index + 1] - 1;
  return last < 0 ? 0 : layout.edgePoints[2 * last] - 14 - layout.labelX[index];
}

/** @param {SceneLine} edge @param {boolean} asked whether pointer or focus asks for it @param {number} room @returns {string | null} */
export function labelOf(edge, asked, room) {
  if (edge.contribution !== null) return contributionLabel(edge.contribution, room);
  if (asked && edge.count > 1 && edge.active === null) return `${edge.count} edges`;
  return (edge.active === "forward" || asked) && edge.partial !== "–" ? partialLabel(edge, room) : null;
}
