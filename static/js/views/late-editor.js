/** The editor's place until the editor is there: it loads after the first picture, which it would only hold up. */

import { h } from "../dom.js";

/** @typedef {import("./editor.js").EditorView} EditorView */
/** @typedef {import("./editor.js").EditorEvents} EditorEvents */
/** @typedef {"setText" | "render" | "showProblem" | "showRemarks" | "highlight"} Drawing */

/** In this order the last of each is repeated once the editor is there. @type {readonly Drawing[]} */
const DRAWINGS = Object.freeze(["setText", "render", "showProblem", "showRemarks", "highlight"]);

/**
 * @param {HTMLElement} root
 * @param {EditorEvents} events
 * @param {string} nonce
 * @param {import("./editor.js").Named} [named]
 * @returns {EditorView & {load: () => Promise<void>}}
 */
export function createLateEditor(root, events, nonce, named) {
  /** @type {EditorView | null} */
  let editor = null;
  /** @type {Map<Drawing, any[]>} */
  const last = new Map();
  const waiting = h("pre", { class: "editor-waiting" });
  root.replaceChildren(waiting);

  /** @param {Drawing} name */
  const passed = (name) => (/** @type {any[]} */ ...given) => {
    last.set(name, given);
    if (editor !== null) /** @type {(...given: any[]) => void} */ (editor[name])(...given);
    else if (name === "setText") waiting.textContent = given[0];
  };
  const draw = Object.fromEntries(DRAWINGS.map((name) => [name, passed(name)]));

  async function load() {
    const { createEditor } = await import("./editor.js");
    root.replaceChildren();
    editor = createEditor(root, events, nonce, named);
    for (const name of DRAWINGS) {
      const given = last.get(name);
      if (given !== undefined) /** @type {(...given: any[]) => void} */ (editor[name])(...given);
    }
  }

  return {
    .../** @type {Pick<EditorView, Drawing>} */ (/** @type {unknown} */ (draw)),
    load,
    text: () => editor?.text() ?? waiting.textContent ?? "",
    replace: (from, to, insert) => editor?.replace(from, to, insert),
    insert: (text) => editor?.insert(text),
    focus: () => editor?.focus(),
  };
}
