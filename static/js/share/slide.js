/** A picture of a step: the graph by itself, or a slide with a title above and what happens below. */

import { shortened, wrapped } from "./caption.js";
import { s } from "./svg.js";

/** @typedef {import("./studio.js").Drawn} Drawn */
/** @typedef {import("./studio.js").Theme} Theme */
/** @typedef {import("./caption.js").Caption} Caption */
/** @typedef {{width: number, height: number}} Size */

/** A slide is drawn at this size and enlarged as a whole. */
export const SLIDE = Object.freeze({ width: 1280, height: 720 });
export const STAGE = Object.freeze({ x: 0, y: 64, width: 1280, height: 506 });
const EDGE = 40;
const SERIF = '"KaTeX_Main", "Latin Modern Math", "STIX Two Math", "Cambria Math", "Liberation Serif", serif';

/** @typedef {{bg: string, surface: string, text: string, muted: string, line: string, rail: string, tangent: string, adjoint: string, sans: string}} Ink */

/** @param {Theme} theme @returns {Ink} the page's colours in a theme */
export function inkOf(theme) {
  const probe = document.createElement("span");
  probe.className = "studio";
  probe.dataset.theme = theme;
  document.body.append(probe);
  const colour = (/** @type {string} */ name) => {
    probe.style.setProperty("color", `var(--${name})`);
    return getComputedStyle(probe).color;
  };
  const names = /** @type {const} */ (["bg", "surface", "text", "muted", "line", "rail", "tangent", "adjoint"]);
  const ink = Object.fromEntries(names.map((name) => [name, colour(name)]));
  const sans = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
  probe.remove();
  return /** @type {Ink} */ ({ ...ink, sans });
}

/** @param {Drawn} drawn @param {Ink} ink @param {{title: string, caption: Caption}} words @returns {SVGElement} as large as the drawing is */
export function pictureOf({ part, box }, ink, { title, caption }) {
  const { x, y, width, height } = box;
  return s(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `${round(x)} ${round(y)} ${round(width)} ${round(height)}`, width: Math.ceil(width), height: Math.ceil(height), role: "img", "font-family": ink.sans },
    ...named(title, caption),
    s("rect", { x: round(x), y: round(y), width: round(width), height: round(height), fill: ink.bg }),
    part,
  );
}

/** @param {Drawn} drawn @param {Ink} ink @param {{title: string, caption: Caption}} words @param {Size} size @returns {SVGElement} */
export function slideOf({ part, box }, ink, { title, caption }, size) {
  const phase = caption.step.endsWith("Reverse") ? ink.adjoint : caption.step.endsWith("Forward") ? ink.tangent : ink.muted;
  const measure = measureIn(ink.sans);
  const step = measure(caption.step, 600, 22);
  return s(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${SLIDE.width} ${SLIDE.height}`, width: size.width, height: size.height, role: "img", "font-family": ink.sans },
    ...named(title, caption),
    s("rect", { width: SLIDE.width, height: SLIDE.height, fill: ink.bg }),
    line(shortened(title, SLIDE.width - 3 * EDGE - step, (text) => measure(text, 650, 26)), { x: EDGE, y: 43, fill: ink.text, "font-size": 26, "font-weight": 650 }),
    line(caption.step, { x: SLIDE.width - EDGE, y: 42, fill: phase, "font-size": 22, "font-weight": 600, "text-anchor": "end" }),
    s("rect", { x: EDGE, y: 60, width: SLIDE.width - 2 * EDGE, height: 1.5, fill: ink.line }),
    s("svg", { ...STAGE, viewBox: `${round(box.x)} ${round(box.y)} ${round(box.width)} ${round(box.height)}`, preserveAspectRatio: "xMidYMid meet" }, part),
    ...captionPart(caption, ink, phase, measure),
  );
}

/** @param {Caption} caption @param {Ink} ink @param {string} phase @param {(text: string, weight: number, size: number, family?: string) => number} measure */
function captionPart({ formula, sentence }, ink, phase, measure) {
  const top = STAGE.y + STAGE.height;
  const room = SLIDE.width - 2 * EDGE - 24;
  const wide = measure(formula, 400, 34, SERIF);
  const size = Math.max(20, Math.min(34, (34 * room) / Math.max(wide, 1)));
  const lines = wrapped(sentence, room, (text) => measure(text, 400, 22), 2);
  return [
    s("rect", { x: EDGE, y: top + 10, width: SLIDE.width - 2 * EDGE, height: SLIDE.height - top - 30, rx: 8, fill: ink.surface }),
    s("rect", { x: EDGE, y: top + 10, width: 6, height: SLIDE.height - top - 30, rx: 3, fill: phase }),
    line(shortened(formula, room, (text) => measure(text, 400, size, SERIF)), { x: EDGE + 24, y: top + 52, fill: ink.text, "font-size": Number(size.toFixed(1)), "font-family": SERIF }),
    ...lines.map((text, at) => line(text, { x: EDGE + 24, y: top + 88 + 28 * at, fill: ink.text, "font-size": 22 })),
  ];
}

/** @param {string} title @param {Caption} caption @returns {SVGElement[]} what the picture is called and shows, for those who do not see it */
const named = (title, { step, sentence }) => [s("title", {}, title), s("desc", {}, `${step}. ${sentence}`)];

/** @param {string} text @param {Object<string, string | number>} attributes */
const line = (text, attributes) => s("text", { ...attributes, "xml:space": "preserve" }, text);

/** @param {number} number */
const round = (number) => Number(number.toFixed(2));

/** @param {string} sans @returns {(text: string, weight: number, size: number, family?: string) => number} */
function measureIn(sans) {
  const context = document.createElement("canvas").getContext("2d");
  return (text, weight, size, family = sans) => {
    if (context === null) return text.length * size * 0.55;
    context.font = `${weight} ${size}px ${family}`;
    return context.measureText(text).width;
  };
}
