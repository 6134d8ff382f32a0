/** Drawings as pixels. */

import { svgText } from "./svg.js";

/** @typedef {import("./slide.js").Size} Size */

/** @param {SVGElement} drawing @param {Size} size @param {HTMLCanvasElement} [canvas] to be drawn on again @returns {Promise<HTMLCanvasElement>} */
export async function rasterOf(drawing, { width, height }, canvas = document.createElement("canvas")) {
  drawing.setAttribute("width", String(width));
  drawing.setAttribute("height", String(height));
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(drawing))}`; // the page's policy has no blobs for pictures
  await image.decode();
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new Error("This browser has no canvas to draw on.");
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
export function pngOf(canvas) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("The picture is too large for this browser.")) : resolve(blob)), "image/png");
  });
}

/** @param {Blob} blob @param {string} name saves it as a file */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
