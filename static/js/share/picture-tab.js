/** The present step as a picture: the graph by itself or a slide, as pixels or as a drawing. */

import { h } from "../dom.js";
import { captionOf } from "./caption.js";
import { createWishes } from "../fold/wishes.js";
import { fileName, titleOf } from "./code.js";
import { button, choice } from "./controls.js";
import { pngOf, rasterOf, save } from "./raster.js";
import { STAGE, inkOf, pictureOf, slideOf } from "./slide.js";
import { createStudio, viewOf } from "./studio.js";
import { svgText } from "./svg.js";

/** @typedef {import("./studio.js").Theme} Theme */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {"slide" | "graph" | "view"} Kind */
/** @typedef {import("./slide.js").Size} Size */

/** @type {Map<string, Size>} */
const SIZES = new Map([["1920", { width: 1920, height: 1080 }], ["1280", { width: 1280, height: 720 }]]);
/** Pixels for each unit of a drawing that is no slide, as far as the browser's canvas goes. */
const FINE = 2;
const MOST_PIXELS = 8192;

/** @param {import("../features.js").Page} page @param {() => Scene | null} scene @returns {import("./dialog.js").Tab} */
export function pictureTab({ store }, scene) {
  let turn = 0;
  /** @type {SVGElement | null} */
  let drawing = null;
  const kind = choice("Shows", /** @type {const} */ ([["slide", "slide with the sentence"], ["graph", "whole graph"], ["view", "the view on the page"]]), "slide", () => void draw());
  const size = choice("Size of slides", /** @type {const} */ ([["1920", "1920 × 1080"], ["1280", "1280 × 720"]]), "1920");
  const theme = choice("Colours", /** @type {const} */ ([["light", "light"], ["dark", "dark"]]), isDark() ? "dark" : "light", () => void draw());
  const preview = h("div", { class: "share-preview", role: "img", "aria-label": "Preview of the picture" });
  const told = h("span", { class: "share-told", role: "status" });
  const name = () => titleOf(store.get());
  const root = h(
    "div",
    { class: "share-split" },
    h("div", { class: "share-form" }, kind.root, size.root, theme.root, h("div", { class: "share-row" }, button("Save PNG", () => void savePng(), true), button("Save SVG", saveSvg, true)), told),
    preview,
  );

  async function draw() {
    const own = (turn += 1);
    const made = await drawingOf(scene(), createWishes(store), { title: name(), kind: kind.value(), theme: theme.value() });
    if (own !== turn) return;
    drawing = made;
    size.root.hidden = kind.value() !== "slide";
    preview.replaceChildren(...(made === null ? [h("p", {}, "There is no graph yet.")] : [previewOf(made)]));
  }

  async function savePng() {
    if (drawing === null) return;
    const copy = /** @type {SVGElement} */ (drawing.cloneNode(true));
    try {
      const canvas = await rasterOf(copy, kind.value() === "slide" ? /** @type {Size} */ (SIZES.get(size.value())) : fine(sizeOf(drawing)));
      save(await pngOf(canvas), fileName(name(), "png"));
    } catch {
      told.textContent = "This browser cannot draw a picture so large; the SVG holds all of it.";
    }
  }
  function saveSvg() {
    if (drawing !== null) save(new Blob([svgText(drawing)], { type: "image/svg+xml" }), fileName(name(), "svg"));
  }
  return { root, open: () => void draw() };
}

/** @returns {boolean} whether the page is dark now */
const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

/** @param {Scene | null} scene @param {() => import("../fold/folding.js").Wishes} wishes @param {{title: string, kind: Kind, theme: Theme}} order @returns {Promise<SVGElement | null>} */
async function drawingOf(scene, wishes, { title, kind, theme }) {
  if (scene === null) return null;
  const words = { title, caption: captionOf(scene) };
  const ink = inkOf(theme);
  const view = kind === "view" ? viewOf(theme) : null;
  if (view !== null) return pictureOf(view, ink, words);
  const studio = await createStudio({ like: scene, theme, width: STAGE.width, height: STAGE.height, wishes });
  try {
    studio.show({ cursor: scene.cursor, sub: scene.sub });
    return kind === "slide" ? slideOf(studio.draw(), ink, words, { width: 1280, height: 720 }) : pictureOf(studio.whole(), ink, words);
  } finally {
    studio.close();
  }
}

/** @param {SVGElement} drawing @returns {Size} */
const sizeOf = (drawing) => ({ width: Number(drawing.getAttribute("width")), height: Number(drawing.getAttribute("height")) });

/** @param {Size} size @returns {Size} */
function fine({ width, height }) {
  const scale = Math.min(FINE, MOST_PIXELS / width, MOST_PIXELS / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The file itself as a picture, so that what is seen is what is saved. @param {SVGElement} drawing */
function previewOf(drawing) {
  return h("img", { alt: "", src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(drawing))}` });
}
