/** Texts cut at the places that are to be marked. */

/** @typedef {import("./answer.js").Place} Place */

/** @param {string} text @param {readonly Place[]} places in order, none within another; counted in characters, as the API counts @returns {{text: string, place: number | null}[]} pieces that together are the text; place: which of the places it is */
export function piecesOf(text, places) {
  const characters = [...text];
  /** @type {{text: string, place: number | null}[]} */
  const pieces = [];
  const put = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number | null} */ place) => {
    if (to > from) pieces.push({ text: characters.slice(from, to).join(""), place });
  };
  let done = 0;
  places.forEach(([from, to], place) => {
    put(done, from, null);
    put(from, to, place);
    done = to;
  });
  put(done, characters.length, null);
  return pieces;
}
