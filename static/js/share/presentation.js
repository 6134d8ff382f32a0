/** What of an element's computed style a drawing must say itself to look the same where no sheet reaches it. */

/** @typedef {Object<string, string>} Look presentation attributes by name */

/** Inherited ones, with what they are where nobody says anything. */
const INHERITED = Object.freeze([
  ["fill", "#000000"], ["fill-opacity", "1"], ["stroke", "none"], ["stroke-width", "1"], ["stroke-opacity", "1"], ["stroke-dasharray", "none"], ["stroke-linecap", "butt"],
  ["stroke-linejoin", "miter"], ["font-family", ""], ["font-size", ""], ["font-weight", "400"], ["font-style", "normal"], ["text-anchor", "start"], ["visibility", "visible"],
]);
const OWN = Object.freeze([["opacity", "1"], ["display", "inline"]]);
export const PROPERTIES = Object.freeze([...INHERITED, ...OWN].map(([name]) => name));

/** @type {Look} */
export const ROOT = Object.freeze(Object.fromEntries(INHERITED));

/** @param {(name: string) => string} computed @returns {Look} */
export function lookOf(computed) {
  /** @type {Look} */
  const look = {};
  for (const name of PROPERTIES) look[name] = plain(name, computed(name));
  for (const paint of ["fill", "stroke"]) {
    const { colour, opacity } = paintOf(look[paint]);
    look[paint] = colour;
    if (opacity !== 1) look[`${paint}-opacity`] = String(Number((Number(look[`${paint}-opacity`] || 1) * opacity).toFixed(3)));
  }
  return look;
}

/** @param {string} name @param {string} value @returns {string} lengths without their unit, which a drawing does not need */
function plain(name, value) {
  if (name === "stroke-dasharray") return value === "none" ? value : value.replaceAll("px", "").replaceAll(", ", " ");
  if (name === "stroke-width" || name === "font-size") return value.replace(/px$/, "");
  return name === "display" ? (value === "none" ? "none" : "inline") : value;
}

/** @param {string} paint "rgb(27, 31, 36)" @returns {{colour: string, opacity: number}} */
export function paintOf(paint) {
  const parts = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?\)$/.exec(paint);
  if (parts === null) return { colour: paint, opacity: 1 };
  const opacity = Number(parts[4] ?? 1);
  if (opacity === 0) return { colour: "none", opacity: 1 };
  const hex = parts.slice(1, 4).map((part) => Math.round(Number(part)).toString(16).padStart(2, "0"));
  return { colour: `#${hex.join("")}`, opacity };
}

/** @param {Look} look @param {Look} around that of the element around it @returns {[string, string][]} what the element must say */
export function saidBy(look, around) {
  const inherited = INHERITED.flatMap(([name]) => (look[name] === around[name] ? [] : [/** @type {[string, string]} */ ([name, look[name]])]));
  const own = OWN.flatMap(([name, usual]) => (look[name] === usual || look[name] === "" ? [] : [/** @type {[string, string]} */ ([name, look[name]])]));
  return [...inherited, ...own];
}
