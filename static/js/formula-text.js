/** Formulas as text: names found and replaced as names, not as letters. */

/** Marks in place of names are signs for private use: no name, not even a constant's digits, occurs in them. */
const FIRST_MARK = 0xe000;

/** @param {string} name as LaTeX @returns {RegExp} x_{1} may also be written x_1 */
function patternOf(name) {
  const plain = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/_\\\{(\w)\\\}/u, "_(?:\\{$1\\}|$1)");
  return new RegExp(`(?<![A-Za-z0-9.\\\\}_])${plain}(?![A-Za-z0-9_'{]|\\.\\d)`, "gu");
}

/** @param {string} latex @param {string} name @returns {boolean} */
export const mentions = (latex, name) => patternOf(name).test(latex);

/**
 * @param {string} latex @param {string[]} names @param {string[]} values
 * @returns {{text: string, found: boolean}} found: whether every name occurs
 */
export function replacedNames(latex, names, values) {
  let found = true;
  let text = latex;
  const each = names.map((name, index) => ({ name, index })).filter(({ name, index }) => names.indexOf(name) === index); // x·x has one name
  for (const { name, index } of each.sort((a, b) => b.name.length - a.name.length)) {
    const pattern = patternOf(name);
    found &&= pattern.test(text);
    text = text.replace(pattern, String.fromCharCode(FIRST_MARK + index));
  }
  const marked = text;
  const filled = marked.replace(/[\uE000-\uF8FF]/g, (mark, at) => {
    const value = values[mark.charCodeAt(0) - FIRST_MARK];
    return marked === mark ? value : bracketed(marked, at, value);
  });
  return { text: filled, found };
}

/**
 * A formula with its operands' names replaced.
 * @param {string} latex @param {string[]} names @param {string[]} values
 * @returns {string | null} null where a name does not occur
 */
export function substituted(latex, names, values) {
  const { text, found } = replacedNames(latex, names, values);
  return found ? text : null;
}

/** @param {string} text @param {number} at @param {string} value @returns {string} brackets unless the formula has them already */
function bracketed(text, at, value) {
  if (!value.startsWith("-") && !value.includes("\\times") && !value.includes("\\varepsilon")) return value;
  const before = text.slice(0, at).trimEnd();
  const after = text.slice(at + 1).trimStart();
  const enclosed = /(\(|\\left\(|\{)$/.test(before) && /^(\)|\\right\)|\})/.test(after);
  return enclosed || (before === "" && !after.startsWith("^") && !value.includes("\\varepsilon")) ? value : `(${value})`;
}
