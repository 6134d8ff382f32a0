/** The seed: which direction goes in forward, which combination of outputs goes back; and which outputs there are. */

import { h } from "../dom.js";
import { adjointName, displayName, isLetter, tangentName } from "../latex.js";
import { cellsOf, shapeOf, valueText } from "../values.js";
import { math } from "./math.js";
import { numberField, tensorField } from "./inputs.js";

/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../scene/trace.js").Trace} Trace */
/** @typedef {{onSeed: (name: string, value: InputValue) => void, onDefault: () => void, onOutputs: (names: string[] | null) => void}} SeedEvents */

/** @param {HTMLElement} root @param {SeedEvents} events */
export function createSeed(root, events) {
  let shown = "";
  return {
    /** @param {State} state */
    render(state) {
      const { trace, mode, seed } = state;
      if (trace === null) return;
      const fields = fieldsOf(trace, mode);
      const choices = outputChoices(trace);
      const key = JSON.stringify([mode, fields.map(({ name, value, side }) => [name, side, String(shapeOf(value))]), choices.map(({ name }) => name)]);
      if (key !== shown) root.replaceChildren(...parts(fields, choices, events));
      else for (const field of fields) write(root, field);
      shown = key;
      const chosen = new Set(trace.output_names ?? []);
      for (const box of root.querySelectorAll(".output-boxes input")) if (box instanceof HTMLInputElement) box.checked = chosen.has(box.value);
      const standard = root.querySelector("button");
      if (standard !== null) standard.hidden = seed.size === 0;
    },
  };
}

/** @typedef {{name: string, value: InputValue, side: "forward" | "reverse"}} SeedField */

/** @param {Trace} trace @param {string} mode @returns {SeedField[]} what the engine used, side by side */
function fieldsOf(trace, mode) {
  const used = new Map(Object.entries(trace.seed ?? {}));
  const inputs = new Set(trace.nodes.filter((node) => node.kind === "input").map((node) => node.label));
  const outputs = new Set(trace.output_names ?? [...used.keys()].filter((name) => !inputs.has(name)));
  /** @type {SeedField[]} */
  const fields = [];
  for (const [name, value] of used) {
    if (mode !== "reverse" && inputs.has(name)) fields.push({ name, value, side: "forward" });
    else if (mode !== "forward" && outputs.has(name)) fields.push({ name, value, side: "reverse" });
  }
  return fields;
}

/** @param {Trace} trace @returns {{name: string, chosen: boolean}[]} */
function outputChoices(trace) {
  const inputs = new Set(trace.nodes.filter((node) => node.kind === "input").map((node) => node.id));
  const floats = new Map(trace.nodes.map((node) => [node.id, node.kind === "op" && node.dtype === "float64"]));
  const chosen = new Set(trace.output_names ?? []);
  return Object.entries(trace.names)
    .filter(([, id]) => !inputs.has(id) && floats.get(id))
    .slice(0, 40)
    .map(([name]) => ({ name, chosen: chosen.has(name) }));
}

/** @param {HTMLElement} root @param {SeedField} field */
function write(root, { name, value, side }) {
  for (const row of root.querySelectorAll(".seed-row")) {
    if (!(row instanceof HTMLElement) || row.dataset.name !== name || row.dataset.side !== side) continue;
    const cells = cellsOf(value);
    row.querySelectorAll("input").forEach((input, index) => {
      if (input !== document.activeElement) input.value = valueText(cells[index] ?? 0).replace("-", "−");
    });
  }
}

/** @param {SeedField[]} fields @param {{name: string, chosen: boolean}[]} choices @param {SeedEvents} events */
function parts(fields, choices, events) {
  return [
    h(
      "div",
      { class: "sub-head" },
      h("h3", {}, "Seed"),
      h("button", { type: "button", class: "button quiet small", onclick: events.onDefault }, "Default"),
    ),
    h("ul", { class: "fields seeds", "aria-label": "Seed" }, ...fields.map((field) => seedRow(field, events))),
    choices.length > 1 ? outputsPart(choices, events) : null,
  ].filter((part) => part !== null);
}

/** @param {SeedField} field @param {SeedEvents} events */
function seedRow({ name, value, side }, events) {
  const mark = side === "forward" ? tangentName : adjointName;
  const label = `Seed ${name} ${side === "forward" ? "dot" : "bar"}`;
  const shape = shapeOf(value) ?? [];
  const field = shape.length === 0 ? numberField(label, value, (number) => events.onSeed(name, number)) : tensorField(name, value, { onChange: events.onSeed }, label, true);
  const shownName = isLetter(name) ? mark(name) : name;
  return h("li", { class: `field-row seed-row ${side}`, "data-name": name, "data-side": side }, math(shownName, "field-name"), shape.length === 0 ? h("div", { class: "scalar" }, field) : field);
}

/** @param {{name: string, chosen: boolean}[]} choices @param {SeedEvents} events */
function outputsPart(choices, events) {
  const boxes = choices.map(({ name, chosen }) => ({ name, box: h("input", { type: "checkbox", value: name, checked: chosen }) }));
  const tell = () => {
    const names = boxes.filter(({ box }) => box.checked).map(({ name }) => name);
    events.onOutputs(names.length > 0 ? names : null);
  };
  const labels = boxes.map(({ name, box }) => {
    box.addEventListener("change", tell);
    return h("label", { class: "check" }, box, math(displayName(name)));
  });
  return h("details", { class: "outputs" }, h("summary", {}, "Outputs"), h("fieldset", { class: "output-boxes" }, h("legend", { class: "visually-hidden" }, "Outputs to differentiate"), ...labels));
}
