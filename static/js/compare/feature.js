/** The way from the explorer to a comparison: its program stands on the left, and waits for another. */

import { linkOf } from "../address.js";
import { writeLink } from "../link.js";

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function comparing({ store, address, menu }) {
  menu.add({ id: "compare", words: "Compare…", hint: "This program beside another: values, gradients, rounding errors", onclick: open });

  function open() {
    const state = store.get();
    const { digits, theme } = /** @type {import("../link.js").Link} */ (linkOf(state));
    const at = new Map(state.active.map((name) => [name, state.values.get(name) ?? 1]));
    address.write();
    location.assign(`compare${writeLink({ left: state.source, right: state.source, at, mode: state.mode, ...(digits === undefined ? {} : { digits }), ...(theme === undefined ? {} : { theme }) })}`);
  }
  return {};
}
