/** A text as a QR code: dark modules on light ground in both themes, with the quiet margin that readers need. */

import { encode } from "./vendor-qr.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

/** @param {string} text at most some 2 900 signs @returns {SVGSVGElement} with the text as its name */
export function qrSvg(text) {
  const { size, data } = encode(text, { ecc: "M", border: QUIET });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", "qr");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `QR code of ${text}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  const ground = document.createElementNS(SVG, "rect");
  ground.setAttribute("width", String(size));
  ground.setAttribute("height", String(size));
  ground.setAttribute("fill", "#ffffff");
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : []))).join(""));
  dark.setAttribute("fill", "#000000");
  svg.append(ground, dark);
  return svg;
}
