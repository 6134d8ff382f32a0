import assert from "node:assert/strict";
import test from "node:test";

import { createVoice } from "../../static/js/voice.js";

function region() {
  /** @type {string[]} */
  const said = [];
  return {
    said,
    element: /** @type {any} */ ({
      text: "",
      get textContent() {
        return this.text;
      },
      set textContent(text) {
        this.text = text;
        if (text !== "") said.push(text);
      },
    }),
  };
}

test("every step is said by hand, however fast the playing would be", () => {
  const { said, element } = region();
  const voice = createVoice(element);
  voice.say("one", { playing: false, time: 500, phase: "forward" });
  voice.say("two", { playing: false, time: 500, phase: "forward" });
  assert.deepEqual(said, ["one", "two"]);
});

test("playing faster than two seconds a step says phases only", () => {
  const { said, element } = region();
  const voice = createVoice(element);
  for (const [sentence, phase] of [["one", "forward"], ["two", "forward"], ["three", "reverse"], ["four", "reverse"]]) voice.say(sentence, { playing: true, time: 1999, phase });
  assert.deepEqual(said, ["Forward sweep.", "Reverse sweep."]);
});

test("playing slowly says every step, and nothing twice", () => {
  const { said, element } = region();
  const voice = createVoice(element);
  for (const sentence of ["one", "one", "two"]) voice.say(sentence, { playing: true, time: 2300, phase: "forward" });
  assert.deepEqual(said, ["one", "two"]);
});
