/** The sweep as an animation: which steps, how long each, how large, in which format; with progress and a way out. */

import { h, setText } from "../dom.js";
import { createWishes } from "../fold/wishes.js";
import { fileName, titleOf } from "./code.js";
import { button, choice, numberField, tick } from "./controls.js";
import { formats, makeFilm } from "./film.js";
import { save } from "./raster.js";

/** @typedef {import("./film.js").Format} Format */
/** @typedef {import("./slide.js").Size} Size */

/** @type {Map<string, Size>} */
const SIZES = new Map([["1920", { width: 1920, height: 1080 }], ["1280", { width: 1280, height: 720 }]]);
const WORDS = new Map([["gif", "GIF"], ["mp4", "MP4"], ["webm", "WebM"]]);
const NO_VIDEO = "This browser writes no video here (it needs WebCodecs, and an https address): GIF works everywhere.";
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {import("../features.js").Page} page @param {() => import("../scene.js").Scene | null} scene @returns {import("./dialog.js").Tab} */
export function filmTab({ store, calm }, scene) {
  let running = new AbortController();
  const size = choice("Size", /** @type {const} */ ([["1920", "1920 × 1080"], ["1280", "1280 × 720"]]), "1280");
  const theme = choice("Colours", /** @type {const} */ ([["light", "light"], ["dark", "dark"]]), "light");
  const from = numberField("From step", { start: 0, min: 0, max: 1 });
  const to = numberField("to step", { start: 1, min: 0, max: 1 });
  const seconds = numberField("Seconds a step", { start: 2, min: 0.2, max: 20, step: 0.1 });
  const grain = choice("One picture plays", /** @type {const} */ ([["half", "half a step"], ["edge", "an edge"], ["node", "all that a node gives"]]), "edge");
  const motion = tick("Numbers travel along the edges (video; takes longer)", false);
  const kinds = h("div", {});
  const note = h("p", { class: "share-note", hidden: true });
  const bar = h("progress", { max: 1, value: 0, "aria-label": "Progress of the animation" });
  const told = h("span", { class: "share-told", role: "status" });
  const make = button("Make and save", () => void start(), true);
  const stop = button("Cancel", () => running.abort());
  const work = h("div", { class: "share-row", hidden: true }, bar, stop);
  let kind = choice("Format", [[/** @type {Format} */ ("gif"), "GIF"]], "gif");
  kinds.append(kind.root);
  motion.root.hidden = true;
  const root = h("div", { class: "share-form" }, kinds, note, size.root, theme.root, grain.root, h("div", { class: "share-ticks" }, from.root, to.root, seconds.root), motion.root, h("div", { class: "share-row" }, make, told), work);
  /** @type {Promise<void> | null} */
  let asked = null;

  async function offer() {
    const can = /** @type {Format[]} */ (await formats({ width: 1280, height: 720 }));
    kind = choice("Format", can.map((one) => /** @type {[Format, string]} */ ([one, WORDS.get(one) ?? one])), /** @type {Format} */ ("gif"));
    kinds.replaceChildren(kind.root);
    note.hidden = can.length > 1;
    setText(note, NO_VIDEO);
    motion.root.hidden = can.length === 1 || CALM.matches || calm();
  }

  async function start() {
    const like = scene();
    if (like === null) return void setText(told, "There is no graph yet.");
    running = new AbortController();
    setWorking(true);
    const format = kind.value();
    const [first, last] = [Math.min(from.value(), to.value()), Math.max(from.value(), to.value())];
    const title = titleOf(store.get());
    const film = { like, title, theme: theme.value(), size: /** @type {Size} */ (SIZES.get(size.value())), format, from: first, to: last, seconds: seconds.value(), grain: grain.value(), wishes: createWishes(store), motion: motion.value() && format !== "gif" };
    try {
      const blob = await makeFilm(film, { signal: running.signal, progress: (share) => void (bar.value = share) });
      save(blob, fileName(title, format));
      setText(told, `Saved: ${(blob.size / 1e6).toFixed(1)} MB.`);
    } catch {
      setText(told, running.signal.aborted ? "Cancelled." : "The animation could not be made; a smaller size or fewer steps may do.");
    }
    setWorking(false);
  }

  /** @param {boolean} on */
  function setWorking(on) {
    const hadFocus = root.contains(document.activeElement);
    bar.value = 0;
    make.disabled = on;
    work.hidden = !on;
    if (on) setText(told, "Drawing …");
    if (hadFocus) (on ? stop : make).focus();
  }

  return {
    root,
    open() {
      const total = scene()?.total ?? 0;
      from.set(0, total);
      to.set(total, total);
      grain.set(store.get().grain);
      asked ??= offer();
    },
    close: () => running.abort(),
  };
}
