/** Which exercise the page is about: one of the server's by its id, or any program that the address brings. */

import { Refusal, ask, askExercise } from "../api.js";
import { seedOf } from "../address.js";
import { readLink } from "../link.js";
import { examples } from "../opening.js";
import { enter } from "./session.js";

/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {import("../link.js").Link} Link */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {{exercise: Object<string, unknown>, student?: string, seed?: number}} Order what every call about the exercise says */
/** @typedef {import("./session.js").Pupil} Pupil */
/** @typedef {{order: Order, sheet: Sheet, notices: string[], work: unknown, pupil: Pupil | null}} Opened work: whose work on what, by which it is kept */

const MOST_INPUTS = 256;

/** @param {string} id empty for a program of the address @returns {Promise<Opened>} raises a Refusal */
export async function open(id) {
  if (id === "") return openProgram();
  const pupil = await enter(id);
  const person = pupil === null ? whose() : { student: pupil.student };
  const order = { exercise: await kept(id), ...person };
  return { order, sheet: await ask("sheet", order), notices: [], work: { exercise: id, ...person }, pupil };
}

/** @param {string} id @returns {Promise<Object<string, unknown>>} the server's exercise as the calls take it */
async function kept(id) {
  const { exercise, title, statement } = await askExercise(id);
  return { ...(title ? { title } : {}), ...(statement ? { statement } : {}), ...exercise, id };
}

/** @returns {{student?: string, seed?: number}} as the address says: whose numbers */
function whose() {
  const said = new URLSearchParams(location.search);
  const [student, seed] = [said.get("student"), said.get("seed")];
  return { ...(student ? { student } : {}), ...(seed !== null && /^\d{1,15}$/.test(seed) ? { seed: Number(seed) } : {}) };
}

/** @returns {Promise<Opened>} */
async function openProgram() {
  const { link, notices } = readLink(location.search, location.hash);
  const exercise = await exerciseOf(link);
  const posed = await withInputs(exercise);
  return { ...posed, notices, work: posed.order, pupil: null };
}

/** @param {Link} link @returns {Promise<Object<string, any>>} */
async function exerciseOf(link) {
  const all = link.e === undefined ? await examples() : [];
  const example = all.find(({ id }) => id === link.ex) ?? all[0];
  const said = { ...(link.seed ? { seed: Object.fromEntries(link.seed) } : {}), ...(link.out ? { outputs: link.out } : {}), ...(link.mode ? { mode: link.mode } : {}) };
  const at = Object.fromEntries(link.at ?? []);
  if (example === undefined) return { source: link.e ?? "", inputs: at, title: "Practise this program", ...said };
  const { source, inputs, title, mode = "reverse", outputs, wrt } = example;
  const own = seedOf(example);
  return { source, title, mode, inputs: { ...inputs, ...at }, ...(outputs ? { outputs } : {}), ...(wrt ? { wrt } : {}), ...(own.size > 0 ? { seed: Object.fromEntries(own) } : {}), ...said };
}

/** @param {Object<string, any>} exercise @returns {Promise<{order: Order, sheet: Sheet}>} inputs without a value get 1 */
async function withInputs(exercise) {
  for (let attempt = 0; attempt < MOST_INPUTS; attempt += 1) {
    try {
      return { order: { exercise }, sheet: await ask("sheet", { exercise }) };
    } catch (reason) {
      const missing = reason instanceof Refusal && reason.problem.code === "input.missing" ? (reason.problem.missing ?? []) : [];
      const fresh = missing.filter((name) => !Object.hasOwn(exercise.inputs, name));
      if (fresh.length === 0) throw reason;
      exercise = { ...exercise, inputs: { ...exercise.inputs, ...Object.fromEntries(fresh.map((name) => [name, 1])) } };
    }
  }
  throw new Refusal({ code: "page.inputs", title: "Too many inputs", status: 0, detail: `The page gives values to at most ${MOST_INPUTS} inputs.` });
}
