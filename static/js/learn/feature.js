/** The way from the explorer to the lessons: its program goes along. */

import { linkOf } from "../address.js";
import { writeLink } from "../link.js";

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function lessons({ store, address, menu }) {
  menu.add({ id: "learn", words: "Lessons…", hint: "Each on this program: chain rule, both modes, Jacobians, PyTorch", onclick: open });

  function open() {
    const state = store.get();
    const { theme } = /** @type {import("../link.js").Link} */ (linkOf(state));
    const at = new Map(state.active.map((name) => [name, state.values.get(name) ?? 1]));
    address.write();
    const link = writeLink({ e: state.source, at, ...(theme === undefined ? {} : { theme }) });
    location.assign(link.startsWith("?") ? `learn${link}` : "learn");
  }
  return {};
}
