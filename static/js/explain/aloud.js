/** A stage as it is read aloud: every sign a word, brackets included, so that nothing depends on being seen. */

import { plainLatex } from "../latex.js";
import { speakText } from "../narrate/words.js";

/** @typedef {{name: string, spoken: string}} Heard */

/** Signs for private use stand for names, and for words in which a name might occur. */
const FIRST_MARK = 0xe000;
const SLOPE = "\uf8f0";
const BY = "\uf8f1";

const SIGNS = /** @type {[RegExp, string][]} */ ([
  [/\((−?[\d.,]+(?: times ten to the (?:minus )?\d+)?|−?∞)\)/g, "$1"], [/\barc/g, "arc "], [/\bcosh\b ?/g, "the hyperbolic cosine of "], [/\bsinh\b ?/g, "the hyperbolic sine of "], [/\btanh\b ?/g, "the hyperbolic tangent of "],
  [/\bcos ?(?![a-z])/g, "the cosine of "], [/\bsin ?(?![a-z])/g, "the sine of "], [/\btan ?(?![a-z])/g, "the tangent of "], [/\bln ?(?![a-z])/g, "the natural logarithm of "],
  [/√/g, "the square root of "], [/⁻¹/g, " inverse"], [/²/g, " squared"], [/³/g, " cubed"], [/ᵀ/g, " transposed"], [/′/g, " prime"], [/\^\(([^()]*)\)/g, " to the power $1,"], [/\^(\S+)/g, " to the power $1"],
  [/ = /g, " equals "], [/^= ?/, "equals "], [/^≈ ?/, "about "], [/ ≈ /g, " is about "], [/ · /g, " times "], [/ \/ /g, " over "], [/ \+ /g, " plus "], [/ − /g, " minus "], [/⋯/g, "and so on"],
  [/‖([^‖]*)‖/g, "the norm of $1"], [/\|([^|]*)\|/g, "the absolute value of $1"], [/Σ/g, "the sum of "], [/⊙/g, "times, entry by entry,"], [/\(/g, " open bracket "], [/\)/g, " close bracket"],
]);

/** @param {string} latex @param {Heard[]} names that may occur in it @returns {string} */
export function aloud(latex, names) {
  const plain = plainLatex(latex.replace(/\\tfrac\{\\partial (.*?)\}\{\\partial (.*?)\}/g, `\\text{${SLOPE}}$1\\text{${BY}}$2`));
  if (plain === null || latex.includes("\\begin")) return "The slopes are given by cases.";
  const sorted = [...names].sort((a, b) => b.name.length - a.name.length);
  let text = plain;
  sorted.forEach(({ name }, at) => {
    text = text.replace(new RegExp(`(?<!\\p{L})${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{Ll}\\p{Lu}\\p{Lo}\\p{M}])`, "gu"), String.fromCharCode(FIRST_MARK + at));
  });
  text = text.replace(/ × 10[⁻⁰¹²³⁴-⁹]+/g, speakText);
  for (const [sign, words] of SIGNS) text = text.replace(sign, words);
  const named = speakText(text).replaceAll(SLOPE, "the slope of ").replaceAll(BY, " by ").replace(/[\uE000-\uF8FF]/g, (mark) => ` ${sorted[mark.charCodeAt(0) - FIRST_MARK].spoken} `);
  return named.trim().replace(/ +/g, " ").replaceAll(" ,", ",");
}
