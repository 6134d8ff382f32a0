/** Matrix calculus on the reader's own expression: shapes, the closed form in every layout, its derivation and its check. */

import { Refusal, ask } from "../../api.js";
import { h } from "../../dom.js";
import { typeset } from "../../views/typeset.js";
import { aside } from "../chart.js";
import { createDerivation } from "./matrix/derivation.js";
import { createFields } from "./matrix/fields.js";
import { createResult } from "./matrix/result.js";
import { COOKBOOK, COURSE, rowOf } from "./matrix/rows.js";
import { summaryOf } from "./matrix/words.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../lesson.js").Program} Program */
/** @typedef {import("./matrix/answer.js").Answer} Answer */

const FIRST = COURSE[2];

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const { opened } = lesson;
  const row = rowOf((opened.e ?? opened.f ?? FIRST.source).trim());
  const fields = createFields({ shapes: new Map(opened.shapes ?? row?.shapes ?? []), assume: new Map(opened.assume ?? row?.assume ?? []), wrt: opened.wrt ?? row?.wrt ?? "", order: lesson.params.get("order") === "2" || (opened.shapes === undefined && row?.order === 2) ? 2 : 1, layout: opened.layout ?? "denominator" }, () => lesson.again());
  const result = createResult();
  const derivation = createDerivation(lesson.say);
  const gallery = (/** @type {string} */ name, /** @type {readonly import("./matrix/rows.js").Row[]} */ rows) => h("div", { class: "matrix-gallery", role: "group", "aria-label": name }, ...rows.map((one) => h("button", { type: "button", class: "button small", onclick: () => load(one) }, typeset(one.latex), h("span", { class: "visually-hidden" }, one.words))));
  lesson.fields.replaceChildren(fields.root);
  root.replaceChildren(gallery("Examples of the course", COURSE), aside("More, from the Matrix Cookbook", gallery("Identities of the Matrix Cookbook", COOKBOOK)), fields.layout, result.root, derivation.root);

  /** @param {Program} program @param {AbortSignal} signal */
  async function show({ source }, signal) {
    const asked = fields.read(source);
    const answer = await answered(source, asked, signal);
    lesson.carry({ shapes: new Map([...asked.shapes].map(([name, shape]) => [name, [...shape]])), ...(asked.assume.size > 0 ? { assume: asked.assume } : {}), wrt: asked.wrt, ...(asked.layout === "denominator" ? {} : { layout: asked.layout }) });
    lesson.setParam("order", asked.order === 2 ? "2" : null);
    lesson.lend(new Map(/** @type {[string, any][]} */ (Object.entries(answer.numbers?.inputs ?? {}))));
    result.render(answer);
    derivation.render(answer.steps);
    lesson.say(summaryOf(answer, asked.layout));
  }

  /** @param {string} source @param {import("./matrix/fields.js").Asked} asked @param {AbortSignal} signal @returns {Promise<Answer>} */
  async function answered(source, asked, signal) {
    const sides = Object.fromEntries([...asked.shapes].map(([name, shape]) => [name, shape.map((side) => (/^\d+$/.test(side) ? Number(side) : side))]));
    try {
      const found = await ask("matrix-derivative", { source, wrt: asked.wrt, shapes: sides, assume: Object.fromEntries(asked.assume), layout: asked.layout, order: asked.order }, signal);
      fields.tell("");
      return { ...found, wrt: asked.wrt, order: asked.order, check: found.check === null ? null : { ...found.check, sizes: found.checked_on } };
    } catch (reason) {
      const isField = reason instanceof Refusal && /^matrix\.(declaration|undeclared)$/.test(reason.problem.code);
      if (!signal.aborted) fields.tell(isField ? (/** @type {Refusal} */ (reason).problem.detail ?? "") : "");
      throw reason;
    }
  }

  /** @param {import("./matrix/rows.js").Row} one */
  function load(one) {
    fields.set({ shapes: new Map(one.shapes), assume: new Map(one.assume), wrt: one.wrt, order: one.order, layout: "denominator" });
    lesson.setProgram(one.source, {});
  }

  return { show };
}
