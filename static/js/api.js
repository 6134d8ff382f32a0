/** The calls that the page makes; whatever it shows, a script can get the same way. */

/** @typedef {import("./scene/trace.js").Trace} Trace */
/** @typedef {import("./scene/trace.js").Span} Span */
/** @typedef {import("./values.js").InputValue} InputValue */

/** @typedef {{span?: Span | null, replacement?: string | null, input?: string | null, value?: InputValue | null}} Fix */

/**
 * @typedef {object} Problem problem+json of RFC 9457, with what a program error adds
 * @property {string} code
 * @property {string} title
 * @property {string} detail one plain sentence
 * @property {number} status 0 where no answer came
 * @property {string} [type]
 * @property {Span | null} [span]
 * @property {string | null} [hint]
 * @property {Fix | null} [fix]
 * @property {string[]} [missing] every input that has no value
 * @property {string[]} [outputs] what a seed could be given for
 * @property {Object<string, InputValue>} [ones] a seed of ones for each output
 * @property {string[]} [inputs]
 * @property {number} [retryAfter] seconds
 */

/**
 * @typedef {object} Example
 * @property {string} id
 * @property {string} title
 * @property {string} group
 * @property {string} source
 * @property {Object<string, InputValue>} inputs
 * @property {"forward" | "reverse" | "both"} [mode]
 * @property {Object<string, InputValue> | null} [seed]
 * @property {string[] | null} [outputs]
 * @property {string[] | null} [wrt]
 * @property {number} [step] where it opens
 * @property {string} [level]
 * @property {number} [minutes]
 * @property {string} [goal]
 * @property {string} [look_for]
 */

/** @typedef {{source: string, inputs: Object<string, InputValue>, mode: string, seed: unknown, outputs: readonly string[] | null, wrt: readonly string[] | null, verify?: {device: string}, include?: string[]}} TraceRequest */

const BASE = new URL("../../api/v1/", import.meta.url);

/** A request that was refused or never answered. */
export class Refusal extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const RETRY_SECONDS = 4;
const PASSING = [0, 429, 503];

/** @param {Problem} problem @returns {number | null} the seconds after which asking the same again may help; null where it will not */
export const waitOf = ({ status, retryAfter }) => (PASSING.includes(status) ? (retryAfter ?? RETRY_SECONDS) : null);

/** @param {TraceRequest} request @param {AbortSignal} [signal] @returns {Promise<Trace>} */
export const askTrace = (request, signal) => ask("trace", request, signal);

/** @param {string} name of a call about a program @param {object} request @param {AbortSignal} [signal] @returns {Promise<any>} */
export function ask(name, request, signal) {
  return call(name, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request), signal });
}

/** @returns {Promise<Example[]>} */
export async function askExamples() {
  const answer = await call("examples", { credentials: "same-origin", mode: "cors" });
  return Array.isArray(answer) ? answer : answer.examples;
}

/** @returns {Promise<Map<string, import("./predict/questions.js").Marked[]>>} written by hand, by the example's id */
export async function askQuestions() {
  return new Map(Object.entries((await call("examples/questions", {})).questions));
}

/** @typedef {{nodes: string, edges: [number, number][]}} Outline a sign for each node: i, o or y; edges from producer to consumer */

/** @returns {Promise<Map<string, Outline>>} by the example's id */
export async function askOutlines() {
  return new Map(Object.entries((await call("examples/outlines", {})).outlines));
}

/** @returns {Promise<import("./learn/forward-reverse/gallery.js").GalleryCosts>} what each example's sweeps cost */
export const askCosts = () => call("examples/costs", {});

/** @param {string} id @returns {Promise<{title?: string, statement?: string, exercise: Object<string, unknown>}>} an exercise of the server's */
export const askExercise = (id) => call(`exercises/${encodeURIComponent(id)}`, { credentials: "same-origin" });

/** @typedef {{role: "teacher" | "student" | "anybody", student?: string, exercises?: string[]}} Session */

/** @returns {Promise<Session>} who one is for the server */
export const askSession = () => call("session", {});

/** @param {{link: string, student?: string} | {key: string}} request @returns {Promise<Session>} a student's class link, or a teacher's key */
export async function signIn(request) {
  await ask("session", request);
  return askSession();
}

/** @returns {Promise<void>} */
export const signOut = () => call("session", { method: "DELETE" });

/** @typedef {{id: string, attempt: number, late: boolean, score: number, max_score: number, submitted_at: string, answers: import("./exercise/blanks.js").Answers, result: import("./exercise/verdicts.js").Grade}} HandedIn */

/** @param {{exercise_id: string, answers: object}} sheet @param {string} key that makes a second sending the same submission @returns {Promise<HandedIn>} */
export function handIn(sheet, key) {
  return call("submissions", { method: "POST", headers: { "content-type": "application/json", "idempotency-key": key }, body: JSON.stringify(sheet) });
}

/** @param {string} id of an exercise @returns {Promise<HandedIn[]>} a student's own */
export async function listHandedIn(id) {
  return (await call(`submissions?exercise_id=${encodeURIComponent(id)}`, {})).submissions;
}

/** @param {string} path @param {RequestInit} init @returns {Promise<any>} */
async function call(path, init) {
  const response = await fetch(new URL(path, BASE), init).catch((/** @type {unknown} */ reason) => {
    if (reason instanceof DOMException && reason.name === "AbortError") throw reason;
    throw new Refusal({ code: "page.unreachable", title: "No answer", status: 0, detail: "Can’t reach the engine." });
  });
  if (response.ok) return response.status === 204 ? null : response.json();
  throw new Refusal(await readProblem(response));
}

/** @param {Response} response @returns {Promise<Problem>} */
async function readProblem(response) {
  const unreadable = { code: "page.unreadable", title: "No usable answer", status: response.status, detail: `The server answered with status ${response.status}.` };
  const problem = await response.json().catch(() => unreadable);
  return { ...unreadable, ...problem, retryAfter: Number(response.headers.get("retry-after")) || undefined };
}
