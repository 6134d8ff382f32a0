/** What the page uses of gifenc, which brings no types. */

export type Palette = number[][];

export interface FrameOptions {
  palette?: Palette;
  /** Milliseconds. */
  delay?: number;
  /** 0 plays for ever, -1 once. */
  repeat?: number;
}

export interface Encoder {
  writeFrame(index: Uint8Array, width: number, height: number, options?: FrameOptions): void;
  finish(): void;
  bytes(): Uint8Array;
}

export function GIFEncoder(): Encoder;
export function quantize(pixels: Uint8Array | Uint8ClampedArray, colours: number, options?: { format?: "rgb565" | "rgb444" | "rgba4444" }): Palette;
export function applyPalette(pixels: Uint8Array | Uint8ClampedArray, palette: Palette, format?: "rgb565" | "rgb444" | "rgba4444"): Uint8Array;
