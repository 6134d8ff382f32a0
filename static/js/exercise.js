/** The page on which a student works an exercise out: what is asked, a graph and a table with blanks, and what a check says of them. */

import { Refusal } from "./api.js";
import { byId, h } from "./dom.js";
import { answersOf, keyOf, workOf } from "./exercise/blanks.js";
import { submit } from "./exercise/answering.js";
import { createFeedback } from "./exercise/feedback.js";
import { handedNodes } from "./exercise/handed.js";
import { keeper } from "./exercise/kept.js";
import { open } from "./exercise/opening.js";
import { createPicture } from "./exercise/picture.js";
import { rulesOf, shutText } from "./exercise/policy.js";
import { createReader } from "./exercise/reading.js";
import { leave } from "./exercise/session.js";
import { traceOf } from "./exercise/sheet.js";
import { statementNodes } from "./exercise/statement.js";
import { createTable } from "./exercise/table.js";
import { createWalk } from "./exercise/walk.js";
import { valueText } from "./values.js";
import { facesOf } from "./scene/face.js";
import { math } from "./views/math.js";
import { displayName } from "./latex.js";

/** @typedef {import("./exercise/sheet.js").Sheet} Sheet */
/** @typedef {import("./exercise/field.js").Reading} Reading */
/** @typedef {import("./exercise/verdicts.js").Verdict} Verdict */

/** @param {import("./exercise/opening.js").Opened} opened */
async function work({ order, sheet, work: whose, pupil }) {
  const keep = keeper(whose, () => workOf(sheet, pupil?.handed.at(-1)?.answers ?? {}));
  const kept = keep.load();
  const trace = traceOf(sheet);
  const faces = new Map(facesOf(trace, { digits: 4 }).map((face) => [face.id, face]));
  /** @type {ReadonlyMap<string, Reading>} */
  let readings = new Map();
  /** @type {Map<string, Verdict>} */
  const verdicts = new Map();
  /** @type {string | null} */
  let current = null;
  let isChecking = false;
  const button = /** @type {HTMLButtonElement} */ (byId("check"));
  const answers = () => answersOf(sheet, kept.written);
  const fields = createTable(byId("blanks"), sheet, (id) => /** @type {import("./scene/face.js").Face} */ (faces.get(id)), { keyOf, onWrite: write, onFocus: focus });
  const keys = [...fields.keys()];
  const walk = createWalk(byId("work"), { keys, inputOf: (key) => /** @type {import("./exercise/field.js").Field} */ (fields.get(key)).input, check, done: () => button.focus() });
  const feedback = createFeedback({ said: byId("said"), told: byId("told") }, (key) => walk.go(fields.has(key) ? key : (keys.find((one) => one.startsWith(key)) ?? keys[0])));
  const picture = createPicture(byId("stage"), sheet, trace, choose);
  const reader = createReader(order, answers, (found) => {
    readings = found;
    for (const [key, field] of fields) field.read(found.get(key) ?? null);
    draw();
  });

  function draw() {
    picture.render({ readings, verdicts, current: current === null ? null : (fields.get(current)?.blank.id ?? null) });
    const written = keys.filter((key) => (kept.written.get(key) ?? "").trim() !== "").length;
    byId("progress").textContent = `${written} of ${keys.length} filled in`;
  }

  /** @param {string} key @param {string} text */
  function write(key, text) {
    kept.written.set(key, text);
    keep.save(kept);
    if (verdicts.delete(key)) fields.get(key)?.judge(null); // it was about another number
    reader();
    draw();
  }

  /** @param {string} key */
  function focus(key) {
    current = key;
    for (const row of byId("blanks").querySelectorAll("[data-row]")) row.classList.toggle("is-current", row.getAttribute("data-row") === key.split(" ")[0]);
    draw();
  }

  /** @param {number} id of a node of the graph */
  function choose(id) {
    const own = keys.filter((key) => key.startsWith(`${id} `));
    const next = own.find((key) => (kept.written.get(key) ?? "").trim() === "") ?? own[0];
    if (next !== undefined) walk.go(next);
  }

  async function check() {
    if (isChecking || button.disabled) return;
    isChecking = true;
    feedback.say("Checking…", "busy");
    try {
      const given = answers();
      const { grade, used } = await submit(order, pupil, given);
      kept.used = used ?? kept.used + (JSON.stringify(given) === kept.last ? 0 : 1);
      kept.last = JSON.stringify(given);
      keep.save(kept);
      for (const field of fields.values()) field.judge(null);
      verdicts.clear();
      for (const item of grade.items ?? []) {
        verdicts.set(keyOf(item), item.verdict);
        fields.get(keyOf(item))?.judge(item);
      }
      feedback.show(grade, fields);
      rules();
      draw();
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
      feedback.say([reason.problem.detail, reason.problem.hint ?? ""].join(" ").trim(), "problem");
    } finally {
      isChecking = false;
    }
  }

  function rules() {
    byId("handed").replaceChildren(...handedNodes(pupil?.handed ?? []));
    byId("rules").replaceChildren(...rulesOf(sheet, kept.used).map((rule) => h("li", {}, rule)));
    const shut = shutText(sheet.policy, kept.used);
    button.disabled = shut !== "";
    byId("shut").textContent = shut;
  }

  if (pupil !== null) {
    kept.used = pupil.handed.length;
    button.textContent = "Hand in";
    byId("who").replaceChildren(`Working as ${pupil.student}`, h("button", { type: "button", class: "button quiet small", onclick: () => void leave() }, "Not you?"));
  }
  for (const [key, field] of fields) field.input.value = kept.written.get(key) ?? "";
  button.addEventListener("click", () => void check());
  for (const key of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("#touch [data-insert], #touch [data-way]"))) touch(key);
  rules();
  draw();
  if (kept.written.size > 0) reader();
  await picture.ready;
  draw();

  /** @param {HTMLButtonElement} key a key that a phone's keyboard has not; the field keeps the focus */
  function touch(key) {
    key.addEventListener("pointerdown", (event) => event.preventDefault());
    key.addEventListener("click", () => {
      const at = current ?? keys[0];
      if (at === undefined) return;
      if (key.dataset.way !== undefined) return walk.move(at, key.dataset.way === "back" ? -1 : 1);
      const input = /** @type {import("./exercise/field.js").Field} */ (fields.get(at)).input;
      input.focus();
      input.setRangeText(key.dataset.insert ?? "", input.selectionStart ?? 0, input.selectionEnd ?? 0, "end");
      write(at, input.value);
    });
  }
}

/** @param {Sheet} sheet what stands beside the work */
function introduce(sheet) {
  const title = sheet.title || "An exercise";
  byId("title").textContent = title;
  document.title = `${title} · Exercise · Wengert`;
  byId("statement").replaceChildren(...statementNodes(sheet.statement || usualTask(sheet)));
  byId("source").textContent = sheet.source;
  const seeds = sheet.seeds.map(({ node, quantity, value }) => given(`${quantity} of ${displayName(node)}`, value, "seed"));
  byId("given").replaceChildren(...Object.entries(sheet.inputs).map(([name, value]) => given(displayName(name), value, "")), ...seeds);
}

/** @param {string} name @param {unknown} value @param {string} kind */
function given(name, value, kind) {
  const text = valueText(/** @type {import("./values.js").InputValue} */ (value)).replaceAll("-", "−").replaceAll(",", ", ");
  return h("li", {}, math(name), ` = ${text}`, kind === "" ? null : h("small", {}, ` ${kind}`));
}

/** @param {Sheet} sheet */
function usualTask({ mode }) {
  const sweep = { primal: "", forward: " and every tangent", reverse: ", then every adjoint from the output back", both: " with its tangent, then every adjoint from the output back" }[mode];
  return `Work the program out by hand: the value of every node${sweep}. Fractions such as 1/3 may be written as they are.`;
}

async function start() {
  try {
    const opened = await open(byId("work").dataset.exercise ?? "");
    introduce(opened.sheet);
    byId("notices").replaceChildren(...opened.notices.map((text) => h("p", { class: "note" }, text)));
    byId("work").hidden = false;
    byId("wait").remove();
    await work(opened);
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    byId("wait").textContent = [reason.problem.detail, reason.problem.hint ?? ""].join(" ").trim();
    byId("wait").classList.add("bad");
  }
}

await start();
document.body.dataset.ready = "true";
