/** The sum over a cut as text: names, then numbers, then what it gives. */

import { format, toNumber } from "../format.js";
import { textOf } from "../scene/values.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("./cut.js").Place} Place */
/** @typedef {import("./cut.js").Term} Term */
/** @typedef {{names: string, numbers: string, sum: string, spoken: string}} SumText */

/** Terms beyond are counted, not written. */
const MOST = 6;

/** @param {Scene} scene the names @param {Place} place @param {(id: number) => import("../scene/trace.js").AnyValue} tangent @returns {SumText} */
export function sumOverCut(scene, place, tangent) {
  const { digits } = scene;
  const sum = format(place.sum, { digits });
  const terms = place.terms ?? [];
  if (terms.length === 0) return { names: place.terms === null ? "too many terms to write out" : "nothing crosses", numbers: "", sum, spoken: `The sum is ${sum}.` };
  const shown = terms.slice(0, MOST);
  const rest = terms.length > MOST ? ` + … (${terms.length} terms)` : "";
  const parts = shown.map((term) => partOf(scene, term, tangent(term.node)));
  const printed = parts.reduce((total, { values }) => total + values.reduce((product, value) => product * asPrinted(value, digits), 1), 0);
  const isExact = rest === "" && format(printed, { digits }) === sum;
  return {
    names: parts.map(({ names }) => names).join(" + ") + rest,
    numbers: `${parts.map(({ numbers }) => numbers).join(" + ")}${rest} ${isExact ? "=" : "≈"} ${sum}`,
    sum,
    spoken: `Cut behind ${scene.node(place.after)?.spoken ?? "the inputs"}: ${terms.length === 1 ? "one value crosses" : `${terms.length} values cross`}. The sum of adjoint times tangent is ${sum.replace("−", "minus ")}.`,
  };
}

/** @param {Scene} scene @param {Term} term @param {import("../scene/trace.js").AnyValue} tangent @returns {{names: string, numbers: string, values: number[]}} of tensors the inner product alone */
function partOf(scene, term, tangent) {
  const node = /** @type {import("../scene.js").SceneNode} */ (scene.node(term.node));
  const { digits } = scene;
  if (node.shape.length > 0) return { names: `⟨${node.adjointName}, ${node.tangentName}⟩`, numbers: bracketed(format(term.product, { digits })), values: [toNumber(term.product)] };
  const numbers = [term.adjoint, tangent].map((value) => bracketed(textOf(value, [], { digits })));
  return { names: `${node.adjointName}·${node.tangentName}`, numbers: numbers.join("·"), values: [toNumber(/** @type {any} */ (term.adjoint)), toNumber(/** @type {any} */ (tangent))] };
}

/** @param {number} value @param {number | "all"} digits @returns {number} the number that its printed form says */
const asPrinted = (value, digits) => (digits === "all" || !Number.isFinite(value) ? value : Number(value.toPrecision(digits)));

/** @param {string} text @returns {string} */
const bracketed = (text) => (text.startsWith("−") || text.includes("×") ? `(${text})` : text);
