export { applyPalette, GIFEncoder, quantize } from "gifenc/dist/gifenc.esm.js";
