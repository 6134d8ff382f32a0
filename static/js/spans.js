/** Between places in a program's text and nodes of its graph. */

/** @typedef {import("./scene/trace.js").Span} Span */
/** @typedef {import("./scene/trace.js").Trace} Trace */
/** @typedef {import("./scene/trace.js").TraceNode} TraceNode */
/** @typedef {{from: number, to: number}} Range offsets in UTF-16 units */

const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** @param {string} text @returns {number[]} offset at which each line begins */
export function lineStarts(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** @param {string} text @param {Span} span @returns {Range} clipped to the text; never empty where there is a character to mark */
export function rangeOf(text, span) {
  const starts = lineStarts(text);
  const offset = (/** @type {number} */ line, /** @type {number} */ column) => {
    if (line > starts.length) return text.length;
    const end = line < starts.length ? starts[line] - 1 : text.length;
    return Math.min(starts[Math.max(line, 1) - 1] + column, end);
  };
  const from = offset(span.line, span.column);
  const to = Math.max(offset(span.end_line, span.end_column), from);
  if (to > from) return { from, to };
  return from > 0 && (from === text.length || text[from] === "\n") ? { from: from - 1, to: from } : { from, to: Math.min(from + 1, text.length) };
}

/** @param {string} text @param {Span} span of a fix @returns {Range} empty where something is to be put in */
export function mendedRange(text, span) {
  if (span.end_line !== span.line || span.end_column !== span.column) return rangeOf(text, span);
  const at = Math.min((lineStarts(text)[span.line - 1] ?? text.length) + span.column, text.length);
  return { from: at, to: at };
}

/** @param {string} text @param {number} offset @returns {{word: string, from: number} | null} the name that the offset touches */
export function wordAt(text, offset) {
  for (const match of text.matchAll(WORD)) {
    if (match.index <= offset && offset <= match.index + match[0].length) return { word: match[0], from: match.index };
    if (match.index > offset) break;
  }
  return null;
}

/**
 * @param {string} text the text that the trace belongs to
 * @param {Trace} trace
 * @param {number} offset
 * @returns {number[]} the node that a name at the offset stands for, else those of the smallest expression around it
 */
export function nodesAt(text, trace, offset) {
  const named = wordAt(text, offset);
  if (named !== null) {
    const node = nodeOfName(text, trace, named.word, named.from);
    if (node !== null) return [node];
  }
  const around = trace.nodes
    .filter((node) => node.span)
    .map((node) => ({ id: node.id, range: rangeOf(text, /** @type {Span} */ (node.span)) }))
    .filter(({ range }) => range.from <= offset && offset <= range.to);
  const smallest = Math.min(...around.map(({ range }) => range.to - range.from));
  return around.filter(({ range }) => range.to - range.from === smallest).map(({ id }) => id);
}

/** @param {string} text @param {Trace} trace @param {string} name @param {number} from @returns {number | null} the last binding before the place, as far as the labels tell */
function nodeOfName(text, trace, name, from) {
  const bound = trace.nodes.filter((node) => nameOf(node) === name);
  if (bound.length === 0) return Object.hasOwn(trace.names, name) ? trace.names[name] : null;
  const line = lineStarts(text).findLastIndex((start) => start <= from) + 1;
  const assigned = bound.filter((node) => !node.span || node.span.line <= line);
  return (assigned.at(-1) ?? bound[0]).id;
}

/** @param {TraceNode} node @returns {string | null} the program's name for it; later versions of a name carry primes, and what has no name is labelled by its operation */
const nameOf = (node) => (node.label === null || (node.kind === "op" && node.label === node.op) ? null : node.label.replace(/('+|[₀-₉]+)$/u, ""));

/** @param {string} text @param {TraceNode} node @returns {Range[]} where the node stands in the text: its expression, or every mention of an input */
export function rangesOf(text, node) {
  if (node.span) return [rangeOf(text, node.span)];
  const name = nameOf(node);
  return [...text.matchAll(WORD)].filter((match) => match[0] === name).map((match) => ({ from: match.index, to: match.index + match[0].length }));
}

/** @param {Trace} trace @param {number} line from 1 @returns {number | null} the last node evaluated on a line */
export function nodeOfLine(trace, line) {
  return trace.nodes.findLast((node) => node.kind !== "constant" && node.span?.line === line)?.id ?? null;
}
