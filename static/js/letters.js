/** The letters of formulas, asked for at once: text that is drawn before they are there changes its height when they come. */

const FACES = ["1em KaTeX_Main", "italic 1em KaTeX_Math"];
const PATIENCE = 1000;

/** Resolves when the letters are there, or after a second without them. */
export const letters = Promise.race([
  Promise.allSettled(FACES.map((face) => document.fonts.load(face))),
  new Promise((resolve) => setTimeout(resolve, PATIENCE)),
]);
