/** «Another input»: a second value for the inputs, and what the two runs give. */

import { h, setText } from "../../../dom.js";
import { textOf } from "../../../scene/values.js";
import { parseNumber, parseValue, valueText } from "../../../values.js";

/** @typedef {import("../../../values.js").InputValue} InputValue */
/** @typedef {import("./answer.js").Run} Run */
/** @typedef {ReadonlyMap<string, InputValue>} Values */

const SAME = "same";

/** @param {HTMLElement} root @param {() => void} onChange */
export function createSecond(root, onChange) {
  const fields = h("div", { class: "dynamic-fields" });
  const wrong = h("p", { class: "dynamic-wrong", role: "status" });
  const box = h("input", { type: "checkbox", onchange: () => onChange() });
  root.append(h("label", { class: "dynamic-tick" }, box, "Another input beside it"), fields, wrong);
  /** @type {Map<string, InputValue>} what differs from the program's own inputs */
  let chosen = new Map();
  let shape = "";

  /** @param {string} name @param {HTMLInputElement} field */
  function read(name, field) {
    const value = parseValue(field.value);
    field.setAttribute("aria-invalid", String(value === null));
    setText(wrong, value === null ? `${name}: this is no number and no list of numbers.` : "");
    if (value === null) return;
    chosen.set(name, value);
    onChange();
  }

  /** @param {Values} inputs */
  function drawFields(inputs) {
    const now = JSON.stringify([...inputs]);
    if (now === shape) return;
    shape = now;
    fields.replaceChildren(
      ...[...inputs].map(([name, value]) => {
        const field = h("input", { class: "field", value: valueText(chosen.get(name) ?? value), spellcheck: "false", autocomplete: "off" });
        field.addEventListener("change", () => read(name, field));
        return h("label", {}, h("span", {}, name), field);
      }),
    );
  }

  return {
    isOn: () => box.checked,
    isSame: () => chosen.size === 0,
    /** @param {Values} inputs of the program @returns {Values} of the other run: those that differ */
    values(inputs) {
      for (const name of [...chosen.keys()]) if (!inputs.has(name)) chosen.delete(name);
      return new Map([...inputs].map(([name, value]) => [name, chosen.get(name) ?? value]));
    },
    /** @param {Values} inputs */
    render(inputs) {
      fields.hidden = !box.checked;
      drawFields(inputs);
    },
    /** @param {Values} values @param {boolean} on */
    put(values, on) {
      chosen = new Map(values);
      shape = "";
      box.checked = on;
    },
    /** @param {Values} inputs @returns {string | null} what a link says of it */
    text(inputs) {
      if (!box.checked) return null;
      const values = [...inputs].map(([name, value]) => linkText(chosen.get(name), value));
      return values.every((one) => one === "") ? SAME : values.join("_");
    },
    /** @param {string} text as a link has it @param {Values} inputs */
    take(text, inputs) {
      const said = text === SAME ? [] : text.split("_");
      const values = [...inputs.keys()].flatMap((name, at) => {
        const value = (said[at] ?? "") === "" ? null : parseNumber(said[at]);
        return value === null ? [] : [/** @type {[string, InputValue]} */ ([name, value])];
      });
      this.put(new Map(values), true);
    },
  };
}

/** @param {InputValue | undefined} chosen @param {InputValue} own @returns {string} a number that differs, and nothing else: tensors are too long for a link */
const linkText = (chosen, own) => (chosen === undefined || chosen === own || Array.isArray(chosen) ? "" : valueText(chosen).replace("e+", "e"));

/** @param {Run} run @param {Run} other @param {import("../../../format.js").FormatOptions} look @returns {HTMLTableElement} outputs and gradients of both */
export function drawResults(run, other, look) {
  const runs = [run, other];
  const names = run.trace.output_names ?? ["out"];
  const outputs = names.map((name, at) => ({ name, cells: runs.map(({ trace }) => nodeText(trace.nodes[trace.outputs[at]], look)) }));
  const inputs = Object.keys(run.trace.gradients ?? {});
  const gradients = inputs.map((name) => ({ name: `gradient by ${name}`, cells: runs.map(({ trace }) => textOf(trace.gradients?.[name], trace.nodes[trace.names[name]]?.shape ?? [], look)) }));
  return h(
    "table",
    { class: "dynamic-table" },
    h("caption", {}, "What the two runs give"),
    h("thead", {}, h("tr", {}, ...["", "This run", "Other run"].map((head) => (head === "" ? h("td") : h("th", { scope: "col" }, head))))),
    h("tbody", {}, ...[...outputs, ...gradients].map(({ name, cells }) => h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((cell, at) => h("td", { class: "numeral" }, at === 1 && cell !== cells[0] ? `≠ ${cell}` : cell))))),
  );
}

/** @param {import("../../../scene/trace.js").TraceNode | undefined} node @param {import("../../../format.js").FormatOptions} look */
const nodeText = (node, look) => (node === undefined ? "–" : textOf(node.primal, node.shape, look));
