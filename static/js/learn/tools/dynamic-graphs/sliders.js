/** Sliders for the rounds of a recurrence and the scale of its weights, where a program has inputs of those names. */

import { h, setText } from "../../../dom.js";

/** @typedef {import("../../../values.js").InputValue} InputValue */

const SLIDERS = Object.freeze(new Map([
  ["T", { min: 0, max: 40, step: 1, words: "rounds T" }],
  ["s", { min: 0, max: 2, step: 0.05, words: "scale s of W_h" }],
]));

/** @param {(name: string, value: number) => void} setInput */
export function createSliders(setInput) {
  const root = h("div", { class: "dynamic-sliders" });
  let shown = "";

  /** @param {string} name */
  function slider(name) {
    const { words, ...range } = /** @type {{words: string, min: number, max: number, step: number}} */ (SLIDERS.get(name));
    const field = h("input", { type: "range", name, ...range, "aria-label": words });
    field.addEventListener("input", () => {
      put(field, field.valueAsNumber);
      setInput(name, field.valueAsNumber);
    });
    return h("label", {}, h("span", {}, words), field, h("output", { class: "numeral" }));
  }

  return {
    root,
    /** @param {ReadonlyMap<string, InputValue>} inputs */
    render(inputs) {
      const names = [...SLIDERS.keys()].filter((name) => typeof inputs.get(name) === "number");
      if (names.join() !== shown) root.replaceChildren(...names.map(slider));
      shown = names.join();
      for (const field of root.querySelectorAll("input")) put(field, Number(inputs.get(field.name)));
    },
  };
}

/** @param {HTMLInputElement} field @param {number} value stands beside it, also where it is beyond the ends */
function put(field, value) {
  field.value = String(value);
  if (field.nextElementSibling !== null) setText(field.nextElementSibling, String(value));
}
