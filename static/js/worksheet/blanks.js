/** Which numbers of a worksheet are left to be filled in. */

/** @typedef {"all" | "second" | "sums"} Blank */

/** @type {readonly (readonly [Blank, string])[]} */
export const BLANKS = Object.freeze([["all", "all derivatives"], ["second", "every second one"], ["sums", "sums only"]]);
