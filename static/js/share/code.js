/** Addresses of a state for others: the link, the frame for other sites, and the code that puts it there. */

import { writeLink } from "../link.js";

/** @typedef {import("../link.js").Link} Link */

/**
 * @typedef {object} Frame how an embedded page looks
 * @property {"min" | "player" | "full"} ui
 * @property {string[]} panels
 * @property {boolean} lock nothing can be edited
 * @property {boolean} reveal the result is hidden until asked for
 * @property {number} height
 */

export const PANELS = Object.freeze(["program", "graph", "formula", "trace"]);

/** @param {string} base the address of the first page, with its slash @param {string} page "", "embed", "worksheet" or "exercise" @param {Link} link @returns {string} */
export const addressOf = (base, page, link) => new URL(page + writeLink(link), base).href;

/** @param {Link} link @returns {Link} the same from its beginning */
export const fromStart = (link) => ({ ...link, step: 0 });

/** @param {Link} link @param {Frame} frame @returns {Link} ways of looking that a frame does not have are left out */
export function embedLink({ side: _, ...link }, { ui, panels, lock, reveal }) {
  const usual = panels.length === PANELS.length;
  return { ...link, ui, ...(usual ? {} : { panels }), ...(lock ? { lock } : {}), ...(reveal ? { reveal } : {}) };
}

const ESCAPES = new Map([["&", "&amp;"], ['"', "&quot;"], ["'", "&#39;"], ["<", "&lt;"], [">", "&gt;"]]);

/** @param {string} text @returns {string} as it may stand between quotation marks in HTML */
export const escapedAttribute = (text) => text.replace(/[&"'<>]/g, (sign) => ESCAPES.get(sign) ?? sign);

/** @param {{title: string, address: string, height: number}} frame @returns {string} code for a page of another site */
export function iframeCode({ title, address, height }) {
  const attributes = [["title", oneLine(title)], ["src", address], ["width", "100%"], ["height", String(height)], ["loading", "lazy"], ["allow", "clipboard-write"]];
  return `<iframe ${attributes.map(([name, value]) => `${name}="${escapedAttribute(value)}"`).join(" ")} style="border:0"></iframe>`;
}

const LONGEST_TITLE = 80;

/** @param {string} text @returns {string} without line ends and controls, at most 80 signs */
export function oneLine(text) {
  const plain = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return plain.length > LONGEST_TITLE ? `${plain.slice(0, LONGEST_TITLE - 1)}…` : plain;
}

/** @param {{example: {title: string, source: string} | null, source: string}} state @returns {string} what the picture or frame is called */
export function titleOf({ example, source }) {
  if (example !== null && example.source === source) return example.title;
  const lines = source.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  return oneLine(lines.length > 0 ? lines.join("; ") : "Wengert");
}

/** @param {string} title @param {string} end "png" @returns {string} a name for a file, of plain letters and digits */
export function fileName(title, end) {
  const plain = title.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 48);
  return `${plain || "wengert"}.${end}`;
}
