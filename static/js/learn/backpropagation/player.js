/** Steps forth and back, played, or dragged along. */

import { h, icon, setAttribute } from "../../dom.js";

const PACE = 1100;

/** @param {string} what is stepped through @param {(step: number, byHand: boolean) => void} onStep */
export function createPlayer(what, onStep) {
  const range = h("input", { type: "range", class: "cut-slider", min: 0, max: 0, step: 1, "aria-label": what, oninput: () => go(Number(range.value)) });
  const button = (/** @type {string} */ sign, /** @type {string} */ words, /** @type {() => void} */ onclick) => h("button", { type: "button", class: `button quiet play-${sign}`, "aria-label": words, title: words, onclick }, icon(sign));
  const play = h("button", { type: "button", class: "button primary play-toggle", "aria-label": "Play", title: "Play", onclick: toggle }, icon("play"));
  const count = h("output", { class: "back-count" });
  const root = h("div", { class: "back-player" }, h("div", { class: "transport" }, button("first", "Before the first step", () => go(0)), button("back", "Previous step", () => go(at - 1)), play, button("next", "Next step", () => go(at + 1)), button("last", "Last step", () => go(most))), range, count);
  let at = 0;
  let most = 0;
  let timer = 0;
  document.addEventListener("visibilitychange", () => document.hidden && stop());

  /** @param {number} next */
  function go(next) {
    stop();
    move(next);
    onStep(at, true);
  }

  /** @param {number} next */
  function move(next) {
    at = Math.max(0, Math.min(most, next));
    range.value = String(at);
    range.setAttribute("aria-valuetext", `step ${at} of ${most}`);
    count.textContent = `${at} of ${most}`;
  }

  function toggle() {
    if (timer !== 0) return stop();
    if (at === most) move(0);
    const step = () => {
      move(at + 1);
      if (at === most) stop();
      onStep(at, at === most);
    };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return step();
    timer = window.setInterval(step, PACE);
    sign("pause", "Pause");
    return step();
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    sign("play", "Play");
  }

  /** @param {string} name @param {string} words */
  function sign(name, words) {
    if (play.getAttribute("aria-label") === words) return;
    play.replaceChildren(icon(name));
    setAttribute(play, "aria-label", words);
    setAttribute(play, "title", words);
  }

  return {
    root,
    /** @param {number} steps @param {number} start */
    load(steps, start) {
      stop();
      most = steps;
      range.max = String(steps);
      move(start);
      return at;
    },
  };
}
