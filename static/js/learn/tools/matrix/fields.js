/** Beside the expression: what each symbol is, by which of them is differentiated, and how the result is laid out. */

import { h } from "../../../dom.js";
import { choice } from "../../../share/controls.js";
import { KINDS, guessed, isSide, isSquare, squared, symbolsOf, withSides } from "./symbols.js";

/** @typedef {import("./symbols.js").Shape} Shape */
/** @typedef {"denominator" | "numerator" | "mixed"} Layout */
/** @typedef {{shapes: Map<string, Shape>, assume: Map<string, string[]>, wrt: string, order: 1 | 2, layout: Layout}} Asked */

const TRAITS = Object.freeze(/** @type {[string, string][]} */ ([["symmetric", "symmetric"], ["positive_definite", "positive definite"], ["diagonal", "diagonal"], ["orthogonal", "orthogonal"], ["invertible", "invertible"]]));
const PAUSE = 400;

/** @param {Asked} first @param {() => void} onChange */
export function createFields(first, onChange) {
  let { shapes, assume, wrt } = first;
  /** @type {string[]} */
  let symbols = [];
  let timer = 0;
  const rows = h("div", { class: "matrix-symbols" });
  const told = h("p", { class: "plane-problem", role: "alert" });
  const by = h("select", { class: "field", "aria-label": "Differentiate by", onchange: () => { wrt = by.value; onChange(); } });
  const order = choice("Derivative", [["1", "first"], ["2", "second"]], String(first.order), onChange);
  const layout = choice("Layout", [["denominator", "denominator"], ["numerator", "numerator"], ["mixed", "mixed"]], first.layout, onChange);
  const root = h("div", { class: "plane-fields" }, rows, told, h("div", { class: "quotient-row" }, h("label", {}, h("span", {}, "∂ by"), by), order.root));

  function later() {
    clearTimeout(timer);
    timer = window.setTimeout(onChange, PAUSE);
  }

  /** @param {string} name */
  function rowOf(name) {
    const shape = shapes.get(name) ?? [];
    const kind = h("select", { class: "field", "aria-label": `${name} is a`, onchange: () => set(name, withSides(shape, KINDS.indexOf(/** @type {import("./symbols.js").Kind} */ (kind.value)))) }, ...KINDS.map((one, count) => h("option", { value: one, selected: count === shape.length }, one)));
    const sides = shape.map((side, at) => {
      const field = h("input", { class: "field matrix-side", value: side, maxlength: "10", spellcheck: "false", autocapitalize: "off", "aria-label": shape.length === 1 ? `Entries of ${name}` : `${at === 0 ? "Rows" : "Columns"} of ${name}`, oninput: () => {
        const text = field.value.trim();
        field.setAttribute("aria-invalid", String(!isSide(text)));
        if (!isSide(text)) return;
        shapes = new Map([...shapes, [name, shape.map((old, place) => (place === at ? text : /** @type {string} */ ((shapes.get(name) ?? shape)[place] ?? old)))]]);
        if (assume.has(name) && !isSquare(shapes.get(name) ?? [])) {
          assume = new Map([...assume].filter(([one]) => one !== name));
          render();
        }
        later();
      } });
      return field;
    });
    const traits = shape.length === 2 ? h("details", { class: "matrix-traits", open: (assume.get(name) ?? []).length > 0 }, h("summary", {}, (assume.get(name) ?? []).length > 0 ? (assume.get(name) ?? []).join(", ").replaceAll("_", " ") : "assume…"), h("div", { class: "matrix-ticks" }, ...TRAITS.map(([trait, words]) => traitBox(name, trait, words)))) : "";
    return h("div", { class: "matrix-symbol", role: "group", "aria-label": name }, h("code", { class: "matrix-name" }, name), kind, h("span", { class: "matrix-sides" }, ...sides.flatMap((field, at) => (at === 0 ? [field] : ["×", field]))), traits);
  }

  /** @param {string} name @param {string} trait @param {string} words */
  function traitBox(name, trait, words) {
    const box = h("input", { type: "checkbox", checked: (assume.get(name) ?? []).includes(trait), onchange: () => {
      const kept = (assume.get(name) ?? []).filter((one) => one !== trait);
      const next = box.checked ? [...kept, trait] : kept;
      assume = new Map([...[...assume].filter(([one]) => one !== name), ...(next.length > 0 ? [/** @type {[string, string[]]} */ ([name, next])] : [])]);
      const shape = shapes.get(name) ?? [];
      if (next.length > 0 && !isSquare(shape)) set(name, squared(shape));
      else onChange();
    } });
    return h("label", {}, box, h("span", {}, words));
  }

  /** @param {string} name @param {Shape} shape */
  function set(name, shape) {
    shapes = new Map([...shapes, [name, shape]]);
    if (!isSquare(shape)) assume = new Map([...assume].filter(([one]) => one !== name));
    render();
    onChange();
  }

  function render() {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.getAttribute("aria-label");
    rows.replaceChildren(...symbols.map(rowOf));
    by.replaceChildren(...symbols.map((name) => h("option", { value: name, selected: name === wrt }, name)));
    const again = focused ? /** @type {HTMLInputElement | null} */ (rows.querySelector(`[aria-label="${CSS.escape(focused)}"]`)) : null;
    again?.focus();
    if (again?.matches(".matrix-side")) again.setSelectionRange(again.value.length, again.value.length);
  }

  return {
    root,
    layout: layout.root,
    /** @param {string} source @returns {Asked} what the fields say of the symbols of an expression; new ones are guessed */
    read(source) {
      const names = symbolsOf(source);
      const isNew = names.length !== symbols.length || names.some((name, at) => name !== symbols[at]);
      symbols = names;
      for (const name of names) if (!shapes.has(name)) shapes = new Map([...shapes, [name, guessed(name)]]);
      if (!names.includes(wrt)) wrt = names.find((name) => name === "x") ?? names[0] ?? "";
      if (isNew) render();
      const own = new Map(names.map((name) => [name, shapes.get(name) ?? []]));
      return { shapes: own, assume: new Map([...assume].filter(([name]) => names.includes(name))), wrt, order: order.value() === "2" ? 2 : 1, layout: layout.value() };
    },
    /** @param {Asked} asked */
    set(asked) {
      ({ shapes, assume, wrt } = asked);
      symbols = [];
      order.set(/** @type {"1" | "2"} */ (String(asked.order)));
    },
    /** @param {string} sentence */
    tell(sentence) {
      told.textContent = sentence;
    },
  };
}
