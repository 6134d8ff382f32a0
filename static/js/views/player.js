/** The player's controls: buttons, scrubber with its phases, step box, speed and mode. */

import { h, icon, setAttribute, setText } from "../dom.js";
import { SPEEDS } from "../player.js";
import { GRAINS } from "../steps.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../link.js").Mode} Mode */
/** @typedef {import("../player.js").Player} Player */
/** @typedef {import("../steps.js").Grain} Grain */

const GRAIN_WORDS = Object.freeze({ half: "half steps", edge: "by edge", node: "by node" });
const PHONE = "(max-width: 699px)";
const MODES = Object.freeze(/** @type {[Mode, string, string][]} */ ([["forward", "Forward", "F"], ["reverse", "Reverse", "R"], ["both", "Both", "B"]]));

/**
 * @param {HTMLElement} root
 * @param {Player} player
 * @param {{onMode: (mode: Mode) => void, onSpeed: (speed: number) => void, onGrain: (grain: Grain) => void, phone: HTMLElement}} events phone: where a small screen has what its player has no room for
 */
export function createPlayerView(root, player, events) {
  const button = (/** @type {string} */ sign, /** @type {string} */ words, /** @type {string} */ key, /** @type {() => void} */ onclick) =>
    h("button", { type: "button", class: `button quiet play-${sign}`, "aria-label": words, title: `${words} (${key})`, onclick }, icon(sign));
  const first = button("first", "First step", "Home", player.first);
  const back = button("back", "Previous step", "←", player.back);
  const play = h("button", { type: "button", class: "button primary play-toggle", onclick: player.toggle }, icon("play"));
  const next = button("next", "Next step", "→", player.next);
  const last = button("last", "Last step", "End", player.last);
  const scrubber = scrubberPart(player);
  const step = stepBox(player);
  const speed = speedSelect(events.onSpeed);
  const grain = grainSelect(events.onGrain);
  const modes = modeRadios(events.onMode);
  const pace = h("div", { class: "pace" }, h("label", { class: "grain" }, h("span", { class: "visually-hidden" }, "What one step plays"), grain), h("label", { class: "speed" }, h("span", { class: "visually-hidden" }, "Speed"), speed));
  root.replaceChildren(h("div", { class: "transport" }, first, back, play, next, last), scrubber.root, step.root);
  placeBySize(PHONE, root, events.phone, [pace, modes.root]);
  let shownIcon = "play";

  return {
    /** @param {Scene | null} scene @param {State} state @param {string} sentence */
    render(scene, state, sentence) {
      const total = scene?.total ?? 0;
      const cursor = scene?.cursor ?? 0;
      for (const [control, off] of /** @type {[HTMLButtonElement, boolean][]} */ ([[first, cursor === 0], [back, cursor === 0], [next, cursor === total], [last, cursor === total]])) {
        setAttribute(control, "aria-disabled", String(off));
      }
      const sign = state.playing ? "pause" : "play";
      if (sign !== shownIcon) play.replaceChildren(icon((shownIcon = sign)));
      setAttribute(play, "aria-label", state.playing ? "Pause" : "Play");
      setAttribute(play, "title", `${state.playing ? "Pause" : "Play"} (Space)`);
      scrubber.render(scene, sentence);
      step.render(cursor, total);
      speed.value = String(state.speed);
      grain.value = state.grain;
      modes.render(state.mode);
    },
  };
}

/** @param {string} query @param {HTMLElement} wide @param {HTMLElement} narrow @param {HTMLElement[]} parts */
function placeBySize(query, wide, narrow, parts) {
  const size = matchMedia(query);
  const place = () => (size.matches ? narrow : wide).append(...parts);
  size.addEventListener("change", place);
  place();
}

/** @param {Player} player */
function scrubberPart(player) {
  const range = h("input", { type: "range", class: "scrubber-range", min: "0", step: "1", value: "0", "aria-label": "Step" });
  const forward = h("span", { class: "phase phase-forward" });
  const reverse = h("span", { class: "phase phase-reverse" });
  const marks = h("div", { class: "phases", "aria-hidden": "true" }, forward, reverse);
  range.addEventListener("input", () => player.go(Number(range.value)));
  return {
    root: h("div", { class: "scrubber" }, range, marks),
    /** @param {Scene | null} scene @param {string} sentence */
    render(scene, sentence) {
      const total = scene?.total ?? 0;
      setAttribute(range, "max", String(Math.max(total, 1)));
      range.value = String(scene?.cursor ?? 0);
      setAttribute(range, "aria-valuetext", sentence.split(". ").slice(0, 2).join(". "));
      range.style.setProperty("--played", String((scene?.cursor ?? 0) / Math.max(total, 1)));
      const share = scene === null ? 0 : scene.counts.forward.total / Math.max(total, 1);
      marks.style.setProperty("--forward", String(share));
      reverse.hidden = scene === null || scene.counts.reverse.total === 0;
      setText(forward, scene?.showsTangents ? "Forward: primals and tangents" : "Forward: primals");
      setText(reverse, "Reverse: adjoints");
    },
  };
}

/** @param {Player} player */
function stepBox(player) {
  const field = h("input", { type: "text", inputmode: "numeric", class: "field step-field numeral", "aria-label": "Step", autocomplete: "off" });
  const total = h("span", { class: "step-total" });
  const jump = () => {
    const wanted = Number.parseInt(field.value, 10);
    if (Number.isFinite(wanted)) player.go(wanted);
  };
  field.addEventListener("change", jump);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") jump();
  });
  return {
    root: h("div", { class: "step-box" }, h("span", { class: "step-word" }, "Step"), field, total),
    /** @param {number} cursor @param {number} count */
    render(cursor, count) {
      if (document.activeElement !== field || Number.parseInt(field.value, 10) !== cursor) field.value = String(cursor);
      field.style.setProperty("--digits", String(String(count).length));
      setText(total, `of ${count}`);
    },
  };
}

/** @param {(speed: number) => void} onSpeed */
function speedSelect(onSpeed) {
  const words = (/** @type {number} */ speed) => (Number.isFinite(speed) ? `${speed} ×` : "Instant");
  const select = h("select", { class: "field", title: "Speed (- and =)" }, ...SPEEDS.map((speed) => h("option", { value: String(speed) }, words(speed))));
  select.addEventListener("change", () => onSpeed(Number(select.value)));
  return select;
}

/** @param {(grain: Grain) => void} onGrain */
function grainSelect(onGrain) {
  const select = h("select", { class: "field", title: "What one step plays (G): half a step, one contribution, or all that a node gives" }, ...GRAINS.map((grain) => h("option", { value: grain }, GRAIN_WORDS[grain])));
  select.addEventListener("change", () => onGrain(/** @type {Grain} */ (select.value)));
  return select;
}

/** @param {(mode: Mode) => void} onMode */
function modeRadios(onMode) {
  const radios = MODES.map(([mode, words, key]) => {
    const radio = h("input", { type: "radio", name: "mode", value: mode, class: "visually-hidden" });
    radio.addEventListener("change", () => onMode(mode));
    return { mode, radio, label: h("label", { class: `mode mode-${mode}`, title: `${words} (${key})` }, radio, h("span", {}, words)) };
  });
  return {
    root: h("fieldset", { class: "modes" }, h("legend", { class: "visually-hidden" }, "Mode"), ...radios.map(({ label }) => label)),
    /** @param {Mode} mode */
    render(mode) {
      for (const entry of radios) entry.radio.checked = entry.mode === mode;
    },
  };
}
