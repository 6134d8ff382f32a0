/** Predict: guess before you see. The asking is always there; what grades an answer is fetched with the first question. */

import { askQuestions } from "../api.js";

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function createPredict(page) {
  const { store, menu } = page;
  const root = /** @type {HTMLElement} */ (document.getElementById("predict"));
  /** @type {import("./view.js").PredictView | null} */
  let view = null;
  let asked = false;
  const toggle = () => {
    const on = store.get().predict === "off";
    store.set({ predict: on ? "all" : "off", question: null });
    page.notify(on ? "Predict is on: the next step asks before it writes." : "Predict is off.");
  };
  menu.add({ id: "predict", words: "Predict", hint: "Guess before you see: steps ask before they write", key: "Q", onclick: toggle, pressed: () => store.get().predict !== "off" });

  async function fetchIt() {
    asked = true;
    askQuestions().then((questions) => store.set({ questions }), () => {}); // without them, every step asks the usual
    view = (await import("./view.js")).createPredictView(root, page);
    view.render(store.get());
  }

  return {
    keys: { predict: toggle },
    render(state, before) {
      if (view !== null) view.render(state);
      else if (state.question !== null && !asked) void fetchIt();
      else if (state.predict !== "off" && before?.predict !== state.predict && !asked) void fetchIt();
    },
  };
}
