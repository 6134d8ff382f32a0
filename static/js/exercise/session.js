/** Who works: a student whom a class link lets in, whose sheets are kept, or anybody, whose sheets are only graded. */

import { askSession, handIn, listHandedIn, signIn, signOut } from "../api.js";
import { byId } from "../dom.js";

/** @typedef {import("../api.js").Session} Session */
/** @typedef {import("../api.js").HandedIn} HandedIn */
/** @typedef {{student: string, handed: HandedIn[], submit: (answers: object) => Promise<HandedIn>}} Pupil */

/** @param {string} id of an exercise @returns {Promise<Pupil | null>} null for whoever hands nothing in; raises a Refusal for a link that opens nothing */
export async function enter(id) {
  const said = new URLSearchParams(location.search);
  const session = await welcome(id, await askSession(), said.get("link"), said.get("student"));
  const { student } = session;
  if (student === undefined || !session.exercises?.includes(id)) return null;
  return { student, handed: await listHandedIn(id), submit: submitter(id) };
}

/** Leaves the session, so that the next one at this device can say who they are. */
export async function leave() {
  await signOut();
  location.reload();
}

/** @param {string} id @param {Session} session @param {string | null} link @param {string | null} student @returns {Promise<Session>} */
async function welcome(id, session, link, student) {
  if (link === null || session.role === "teacher") return session; // a teacher who follows a class link stays a teacher
  const isSame = session.student !== undefined && (student ?? session.student) === session.student;
  if (isSame && session.exercises?.includes(id)) return session;
  const name = student ?? session.student ?? (await askWho());
  return signIn({ link, ...(name === "" ? {} : { student: name }) });
}

/** @returns {Promise<string>} what the student goes by; empty for an id that the server makes up */
function askWho() {
  const form = /** @type {HTMLFormElement} */ (byId("entry"));
  const field = /** @type {HTMLInputElement} */ (byId("entry-student"));
  byId("wait").hidden = true;
  form.hidden = false;
  field.focus();
  document.body.dataset.ready = "true";
  return new Promise((resolve) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      form.hidden = true;
      byId("wait").hidden = false;
      resolve(field.value.trim());
    });
  });
}

/** @param {string} id @returns {(answers: object) => Promise<HandedIn>} a sheet that is sent again after the line broke is the same submission */
function submitter(id) {
  let [text, key] = ["", ""];
  return (answers) => {
    const sent = JSON.stringify(answers);
    if (sent !== text) [text, key] = [sent, freshKey()];
    return handIn({ exercise_id: id, answers }, key);
  };
}

/** @returns {string} randomUUID would need HTTPS, which a classroom's own server may not have */
const freshKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
