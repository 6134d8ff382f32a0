/** The elements of the stage that never change: the drawing with its layers and arrows, the buttons, the place for the focus. */

import { d3 } from "../../vendor.js";

const SIGNS = new Map([["in", "+"], ["out", "−"], ["fit", "⤢"]]);

/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */
/** @typedef {{boxes: Group, lines: Group, chips: Group, folded: Group, cards: Group, labels: Group, signs: Group, pills: Group}} Layers */

/**
 * @param {HTMLElement} root
 * @returns {{svg: SVGSVGElement, world: Group, layers: Layers, far: HTMLCanvasElement, buttons: Map<string, HTMLButtonElement>, walk: HTMLDivElement}}
 */
export function skeletonOf(root) {
  const stage = d3.select(root);
  const far = /** @type {HTMLCanvasElement} */ (stage.append("canvas").attr("class", "stage-far").attr("aria-hidden", "true").node());
  const svg = stage.append("svg").attr("class", "stage-drawing").attr("aria-hidden", "true").attr("focusable", "false");
  arrows(svg);
  const world = /** @type {Group} */ (/** @type {any} */ (svg.append("g").attr("class", "world")));
  const layer = (/** @type {string} */ name) => /** @type {Group} */ (/** @type {any} */ (world.append("g").attr("class", `layer ${name}`)));
  const layers = { boxes: layer("boxes"), lines: layer("lines"), chips: layer("chips"), folded: layer("folds"), cards: layer("cards"), labels: layer("labels"), signs: layer("signs"), pills: layer("pills") };
  const walk = stage.append("div").attr("class", "stage-walk").attr("tabindex", 0).attr("role", "group").attr("aria-roledescription", "computation graph").attr("aria-label", "Computation graph. Press Enter to walk along its edges.");
  return { svg: /** @type {SVGSVGElement} */ (svg.node()), world, layers, far, buttons: buttonsOf(root), walk: /** @type {HTMLDivElement} */ (walk.node()) };
}

/** @param {import("d3-selection").Selection<SVGSVGElement, any, any, any>} svg */
function arrows(svg) {
  const defs = svg.append("defs");
  for (const kind of ["idle", "forward", "reverse"]) {
    defs
      .append("marker")
      .attr("id", `arrow-${kind}`)
      .attr("class", `arrow ${kind}`)
      .attr("viewBox", "0 0 10 10")
      .attr("refX", kind === "reverse" ? 7 : 8.5)
      .attr("refY", 5)
      .attr("markerUnits", "userSpaceOnUse")
      .attr("markerWidth", kind === "idle" ? 9 : 14)
      .attr("markerHeight", kind === "idle" ? 9 : 14)
      .attr("orient", "auto-start-reverse")
      .append("path")
      .attr("d", "M0 0.8L9.4 5L0 9.2z");
  }
}

/** @param {HTMLElement} root @returns {Map<string, HTMLButtonElement>} */
function buttonsOf(root) {
  const bar = d3.select(root).append("div").attr("class", "stage-zoom");
  const words = new Map([["in", "Zoom in"], ["out", "Zoom out"], ["fit", "Fit the graph"]]);
  return new Map(
    [...words].map(([name, label]) => {
      const button = bar.append("button").attr("type", "button").attr("class", "stage-button").attr("title", label).attr("aria-label", label).text(SIGNS.get(name) ?? "");
      return [name, /** @type {HTMLButtonElement} */ (button.node())];
    }),
  );
}
