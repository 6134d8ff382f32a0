/** J, v̄ and v̄ᵀJ beside each other: the cotangent is typed or picked row by row, the product comes from one reverse sweep. */

import { h } from "../../dom.js";
import { format, tooltip } from "../../format.js";
import { parseNumber } from "../../values.js";
import { math } from "../../views/math.js";
import { flat, oneHot, shaped, sizeOf } from "../entries.js";
import { blocksOf } from "../jacobian.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../jacobian.js").Blocks} Blocks */
/** @typedef {import("../../values.js").Numeral} Numeral */

const MOST = 12;

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const options = { digits: lesson.digits };
  const place = h("div", { class: "vjp", tabindex: "0", role: "region", "aria-label": "Jacobian, cotangent and product, scrolls" });
  root.replaceChildren(place);
  /** @type {Numeral[]} one for each entry of the outputs */
  let cotangent = [];
  /** @type {Blocks | null} */
  let blocks = null;

  /** @param {import("../lesson.js").Program} _ @param {AbortSignal} signal */
  async function show(_, signal) {
    const found = blocksOf(await lesson.ask("jacobian", {}, signal));
    if (cotangent.length !== found.rows.length) cotangent = seedOf(lesson.params.get("v"), found.rows.length);
    await sweep(found, signal);
    blocks = found;
  }

  /** @param {Blocks} found @param {AbortSignal} [signal] */
  async function sweep(found, signal) {
    const { gradients } = await lesson.ask("trace", { seed: seedsOf(found, cotangent), include: [] }, signal);
    const product = found.inputs.flatMap(({ name, shape }) => (gradients[name] === null || gradients[name] === undefined ? Array(sizeOf(shape)).fill(0) : flat(gradients[name])));
    draw(found, product);
    lesson.setParam("v", cotangent.every((one, at) => one === (at === 0 ? 1 : 0)) ? null : cotangent.join("_"));
    lesson.say(sentenceOf(found, cotangent, product, options));
  }

  /** @param {Numeral[]} next */
  function choose(next) {
    cotangent = next;
    if (blocks !== null) void sweep(blocks);
  }

  /** @param {Blocks} found @param {import("../../format.js").Scalar[]} product */
  function draw(found, product) {
    const { rows, columns, entries } = found;
    const isWide = rows.length > MOST || columns.length > MOST;
    if (isWide) return place.replaceChildren(h("p", { class: "vjp-wide" }, `J has ${rows.length} rows and ${columns.length} columns here; up to ${MOST} of each are shown. The product below is of all of them.`), list(found, product));
    const head = h("tr", {}, h("td", { class: "vjp-corner" }, math("v̄")), h("td", {}), ...columns.map((name) => h("th", { scope: "col" }, h("code", {}, name))));
    const body = rows.map((name, row) =>
      h("tr", { class: cotangent[row] === 0 ? "is-off" : "" }, h("td", {}, field(name, row)), h("th", { scope: "row" }, h("button", { type: "button", class: "button quiet small", title: `The row of ${name} alone`, onclick: () => choose(oneHot(rows.length, row)) }, h("code", {}, name))), ...entries[row].map((value) => h("td", { class: "numeral", title: tooltip(value) }, format(value, options)))),
    );
    const foot = h("tr", { class: "vjp-product" }, h("td", {}), h("th", { scope: "row" }, math("v̄ᵀ J")), ...product.map((value) => h("td", { class: "numeral", title: tooltip(value) }, format(value, options))));
    const table = h("table", { class: "vjp-table" }, h("caption", { class: "visually-hidden" }, `The Jacobian, ${rows.length} by ${columns.length}, with a cotangent for each row, and below it the product.`), h("thead", {}, head), h("tbody", {}, ...body), h("tfoot", {}, foot));
    place.replaceChildren(table, list(found, product));
  }

  /** @param {string} name @param {number} row */
  function field(name, row) {
    const box = h("input", { class: "field numeral", type: "text", inputmode: "decimal", autocomplete: "off", value: String(cotangent[row]), "aria-label": `Cotangent of ${name}` });
    box.addEventListener("change", () => {
      const value = parseNumber(box.value);
      box.setAttribute("aria-invalid", String(value === null));
      if (value !== null) choose(cotangent.map((one, at) => (at === row ? value : one)));
    });
    return box;
  }

  /** @param {Blocks} found @param {import("../../format.js").Scalar[]} product the same as a column, in the shape of each input */
  const list = (found, product) => h("div", { class: "vjp-column" }, h("p", {}, math("Jᵀ v̄"), " as a column: the adjoints"), h("table", {}, h("tbody", {}, ...found.columns.slice(0, MOST * MOST).map((name, at) => h("tr", {}, h("th", { scope: "row" }, h("code", {}, name)), h("td", { class: "numeral" }, format(product[at], options)))))));

  return { show };
}

/** @param {string | undefined} text "1_0_-2" @param {number} count @returns {Numeral[]} */
function seedOf(text, count) {
  const said = text?.split("_").map((one) => parseNumber(one)) ?? [];
  return said.length === count && said.every((one) => one !== null) ? /** @type {Numeral[]} */ (said) : oneHot(count, 0);
}

/** @param {Blocks} found @param {Numeral[]} cotangent @returns {Object<string, unknown>} by the names of the outputs, in their shapes */
function seedsOf({ outputs }, cotangent) {
  let at = 0;
  return Object.fromEntries(
    outputs.map(({ name, shape }) => {
      const count = sizeOf(shape);
      const part = cotangent.slice(at, at + count);
      at += count;
      return [name, shaped(part, shape)];
    }),
  );
}

/** @param {Blocks} found @param {Numeral[]} cotangent @param {import("../../format.js").Scalar[]} product @param {{digits: number | "all"}} options */
function sentenceOf({ rows, columns }, cotangent, product, options) {
  const weights = rows.map((name, at) => (cotangent[at] === 0 ? "" : `${format(cotangent[at], options)} times the row of ${name}`)).filter((one) => one !== "");
  const result = columns.slice(0, MOST).map((name, at) => `${name} ${format(product[at], options)}`);
  const more = columns.length > MOST ? ` and ${columns.length - MOST} more` : "";
  return `One reverse sweep: ${weights.length > 0 ? weights.join(" plus ") : "no row at all"} gives ${result.join(", ")}${more}.`;
}
