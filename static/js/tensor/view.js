/** A tensor in the card of its value: pictures of its kinds in one row, what the cross points at, a window, slices, and the table. */

import { h, setText } from "../dom.js";
import { valueOf } from "../explain/facts.js";
import { tensorSentence } from "../narrate/tensor.js";
import { partOf, windowOf } from "./blocks.js";
import { createBroadcast } from "./broadcast-view.js";
import { createControls } from "./controls.js";
import { kindsOf } from "./kinds.js";
import { createPicker } from "./picker.js";
import { createPictures } from "./pictures.js";
import { opened, sheetOf } from "./panes.js";
import { createProduct } from "./product-view.js";
import { readout, spokenReadout } from "./readout.js";
import { WINDOW, cellOf } from "./sizes.js";
import { axesOf, isDrawn, placed } from "./slices.js";
import { createTable } from "./table.js";
import { blockWords, partWords, placeWords, slicesWords } from "./words.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("../explain/choice.js").Quantity} Quantity */
/** @typedef {import("./picture.js").Place} Place */
/** @typedef {import("./panes.js").Sheet} Sheet */
/** @typedef {{end: Scene, now: Scene, id: number, quantity: Quantity, table: boolean, theme: string}} Asked end: the trace at its end, which the card is about; now: at the cursor */
/** @typedef {{slice: number[], pin: Place | null, around: Place}} Kept where somebody was in a tensor: looked at again, it is as it was left; around: the cell that the window opens at */
/** @typedef {{asked: Asked, node: SceneNode, axes: import("./slices.js").Axis[], kept: Kept, sheet: Sheet, kinds: import("./kinds.js").Kind[], part: import("./blocks.js").Part | null}} Shown */

const MARKS = { primal: "", tangent: " dot", adjoint: " bar" };
/** @param {number} axes */
const hint = (axes) => `Arrow keys move the cross, Enter pins it${axes > 0 ? ", Page Up and Page Down change the slice" : ""}.`;

/** @param {HTMLElement} root @param {import("../features.js").Page} page */
export function createTensorView(root, page) {
  /** @type {Map<string, Kept>} by node and shape */
  const memory = new Map();
  /** @type {Shown | null} */
  let shown = null;
  /** @type {Asked | null} what the product and the broadcasting were drawn for */
  let around = null;
  let sameScale = false;

  const controls = createControls({
    scale: (isSame) => {
      sameScale = isSame;
      redraw();
    },
    table: () => page.store.set({ table: !page.store.get().table }),
    letters: () => page.store.get().letters,
  });
  const picker = createPicker(step);
  const pictures = createPictures({ show: showMain, pin: pinMain, slice: (by) => step((shown?.axes.length ?? 0) - 1, by) });
  const where = h("p", { class: "tensor-window" });
  const window = createPictures({ show: showWindow, pin: () => {}, slice: () => {} });
  const reads = h("div", { class: "tensor-reads" });
  const told = h("p", { class: "visually-hidden", role: "status" });
  const table = createTable();
  const product = createProduct();
  const broadcast = createBroadcast(page);
  const body = h("section", { class: "tensor", "aria-label": "Tensor" }, controls.element, picker.element, pictures.element, reads, where, window.element, told, table.element);
  const whole = h("div", {}, body, product.element, broadcast.element);
  controls.grows(whole);
  root.append(whole);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    around = null;
    redraw();
  });

  /** @param {number} axis @param {number} by */
  function step(axis, by) {
    const chosen = shown?.axes[axis];
    if (shown === null || chosen === undefined) return;
    const place = Math.max(0, Math.min(shown.kept.slice[axis] + by, chosen.length - 1));
    shown.kept.slice = shown.kept.slice.map((old, at) => (at === axis ? place : old));
    redraw();
  }

  /** @param {Place | null} place @param {boolean} byKey */
  function showMain(place, byKey) {
    if (shown === null) return;
    const { sheet, kept } = shown;
    if (sheet.blocking === null) return read(place, byKey);
    if (place === null) return window.present() === null ? read(null, false) : undefined;
    const part = partOf(sheet.grid, sheet.blocking, place.row, place.column);
    if (byKey) {
      kept.around = part;
      drawWindow();
    }
    say(partWords(part, sheet.shape.length === 1), place.row * sheet.blocking.columns + place.column, sheet.panes, byKey, true);
  }

  /** @param {Place | null} place */
  function pinMain(place) {
    if (shown === null) return;
    shown.kept.pin = place;
    if (shown.sheet.blocking !== null && place !== null) {
      shown.kept.around = partOf(shown.sheet.grid, shown.sheet.blocking, place.row, place.column);
      drawWindow();
    }
    drawTable();
  }

  /** @param {Place | null} place in the window @param {boolean} byKey */
  function showWindow(place, byKey) {
    const part = shown?.part ?? null;
    if (place === null && pictures.present() !== null) return;
    read(place === null || part === null ? null : { row: part.row + place.row, column: part.column + place.column }, byKey);
  }

  /** @param {Place | null} place a real cell of the slice @param {boolean} byKey */
  function read(place, byKey) {
    if (shown === null) return;
    const { sheet, kept } = shown;
    product.point(place === null ? null : { ...place, slice: kept.slice });
    if (place === null) reads.replaceChildren(h("p", { class: "muted" }, "Point at a cell to read it; a click pins it."));
    else say(placeWords(place.row, place.column, sheet.shape.length === 1), place.row * sheet.grid.columns + place.column, sheet.panes.map((pane, at) => ({ ...pane, values: sheet.slices[at] })), byKey, false);
  }

  /** @param {string} words @param {number} at @param {import("./pictures.js").Pane[]} panes @param {boolean} byKey @param {boolean} isMean */
  function say(words, at, panes, byKey, isMean) {
    const { node, asked: { end } } = /** @type {Shown} */ (shown);
    const found = panes.map(({ name, quantity, values }) => ({ name, spoken: node.spoken + MARKS[quantity], value: values === null ? null : values[at], isMean }));
    reads.replaceChildren(...readout(words, found, end.digits));
    if (byKey) setText(told, spokenReadout(words, found, end.digits));
  }

  function drawWindow() {
    if (shown === null) return;
    const { sheet, kept, node, asked: { end } } = shown;
    shown.part = sheet.blocking === null ? null : windowOf(sheet.grid, kept.around, WINDOW);
    where.hidden = window.element.hidden = shown.part === null;
    if (shown.part === null || sheet.blocking === null) return;
    setText(where, `The window: ${partWords(shown.part, sheet.shape.length === 1)}, each cell one number.`);
    const { high, wide } = sheet.blocking;
    const { row, column, rows, columns } = shown.part;
    window.draw({ panes: opened(sheet, shown.part, sameScale), grid: shown.part, cell: cellOf("heat", shown.part.columns), look: "heat", digits: end.digits, label: `${node.spoken}, ${partWords(shown.part, sheet.shape.length === 1)}. ${hint(0)}` });
    pictures.frame({ row: row / high, column: column / wide, rows: rows / high, columns: columns / wide });
  }

  function drawTable() {
    if (shown === null) return;
    const { sheet, kept, kinds, axes, asked: { quantity, end, table: isVisible } } = shown;
    const at = kinds.findIndex((kind) => kind.quantity === quantity);
    table.draw({ name: kinds[at].name, slices: slicesWords(axes, kept.slice), grid: sheet.grid, values: sheet.slices[at], around: (sheet.blocking === null ? (pictures.present() ?? kept.pin) : null) ?? kept.around, digits: end.digits, isVisible });
  }

  /** @param {Asked} asked */
  function draw(asked) {
    const node = /** @type {SceneNode} */ (asked.end.node(asked.id));
    body.hidden = !isDrawn(node.shape);
    drawAround(asked);
    if (body.hidden) return void (shown = null);
    const axes = axesOf(node.shape, isKernel(asked.end, node));
    const key = `${node.label} ${node.shape}`;
    const kept = memory.get(key) ?? { slice: [], pin: null, around: { row: 0, column: 0 } };
    memory.set(key, kept);
    kept.slice = placed(kept.slice, axes);
    const kinds = kindsOf(asked.end, asked.now, asked.id, asked.quantity);
    const isNew = shown === null || shown.kept !== kept;
    shown = { asked, node, axes, kept, kinds, part: null, sheet: sheetOf(kinds, node.shape, { slice: kept.slice, sameScale, digits: asked.end.digits }) };
    drawAll(shown, isNew);
  }

  /** Products and broadcasting do not change with the cursor. @param {Asked} asked */
  function drawAround(asked) {
    if (around !== null && around.end === asked.end && around.id === asked.id && around.quantity === asked.quantity && around.theme === asked.theme) return;
    around = asked;
    product.draw(asked.end, asked.id, asked.quantity);
    broadcast.draw(asked.end, asked.id, asked.quantity);
  }

  /** @param {Shown} now @param {boolean} isNew */
  function drawAll({ asked, node, axes, kept, kinds, sheet }, isNew) {
    const { quantity, end, table: isVisible } = asked;
    const own = kinds.find((kind) => kind.quantity === quantity);
    controls.draw({ shape: node.shapeText, words: sheet.blocking === null ? "" : blockWords(sheet.blocking, sheet.grid), kinds: kinds.filter(({ values }) => values !== null).length, sameScale, table: isVisible, title: own?.name ?? node.name });
    picker.draw(axes, kept.slice);
    const sentence = tensorSentence(node.spoken + MARKS[quantity], valueOf(node, quantity), node.shape, end);
    pictures.draw({ panes: sheet.panes, grid: sheet.blocking ?? sheet.grid, cell: sheet.cell, look: sheet.look, digits: end.digits, label: `${sentence} ${hint(axes.length)}` }, isNew ? kept : undefined);
    if (isNew) pictures.bringIn(quantity);
    drawWindow();
    drawTable();
    if (pictures.present() === null) read(null, false);
  }

  function redraw() {
    if (shown !== null && whole.isConnected) draw(shown.asked);
  }
  return { draw };
}

/** @param {Scene} scene @param {SceneNode} node @returns {boolean} whether a convolution reads it as its weights */
const isKernel = (scene, node) => scene.edgesOutOf(node.id).some(({ to, slot }) => slot === 1 && (scene.node(to)?.op ?? "").startsWith("conv"));
