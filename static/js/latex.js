/**
 * Names as mathematics: the display form of a program's name, its tangent and adjoint, and the same as LaTeX.
 *
 * The display form is plain text with Unicode subscripts and combining marks, so that SVG, tables and speech share one string.
 */

const SUBSCRIPTS = new Map([..."0123456789-+aehijklmnoprstuvx"].map((sign, index) => [sign, [..."₀₁₂₃₄₅₆₇₈₉₋₊ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"][index]]));
const SUPERSCRIPTS = new Map([..."0123456789-+T()abcdefghijklmnoprstuvwxyz"].map((sign, index) => [sign, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀ⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"][index]]));
/** A letter or word, its index (a number or one letter), and the version of the name: primes, or a number in signs that no name has. */
const NAME = /^(.*?)(?:_?\{?(-?\d+)\}?|_(\p{L}))?('*|[₀-₉]+)$/u;
const VERSION_DIGITS = new Map([..."₀₁₂₃₄₅₆₇₈₉"].map((sign, digit) => [sign, String(digit)]));
const DOT = "\u0307";
const BAR = "\u0304";

const GREEK = new Map(
  Object.entries({
    alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", zeta: "ζ", eta: "η", theta: "θ", iota: "ι", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν",
    xi: "ξ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", upsilon: "υ", phi: "φ", chi: "χ", psi: "ψ", omega: "ω", Gamma: "Γ", Delta: "Δ", Theta: "Θ",
    Lambda: "Λ", Xi: "Ξ", Pi: "Π", Sigma: "Σ", Phi: "Φ", Psi: "Ψ", Omega: "Ω",
  }),
);

const COMMANDS = new Map(
  Object.entries({
    cdot: "·", times: "×", div: "÷", infty: "∞", top: "ᵀ", mathsf: "", odot: "⊙", otimes: "⊗", circ: "∘", partial: "∂", sum: "Σ", prod: "Π", le: "≤", leq: "≤",
    ge: "≥", geq: "≥", ne: "≠", neq: "≠", approx: "≈", pm: "±", lfloor: "⌊", rfloor: "⌋", lceil: "⌈", rceil: "⌉", lvert: "|", rvert: "|", lVert: "‖",
    rVert: "‖", Vert: "‖", vert: "|", langle: "⟨", rangle: "⟩", to: "→", colon: ":", ldots: "…", dots: "…", cdots: "⋯", quad: " ", qquad: " ", ell: "ℓ",
    land: "∧", lor: "∨", lnot: "¬", neg: "¬", gets: "←", star: "⋆", ast: "*", prime: "′", bmod: " mod ", mid: "|",
  }),
);
const FUNCTIONS = new Set(
  ("sin cos tan arcsin arccos arctan sinh cosh tanh coth sec csc cot exp ln log lg max min det dim arg gcd sup inf lim sgn erf").split(" "),
);
const TRANSPARENT = new Set(["mathrm", "mathit", "mathbf", "text", "operatorname", "textrm", "textit", "boldsymbol", "mathbb", "mathcal", "mathop"]);
const SILENT = new Set(["left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle", "limits", "nolimits"]);

/**
 * @param {string} name as written in the program, or a v-number such as "v_{-1}"
 * @returns {{base: string, tail: string}} letter or word, then its index and version
 */
function split(name) {
  const [, base, number, letter, version] = NAME.exec(name) ?? ["", name, "", "", ""];
  const sign = GREEK.get(base) ?? base;
  const count = versionNumber(version); // shown above: an index is below
  const shown = count === "" ? version.replaceAll("'", "′") : [...`(${count})`].map((sign) => SUPERSCRIPTS.get(sign)).join("");
  if ([...sign].length === 1) return { base: sign, tail: (number ? subscript(number) : letter ? (SUBSCRIPTS.get(letter) ?? `_${letter}`) : "") + shown };
  const word = name.slice(0, name.length - version.length);
  return { base: (GREEK.get(word) ?? word) + shown, tail: "" };
}

/** @param {string} version @returns {string} its number in plain digits, empty for primes */
const versionNumber = (version) => [...version].flatMap((sign) => VERSION_DIGITS.get(sign) ?? []).join("");

/** @param {string} digits @returns {string} */
const subscript = (digits) => [...digits].map((digit) => SUBSCRIPTS.get(digit) ?? digit).join("");

/** @param {string} name @returns {string} "x1" is x₁, "alpha" is α, "v_{-1}" is v₋₁; other words stay */
export function displayName(name) {
  const { base, tail } = split(name);
  return base + tail;
}

/** @param {string} name @returns {boolean} whether a dot or a bar fits on it (one letter, perhaps with a subscript) */
export const isLetter = (name) => [...split(name).base].length === 1;

/** @param {string} name @returns {string} the tangent's name, v̇₂ */
export const tangentName = (name) => marked(name, DOT);

/** @param {string} name @returns {string} the adjoint's name, v̄₂ */
export const adjointName = (name) => marked(name, BAR);

/** @param {string} name @param {string} mark @returns {string} */
function marked(name, mark) {
  const { base, tail } = split(name);
  return [...base].length === 1 ? base + mark + tail : `(${base})${mark}`;
}

/** @param {string} name @returns {string} the name as LaTeX; every character that LaTeX reads is escaped */
export function latexName(name) {
  const [, base, number, letter, version] = NAME.exec(name) ?? ["", name, "", "", ""];
  const count = versionNumber(version);
  const above = count === "" ? version : `^{(${count})}`;
  if (!GREEK.has(base) && !/^\p{L}$/u.test(base)) return `\\text{${escaped(name.slice(0, name.length - version.length))}}${above}`;
  const index = number ?? letter ?? "";
  return (GREEK.has(base) ? `\\${base}` : base) + (index ? `_{${index}}` : "") + above;
}

/** @param {string} name @returns {string} */
export const latexTangent = (name) => latexMarked(name, "\\dot");

/** @param {string} name @returns {string} */
export const latexAdjoint = (name) => latexMarked(name, "\\bar");

/** @param {string} name @param {string} mark @returns {string} */
function latexMarked(name, mark) {
  const latex = latexName(name);
  const [, base, rest] = /^(\\?[A-Za-z]+|.)((?:_\{[^{}]*\})?(?:'*|\^\{\(\d+\)\}))$/u.exec(latex) ?? ["", latex, ""];
  if (latex.startsWith("\\text")) return `${mark === "\\bar" ? "\\overline" : mark}{${latex}}`;
  return `${mark}{${base}}${rest}`;
}

/** @param {string} text @returns {string} any text, safe inside a LaTeX group */
export function escaped(text) {
  const words = new Map([["\\", "\\backslash "], ["^", "\\hat{\\ }"], ["~", "\\sim "], ["'", "'"], ["<", "{<}"], [">", "{>}"]]);
  return [...text].map((sign) => words.get(sign) ?? (/[{}$&#%_]/.test(sign) ? `\\${sign}` : sign)).join("");
}

/**
 * A short formula as plain text, for the cards of the graph.
 * @param {string} latex
 * @returns {string | null} null where the formula needs two dimensions or has a command not known here
 */
export function plainLatex(latex) {
  const reader = { tokens: latex.match(/\\[A-Za-z]+|\\.|[{}^_]|\s+|[^\\{}^_\s]/gu) ?? [], at: 0, lost: false };
  const text = readGroup(reader);
  return reader.lost ? null : text.replace(/\s+/g, " ").replace(/\( /g, "(").replace(/ \)/g, ")").replace(/‖ (.*?) ‖/g, "‖$1‖").trim();
}

/** @typedef {{tokens: string[], at: number, lost: boolean}} Reader */

/** @param {Reader} reader @returns {string} everything up to the closing brace */
function readGroup(reader) {
  let text = "";
  while (reader.at < reader.tokens.length && reader.tokens[reader.at] !== "}") text += readAtom(reader);
  reader.at += 1;
  return text;
}

/** @param {Reader} reader @returns {string} one sign, command or group, with what it takes */
function readAtom(reader) {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token === undefined) return "";
  if (token === "{") return readGroup(reader);
  if (token === "_") return script(reader, SUBSCRIPTS, "_");
  if (token === "^") return script(reader, SUPERSCRIPTS, "^");
  if (!token.startsWith("\\")) return token === "-" ? "−" : /^\s/.test(token) ? " " : token === "'" ? "′" : token;
  return command(reader, token.slice(1));
}

/** @param {Reader} reader @param {Map<string, string>} signs @param {string} fallback @returns {string} */
function script(reader, signs, fallback) {
  const inner = readAtom(reader).trim().replaceAll("−", "-");
  if (inner === "ᵀ" || inner === "′") return inner;
  if (fallback === "_" && inner === "F") return ""; // the usual norm: a lowered F does not exist as a sign
  const small = [...inner].map((sign) => signs.get(sign));
  if (small.every((sign) => sign !== undefined)) return small.join("");
  const shown = inner.replaceAll("-", "−");
  if (fallback === "_" && /^\[.*\]$/u.test(inner)) return shown;
  return [...inner].length === 1 || /^[\p{L}\d]+$/u.test(inner) ? fallback + shown : `${fallback}(${shown})`;
}

/** @param {Reader} reader @param {string} name @returns {string} */
function command(reader, name) {
  if (name === "frac" || name === "tfrac" || name === "dfrac") return `${wrapped(readArgument(reader))} / ${wrapped(readArgument(reader))}`;
  if (name === "sqrt") return `√${wrapped(readArgument(reader))}`;
  if (name === "dot") return readArgument(reader) + DOT;
  if (name === "bar" || name === "overline") return readArgument(reader) + BAR;
  if (TRANSPARENT.has(name)) return readArgument(reader);
  if (SILENT.has(name)) return "";
  if (FUNCTIONS.has(name)) return name + (/^[({\\]|^\s+$/.test(reader.tokens[reader.at] ?? "(") ? functionGap(reader) : " ");
  if ([" ", ",", ";", ":", "!"].includes(name)) return name === "!" ? "" : " ";
  if (["{", "}", "_", "%", "$", "&", "#"].includes(name)) return name;
  if (name === "|") return "‖";
  const sign = COMMANDS.get(name) ?? GREEK.get(name);
  if (sign === undefined) reader.lost = true;
  return sign ?? "";
}

/** @param {Reader} reader @returns {string} a space between a function and an argument without brackets */
function functionGap(reader) {
  const next = reader.tokens.slice(reader.at, reader.at + 3).join("").trim();
  return /^(\\left)?\(|^\\[a-z]*\(|^$/.test(next) || next.startsWith("(") || next.startsWith("^") || next.startsWith("_") ? "" : " ";
}

/** @param {Reader} reader @returns {string} */
function readArgument(reader) {
  while (/^\s+$/.test(reader.tokens[reader.at] ?? "")) reader.at += 1;
  return readAtom(reader);
}

/** @param {string} text @returns {string} brackets where the text is more than one thing */
const wrapped = (text) => (/[ +−·/]/.test(text.trim()) && !/^\(.*\)$/.test(text.trim()) ? `(${text.trim()})` : text.trim());
