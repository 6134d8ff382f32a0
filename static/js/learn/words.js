/** Counts in words. */

import { format } from "../format.js";

/** @param {number} count @param {string} one @returns {string} "1 byte", "16 bytes" */
export const counted = (count, one) => `${format(count)} ${one}${count === 1 ? "" : "s"}`;
