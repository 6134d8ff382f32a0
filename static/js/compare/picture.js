/** The small picture of a program's graph, with its values. */

import { askTrace } from "../api.js";
import { h } from "../dom.js";
import { sceneOf } from "../scene.js";
import { captionOf } from "../share/caption.js";
import { titleOf } from "../share/code.js";
import { inkOf, pictureOf } from "../share/slide.js";
import { createStudio } from "../share/studio.js";
import { stillOf } from "../worksheet/still.js";

/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {import("../scene/trace.js").Trace} Trace */

/** Larger pictures would be too small to be read, although their loops are folded: these graphs are counted alone. */
const WIDEST = 2600;
const MOST_NODES = 2000;
/** Narrow windows show the beginning of a wide graph, and scroll to the rest. */
const SMALLEST = 0.35;
const ROOM = Object.freeze({ width: 640, height: 260 });

/** @returns {"light" | "dark"} */
export function themeNow() {
  const { theme } = document.documentElement.dataset;
  if (theme === "light" || theme === "dark") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** @param {string} source @param {Object<string, InputValue>} inputs @param {AbortSignal} signal @returns {Promise<Trace>} */
export const traceFor = (source, inputs, signal) => askTrace({ source, inputs, mode: "primal", seed: null, outputs: null, wrt: null, include: ["latex", "spans"] }, signal);

/** @param {Trace} trace @param {string} source @param {string} side @returns {Promise<Element>} */
export async function pictureFor(trace, source, side) {
  if (trace.nodes.length > MOST_NODES) return counted(trace);
  const theme = themeNow();
  const scene = stillOf(sceneOf(trace, 0, { digits: 4 }));
  const wishes = { source, automatic: true, chosen: new Map(), follows: false };
  const studio = await createStudio({ like: scene, theme, ...ROOM, wishes: () => wishes });
  try {
    studio.put(scene);
    const drawn = studio.whole();
    if (Math.max(drawn.box.width, drawn.box.height) > WIDEST) return counted(trace);
    const picture = pictureOf(drawn, inkOf(theme), { title: `Graph of the ${side} program: ${titleOf({ example: null, source })}`, caption: captionOf(scene) });
    picture.style.setProperty("min-width", `${drawn.box.width * SMALLEST}px`);
    return picture;
  } finally {
    studio.close();
  }
}

/** @param {Trace} trace */
const counted = ({ nodes }) => h("p", { class: "compare-large" }, `A graph of ${nodes.length} nodes: open it in the explorer.`);
