/** Where answers go: handed in by a student of a class, otherwise graded and forgotten. */

import { ask } from "../api.js";

/** @typedef {import("./opening.js").Order} Order */
/** @typedef {import("./session.js").Pupil} Pupil */
/** @typedef {import("./verdicts.js").Grade} Grade */
/** @typedef {{grade: Grade, used: number | null}} Answered used: the attempts so far, where the server counts them */

/** @param {Order} order @param {Pupil | null} pupil @param {object} answers @returns {Promise<Answered>} raises a Refusal */
export async function submit(order, pupil, answers) {
  if (pupil === null) return { grade: await ask("grade", { ...order, answers }), used: null };
  const handed = await pupil.submit(answers);
  if (!pupil.handed.some(({ id }) => id === handed.id)) pupil.handed.push(handed);
  return { grade: { ...handed.result, score: handed.score, max_score: handed.max_score }, used: pupil.handed.length };
}
