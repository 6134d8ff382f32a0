/**
 * The one formatter: a number becomes the same string in every view.
 *
 * Non-finite numbers arrive as the words "NaN", "Infinity" and "-Infinity"; `null` means "not computed" and is shown as an en dash.
 */

/** @typedef {number | "NaN" | "Infinity" | "-Infinity" | boolean | null | undefined} Scalar */
/** @typedef {3 | 4 | 6 | "all"} Digits */
/** @typedef {{digits?: number | "all"}} FormatOptions */

export const ABSENT = "–";
export const MINUS = "−";
export const DEFAULT_DIGITS = 4;

const EXACT_INTEGER = 99999;
const SMALL = 1e-3;
const LARGE = 1e5;
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const SUPERSCRIPTS = new Map([..."0123456789-"].map((digit, index) => [digit, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁻"][index]]));

/** @param {Scalar} x @returns {number} the number that a wire word stands for; absent values are NaN */
export function toNumber(x) {
  if (typeof x === "number") return x;
  if (x === "Infinity") return Infinity;
  if (x === "-Infinity") return -Infinity;
  return typeof x === "boolean" ? Number(x) : NaN;
}

/**
 * Display form of one number: significant digits, true minus, powers of ten, words for what is not a number.
 * @param {Scalar} x
 * @param {FormatOptions} [options]
 * @returns {string}
 */
export function format(x, { digits = DEFAULT_DIGITS } = {}) {
  if (x === null || x === undefined) return ABSENT;
  if (typeof x === "boolean") return String(x);
  const number = toNumber(x);
  if (Number.isNaN(number)) return "NaN";
  if (!Number.isFinite(number)) return number > 0 ? "∞" : `${MINUS}∞`;
  if (number === 0) return "0";
  if (Math.abs(number) < SMALLEST_NORMAL) return "≈0";
  const { mantissa, exponent } = parts(number, digits);
  const unsigned = exponent === null ? mantissa : `${mantissa} × 10${superscript(exponent)}`;
  return number < 0 ? MINUS + unsigned : unsigned;
}

/** @param {Scalar} x @returns {string} every digit (shortest text that reads back as the same number), plain ASCII, for copying */
export function full(x) {
  if (x === null || x === undefined) return ABSENT;
  if (typeof x === "boolean") return String(x);
  const number = toNumber(x);
  return Object.is(number, -0) ? "-0" : String(number);
}

/** @param {Scalar} x @returns {string} what a tooltip says: all digits, and words for the special values */
export function tooltip(x) {
  if (x === null || x === undefined) return "not computed";
  const number = toNumber(x);
  if (typeof x === "boolean") return String(x);
  if (Number.isNaN(number)) return "not a number";
  if (!Number.isFinite(number)) return number > 0 ? "infinity" : "minus infinity";
  if (Object.is(number, -0)) return `${MINUS}0 (negative zero)`;
  return full(number).replace("-", MINUS);
}

/**
 * @param {Scalar} x
 * @param {FormatOptions} [options]
 * @returns {string} the number as it is read aloud
 */
export function spoken(x, options = {}) {
  if (x === null || x === undefined) return "not computed yet";
  const text = format(x, options);
  if (text === "NaN") return "not a number";
  if (text === "≈0") return "almost 0";
  const number = toNumber(x);
  const sign = text.startsWith(MINUS) ? "minus " : "";
  if (!Number.isFinite(number)) return `${sign}infinity`;
  if (typeof x === "boolean" || number === 0) return text;
  const { mantissa, exponent } = parts(number, options.digits ?? DEFAULT_DIGITS);
  return sign + mantissa + (exponent === null ? "" : ` times ten to the ${exponent < 0 ? "minus " : ""}${Math.abs(exponent)}`);
}

/**
 * @param {Scalar} x
 * @param {FormatOptions} [options]
 * @returns {string} the same digits as `format`, as LaTeX
 */
export function latexNumber(x, options = {}) {
  const text = format(x, options);
  if (text === ABSENT) return "\\text{–}";
  if (text === "NaN" || typeof x === "boolean") return `\\text{${text}}`;
  if (text === "≈0") return "{\\approx}0";
  const number = toNumber(x);
  const sign = text.startsWith(MINUS) ? "-" : "";
  if (!Number.isFinite(number)) return `${sign}\\infty`;
  if (number === 0) return "0";
  const { mantissa, exponent } = parts(number, options.digits ?? DEFAULT_DIGITS);
  return sign + mantissa + (exponent === null ? "" : ` \\times 10^{${exponent}}`);
}

/**
 * @param {Scalar} x
 * @param {FormatOptions} [options]
 * @returns {boolean} whether the display form lost digits, so that a formula says ≈
 */
export function isRounded(x, { digits = DEFAULT_DIGITS } = {}) {
  const number = toNumber(x);
  if (!Number.isFinite(number) || number === 0 || typeof x === "boolean") return false;
  const { mantissa, exponent } = parts(number, digits);
  return Number(`${mantissa}e${exponent ?? 0}`) !== Math.abs(number);
}

/** @param {number} exponent @returns {string} */
export function superscript(exponent) {
  return [...String(exponent)].map((digit) => SUPERSCRIPTS.get(digit) ?? digit).join("");
}

/**
 * Unsigned digits, and the power of ten where one is needed.
 * @param {number} number finite and not 0
 * @param {number | "all"} digits
 * @returns {{mantissa: string, exponent: number | null}}
 */
function parts(number, digits) {
  const size = Math.abs(number);
  if (Number.isInteger(size) && size <= EXACT_INTEGER) return { mantissa: String(size), exponent: null };
  if (size >= SMALL && size < LARGE) {
    const mantissa = decimal(size, digits);
    if (Number(mantissa) < LARGE) return { mantissa, exponent: null };
  }
  const [mantissa, exponent] = (digits === "all" ? size.toExponential() : size.toExponential(digits - 1)).split("e");
  return { mantissa: trimmed(mantissa), exponent: Number(exponent) };
}

/** @param {number} size @param {number | "all"} digits @returns {string} a number between 0.001 and 100000 without exponent */
function decimal(size, digits) {
  if (digits === "all") return String(size);
  const text = size.toPrecision(digits);
  return text.includes("e") || !text.includes(".") ? size.toFixed(0) : trimmed(text);
}

/** @param {string} text @returns {string} */
function trimmed(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
