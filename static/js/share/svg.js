/** Drawings by construction, as dom.js has elements, and their text. */

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Object<string, string | number>} [attributes] @param {...(Node | string)} children @returns {SVGElement} */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @param {SVGElement} drawing @returns {string} a file of its own; signs that no such file may have are left out */
export function svgText(drawing) {
  const text = new XMLSerializer().serializeToString(drawing);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")}\n`;
}
