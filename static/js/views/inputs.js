/** The inputs: a number with a slider each, or a block of cells for a vector or matrix. */

import { h, icon } from "../dom.js";
import { cellsOf, parseGrid, parseNumber, parseValue, resized, rounded, shapeOf, sliderRange, stopsOf, valueText } from "../values.js";
import { displayName } from "../latex.js";
import { math } from "./math.js";

/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {import("../scene.js").Scene} Scene */

/**
 * @typedef {object} FieldEvents
 * @property {(name: string, value: InputValue) => void} onChange
 * @property {(name: string | null) => void} onPoint the pointer or the focus is on a row
 */

/** @typedef {FieldEvents & {onHold: (name: string, stops: number[]) => void, onSlide: (name: string, value: InputValue) => void}} SlideEvents onHold: a slider is pressed; onSlide: while it moves */

const MOST_CELLS = 64;
const SHAPES = Object.freeze([["number", "number"], ["vector", "vector"], ["matrix", "matrix"]]);

/**
 * @param {HTMLElement} root
 * @param {SlideEvents} events
 */
export function createInputs(root, events) {
  /** @type {Map<string, {row: HTMLElement, value: InputValue, shape: string}>} */
  const rows = new Map();
  const list = h("ul", { class: "fields", "aria-label": "Inputs" });
  root.replaceChildren(list);

  return {
    /** @param {readonly string[]} names @param {ReadonlyMap<string, InputValue>} values */
    render(names, values) {
      for (const name of [...rows.keys()]) if (!names.includes(name)) rows.delete(name);
      for (const name of names) {
        const value = values.get(name) ?? 1;
        const known = rows.get(name);
        if (known !== undefined && known.shape === String(shapeOf(value))) {
          if (valueText(known.value) !== valueText(value)) writeRow(known.row, value);
          known.value = value;
        } else rows.set(name, { row: inputRow(name, value, events), value, shape: String(shapeOf(value)) });
      }
      const wanted = names.map((name) => /** @type {HTMLElement} */ (rows.get(name)?.row));
      if (wanted.length !== list.children.length || wanted.some((row, index) => list.children[index] !== row)) replaceKeepingFocus(list, wanted, names);
      list.hidden = names.length === 0;
    },
    /** @param {string | null} name @param {number} step */
    mark(name, step) {
      for (const [key, { row }] of rows) {
        row.classList.toggle("is-current", key === name);
        if (key === name) row.setAttribute("aria-current", "step");
        else row.removeAttribute("aria-current");
        if (key === name) row.dataset.step = String(step);
        else delete row.dataset.step;
      }
    },
    /** @param {ReadonlySet<string>} names */
    highlight(names) {
      for (const [key, { row }] of rows) row.classList.toggle("lit", names.has(key));
    },
  };
}

/** @param {HTMLElement} list @param {HTMLElement[]} rows @param {readonly string[]} names a row that is built anew keeps the focus of its name */
function replaceKeepingFocus(list, rows, names) {
  const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement) ? document.activeElement : null;
  const name = focused?.closest("li")?.dataset.name;
  const role = focused?.dataset.role;
  list.replaceChildren(...rows);
  if (focused === null || focused.isConnected) return focused?.focus();
  const row = rows[names.indexOf(name ?? "")];
  /** @type {HTMLElement | null} */ (row?.querySelector(`[data-role="${role ?? "value"}"]`) ?? row?.querySelector("input, select") ?? null)?.focus();
}

/** @param {string} name @param {InputValue} value @param {SlideEvents} events */
function inputRow(name, value, events) {
  const shape = shapeOf(value) ?? [];
  const row = h(
    "li",
    {
      class: "field-row",
      "data-name": name,
      onmouseenter: () => events.onPoint(name),
      onmouseleave: () => events.onPoint(null),
      onfocusin: () => events.onPoint(name),
      onfocusout: () => events.onPoint(null),
    },
    math(displayName(name), "field-name"),
    shape.length === 0 ? scalarField(name, value, events) : tensorField(name, value, events, `${name}`),
    shapeSelect(name, value, events),
  );
  return row;
}

/** @param {HTMLElement} row @param {InputValue} value */
function writeRow(row, value) {
  const fields = /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (row.querySelectorAll("[data-role=value], [data-cell]"));
  const cells = cellsOf(value);
  const [only] = fields;
  if (fields.length === 1 && only instanceof HTMLTextAreaElement) {
    if (document.activeElement !== only) only.value = valueText(value);
    return;
  }
  fields.forEach((field, index) => {
    if (document.activeElement !== field && cells[index] !== undefined) field.value = shown(cells[index]);
  });
  const slider = /** @type {HTMLInputElement | null} */ (row.querySelector("[type=range]"));
  if (slider !== null && document.activeElement !== slider && typeof value === "number") setSlider(slider, value);
}

/** @param {InputValue} value @returns {string} */
const shown = (value) => valueText(value).replace("-", "−").replace("Infinity", "∞");

/** @param {HTMLInputElement} slider @param {number} value */
function setSlider(slider, value) {
  const { min, max, step } = sliderRange(value);
  if (value < Number(slider.min) || value > Number(slider.max) || slider.min === "") Object.assign(slider, { min: String(min), max: String(max), step: String(step) });
  slider.value = String(value);
}

/**
 * A text field for one number.
 * @param {string} label @param {InputValue} value @param {(value: InputValue) => void} onValue
 * @param {Object<string, string>} [attributes]
 */
export function numberField(label, value, onValue, attributes = {}) {
  const field = h("input", { type: "text", inputmode: "text", class: "field numeral", "aria-label": label, value: shown(value), autocomplete: "off", spellcheck: "false", ...attributes });
  const read = () => {
    const number = parseNumber(field.value);
    field.setAttribute("aria-invalid", String(number === null));
    if (number !== null) onValue(number);
  };
  field.addEventListener("input", read);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const number = parseNumber(field.value);
    if (typeof number !== "number") return;
    event.preventDefault();
    const step = (event.shiftKey ? 10 : event.altKey ? 0.1 : 1) * (event.key === "ArrowUp" ? 1 : -1);
    field.value = shown(Number((number + step).toPrecision(12)));
    read();
  });
  return field;
}

/** @param {string} name @param {InputValue} value @param {SlideEvents} events */
function scalarField(name, value, events) {
  const slider = h("input", { type: "range", class: "slider", "aria-label": `${name}, slider`, "data-role": "slider" });
  const field = numberField(name, value, (number) => {
    if (typeof number === "number") setSlider(slider, number);
    events.onChange(name, number);
  }, { "data-role": "value" });
  setSlider(slider, typeof value === "number" ? value : 0);
  const hold = () => events.onHold(name, stopsOf({ min: Number(slider.min), max: Number(slider.max), step: Number(slider.step) }));
  slider.addEventListener("pointerdown", hold);
  slider.addEventListener("keydown", hold);
  slider.addEventListener("input", () => {
    const number = rounded(Number(slider.value));
    field.value = shown(number);
    field.setAttribute("aria-invalid", "false");
    events.onSlide(name, number);
  });
  slider.addEventListener("change", () => events.onChange(name, rounded(Number(slider.value))));
  return h("div", { class: "scalar" }, field, slider);
}

/**
 * Cells of a vector or matrix, or one text field where there are too many.
 * @param {string} name @param {InputValue} value @param {{onChange: (name: string, value: InputValue) => void}} events @param {string} label @param {boolean} [fixed] whether the shape stands
 */
export function tensorField(name, value, events, label, fixed = false) {
  const shape = shapeOf(value) ?? [];
  const size = shape.reduce((product, length) => product * length, 1);
  if (shape.length > 2 || size > MOST_CELLS || size === 0) return textField(name, value, events, label);
  const present = { value };
  const grid = h("div", { class: "cells", role: "group", "aria-label": `${label}, ${shape.length === 1 ? `vector of ${shape[0]}` : `${shape[0]} by ${shape[1]} matrix`}` });
  const columns = shape.at(-1) ?? 1;
  grid.style.setProperty("--columns", String(columns));
  const change = (/** @type {InputValue} */ next) => {
    present.value = next;
    events.onChange(name, next);
  };
  for (let index = 0; index < size; index += 1) {
    const place = shape.length === 1 ? [index] : [Math.floor(index / columns), index % columns];
    const cell = numberField(`${label} ${place.map((at) => at + 1).join(", ")}`, at(value, place), (number) => change(replaced(present.value, place, number)), { "data-cell": String(index) });
    cell.addEventListener("paste", (event) => {
      const block = parseGrid(event.clipboardData?.getData("text/plain") ?? "");
      if (block === null || !Array.isArray(block)) return;
      event.preventDefault();
      change(fixed ? resized(block, shape) : block);
    });
    grid.append(cell);
  }
  return h("div", { class: "tensor" }, grid, fixed ? null : sizeButtons(label, shape, () => present.value, change));
}

/** @param {string} label @param {number[]} shape @param {() => InputValue} get @param {(value: InputValue) => void} change */
function sizeButtons(label, shape, get, change) {
  const button = (/** @type {string} */ sign, /** @type {string} */ words, /** @type {number[]} */ next) =>
    h("button", { type: "button", class: "button quiet small", "aria-label": `${label}: ${words}`, title: words, disabled: next.some((length) => length < 1), onclick: () => change(resized(get(), next)) }, icon(sign));
  const [rows, columns] = shape;
  const across = shape.length === 1 ? [rows] : [rows, columns];
  const by = (/** @type {number} */ axis, /** @type {number} */ amount) => across.map((length, index) => (index === axis ? length + amount : length));
  const last = shape.length - 1;
  const group = (/** @type {string} */ word, /** @type {number} */ axis, short = word) => [
    h("span", { class: "size-word" }, short),
    button("minus", `remove a ${word}`, by(axis, -1)),
    button("plus", `add a ${word}`, by(axis, 1)),
  ];
  return h("div", { class: "sizes" }, ...(last > 0 ? group("row", 0) : []), ...(last > 0 ? group("column", last, "col") : group("entry", last)));
}

/** @param {string} name @param {InputValue} value @param {{onChange: (name: string, value: InputValue) => void}} events @param {string} label */
function textField(name, value, events, label) {
  const field = h("textarea", { class: "field big-tensor", rows: "3", "aria-label": `${label}, as nested lists`, "data-role": "value", spellcheck: "false" });
  field.value = valueText(value);
  field.addEventListener("input", () => {
    const next = parseValue(field.value) ?? parseGrid(field.value);
    field.setAttribute("aria-invalid", String(next === null));
    if (next !== null) events.onChange(name, next);
  });
  return h("div", { class: "tensor" }, field);
}

/** @param {InputValue} value @param {number[]} place @returns {InputValue} */
const at = (value, place) => place.reduce((/** @type {InputValue} */ inner, index) => (Array.isArray(inner) ? inner[index] : inner), value);

/** @param {InputValue} value @param {number[]} place @param {InputValue} number @returns {InputValue} */
function replaced(value, place, number) {
  if (place.length === 0 || !Array.isArray(value)) return number;
  return value.map((item, index) => (index === place[0] ? replaced(item, place.slice(1), number) : item));
}

/** @param {string} name @param {InputValue} value @param {FieldEvents} events */
function shapeSelect(name, value, events) {
  const rank = Math.min((shapeOf(value) ?? []).length, 2);
  const select = h("select", { class: "field shape-select", "aria-label": `Shape of ${name}`, "data-role": "shape" }, ...SHAPES.map(([key, words], index) => h("option", { value: key, selected: index === rank }, words)));
  select.addEventListener("change", () => {
    const next = select.selectedIndex === 0 ? [] : select.selectedIndex === 1 ? [3] : [2, 2];
    const kept = (shapeOf(value) ?? []).slice(0, next.length);
    events.onChange(name, resized(value, next.map((length, index) => kept[index] ?? length), 0));
  });
  return select;
}

