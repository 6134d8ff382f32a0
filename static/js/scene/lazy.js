/** A step of a long tape costs what is looked at, not the tape. */

/**
 * A list whose entries are made when they are first asked for: a step of a long tape draws few of them.
 * @template T @param {number} length @param {(place: number) => T} make
 */
export function remembered(length, make) {
  /** @type {T[]} */
  const made = [];
  let whole = length === 0;
  const one = (/** @type {number} */ place) => (made[place] ??= make(place));
  return {
    one,
    all() {
      for (let place = 0; !whole && place < length; place += 1) one(place);
      whole = true;
      return made;
    },
  };
}
