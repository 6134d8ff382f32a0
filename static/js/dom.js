/** Elements by construction: the pages contain no string of HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {Object<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes] a function is a listener, true an empty attribute; null, undefined and false are left out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  dress(element, attributes);
  element.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false)));
  return element;
}

/** @param {Element} element @param {Attributes} attributes */
function dress(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** @param {string} id @returns {HTMLElement} an element that the template promises */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The template has no element ${id}.`);
  return element;
}

/** @param {Element} element @param {string} text writes only what changed, so that nothing is drawn twice */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string | null} value */
export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const PATHS = new Map(
  Object.entries({
    first: ["M6 5v14", "M18 5l-9 7 9 7z"],
    back: ["M15 5l-7 7 7 7"],
    play: ["M7 4.5l12 7.5-12 7.5z"],
    pause: ["M8 5v14", "M16 5v14"],
    next: ["M9 5l7 7-7 7"],
    last: ["M18 5v14", "M6 5l9 7-9 7z"],
    examples: ["M4 5h7v6H4z", "M13 5h7v6h-7z", "M4 13h7v6H4z", "M13 13h7v6h-7z"],
    link: ["M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2", "M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2"],
    settings: ["M4 7h10", "M18 7h2", "M4 17h2", "M10 17h10", "M16 4.5v5", "M8 14.5v5"],
    help: ["M9 9.2a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2.1", "M12 17.5v.1"],
    close: ["M6 6l12 12", "M18 6L6 18"],
    fold: ["M14 6l-6 6 6 6"],
    unfold: ["M10 6l6 6-6 6"],
    plus: ["M12 6v12", "M6 12h12"],
    minus: ["M6 12h12"],
    check: ["M5 12.5l4.5 4.5L19 7"],
    warning: ["M12 4l9 16H3z", "M12 10v4.5", "M12 17.3v.1"],
    search: ["M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12", "M15.5 15.5L20 20"],
    more: ["M5 7h14", "M5 12h14", "M5 17h14"],
    grid: ["M5 5h14v14H5z", "M5 12h14", "M12 5v14"],
  }),
);

/** @param {string} name @returns {SVGSVGElement} a sign of the page, hidden from screen readers: its button has the words */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  dress(svg, { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" });
  for (const d of PATHS.get(name) ?? []) {
    const path = document.createElementNS(SVG, "path");
    dress(path, { d, class: d.endsWith("z") && ["play", "first", "last"].includes(name) ? "solid" : null });
    svg.append(path);
  }
  return svg;
}
