/** Beside the objective: constraints, one a line, inequalities, and what is looked for. */

import { h } from "../../dom.js";
import { choice } from "../../share/controls.js";

/** @typedef {"stationary" | "min" | "max"} Sense */

const PAUSE = 450;

/** @param {{constraints: string[], inequalities: string[], sense: Sense}} first @param {() => void} onChange */
export function createFields(first, onChange) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(onChange, PAUSE);
  };
  const constraints = area("Constraints, one a line: each is 0, or an equation", first.constraints, 2);
  const inequalities = area("Inequalities, one a line, such as x >= 0", first.inequalities, 2);
  const sense = choice("Look for", [["stationary", "all"], ["min", "min"], ["max", "max"]], first.sense, onChange);
  const told = h("p", { class: "plane-problem", role: "alert" });
  const more = h("details", { class: "learn-aside", open: first.inequalities.length > 0 }, h("summary", {}, "Inequalities (KKT)"), inequalities.root);
  const root = h("div", { class: "plane-fields" }, constraints.root, told, more, sense.root);

  /** @param {string} label @param {string[]} lines @param {number} rows */
  function area(label, lines, rows) {
    const field = h("textarea", { class: "field plane-lines", rows: String(rows), spellcheck: "false", autocapitalize: "off", oninput: later });
    field.value = lines.join("\n");
    return { root: h("label", { class: "plane-field" }, h("span", {}, label), field), field };
  }
  const linesOf = (/** @type {HTMLTextAreaElement} */ { value }) => value.split("\n").map((line) => line.trim()).filter((line) => line !== "");

  return {
    root,
    constraints: () => linesOf(constraints.field),
    inequalities: () => linesOf(inequalities.field),
    sense: sense.value,
    /** @param {string[]} lines @param {string[]} bounds */
    set(lines, bounds) {
      constraints.field.value = lines.join("\n");
      inequalities.field.value = bounds.join("\n");
      if (bounds.length > 0) more.open = true;
    },
    /** @param {string | null} place where the engine met it: constraints.0 @param {string} sentence */
    tell(place, sentence) {
      const [list, at] = (place ?? "").split(".");
      constraints.field.setAttribute("aria-invalid", String(list === "constraints"));
      inequalities.field.setAttribute("aria-invalid", String(list === "inequalities"));
      told.textContent = list === "constraints" || list === "inequalities" ? `${list === "constraints" ? "Constraint" : "Inequality"} ${Number(at) + 1}: ${sentence}` : "";
    },
  };
}
