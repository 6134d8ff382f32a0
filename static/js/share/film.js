/** The sweep as an animation: each frame is drawn here and handed to a worker, one after the other, so that the page goes on. */

import { captionOf } from "./caption.js";
import { rasterOf } from "./raster.js";
import { STAGE, inkOf, slideOf } from "./slide.js";
import { stopsOf } from "./stops.js";
import { createStudio } from "./studio.js";

/** @typedef {"gif" | "mp4" | "webm"} Format */
/** @typedef {import("./slide.js").Size} Size */
/** @typedef {import("./studio.js").Theme} Theme */

/**
 * @typedef {object} Film
 * @property {import("../scene.js").Scene} like the trace, its digits and names
 * @property {string} title
 * @property {Theme} theme
 * @property {Size} size
 * @property {Format} format
 * @property {number} from the first step shown
 * @property {number} to the last
 * @property {number} seconds of each step
 * @property {import("../steps.js").Grain} grain what one picture plays: half a step, a step, or all that a node gives
 * @property {() => import("../fold/folding.js").Wishes} wishes which groups are folded
 * @property {boolean} motion whether numbers travel
 */

/** @typedef {{scene: import("../scene.js").Scene, drawn: import("./studio.js").Drawn, seconds: number}} Frame */

export const TYPES = Object.freeze({ gif: "image/gif", mp4: "video/mp4", webm: "video/webm" });
const FRAMES_A_SECOND = Object.freeze({ gif: 10, mp4: 25, webm: 25 });
/** Motion takes so much of a step's time; the rest is stillness. */
const MOVING = 0.65;
const LONGEST_MOTION = 1700;

/** @returns {{say: (message: object, transfer?: Transferable[]) => Promise<any>, end: () => void}} answers come in the order of the questions */
export function createWriter() {
  const worker = new Worker(new URL("./film-worker.js", import.meta.url), { type: "module" });
  /** @type {{resolve: (answer: any) => void, reject: (reason: Error) => void}[]} */
  const open = [];
  let ended = false;
  worker.addEventListener("message", ({ data }) => {
    const asked = open.shift();
    if (data.error) asked?.reject(new Error(data.error));
    else asked?.resolve(data);
  });
  worker.addEventListener("error", () => open.splice(0).forEach(({ reject }) => reject(new Error("The animation's writer could not be started."))));
  return {
    say: (message, transfer = []) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new DOMException("ended", "AbortError")); // nobody would answer
        open.push({ resolve, reject });
        worker.postMessage(message, transfer);
      }),
    end() {
      ended = true;
      worker.terminate();
      open.splice(0).forEach(({ reject }) => reject(new DOMException("ended", "AbortError")));
    },
  };
}

/** @param {Size} size @returns {Promise<Format[]>} what this browser can write */
export async function formats(size) {
  const writer = createWriter();
  try {
    return (await writer.say({ ask: size })).can;
  } catch {
    return ["gif"];
  } finally {
    writer.end();
  }
}

/**
 * @param {Film} film
 * @param {{signal: AbortSignal, progress: (share: number) => void}} surroundings
 * @returns {Promise<Blob>}
 */
export async function makeFilm(film, { signal, progress }) {
  const { like, theme, size, format } = film;
  const writer = createWriter();
  const studio = await createStudio({ like, theme, width: STAGE.width, height: STAGE.height, grain: film.grain, wishes: film.wishes });
  signal.addEventListener("abort", writer.end);
  try {
    const ink = inkOf(theme);
    await writer.say({ start: { format, ...size } });
    const canvas = document.createElement("canvas");
    const steps = film.to - film.from + 1;
    for (const { scene, drawn, seconds } of framesOf(studio, film)) {
      signal.throwIfAborted();
      const slide = slideOf(drawn, ink, { title: film.title, caption: captionOf(scene) }, size);
      await pause();
      await rasterOf(slide, size, canvas);
      await pause();
      const frame = await createImageBitmap(canvas);
      await writer.say({ frame, seconds }, [frame]);
      progress(Math.min((scene.cursor - film.from + 1) / (steps + 1), 1));
    }
    const { done } = await writer.say({ finish: true });
    return new Blob([done], { type: TYPES[format] });
  } finally {
    signal.removeEventListener("abort", writer.end);
    studio.close();
    writer.end();
  }
}

/** Gives the page a turn. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** @param {import("./studio.js").Studio} studio @param {Film} film @returns {Generator<Frame>} */
function* framesOf(studio, { like, from, to, seconds, motion, format, grain }) {
  const tick = 1 / FRAMES_A_SECOND[format];
  studio.show({ cursor: Math.max(from - 1, 0) });
  for (const stop of stopsOf(like.trace, from, to, grain)) {
    let used = 0;
    if (motion && stop.cursor > from) {
      const pace = (LONGEST_MOTION / 1000) / Math.min(seconds * MOVING, LONGEST_MOTION / 1000);
      const playing = studio.play(stop, 1000 * tick * pace);
      for (let at = playing.next(); !at.done && used < seconds * MOVING; at = playing.next()) {
        yield { scene: studio.scene(stop), drawn: studio.draw(), seconds: tick };
        used += tick;
      }
    }
    const scene = studio.show(stop);
    yield { scene, drawn: studio.draw(), seconds: Math.max(seconds - used, tick) };
  }
}
