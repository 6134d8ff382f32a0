/** Exercises of a lesson, graded by the call that knows the truth: it is not in the page before the reader has answered. */

import { Refusal, ask } from "../api.js";
import { h } from "../dom.js";
import { format } from "../format.js";
import { isRight, parseAnswer } from "../predict/answer.js";
import { valueText } from "../values.js";

/** @typedef {import("../values.js").InputValue} InputValue */
/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {{value: string, hint: string}} Wrong a known slip: what it comes to, and what to think about */

/**
 * @typedef {object} Exercise
 * @property {string} ask
 * @property {string} source
 * @property {Object<string, InputValue>} inputs
 * @property {string} call
 * @property {object} request
 * @property {string} pointer to the truth in the answer, as RFC 6901 has it
 * @property {"number" | "choice"} kind
 * @property {{value: string, words: string}[]} choices
 * @property {Wrong[]} wrong
 * @property {string} reason
 */

/** @typedef {{digits: number | "all", explorer: (source: string, inputs: Object<string, InputValue>) => string}} Page */

/** @param {HTMLElement} root @param {Exercise[]} exercises @param {Page} page */
export function createExercises(root, exercises, page) {
  root.replaceChildren(...exercises.map((exercise, place) => h("li", {}, exerciseOf(exercise, place, page))));
}

/** @param {Exercise} exercise @param {number} place @param {Page} page */
function exerciseOf(exercise, place, page) {
  const id = `exercise-${place + 1}`;
  const field = exercise.kind === "number" ? numberField(id) : choiceField(id, exercise);
  const told = h("p", { class: "exercise-told", role: "status" });
  const show = h("button", { type: "button", class: "button small", hidden: true, onclick: () => void reveal() }, "Show me");
  const form = h("form", { class: "exercise", "aria-labelledby": `${id}-ask`, onsubmit: check }, h("p", { class: "exercise-ask", id: `${id}-ask` }, exercise.ask), h("pre", { class: "exercise-program", tabindex: "0", role: "group", "aria-label": "Program of the exercise" }, h("code", {}, exercise.source)), at(exercise), field.root, h("div", { class: "exercise-row" }, h("button", { type: "submit", class: "button primary small" }, "Check"), show, h("a", { class: "button quiet small", href: page.explorer(exercise.source, exercise.inputs) }, "Open in the explorer")), told);

  /** @param {Event} event */
  async function check(event) {
    event.preventDefault();
    const answer = field.read();
    if (answer === null) return tell("", exercise.kind === "number" ? "Write a number, such as 1.5, 3/2 or sqrt(2)." : "Choose one of the answers.");
    const truth = await truthOf(exercise).catch((reason) => (reason instanceof Refusal ? reason : Promise.reject(reason)));
    if (truth instanceof Refusal) return tell("", truth.problem.detail);
    if (isSame(answer, truth, page.digits)) return tell("right", `Right. ${exercise.reason}`);
    const slip = exercise.wrong.find(({ value }) => isSame(answer, value, page.digits));
    show.hidden = false;
    tell("wrong", slip?.hint ?? "Not yet. Look again, or open it in the explorer and step through it.");
  }

  async function reveal() {
    const truth = await truthOf(exercise).catch(() => null);
    if (truth !== null) tell("shown", `It is ${exercise.kind === "number" ? format(/** @type {Scalar} */ (truth), { digits: page.digits }) : wordsOfChoice(exercise, String(truth))}. ${exercise.reason}`);
  }

  /** @param {string} kind @param {string} sentence */
  function tell(kind, sentence) {
    told.dataset.kind = kind;
    told.replaceChildren(kind === "right" ? h("span", { class: "exercise-sign", "aria-hidden": "true" }, "✓ ") : "", sentence);
  }
  return form;
}

/** @param {Exercise} exercise @returns {Promise<Scalar>} */
async function truthOf({ call, source, inputs, request, pointer }) {
  const text = call === "lagrange" ? { objective: source } : { source };
  const answer = await ask(call, { ...text, ...(Object.keys(inputs).length > 0 ? { inputs } : {}), ...request });
  return pointer.split("/").slice(1).reduce((value, key) => value[key.replaceAll("~1", "/").replaceAll("~0", "~")], answer);
}

/** @param {number | string} answer @param {Scalar | string} truth a number, or its text @param {number | "all"} digits */
function isSame(answer, truth, digits) {
  if (typeof answer === "string") return answer === String(truth);
  return isRight(answer, typeof truth === "string" ? parseAnswer(truth) : truth, { digits });
}

/** @param {Exercise} exercise @param {string} value */
const wordsOfChoice = ({ choices }, value) => choices.find((choice) => choice.value === value)?.words ?? value;

/** @param {string} id */
function numberField(id) {
  const box = h("input", { class: "field", type: "text", inputmode: "decimal", autocomplete: "off", id: `${id}-answer` });
  return { root: h("label", { class: "exercise-answer" }, h("span", {}, "Your answer"), box), read: () => parseAnswer(box.value) };
}

/** @param {string} id @param {Exercise} exercise */
function choiceField(id, { choices }) {
  const radios = choices.map(({ value }) => h("input", { type: "radio", name: id, value }));
  const root = h("fieldset", { class: "exercise-choices" }, h("legend", { class: "visually-hidden" }, "Your answer"), ...choices.map(({ words }, at) => h("label", {}, radios[at], h("span", {}, words))));
  return { root, read: () => radios.find((radio) => radio.checked)?.value ?? null };
}

/** @param {Exercise} exercise */
function at({ inputs }) {
  const said = Object.entries(inputs).map(([name, value]) => `${name} = ${valueText(value)}`);
  return said.length > 0 ? h("p", { class: "exercise-at" }, `at ${said.join(", ")}`) : null;
}
