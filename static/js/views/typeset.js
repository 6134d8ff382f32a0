/** Formulas as elements: typeset once, then copied. */

import { h } from "../dom.js";
import { katex } from "../vendor.js";

const KEPT = 400;

/** @type {Map<string, Node>} */
const drawn = new Map();

/**
 * KaTeX writes the widths of tall brackets as a style attribute, which the page's policy forbids; the same through CSSOM is allowed.
 * @param {() => void} render
 */
function withStylesAllowed(render) {
  const { setAttribute } = Element.prototype;
  Element.prototype.setAttribute = function set(name, value) {
    if (name === "style" && (this instanceof HTMLElement || this instanceof SVGElement)) this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  try {
    render();
  } finally {
    Element.prototype.setAttribute = setAttribute;
  }
}

/** @param {string} latex @returns {Node} for the eyes alone: words stand beside it */
export function typeset(latex) {
  let formula = drawn.get(latex);
  if (formula === undefined) {
    const box = h("span", { "aria-hidden": "true" });
    withStylesAllowed(() => katex.render(latex, box, { throwOnError: false, trust: false, output: "html", strict: "ignore", maxExpand: 200, maxSize: 40 }));
    formula = box;
    if (drawn.size >= KEPT) drawn.clear();
    drawn.set(latex, box);
  }
  return formula.cloneNode(true);
}
