/** The cards of the nodes: title, primal in the middle, tangent on the left, adjoint on the right, paths underneath. */

import { d3 } from "../../vendor.js";
import { tooltip } from "../../format.js";
import { paintTensor } from "./cells.js";
import { widthOf } from "./measure.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("../../scene.js").SceneNode} SceneNode */
/** @typedef {import("./sizes.js").Card} Card */
/** @typedef {import("../../plan.js").Slot} Slot */
/** @typedef {import("d3-selection").Selection<SVGGElement, Item, any, any>} Cards */
/** @typedef {import("d3-selection").Selection<SVGGElement, any, any, any>} Group */

/** @typedef {{node: SceneNode, card: Card, x: number, y: number, lit: boolean}} Item */

/**
 * @typedef {object} Held what a slot shows instead of the scene's own value while moves are under way
 * @property {string} text
 * @property {SceneNode} node
 * @property {boolean} [open] a sum that is not settled
 */

/** @typedef {{scene: Scene, held: Map<string, Held>}} Picture held: by "id slot" */

const EDGE = 9;

/** @type {WeakMap<Element, string>} what each card shows, so that only changed ones are written */
const painted = new WeakMap();

/** @param {Item} item @param {Picture} picture @returns {string} everything that its picture depends on */
function signature({ node, card }, { scene, held }) {
  const { arrived, final, sum } = node.arrival;
  const holding = ["primal", "tangent", "adjoint"].map((slot) => `${held.get(`${node.id} ${slot}`)?.text ?? ""}${held.get(`${node.id} ${slot}`)?.open ? "…" : ""}`);
  const tensor = card.display === "scalar" ? "" : [node.primalValue, node.tangentValue, node.adjointValue].map((value) => idOf(value)).join(" ");
  const shown = [card.title, card.width, card.height, scene.phase, scene.showsTangents, scene.showsAdjoints, node.primal, node.tangent, node.adjoint];
  return [...shown, tensor, arrived, final, sum, node.verdict?.agrees, node.graded?.verdict, node.notes.length, scene.digits, ...holding].join("|");
}

/** @type {WeakMap<object, number>} */
const ids = new WeakMap();
let lastId = 0;

/** @param {unknown} value @returns {string} the identity of a tensor's value, without reading it */
function idOf(value) {
  if (typeof value !== "object" || value === null) return String(value);
  let id = ids.get(value);
  if (id === undefined) ids.set(value, (id = lastId += 1));
  return String(id);
}

/** @param {Group} layer @param {Item[]} items @param {Picture} picture */
export function paintCards(layer, items, picture) {
  const cards = /** @type {Cards} */ (/** @type {any} */ (layer.selectAll("g.node").data(items, (/** @type {any} */ item) => item.node.id).join((enter) => frame(/** @type {any} */ (enter)))));
  const { step } = picture.scene;
  cards
    .attr("class", classOf)
    .attr("transform", ({ x, y }) => `translate(${x},${y})`)
    .attr("data-graded", ({ node }) => node.graded?.verdict ?? null)
    .attr("aria-current", ({ node }) => (node.state === "current" ? "step" : null))
    .attr("data-step", ({ node }) => (node.state === "current" && step !== null ? step.index : null));
  cards.each(function paint(item) {
    const marks = signature(item, picture);
    if (painted.get(this) === marks) return;
    painted.set(this, marks);
    paintCard(/** @type {Group} */ (/** @type {any} */ (d3.select(this))), item, picture);
  });
}

/** @param {Item} item @returns {string} */
function classOf({ node, card, lit }) {
  const phase = node.arrival.added !== null && node.state !== "todo" ? "receives" : "";
  return ["node", `kind-${node.kind}`, node.isOutput ? "is-output" : "", node.isControl ? "is-control" : "", node.state, phase, card.density.compact ? "compact" : "", lit ? "lit" : ""].filter(Boolean).join(" ");
}

/** @param {import("d3-selection").Selection<import("d3-selection").EnterElement, Item, any, any>} enter */
function frame(enter) {
  const card = enter.append("g").attr("data-node", ({ node }) => node.id);
  for (const part of ["halo", "frame", "frame-inner", "bar"]) card.append("rect").attr("class", part);
  card.append("text").attr("class", "title");
  const glyph = card.append("g").attr("class", "glyph");
  glyph.append("rect");
  glyph.append("text");
  card.append("g").attr("class", "body");
  for (const slot of ["tangent", "adjoint"]) {
    const chip = card.append("g").attr("class", `slot chip ${slot}`);
    chip.append("rect");
    chip.append("text");
    chip.append("title");
  }
  card.append("text").attr("class", "paths");
  card.append("text").attr("class", "sum");
  card.append("text").attr("class", "mark verdict").append("title");
  const note = card.append("g").attr("class", "mark note");
  note.append("circle").attr("r", 7.5);
  note.append("text").text("i");
  note.append("title");
  return card;
}

/** @param {Group} group @param {Item} item @param {Picture} picture */
function paintCard(group, { node, card }, picture) {
  paintFrame(group, node, card);
  const shown = (/** @type {Slot} */ slot) => picture.held.get(`${node.id} ${slot}`)?.node ?? node;
  if (card.display === "scalar") {
    paintPrimal(group, node, card, picture);
    paintChip(group, node, card, "tangent", picture);
    paintChip(group, node, card, "adjoint", picture);
  } else {
    group.selectAll("g.chip").attr("display", "none");
    paintTensor(/** @type {Group} */ (group.select("g.body")), node, card, shown, picture.scene.digits);
  }
  paintPaths(group, node, card, picture);
  paintMarks(group, shown("primal"), card);
}

/** @param {Group} group @param {SceneNode} node @param {Card} card */
function paintFrame(group, node, card) {
  const { width, height, density } = card;
  group.select("rect.halo").attr("x", -6).attr("y", -6).attr("width", width + 12).attr("height", height + 12).attr("rx", 13);
  group.select("rect.frame").attr("width", width).attr("height", height).attr("rx", 8);
  group.select("rect.frame-inner").attr("x", 3.5).attr("y", 3.5).attr("width", width - 7).attr("height", height - 7).attr("rx", 5);
  group.select("rect.bar").attr("x", 0).attr("y", 0).attr("width", 5).attr("height", height).attr("rx", 2.5);
  group.select("text.title").attr("x", density.padding + 2).attr("y", density.header / 2 + 2).text(card.title);
  const size = widthOf(card.glyph, "small") + 12;
  const glyph = group.select("g.glyph").attr("display", card.glyph === "" ? "none" : null).attr("transform", `translate(${width - size - EDGE},${density.header / 2 - 8})`);
  glyph.select("rect").attr("width", size).attr("height", density.compact ? 18 : 20).attr("rx", 10);
  glyph.select("text").attr("x", size / 2).attr("y", density.compact ? 9.5 : 10.5).text(card.glyph);
  group.classed("is-symbol", node.kind === "input");
}

/** @param {Group} group @param {SceneNode} node @param {Card} card @param {Picture} picture */
function paintPrimal(group, node, card, picture) {
  const held = picture.held.get(`${node.id} primal`);
  const text = held?.text ?? node.primal;
  const primal = group.select("g.body").selectAll("text.primal").data([text]).join((enter) => {
    const entered = enter.append("text").attr("class", "slot primal");
    return entered;
  });
  primal.attr("x", card.width / 2).attr("y", card.primalY).classed("empty", text === "–").text((value) => value);
  primal.selectAll("title").data([tooltip(/** @type {any} */ ((held?.node ?? node).primalValue))]).join("title").text((value) => String(value));
}

/** @param {Group} group @param {SceneNode} node @param {Card} card @param {"tangent" | "adjoint"} slot @param {Picture} picture */
function paintChip(group, node, card, slot, { scene, held }) {
  const chip = group.select(`g.chip.${slot}`);
  const present = slot === "tangent" ? scene.showsTangents && scene.notation !== "dual" : scene.showsAdjoints;
  chip.attr("display", present ? null : "none");
  if (!present) return;
  const value = held.get(`${node.id} ${slot}`)?.text ?? node[slot];
  const text = slot === "tangent" ? `▸ ${node.tangentName} ${value}` : `${node.adjointName} ${value} ◂`;
  const { slotFont, row } = card.density;
  const width = widthOf(text, slotFont) + 14;
  chip.attr("transform", `translate(${slot === "tangent" ? EDGE : card.width - EDGE - width},${card.derivativeY - (row - 3) / 2})`).classed("empty", value === "–");
  chip.select("rect").attr("width", width).attr("height", row - 3).attr("rx", 6);
  chip.select("text").attr("x", width / 2).attr("y", (row - 3) / 2 + 0.5).text(text);
  const shown = held.get(`${node.id} ${slot}`)?.node ?? node;
  const full = tooltip(/** @type {any} */ (slot === "tangent" ? shown.tangentValue : shown.adjointValue));
  chip.select("title").text(`${slot === "tangent" ? node.tangentName : node.adjointName} = ${full}`);
}

/** @param {Group} group @param {SceneNode} node @param {Card} card @param {Picture} picture */
function paintPaths(group, node, card, { scene, held }) {
  const holding = held.get(`${node.id} adjoint`);
  const { arrived, total } = (holding?.node ?? node).arrival;
  const final = (holding?.node ?? node).arrival.final && !holding?.open;
  const { sum } = node.arrival;
  const told = scene.phase === "reverse" && total > 0 && (arrived < total || total > 1);
  const text = told ? `${arrived} of ${total} ${total === 1 ? "path" : "paths"}${final ? " ✓" : ""}` : "";
  group.select("text.paths").attr("x", card.density.padding + 1).attr("y", card.pathsY).classed("complete", told && final).text(text);
  const room = card.width - widthOf(text, "small") - 34;
  const isSettled = sum !== null && !holding && node.shape.length === 0;
  const change = isSettled ? `${node.arrival.before} → ${node.adjoint}` : "";
  const fits = (/** @type {string} */ told) => widthOf(told, "small") < room;
  const shown = isSettled && fits(sum) ? sum : "";
  const parts = [{ kind: fits(change) && change !== "" ? "open" : "", text: shown }, { kind: "change", text: fits(change) ? change : "" }];
  group.select("text.sum").attr("x", card.width - 13).attr("y", card.pathsY).selectAll("tspan").data(parts).join("tspan").attr("class", ({ kind }) => kind).text(({ text: told }) => told);
}

/** @param {Group} group @param {SceneNode} node @param {Card} card the verdict of torch and the notes, one sign each, words on hover */
function paintMarks(group, node, card) {
  const { verdict, notes, graded = null } = node;
  const sign = graded !== null ? graded.sign : verdict === null || node.kind === "constant" || node.primalValue === null ? "" : verdict.agrees === null ? "?" : verdict.agrees ? "✓" : "⚠";
  const isScalar = card.display === "scalar";
  const y = isScalar ? card.primalY : card.density.header / 2 + 2;
  const glyph = card.glyph === "" ? 0 : widthOf(card.glyph, "small") + 12;
  const mark = group.select("text.mark.verdict").attr("x", isScalar ? card.width - 13 : card.width - glyph - EDGE - 6).attr("y", y).attr("class", `mark verdict ${graded === null ? "" : `graded ${graded.verdict}`}`).classed("wrong", sign === "⚠");
  mark.selectAll("tspan").data([sign]).join("tspan").text((value) => value);
  mark.select("title").text(graded?.words ?? verdictWords(verdict));
  const note = group.select("g.mark.note").attr("display", notes.length > 0 ? null : "none");
  note.attr("transform", `translate(${isScalar ? 20 : card.width - glyph - EDGE - 30},${y})`).select("title").text(notes.join(" "));
}

/** @param {SceneNode["verdict"]} verdict @returns {string} */
function verdictWords(verdict) {
  if (verdict === null) return "";
  if (verdict.agrees === null) return verdict.reason || "torch could not check this value";
  const errors = [`primal ${verdict.primalError ?? "–"}`, `derivative ${verdict.derivativeError ?? "–"}`].join(", ");
  return verdict.agrees ? `torch has the same value (errors: ${errors})` : `torch has another value (errors: ${errors})`;
}
