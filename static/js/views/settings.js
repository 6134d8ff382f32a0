/** Settings: how numbers are printed, how the page looks and moves, which keys work, and where torch checks. */

import { h, icon } from "../dom.js";

/** @typedef {import("../state.js").State} State */

/** @type {readonly {key: "digits" | "notation" | "theme" | "motion" | "verbosity" | "predict" | "groups" | "device", title: string, choices: [string, string][], note?: string}[]} */
const CHOICES = Object.freeze([
  { key: "digits", title: "Digits", choices: [["3", "3"], ["4", "4"], ["6", "6"], ["all", "all"]], note: "Significant digits of every number on the page." },
  { key: "notation", title: "Notation", choices: [["names", "v̇, v̄"], ["dual", "x + ε x′"], ["griewank", "v₋₁, v₀, v₁"]], note: "Names of the program, dual numbers with ε² = 0, or the numbers of Griewank’s tapes." },
  { key: "theme", title: "Colours", choices: [["system", "system"], ["light", "light"], ["dark", "dark"]] },
  { key: "motion", title: "Motion", choices: [["system", "system"], ["reduced", "reduced"]], note: "Reduced: a step is one cut, nothing travels." },
  { key: "verbosity", title: "Sentences", choices: [["brief", "brief"], ["normal", "normal"], ["full", "full"]], note: "What is printed and spoken at each step: the result, the rule with its numbers, or also who uses it and what was kept." },
  { key: "predict", title: "Predict", choices: [["off", "off"], ["all", "every step"], ["sums", "sums"], ["marked", "the example’s"], ["fading", "more and more"], ["class", "class"]], note: "What is asked before a step writes. Class: nobody types, Reveal shows it." },
  { key: "groups", title: "Folded groups", choices: [["stay", "stay"], ["follow", "follow the step"]], note: "Loops and calls of long programs are folded. Follow: the one where the step is opens." },
  { key: "device", title: "Check on", choices: [["cpu", "cpu"], ["cuda", "cuda"], ["auto", "auto"]], note: "Where torch evaluates the program for the second opinion." },
]);

/** @param {HTMLDialogElement} root @param {{onChange: (patch: Partial<State>) => void}} events */
export function createSettings(root, events) {
  const groups = CHOICES.map((choice) => choicePart(choice, events));
  const letters = h("input", { type: "checkbox" });
  letters.addEventListener("change", () => events.onChange({ letters: letters.checked }));
  root.replaceChildren(
    h("div", { class: "dialog-head" }, h("h2", { id: "settings-title" }, "Settings"), h("button", { type: "button", class: "button quiet", "aria-label": "Close", onclick: () => root.close() }, icon("close"))),
    h(
      "div",
      { class: "dialog-body" },
      ...groups.map(({ part }) => part),
      h("label", { class: "setting check" }, letters, h("span", {}, "Single-letter keys", h("small", {}, "F, R, B, 1 to 4, and the other keys of one character."))),
    ),
  );
  root.addEventListener("click", (event) => {
    if (event.target === root) root.close();
  });
  return {
    show: () => root.showModal(),
    /** @param {State} state */
    render(state) {
      letters.checked = state.letters;
      for (const { key, radios } of groups) for (const radio of radios) radio.checked = radio.value === String(state[key]);
    },
  };
}

/** @param {typeof CHOICES[number]} choice @param {{onChange: (patch: Partial<State>) => void}} events */
function choicePart({ key, title, choices, note }, events) {
  const radios = choices.map(([value]) => {
    const radio = h("input", { type: "radio", name: `setting-${key}`, value, class: "visually-hidden" });
    radio.addEventListener("change", () => events.onChange({ [key]: key === "digits" && value !== "all" ? Number(value) : value }));
    return radio;
  });
  const labels = choices.map(([, words], index) => h("label", { class: "mode" }, radios[index], h("span", {}, words)));
  const part = h("fieldset", { class: "setting" }, h("legend", {}, title), h("div", { class: "modes" }, ...labels), note ? h("small", {}, note) : null);
  return { key, radios, part };
}
