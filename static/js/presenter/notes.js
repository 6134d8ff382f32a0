/** The speaker's window: what the example is about, what stands on the wall, what comes next, and the buttons that step both. */

import { h, setText } from "../dom.js";
import { sentenceOf } from "../narrate.js";
import { sceneOf } from "../scene.js";
import { joinChannel } from "./channel.js";

/** @param {import("../features.js").Page} page */
export function createNotes({ store, player }) {
  const count = h("p", { class: "notes-count" });
  const goal = h("p", { class: "notes-goal" });
  const now = h("p", { class: "notes-now" });
  const next = h("p", { class: "notes-next" });
  const button = (/** @type {string} */ words, /** @type {() => void} */ onclick, more = "") => h("button", { type: "button", class: `button ${more}`, onclick }, words);
  const root = h("main", { class: "notes", id: "notes" }, h("h1", {}, "Notes"), goal, count, h("h2", {}, "On the wall"), now, h("h2", {}, "Next"), next, h("p", { class: "notes-keys" }, button("Back", player.back), button("Next step", player.next, "primary")));
  document.documentElement.dataset.role = "notes";
  document.body.append(root);
  joinChannel(store, player);

  const draw = () => {
    const { trace, cursor, digits, example } = store.get();
    if (trace === null) return;
    const scene = sceneOf(trace, cursor, { digits });
    setText(count, `Step ${cursor} of ${scene.total}`);
    setText(goal, [example?.title, example?.goal, example?.look_for].filter(Boolean).join(" "));
    setText(now, sentenceOf(scene, { digits }));
    setText(next, cursor < scene.total ? sentenceOf(sceneOf(trace, cursor + 1, { digits }), { digits }) : "This is the end.");
  };
  store.subscribe(draw);
  draw();
}
