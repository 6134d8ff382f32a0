/** A statement as elements: paragraphs, lists, headings, code, emphasis and formulas of Markdown; everything else is text. */

import { h } from "../dom.js";
import { plainLatex } from "../latex.js";
import { typeset } from "../views/typeset.js";

/** What stands inside a line: code, a formula, strong, emphasised. */
const INLINE = /`([^`]+)`|\$([^$\n]+)\$|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/g;

/** @param {string} text @returns {HTMLElement[]} */
export function statementNodes(text) {
  return blocksOf(text.replaceAll("\r", "").split("\n")).map(blockNode);
}

/** @typedef {{kind: "text" | "code" | "formula" | "heading" | "bullets" | "numbers", lines: string[]}} Block */

/** @param {readonly string[]} lines @returns {Block[]} */
function blocksOf(lines) {
  /** @type {Block[]} */
  const blocks = [];
  /** @type {Block | null} what the next line may belong to */
  let open = null;
  for (const line of lines) {
    const fence = line.startsWith("```") ? "code" : line.trim() === "$$" ? "formula" : null;
    if (open !== null && (open.kind === "code" || open.kind === "formula")) {
      if (fence === open.kind) open = null;
      else open.lines.push(line);
      continue;
    }
    const kind = fence ?? kindOf(line);
    if (kind === null) open = null;
    else if (open !== null && open.kind === kind && kind !== "heading") open.lines.push(line);
    else blocks.push((open = { kind, lines: fence === null ? [line] : [] }));
  }
  return blocks;
}

/** @param {string} line @returns {Block["kind"] | null} null for an empty one */
function kindOf(line) {
  if (line.trim() === "") return null;
  if (/^#{1,6} /.test(line)) return "heading";
  if (/^\s*[-*] /.test(line)) return "bullets";
  return /^\s*\d+[.)] /.test(line) ? "numbers" : "text";
}

/** @param {Block} block @returns {HTMLElement} */
function blockNode({ kind, lines }) {
  const items = () => lines.map((line) => h("li", {}, ...inlineNodes(line.replace(/^\s*([-*]|\d+[.)]) /, ""))));
  if (kind === "code") return h("pre", { tabindex: "0", role: "group", "aria-label": "Code" }, h("code", {}, lines.join("\n")));
  if (kind === "formula") return h("div", { class: "statement-formula" }, ...formula(lines.join(" ")));
  if (kind === "heading") return h("h3", {}, ...inlineNodes(lines[0].replace(/^#+ /, "")));
  if (kind === "bullets") return h("ul", {}, ...items());
  if (kind === "numbers") return h("ol", {}, ...items());
  return h("p", {}, ...inlineNodes(lines.join(" ").replace(/\$\$([^$]+)\$\$/g, "$$$1$$")));
}

/** @param {string} text @returns {Node[]} */
function inlineNodes(text) {
  /** @type {Node[]} */
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(document.createTextNode(text.slice(at, match.index)));
    const [whole, code, latex, strong, emphasis] = match;
    if (code !== undefined) nodes.push(h("code", {}, code));
    else if (latex !== undefined) nodes.push(...formula(latex));
    else nodes.push(h(strong === undefined ? "em" : "strong", {}, ...inlineNodes(strong ?? emphasis)));
    at = match.index + whole.length;
  }
  return [...nodes, document.createTextNode(text.slice(at))];
}

/** @param {string} latex @returns {Node[]} for the eyes, and the same in words */
const formula = (latex) => [typeset(latex), h("span", { class: "visually-hidden" }, plainLatex(latex) ?? latex)];
