/** The first picture: what the address asks for, or the survey's example at its third step. */

import { askExamples } from "./api.js";
import { seedOf } from "./address.js";
import { readLink } from "./link.js";
import { stateOfWays } from "./link/parameters.js";

/** @typedef {import("./api.js").Example} Example */
/** @typedef {import("./state.js").Store} Store */
/** @typedef {import("./link.js").Link} Link */
/** @typedef {ReturnType<typeof import("./build.js").createBuilder>} Builder */

const FIRST = "survey-1";
const FIRST_STEP = 3;

/** @type {Promise<Example[]> | null} */
let asked = null;

/** @returns {Promise<Example[]>} asked once, and again only after a failure */
export function examples() {
  asked ??= askExamples().catch((reason) => {
    asked = null;
    throw reason;
  });
  return asked;
}

/** @param {Example} example @returns {Partial<import("./state.js").State>} */
export function stateOf(example) {
  return {
    example,
    source: example.source,
    values: new Map(Object.entries(example.inputs)),
    active: Object.keys(example.inputs),
    mode: example.mode ?? "reverse",
    seed: seedOf(example),
    outputs: example.outputs ?? null,
    wrt: example.wrt ?? null,
    playing: false,
    fold: "",
  };
}

/** @param {{store: Store, builder: Builder, notify: (text: string) => void}} page */
export async function open({ store, builder, notify }) {
  const { link, notices } = readLink(location.search, location.hash);
  examples().catch(() => {}); // asked for even where the link brings its own program: the gallery then opens at once
  notices.forEach(notify);
  const example = await wanted(link, notify);
  if (example !== null) store.set(stateOf(example));
  const isFirst = link.ex === undefined && link.e === undefined;
  store.set({ ...patchOf(link, store), hint: isFirst && link.step === undefined ? "Press → for the next step." : "" });
  if (store.get().source.trim() === "") return;
  await builder.build({ cursor: link.step ?? (isFirst ? FIRST_STEP : (example?.step ?? 0)), adopt: true });
}

/** @param {Link} link @param {(text: string) => void} notify @returns {Promise<Example | null>} */
async function wanted(link, notify) {
  if (link.e !== undefined) return null;
  const all = await examples().catch(() => []);
  const found = all.find(({ id }) => id === link.ex);
  if (link.ex !== undefined && found === undefined && all.length > 0) notify(`There is no example “${link.ex.slice(0, 40)}”; the first one is shown.`);
  return found ?? all.find(({ id }) => id === FIRST) ?? all[0] ?? null;
}

/** @param {Link} link @param {Store} store @returns {Partial<import("./state.js").State>} what the link says beside its program */
function patchOf(link, store) {
  const { values, active } = store.get();
  const given = link.at === undefined ? {} : { values: new Map([...values, ...link.at]), active: [...new Set([...active, ...link.at.keys()])] };
  return {
    ...(link.e === undefined ? {} : { source: link.e, example: null }),
    ...given,
    ...(link.seed === undefined ? {} : { seed: link.seed }),
    ...(link.out === undefined ? {} : { outputs: link.out }),
    ...(link.mode === undefined ? {} : { mode: link.mode }),
    ...stateOfWays(link),
  };
}
