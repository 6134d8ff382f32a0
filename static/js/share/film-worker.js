/** Writes an animation, frame by frame, off the page's own thread. */

import { gifenc, mediabunny } from "../vendor-film.js";

/** @typedef {import("./film.js").Format} Format */
/** @typedef {{ask: {width: number, height: number}} | {start: {format: Format, width: number, height: number}} | {frame: ImageBitmap, seconds: number} | {finish: true}} Message */
/** @typedef {{add: (frame: ImageBitmap, seconds: number) => Promise<void>, finish: () => Promise<ArrayBuffer>}} Writer */

const COLOURS = 256;
/** Of so many pixels one is looked at for the palette. */
const SAMPLE = 7;
const MP4_CODECS = /** @type {const} */ (["avc"]);
const WEBM_CODECS = /** @type {const} */ (["vp9", "vp8", "av1"]);

/** @type {Writer | null} */
let writer = null;

addEventListener("message", async (/** @type {MessageEvent<Message>} */ { data }) => {
  try {
    if ("ask" in data) postMessage({ can: await whatCan(data.ask) });
    else if ("start" in data) postMessage({ ready: Boolean((writer = await writerOf(data.start))) });
    else if ("frame" in data) {
      await writer?.add(data.frame, data.seconds);
      data.frame.close();
      postMessage({ ready: true });
    } else {
      const bytes = /** @type {ArrayBuffer} */ (await writer?.finish());
      postMessage({ done: bytes }, { transfer: [bytes] });
    }
  } catch (error) {
    postMessage({ error: String(error) });
  }
});

/** @param {{width: number, height: number}} size @returns {Promise<Format[]>} */
async function whatCan(size) {
  const mp4 = await codecOf("mp4", size);
  const webm = await codecOf("webm", size);
  return ["gif", ...(mp4 === null ? [] : [/** @type {const} */ ("mp4")]), ...(webm === null ? [] : [/** @type {const} */ ("webm")])];
}

/** @param {"mp4" | "webm"} format @param {{width: number, height: number}} size */
async function codecOf(format, { width, height }) {
  if (typeof VideoEncoder === "undefined") return null;
  return mediabunny.getFirstEncodableVideoCodec([...(format === "mp4" ? MP4_CODECS : WEBM_CODECS)], { width, height, quality: mediabunny.QUALITY_HIGH });
}

/** @param {{format: Format, width: number, height: number}} start @returns {Promise<Writer>} */
const writerOf = (start) => (start.format === "gif" ? Promise.resolve(gifWriter(start)) : videoWriter(start.format, start));

/** @param {{width: number, height: number}} size @returns {Writer} */
function gifWriter({ width, height }) {
  const encoder = gifenc.GIFEncoder();
  const context = contextOf(width, height);
  return {
    async add(frame, seconds) {
      context.drawImage(frame, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      const palette = gifenc.quantize(sampled(data), COLOURS, { format: "rgb565" });
      encoder.writeFrame(gifenc.applyPalette(data, palette, "rgb565"), width, height, { palette, delay: Math.round(seconds * 1000), repeat: 0 });
    },
    async finish() {
      encoder.finish();
      return /** @type {ArrayBuffer} */ (encoder.bytes().slice().buffer);
    },
  };
}

/** @param {Uint8ClampedArray} pixels @returns {Uint8Array} */
function sampled(pixels) {
  const all = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  return new Uint8Array(all.filter((_, at) => at % SAMPLE === 0).buffer);
}

/** @param {"mp4" | "webm"} format @param {{width: number, height: number}} size @returns {Promise<Writer>} */
async function videoWriter(format, { width, height }) {
  const codec = await codecOf(format, { width, height });
  if (codec === null) throw new Error("no encoder");
  const context = contextOf(width, height);
  const target = new mediabunny.BufferTarget();
  const output = new mediabunny.Output({ format: format === "mp4" ? new mediabunny.Mp4OutputFormat({ fastStart: "in-memory" }) : new mediabunny.WebMOutputFormat(), target });
  const source = new mediabunny.CanvasSource(context.canvas, { codec, quality: mediabunny.QUALITY_HIGH });
  output.addVideoTrack(source);
  await output.start();
  let time = 0;
  return {
    async add(frame, seconds) {
      context.drawImage(frame, 0, 0);
      await source.add(time, seconds);
      time += seconds;
    },
    async finish() {
      await output.finalize();
      return /** @type {ArrayBuffer} */ (target.buffer);
    },
  };
}

/** @param {number} width @param {number} height @returns {OffscreenCanvasRenderingContext2D} */
function contextOf(width, height) {
  const context = new OffscreenCanvas(width, height).getContext("2d", { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error("no canvas");
  return context;
}
