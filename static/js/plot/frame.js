/** What every plot has: a drawing with its area, axes with ticks and names. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{left: number, right: number, top: number, bottom: number}} Area */

/** @param {string} tag @param {Object<string, string | number>} attributes @param {string} [text] @returns {SVGElement} */
export function shape(tag, attributes, text = "") {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== "") element.textContent = text;
  return element;
}

/** @param {{width: number, height: number}} size @param {string} title @returns {{svg: SVGSVGElement, area: Area}} */
export function frame({ width, height }, title) {
  const svg = /** @type {SVGSVGElement} */ (shape("svg", { class: "plot", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": title }));
  const area = { left: 58, right: width - 14, top: 14, bottom: height - 44 };
  const clip = shape("clipPath", { id: "plot-area" });
  clip.append(shape("rect", { x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top }));
  svg.append(clip, shape("rect", { class: "plot-ground", x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top }));
  return { svg, area };
}

/** @param {SVGSVGElement} svg @param {Area} area @param {import("./scales.js").Scale} across @param {import("./scales.js").Scale} up @param {string} acrossName @param {string} upName */
export function axes(svg, area, across, up, acrossName, upName) {
  const all = shape("g", { class: "plot-axes", "aria-hidden": "true" });
  for (const { value, text } of across.ticks) {
    const x = across.at(value);
    all.append(shape("path", { class: value === 0 ? "plot-zero" : "plot-grid", d: `M${x} ${area.top}V${area.bottom}` }), shape("text", { x, y: area.bottom + 16, "text-anchor": "middle" }, text));
  }
  for (const { value, text } of up.ticks) {
    const y = up.at(value);
    all.append(shape("path", { class: value === 0 ? "plot-zero" : "plot-grid", d: `M${area.left} ${y}H${area.right}` }), shape("text", { x: area.left - 7, y: y + 4, "text-anchor": "end" }, text));
  }
  all.append(shape("text", { class: "plot-name", x: (area.left + area.right) / 2, y: area.bottom + 37, "text-anchor": "middle" }, acrossName));
  all.append(shape("text", { class: "plot-name", x: 14, y: (area.top + area.bottom) / 2, "text-anchor": "middle", transform: `rotate(-90 14 ${(area.top + area.bottom) / 2})` }, upName));
  svg.append(all);
}
