/** A drawing of the page as one that stands by itself: its looks written into it, nothing asked of sheets, fonts or other files. */

import { ROOT, lookOf, saidBy } from "./presentation.js";

/** @typedef {import("./presentation.js").Look} Look */

const SVG = "http://www.w3.org/2000/svg";
/** What gives a mark its shape and place; everything else is the page's own. */
const SHAPE = Object.freeze([
  "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "d", "points", "transform", "dx", "dy", "viewBox", "refX", "refY", "orient", "markerUnits", "markerWidth",
  "markerHeight", "patternUnits", "patternTransform", "preserveAspectRatio", "textLength", "lengthAdjust",
]);
const REFERRING = Object.freeze(["marker-start", "marker-mid", "marker-end", "fill", "clip-path"]);
const LEFT_OUT = new Set(["title", "desc", "style", "script", "foreignObject", "animate"]);
const SIGNIFICANT = 5;

/** @param {Element} drawing within the page, so that its looks are known @returns {SVGGElement[]} its parts, which need nobody else */
export function standaloneParts(drawing) {
  /** @type {Map<string, Look>} */
  const known = new Map();
  const copy = createCopy(known);
  const around = { ...ROOT, "font-family": getComputedStyle(drawing).fontFamily };
  return [...drawing.children].flatMap((child) => copy(child, around, "") ?? []).map((element) => /** @type {SVGGElement} */ (element));
}

/** @param {Map<string, Look>} known looks by what the sheets can tell apart */
function createCopy(known) {
  /** @param {Element} element @param {Look} around @param {string} path @returns {SVGElement | null} null for what is not seen */
  function copy(element, around, path) {
    const tag = element.localName;
    if (element.namespaceURI !== SVG || LEFT_OUT.has(tag)) return null;
    const own = `${path}>${kindOf(element)}`;
    let look = known.get(own);
    if (look === undefined) {
      const style = getComputedStyle(element);
      known.set(own, (look = lookOf((name) => style.getPropertyValue(name))));
    }
    if (look.display === "none" || element.getAttribute("display") === "none" || isNothing(element, look)) return null;
    const made = document.createElementNS(SVG, tag);
    shape(element, made);
    for (const [name, value] of saidBy(look, around)) made.setAttribute(name, value);
    if (tag === "text" || tag === "tspan") baseline(element, made);
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) made.append(child.textContent ?? "");
      else if (child.nodeType === Node.ELEMENT_NODE) append(made, copy(/** @type {Element} */ (child), look, own));
    }
    return tag === "g" && made.childNodes.length === 0 ? null : made;
  }
  return copy;
}

/** @param {SVGElement} to @param {SVGElement | null} child */
function append(to, child) {
  if (child !== null) to.append(child);
}

/** Elements of one kind look alike; identities in the data are no kind. @param {Element} element @returns {string} */
function kindOf(element) {
  const said = [...element.attributes].filter(({ name, value }) => (name.startsWith("data-") && !/\d/.test(value)) || name === "style" || REFERRING.includes(name) || name === "opacity");
  return `${element.localName}.${element.getAttribute("class") ?? ""}${said.map(({ name, value }) => `[${name}=${value}]`).join("")}`;
}

/** @param {Element} element @param {Look} look @returns {boolean} a shape without paint, or a text without words */
function isNothing(element, look) {
  if (element.localName === "text") return (element.textContent ?? "").trim() === "";
  const isShape = ["rect", "path", "circle", "line", "ellipse", "polygon", "polyline"].includes(element.localName);
  return isShape && look.fill === "none" && look.stroke === "none";
}

/** @param {Element} from @param {Element} to */
function shape(from, to) {
  for (const name of SHAPE) {
    const value = from.getAttribute(name);
    if (value !== null) to.setAttribute(name, value.replace(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toPrecision(SIGNIFICANT)))));
  }
  const id = from.getAttribute("id");
  if (id !== null) to.setAttribute("id", `wengert-${id}`);
  for (const name of REFERRING) {
    const target = /^url\(["']?#([^"')]+)["']?\)$/.exec(from.getAttribute(name) ?? "");
    if (target !== null) to.setAttribute(name, `url(#wengert-${target[1]})`);
  }
}

/** Lines of text are moved instead of aligned: not every program that shows drawings aligns them. @param {Element} from @param {Element} to */
function baseline(from, to) {
  const aligned = getComputedStyle(from).dominantBaseline;
  if (from.localName === "text" && (aligned === "central" || aligned === "middle") && !from.hasAttribute("dy")) to.setAttribute("dy", "0.35em");
}
