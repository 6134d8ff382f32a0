/** Folding by hand: which group is meant, and that it stays under the hand when everything else gets other places. */

import { indexOf } from "../../scene/index.js";

/** @typedef {import("./painter.js").Stand} Stand */
/** @typedef {import("./painter.js").Box} Box */

/**
 * @typedef {object} Ground
 * @property {() => Stand | null} stand
 * @property {(stand: Stand, key: string) => Box | null} box of a fold's card, or of the box around it
 * @property {(layout: import("../../layout/types.js").Layout, before: Box, now: Box) => void} hold
 * @property {(key: string, shut: boolean) => void} tell
 */

/** @param {Ground} ground */
export function createFoldHand(ground) {
  /** What was folded last. @type {{key: string, box: Box} | null} */
  let anchor = null;

  /** @param {string} key @param {boolean} shut */
  function fold(key, shut) {
    const stand = ground.stand();
    const box = stand === null ? null : ground.box(stand, key);
    anchor = box === null ? null : { key, box };
    ground.tell(key, shut);
  }

  return {
    fold,
    /** @param {number} id the shut group that holds the node opens; else the innermost box around it is shut */
    around(id) {
      const stand = ground.stand();
      if (stand === null) return;
      const { folds, unit, boxOf } = stand.drawing.folding;
      const at = indexOf(stand.trace).positionOf(id);
      const place = unit[at] < 0 ? boxOf(at) : unit[at];
      if (place >= 0) fold(folds[place].key, unit[at] < 0);
    },
    /** @param {number} id @returns {string} in which folded group a node is */
    words(id) {
      const stand = ground.stand();
      if (stand === null) return "";
      const { folds, unit } = stand.drawing.folding;
      const place = unit[indexOf(stand.trace).positionOf(id)];
      return place < 0 ? "" : `It is in ${folds[place].label}, which is folded; O opens it.`;
    },
    /** The picture has other places. @returns {boolean} whether something was under the hand */
    settle() {
      const stand = ground.stand();
      const box = stand === null || anchor === null ? null : ground.box(stand, anchor.key);
      if (stand !== null && anchor !== null && box !== null) ground.hold(stand.layout, anchor.box, box);
      anchor = null;
      return box !== null;
    },
  };
}
