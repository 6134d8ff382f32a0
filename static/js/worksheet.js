/** The handout of a program: opened by the same links as the explorer, printed on paper. */

import { linkOf } from "./address.js";
import { createBuilder } from "./build.js";
import { byId, h } from "./dom.js";
import { chosenOf } from "./fold/choice.js";
import { ABSENT } from "./format.js";
import { displayName } from "./latex.js";
import { readLink, writeLink } from "./link.js";
import { open } from "./opening.js";
import { sceneOf } from "./scene.js";
import { captionOf } from "./share/caption.js";
import { titleOf } from "./share/code.js";
import { button, choice, tick } from "./share/controls.js";
import { inkOf, pictureOf } from "./share/slide.js";
import { createStudio } from "./share/studio.js";
import { createStore } from "./state.js";
import { valueText } from "./values.js";
import { BLANKS } from "./worksheet/blanks.js";
import { sheetOf } from "./worksheet/sheet.js";
import { stillOf } from "./worksheet/still.js";

/** @typedef {import("./worksheet/sheet.js").Handout} Handout */
/** @typedef {import("./state.js").State} State */

/** A graph that would be smaller than this on paper is left out. */
const SMALLEST = 0.42;
const TOO_LARGE = "The graph is too large to be read on paper. The explorer shows it, at the address below.";
const PAPER = Object.freeze({ width: 760, height: 520 });

const store = createStore();
const bar = byId("sheet-bar");
const notify = (/** @type {string} */ text) => bar.append(h("p", { class: "note", role: "status" }, text));

/** @param {State} state @returns {{name: string, value: string}[]} */
function givenIn({ trace, seed, values, active, mode }) {
  const inputs = active.map((name) => ({ name: displayName(name), value: valueText(values.get(name) ?? 1).replaceAll("-", "−") }));
  const seeds = [...seed].map(([name, value]) => ({ name: `seed of ${displayName(name)}`, value: valueText(value).replaceAll("-", "−") }));
  const usual = mode === "reverse" && seeds.length === 0 && trace !== null ? [{ name: "seed of the output", value: "1" }] : [];
  return [...inputs, ...seeds, ...usual];
}

/** @param {State} state @returns {Promise<SVGElement | null>} what is known before the derivatives are */
async function pictureIn({ trace, digits, traced, fold }) {
  if (trace === null) return null;
  const scene = stillOf(sceneOf(trace, 0, { digits }));
  const wishes = { source: traced, automatic: true, chosen: chosenOf(fold), follows: false };
  const studio = await createStudio({ like: scene, theme: "light", ...PAPER, wishes: () => wishes });
  try {
    studio.put(scene);
    const drawn = studio.whole();
    const scale = Math.min(PAPER.width / drawn.box.width, PAPER.height / drawn.box.height);
    drawn.part.querySelectorAll("text").forEach(placeToWrite);
    return scale < SMALLEST || drawn.part.querySelector("image") !== null ? null : pictureOf(drawn, inkOf("light"), { title: "The graph", caption: captionOf(scene) });
  } finally {
    studio.close();
  }
}

/** @param {SVGTextElement} text where a derivative is not known yet, it can be written in */
function placeToWrite(text) {
  if (text.children.length === 0) text.textContent = (text.textContent ?? "").replaceAll(ABSENT, "__");
}

async function start() {
  const { link } = readLink(location.search, location.hash);
  await open({ store, builder: createBuilder(store), notify });
  const state = store.get();
  const { trace, digits } = state;
  byId("sheet").replaceChildren();
  if (trace === null) return void byId("sheet").append(h("p", {}, state.problem?.detail ?? "This program has no graph."));
  const picture = await pictureIn(state);
  const explorer = new URL(writeLink({ ...linkOf(state), step: 0 }), new URL(".", location.href));
  const blank = choice("Blanks", BLANKS, link.blank ?? "all", draw);
  const graph = tick("Graph", picture !== null, draw);
  const key = tick("Key", true, draw);
  graph.root.hidden = picture === null;
  bar.prepend(h("h1", {}, "Worksheet"), blank.root, graph.root, key.root, button("Print", () => print(), true), h("a", { class: "button", href: explorer.href }, "Open in the explorer"));

  function draw() {
    history.replaceState(null, "", location.pathname + writeLink({ ...link, blank: blank.value() }));
    /** @type {Handout} */
    const handout = { scene: sceneOf(/** @type {import("./scene/trace.js").Trace} */ (trace), 0, { digits }), title: titleOf(state), source: state.source, given: givenIn(state), picture: graph.value() ? picture : null, remark: picture === null ? TOO_LARGE : "", blank: blank.value(), address: explorer.href };
    const [sheet, solution] = sheetOf(handout);
    byId("sheet").replaceChildren(...(key.value() ? [sheet, solution] : [sheet]));
    document.title = `${handout.title} · Worksheet · Wengert`;
  }
  draw();
}

await start();
document.body.dataset.ready = "true";
