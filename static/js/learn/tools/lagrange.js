/** Lagrange multipliers on the reader's own objective and constraints. */

import { Refusal, ask } from "../../api.js";
import { h } from "../../dom.js";
import { writeLink } from "../../link.js";
import { createFields } from "../lagrange/fields.js";
import { createPicture, nearest } from "../lagrange/picture.js";
import { createSensitivity, pointsTable, systemOf } from "../lagrange/points.js";
import { placeSentence, stationarySentence } from "../lagrange/words.js";

/** @typedef {import("../lesson.js").Lesson} Lesson */
/** @typedef {import("../lesson.js").Program} Program */
/** @typedef {import("../lagrange/answer.js").Lagrange} Lagrange */
/** @typedef {import("../lagrange/picture.js").Spot} Spot */

const EXAMPLES = Object.freeze([
  { words: "x y on a circle", objective: "x*y", constraints: ["x**2 + y**2 == 1"], inequalities: [] },
  { words: "two constraints, three variables", objective: "x**2 + y**2 + z**2", constraints: ["x + y + z == 1", "x - y == 1"], inequalities: [] },
  { words: "a sphere", objective: "x + 2*y + 3*z", constraints: ["x**2 + y**2 + z**2 == 14"], inequalities: [] },
  { words: "largest entropy", objective: "-p*log(p) - q*log(q)", constraints: ["p + q == 1"], inequalities: [] },
  { words: "an inequality", objective: "(x - 2)**2 + (y - 1)**2", constraints: ["x + y == 2"], inequalities: ["x <= 1"] },
  { words: "a cusp: ∇g = 0", objective: "x", constraints: ["x**3 - y**2"], inequalities: [] },
]);
const FIRST = EXAMPLES[0];

/** @param {HTMLElement} root @param {Lesson} lesson @returns {import("../lesson.js").Tool} */
export function createTool(root, lesson) {
  const { opened } = lesson;
  const isOwn = (opened.e ?? opened.f) !== undefined;
  const fields = createFields({ constraints: listed(opened.g) ?? (isOwn ? [] : [...FIRST.constraints]), inequalities: listed(opened.within) ?? [], sense: senseFrom(lesson.params.get("sense")) }, changed);
  const picture = createPicture({ onSpot, onLevel });
  const section = h("div", { class: "learn-choice plane-sections", role: "group", "aria-label": "Section" });
  const table = h("div", {});
  const system = h("div", {});
  const sensitivity = createSensitivity();
  const graph = h("a", { class: "button small" }, "The Lagrangian’s graph");
  const notes = h("ul", { class: "learn-list-plain" });
  const picks = h("div", { class: "plane-examples", role: "group", "aria-label": "Examples" }, ...EXAMPLES.map((one) => h("button", { type: "button", class: "button small", onclick: () => load(one) }, one.words)));
  lesson.fields.replaceChildren(fields.root);
  root.replaceChildren(picks, h("h3", {}, "Stationary points"), table, section, picture.root, h("div", { class: "quotient-row" }, graph), sensitivity.root, system, notes);
  /** @type {Lagrange | null} */
  let answer = null;
  /** @type {Lagrange | null} */
  let seen = null;
  let chosen = 0;
  let fixed = "";
  /** @type {Spot | null} */
  let spot = null;
  let level = 0;
  let objective = "";

  /** @param {Program} program @param {AbortSignal} signal */
  async function show({ source }, signal) {
    objective = source.trim();
    const [constraints, inequalities] = [fields.constraints(), fields.inequalities()];
    const found = await asked({ objective, constraints, inequalities, sense: fields.sense() }, signal);
    answer = found;
    lesson.carry({ g: constraints.join(";") || undefined, within: inequalities.join(";") || undefined });
    chosen = Math.min(Math.max(Number(lesson.params.get("point") ?? 1) - 1 || 0, 0), Math.max(found.points.length - 1, 0));
    fixed = "";
    await look(signal);
  }

  /** @param {object} body @param {AbortSignal} [signal] @returns {Promise<Lagrange>} */
  async function asked(body, signal) {
    try {
      const found = await ask("lagrange", body, signal);
      fields.tell(null, "");
      return found;
    } catch (reason) {
      const place = reason instanceof Refusal ? /** @type {{place?: string}} */ (reason.problem).place ?? "" : "";
      if (!(reason instanceof Refusal) || !/^(constraints|inequalities)\./.test(place)) {
        if (!signal?.aborted) fields.tell(null, "");
        throw reason;
      }
      fields.tell(place, reason.problem.detail ?? "");
      throw new Refusal({ ...reason.problem, span: undefined, fix: undefined });
    }
  }

  /** The picture of the chosen point: the plane itself, or a section through the point. @param {AbortSignal} [signal] */
  async function look(signal) {
    if (answer === null) return;
    const names = Object.entries(answer.variables).filter(([, shape]) => shape.length === 0).map(([name]) => name);
    const isThree = answer.contours === null && names.length === 3 && Object.keys(answer.variables).length === 3 && answer.points.length > 0;
    section.replaceChildren(...(isThree ? ["Section through the point, with", ...names.map((name) => h("button", { type: "button", class: "button small", "aria-pressed": String(name === (fixed || names[2])), onclick: () => { fixed = name; void look(); } }, `${name} fixed`))] : []));
    section.hidden = !isThree;
    seen = answer;
    if (isThree) {
      fixed = fixed || names[2];
      const { [fixed]: held, ...start } = answer.points[chosen].point;
      seen = await asked({ objective, constraints: fields.constraints(), inequalities: [], inputs: { [fixed]: held }, start }, signal).catch(() => null);
    }
    place();
    render();
  }

  /** The point of the picture stands where the chosen stationary point is. */
  function place() {
    spot = null;
    const point = answer?.points[chosen];
    if (seen?.contours && point !== undefined) {
      const [x, y] = seen.contours.variables.map((name) => Number(point.point[name]));
      spot = nearest(seen.contours, x, y);
      level = Number(point.value);
    } else if (seen?.contours) {
      spot = nearest(seen.contours, 0, 0);
      level = spot === null ? 0 : seen.contours.constraints[spot.constraint].lines[spot.line].values[spot.place];
    }
  }

  function render() {
    if (answer === null) return;
    const point = answer.points[chosen];
    table.replaceChildren(pointsTable(answer, chosen, pick, lesson.digits));
    system.replaceChildren(systemOf(answer));
    sensitivity.render(answer, point, lesson.digits);
    picture.root.hidden = !seen?.contours;
    if (seen?.contours) picture.render({ contours: seen.contours, points: seen === answer ? answer.points : seen.points, spot, level, digits: lesson.digits });
    notes.replaceChildren(...[...answer.degenerate.map(({ sentence }) => sentence), ...answer.notes].map((text) => h("li", {}, text)));
    graph.hidden = answer.lagrangian === null;
    if (answer.lagrangian !== null) graph.href = `../${writeLink(/** @type {import("../../link.js").Link} */ ({ e: answer.lagrangian.source, at: new Map(Object.entries({ ...answer.lagrangian.inputs, ...valuesOf(point) })), mode: "reverse" }))}`;
    lesson.lend(new Map(Object.entries(point?.point ?? {})));
    lesson.say(sentence());
  }

  /** @param {import("../lagrange/answer.js").Stationary | undefined} point @returns {Object<string, number | number[]>} the point with its multipliers, by the names that the Lagrangian has for them */
  function valuesOf(point) {
    const names = /** @type {any} */ (answer?.lagrangian)?.names?.multipliers ?? [];
    const factors = [...(point?.multipliers ?? []), ...(point?.inequality_multipliers ?? [])];
    return { ...point?.point, ...Object.fromEntries(names.map((/** @type {string} */ name, /** @type {number} */ at) => [name, Number(factors[at] ?? 0)])) };
  }

  /** @returns {string} */
  function sentence() {
    if (answer === null || answer.points.length === 0) return answer?.degenerate[0]?.sentence ?? `No stationary point: ${answer?.starts.tried ?? 0} starts were tried, none came to one.`;
    if (seen !== answer || spot === null || !seen?.contours) return stationarySentence(answer.points[chosen], lesson);
    const line = seen.contours.constraints[spot.constraint].lines[spot.line];
    const mark = line.stationary.find((one) => one.place === spot?.place);
    return placeSentence(line, spot.place, seen.contours.variables, mark && answer.points[mark.point], lesson);
  }

  /** @param {Spot} next */
  function onSpot(next) {
    spot = next;
    const line = seen?.contours?.constraints[next.constraint].lines[next.line];
    if (line !== undefined) level = line.values[next.place];
    const mark = line?.stationary.find((one) => one.place === next.place);
    if (mark !== undefined && seen === answer) chosen = mark.point;
    render();
  }

  /** @param {number} next */
  function onLevel(next) {
    level = next;
    render();
  }

  /** @param {number} next */
  function pick(next) {
    chosen = next;
    lesson.setParam("point", next === 0 ? null : String(next + 1));
    void look();
  }

  function changed() {
    lesson.setParam("sense", fields.sense() === "stationary" ? null : fields.sense());
    lesson.again();
  }

  /** @param {typeof EXAMPLES[number]} one */
  function load(one) {
    fields.set(one.constraints, one.inequalities);
    lesson.setParam("point", null);
    lesson.setProgram(one.objective, {});
  }

  return { show };
}

/** @param {string | undefined} text @returns {string[] | undefined} */
const listed = (text) => text?.split(/[;\n]/).map((line) => line.trim()).filter((line) => line !== "");

/** @param {string | undefined} said @returns {"stationary" | "min" | "max"} */
const senseFrom = (said) => (said === "min" || said === "max" ? said : "stationary");
