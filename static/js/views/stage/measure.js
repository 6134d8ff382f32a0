/** Widths of texts in the fonts of the stage, remembered; long tapes are estimated instead. */

export const FONTS = Object.freeze({ title: "600 13px", primal: "600 20px", slot: "600 13px", titleCompact: "600 12px", primalCompact: "600 17px", slotCompact: "600 12px", small: "500 11.5px", cell: "500 12px", label: "600 12.5px" });
const ESTIMATE = Object.freeze({ title: 7.6, primal: 11.4, slot: 7.6, titleCompact: 7, primalCompact: 9.7, slotCompact: 7, small: 6.4, cell: 6.9, label: 7.2 });
const REMEMBERED = 20000;

/** @typedef {keyof typeof FONTS} Font */

/** @type {Map<string, number>} */
const widths = new Map();
/** @type {CanvasRenderingContext2D | null} */
let context = null;

/** @param {string} text @param {Font} font @returns {number} in pixels */
export function widthOf(text, font) {
  if (typeof document === "undefined") return [...text.normalize("NFC")].length * ESTIMATE[font];
  const key = `${font} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    context ??= document.createElement("canvas").getContext("2d");
    if (context === null) return [...text].length * ESTIMATE[font];
    const family = getComputedStyle(document.documentElement).getPropertyValue("--sans") || "sans-serif";
    context.font = `${FONTS[font]} ${family}`;
    width = context.measureText(text).width;
    if (widths.size > REMEMBERED) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/** @param {string} text @param {Font} font @param {number} most @returns {string} the text, or its beginning and an ellipsis */
export function fitted(text, font, most) {
  if (widthOf(text, font) <= most) return text;
  const letters = [...text];
  let length = Math.max(1, Math.floor((letters.length * most) / widthOf(text, font)));
  while (length > 1 && widthOf(`${letters.slice(0, length).join("")}…`, font) > most) length -= 1;
  return `${letters.slice(0, length).join("")}…`;
}
