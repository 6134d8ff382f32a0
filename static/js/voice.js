/** The one polite live region: a sentence per step, phases only while the playing is fast, and the last one again on request. */

/** @typedef {{playing: boolean, time: number, phase: string}} Pace time: milliseconds from one step to the next */

/** A sentence needs so long. */
const FAST = 2000;
const PHASES = new Map([["forward", "Forward sweep."], ["reverse", "Reverse sweep."]]);

/** @param {HTMLElement} region */
export function createVoice(region) {
  let sentence = "";
  let phase = "";

  /** @param {string} text */
  function speak(text) {
    if (region.textContent === text) region.textContent = "";
    region.textContent = text;
  }

  return {
    /** @param {string} next @param {Pace} pace */
    say(next, pace) {
      const isNewPhase = pace.phase !== phase;
      phase = pace.phase;
      if (next === sentence) return;
      sentence = next;
      if (pace.playing && pace.time < FAST) {
        if (isNewPhase) speak(PHASES.get(pace.phase) ?? next);
      } else speak(next);
    },
    repeat() {
      region.textContent = "";
      requestAnimationFrame(() => speak(sentence));
    },
  };
}
