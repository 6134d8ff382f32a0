/** What a frame and the page around it say to each other. */

/** @typedef {{type: "ad:height", height: number} | {type: "ad:step", step: number, total: number, sentence: string}} Told */

const MOST_STEPS = 1e9;

/**
 * Only the page around the frame is heard, and only where its site is known.
 * @param {{origin: string, source: unknown, data: unknown}} event
 * @param {{around: unknown, sites: readonly string[]}} known
 * @returns {number | null} the step that is asked for
 */
export function stepAsked({ origin, source, data }, { around, sites }) {
  if (source !== around || !sites.includes(origin) || typeof data !== "object" || data === null) return null;
  const { type, step } = /** @type {{type?: unknown, step?: unknown}} */ (data);
  return type === "ad:step" && typeof step === "number" && Number.isInteger(step) && step >= 0 && step <= MOST_STEPS ? step : null;
}
