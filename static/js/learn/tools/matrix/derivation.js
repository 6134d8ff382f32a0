/** The derivation, step by step: the reverse sweep on symbols, each step with its formula and its rule. */

import { h, setText } from "../../../dom.js";
import { typeset } from "../../../views/typeset.js";
import { aside } from "../../chart.js";

/** @typedef {import("./answer.js").Step} Step */

const PACE = 1400;
const PHASES = Object.freeze({ forward: "value", reverse: "adjoint", simplify: "simplify" });

/** @param {(sentence: string) => void} say */
export function createDerivation(say) {
  let at = 0;
  let timer = 0;
  /** @type {Step[]} */
  let steps = [];
  const back = h("button", { type: "button", class: "button small", onclick: () => step(-1) }, "Back");
  const next = h("button", { type: "button", class: "button small primary", onclick: () => step(1) }, "Next step");
  const play = h("button", { type: "button", class: "button small", onclick: toggle }, "Play");
  const slider = h("input", { type: "range", class: "quotient-slider", min: "0", value: "0", "aria-label": "Steps so far", oninput: () => { stop(); go(Number(slider.value)); } });
  const told = h("p", { class: "rule-name" });
  const formula = h("div", { class: "rule-formula", tabindex: "0", role: "group", "aria-label": "Formula, scrolls" });
  const all = h("div", {});
  const root = h("div", { class: "learn-figure", hidden: true }, h("h3", {}, "The derivation: a reverse sweep on symbols"), h("div", { class: "quotient-row quotient-player" }, back, next, play, h("label", {}, h("span", { class: "visually-hidden" }, "Steps so far"), slider)), told, formula, all);
  root.addEventListener("keydown", (event) => {
    const by = new Map([["ArrowRight", 1], ["ArrowLeft", -1]]).get(event.key);
    if (by === undefined || event.target === slider) return;
    event.preventDefault();
    step(by);
  });

  /** @param {number} by */
  function step(by) {
    stop();
    go(at + by);
  }

  /** @param {number} place @param {boolean} [aloud] */
  function go(place, aloud = true) {
    at = Math.min(Math.max(place, 0), steps.length - 1);
    const now = steps[at];
    if (now === undefined) return;
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", `${at + 1} of ${steps.length}`);
    back.setAttribute("aria-disabled", String(at === 0));
    next.setAttribute("aria-disabled", String(at === steps.length - 1));
    told.replaceChildren(h("strong", {}, `${PHASES[now.phase]}, ${at + 1} of ${steps.length}`), ` ${now.sentence}`);
    formula.replaceChildren(typeset(now.rule === "" ? now.latex : `${now.latex} \\qquad\\quad ${now.rule}`));
    if (aloud) say(`Step ${at + 1}, ${PHASES[now.phase]}: ${now.sentence}`);
  }

  function toggle() {
    if (timer !== 0) return stop();
    if (at === steps.length - 1) go(0);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return go(at + 1);
    setText(play, "Pause");
    timer = window.setInterval(() => (at >= steps.length - 1 ? stop() : go(at + 1)), PACE);
    return undefined;
  }

  function stop() {
    window.clearInterval(timer);
    timer = 0;
    setText(play, "Play");
  }

  return {
    root,
    /** @param {Step[]} found */
    render(found) {
      stop();
      steps = found;
      root.hidden = found.length === 0;
      slider.max = String(Math.max(found.length - 1, 0));
      all.replaceChildren(aside("All steps", h("ol", { class: "rule-lines" }, ...found.map((one, place) => h("li", {}, h("button", { type: "button", class: "button quiet small", onclick: () => { stop(); go(place); } }, `${place + 1} ${PHASES[one.phase]}`), h("span", {}, one.sentence))))));
      go(0, false);
    },
  };
}
