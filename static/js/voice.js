/** The one polite live region: a sentence per step, phases only while the playing is fast, and the last one again on request. */

/** @typedef {{playing: boolean, speed: number, phase: string}} Pace */

const FAST = 1.2;
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
      if (pace.playing && pace.speed > FAST) {
        if (isNewPhase) speak(PHASES.get(pace.phase) ?? next);
      } else speak(next);
    },
    repeat() {
      region.textContent = "";
      requestAnimationFrame(() => speak(sentence));
    },
  };
}
