/** The table of one trace: its lines, and those of them that are rows now. */

import { createBody } from "./body.js";
import { tableOf, tangentColumn } from "./build.js";
import { decimalsIn } from "./digits.js";
import { update } from "./fill.js";
import { linesOf, placesOf } from "./lines.js";
import { lineHeight, seenOf } from "./sight.js";
import { around, reaches, stretchesOf } from "./window.js";

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./window.js").Stretch} Stretch */
/** @typedef {import("./touched.js").Shown} Shown */

/** Lines in sight until they are counted, and the height of one until it is measured. */
const IN_SIGHT = 24;
const HEIGHT = 30;

/** @param {HTMLElement} root @param {import("./build.js").TableEvents} events */
export function createPane(root, events) {
  let body = createBody(events);
  /** @type {object | null} */
  let nodes = null;
  let heading = "";
  /** @type {Line[]} */
  let lines = [];
  let places = placesOf([], 0);
  let decimals = { primal: 0, tangent: 0, adjoint: 0 };
  /** @type {Stretch} */
  let main = { from: 0, to: 0 };
  let inSight = IN_SIGHT;
  let height = HEIGHT;
  let isMeasured = false;
  /** @type {ReadonlySet<number>} */
  let lit = new Set();

  /** @param {Scene} scene */
  const placeOf = ({ step }) => (step === null ? -1 : places.ofStep[step.index]);

  /** @param {Shown} shown @param {Iterable<import("./build.js").Row>} rows */
  function fill({ scene, digits, picture, marks }, rows) {
    for (const row of rows) update(row, scene, { digits }, { picture, marks, decimals });
  }

  /** @param {Shown} shown draws what is missing, and takes away what is out of sight */
  function exchange(shown) {
    const outlined = [...shown.marks.keys()].map((key) => places.ofNode.get(Number(key.split(" ")[0])) ?? -1);
    const fresh = body.draw(lines, shown.scene, stretchesOf(lines, main, [placeOf(shown.scene), body.focused(), ...outlined]), height);
    for (const { row, line } of fresh) row.classList.toggle("lit", lit.has(line.node));
    fill(shown, fresh);
  }

  return {
    /** @param {Scene} scene @returns {boolean} whether all rows are new */
    prepare(scene) {
      const wanted = `${scene.digits} ${tangentColumn(scene)} ${scene.showsAdjoints} ${scene.notation}`;
      if (scene.trace.nodes === nodes && wanted === heading) return false;
      const count = lines.length;
      if (scene.trace.nodes !== nodes) lines = linesOf(scene);
      [nodes, heading, isMeasured] = [scene.trace.nodes, wanted, false];
      places = placesOf(lines, scene.total);
      decimals = decimalsIn(scene, lines);
      if (lines.length !== count) main = around(lines, { from: 0, to: inSight });
      body = createBody(events);
      root.replaceChildren(tableOf(scene, lines.length, body.element));
      return true;
    },
    /** @param {Shown} shown @param {ReadonlySet<number> | null} touched nodes whose rows are written; null for all */
    show(shown, touched) {
      const place = placeOf(shown.scene);
      const isAway = place >= 0 && (place < main.from || place >= main.to);
      if (isAway && body.focused() < 0) main = around(lines, { from: place, to: place + inSight });
      const kept = [...body.drawn().values()].filter(({ line }) => touched === null || touched.has(line.node));
      exchange(shown);
      fill(shown, kept);
    },
    /** Draws what has come into sight. @param {Shown} shown @param {import("./sight.js").View} view */
    see(shown, view) {
      if (view.bottom <= view.top || lines.length === 0) return;
      const isFirst = !isMeasured;
      if (isFirst) [height, isMeasured] = [lineHeight(body.drawn(), main), true];
      const seen = seenOf(body.element, body.drawn(), view, height, lines.length);
      inSight = seen.to - seen.from;
      const isReached = reaches(lines, main, seen);
      if (!isReached) main = around(lines, seen);
      if (!isReached || isFirst) exchange(shown);
    },
    /** @param {Scene} scene */
    current: (scene) => body.drawn().get(placeOf(scene)),
    rows: () => body.drawn().values(),
    /** @param {readonly number[]} ids */
    highlight(ids) {
      lit = new Set(ids);
      for (const { row, line } of body.drawn().values()) row.classList.toggle("lit", lit.has(line.node));
    },
    clear() {
      nodes = null;
      root.replaceChildren();
    },
  };
}
