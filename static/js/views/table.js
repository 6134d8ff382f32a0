/** The evaluation trace: the forward sweep read downward on the left, tangents beside it, the reverse sweep read upward on the right. */

import { h } from "../dom.js";
import { copyInFull, showOnFocus } from "./table/digits.js";
import { connect, marksOf, pathsBetween } from "./table/marks.js";
import { createPane } from "./table/pane.js";
import { viewOf, wayTo } from "./table/sight.js";
import { touchedBetween } from "./table/touched.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../picture.js").Picture} Picture */
/** @typedef {import("../format.js").FormatOptions} FormatOptions */
/** @typedef {import("./table/touched.js").Shown} Shown */

/** @param {HTMLElement} root @param {import("./table/build.js").TableEvents} events */
export function createTable(root, events) {
  const pane = createPane(root, events);
  /** @type {Shown | null} */
  let shown = null;
  /** Whether the step's row has still to be brought into sight. */
  let isAsked = false;
  let waiting = 0;
  copyInFull(root);
  showOnFocus(root, h("div", { class: "full-digits numeral", role: "tooltip" }));
  root.addEventListener("scroll", later, { passive: true });
  new ResizeObserver(later).observe(root);

  function later() {
    waiting ||= requestAnimationFrame(settle);
  }

  /** Once the rows have places. All of these are read before the first is written. */
  function settle() {
    waiting = 0;
    if (shown === null) return;
    const { scene, picture } = shown;
    const view = viewOf(root);
    if (view.bottom <= view.top) return;
    const way = isAsked && !root.contains(document.activeElement) ? wayTo(view, pane.current(scene)) : 0;
    const paths = picture === null || picture.tape ? pathsBetween(root, pane.rows(), scene) : [];
    pane.see(shown, { top: view.top + way, bottom: view.bottom + way });
    connect(root, paths);
    if (way !== 0) root.scrollTop += way;
    isAsked = false;
  }

  return {
    /** @param {Scene | null} scene @param {FormatOptions} options @param {Picture | null} [picture] the moment of a plan that is being played */
    render(scene, options, picture = null) {
      if (scene === null) {
        shown = null;
        return pane.clear();
      }
      const now = { scene, digits: options.digits, picture, marks: picture?.cells ?? marksOf(scene) };
      const touched = pane.prepare(scene) ? null : touchedBetween(shown, now);
      shown = now;
      pane.show(now, touched);
      isAsked = true;
      later();
    },
    highlight: pane.highlight,
  };
}
