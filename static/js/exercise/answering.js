/** Where answers go. */

import { ask } from "../api.js";

/** @typedef {import("./opening.js").Order} Order */

/** @param {Order} order @param {object} answers @returns {Promise<import("./verdicts.js").Grade>} raises a Refusal */
export const submit = (order, answers) => ask("grade", { ...order, answers });
