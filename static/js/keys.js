/** The keyboard: one table, read by the listener and printed on the help sheet. */

/**
 * @typedef {object} Key
 * @property {string} keys as printed, alternatives separated by spaces
 * @property {string} does
 * @property {string[]} matches `Modifier+key` with the event's own names; "Mod" is Ctrl, or Alt on a Mac
 * @property {string} action
 * @property {boolean} [letter] a single character, which can be switched off
 * @property {"page" | "stage" | "editor" | "wall"} scope wall: only while presenting, before all others
 */

/** @type {readonly Key[]} */
export const KEYS = Object.freeze([
  { keys: "Space", does: "play or pause", matches: [" "], action: "toggle", scope: "page" },
  { keys: "→ .", does: "next step", matches: ["ArrowRight"], action: "next", scope: "page" },
  { keys: ".", does: "", matches: ["."], action: "next", letter: true, scope: "page" },
  { keys: "← ,", does: "previous step", matches: ["ArrowLeft"], action: "back", scope: "page" },
  { keys: ",", does: "", matches: [","], action: "back", letter: true, scope: "page" },
  { keys: "Shift+→ Shift+←", does: "next or previous half of a step", matches: ["Shift+ArrowRight"], action: "subNext", scope: "page" },
  { keys: "Shift+←", does: "", matches: ["Shift+ArrowLeft"], action: "subBack", scope: "page" },
  { keys: "Home", does: "first step", matches: ["Home"], action: "first", scope: "page" },
  { keys: "End", does: "last step", matches: ["End"], action: "last", scope: "page" },
  { keys: "Ctrl+→ Ctrl+←", does: "next or previous phase (Alt on a Mac)", matches: ["Mod+ArrowRight"], action: "phaseNext", scope: "page" },
  { keys: "Ctrl+←", does: "", matches: ["Mod+ArrowLeft"], action: "phaseBack", scope: "page" },
  { keys: "W", does: "both sweeps side by side, or the graph", matches: ["w"], action: "sweeps", letter: true, scope: "page" },
  { keys: "G", does: "what one step plays: half a step, an edge, a node", matches: ["g"], action: "grain", letter: true, scope: "page" },
  { keys: "- =", does: "slower or faster", matches: ["-"], action: "slower", letter: true, scope: "page" },
  { keys: "=", does: "", matches: ["=", "+"], action: "faster", letter: true, scope: "page" },
  { keys: "F R B", does: "forward mode, reverse mode, both", matches: ["f"], action: "modeForward", letter: true, scope: "page" },
  { keys: "R", does: "", matches: ["r"], action: "modeReverse", letter: true, scope: "page" },
  { keys: "B", does: "", matches: ["b"], action: "modeBoth", letter: true, scope: "page" },
  { keys: "1 2 3 4", does: "go to the program, the graph, the formula, the trace", matches: ["1"], action: "focusProgram", letter: true, scope: "page" },
  { keys: "2", does: "", matches: ["2"], action: "focusStage", letter: true, scope: "page" },
  { keys: "3", does: "", matches: ["3"], action: "focusFormula", letter: true, scope: "page" },
  { keys: "4", does: "", matches: ["4"], action: "focusTrace", letter: true, scope: "page" },
  { keys: "[ ]", does: "fold the program, the trace", matches: ["["], action: "foldProgram", letter: true, scope: "page" },
  { keys: "]", does: "", matches: ["]"], action: "foldTrace", letter: true, scope: "page" },
  { keys: "E", does: "examples", matches: ["e"], action: "examples", letter: true, scope: "page" },
  { keys: "S", does: "share", matches: ["s"], action: "share", letter: true, scope: "page" },
  { keys: "Q", does: "predict: be asked before a step writes", matches: ["q"], action: "predict", letter: true, scope: "page" },
  { keys: "P", does: "presenter: large, for a wall", matches: ["p"], action: "present", letter: true, scope: "page" },
  { keys: "PageDown PageUp", does: "presenter: next, previous step (a clicker’s keys)", matches: ["PageDown"], action: "next", scope: "wall" },
  { keys: "PageUp", does: "", matches: ["PageUp"], action: "back", scope: "wall" },
  { keys: "B", does: "presenter: black screen", matches: ["b"], action: "blank", letter: true, scope: "wall" },
  { keys: "S", does: "presenter: code with the address", matches: ["s"], action: "code", letter: true, scope: "wall" },
  { keys: "1 2 3", does: "presenter: graph with formula, graph with trace, trace", matches: ["1"], action: "wallFormula", letter: true, scope: "wall" },
  { keys: "2", does: "", matches: ["2"], action: "wallBoth", letter: true, scope: "wall" },
  { keys: "3", does: "", matches: ["3"], action: "wallTrace", letter: true, scope: "wall" },
  { keys: "O", does: "unfold the group where the step is, or fold it", matches: ["o"], action: "foldStep", letter: true, scope: "page" },
  { keys: "/", does: "find a node", matches: ["/"], action: "find", letter: true, scope: "page" },
  { keys: "X", does: "explain the value that this step writes; again: stage by stage", matches: ["x"], action: "explain", letter: true, scope: "page" },
  { keys: "T", does: "a tensor: its numbers as a table", matches: ["t"], action: "table", letter: true, scope: "page" },
  { keys: "N", does: "say the sentence of this step again", matches: ["n"], action: "repeat", letter: true, scope: "page" },
  { keys: "?", does: "this sheet", matches: ["?"], action: "help", letter: true, scope: "page" },
  { keys: "Ctrl+Enter", does: "build the graph and go to its start", matches: [], action: "", scope: "editor" },
  { keys: "Alt+Enter", does: "jump to the step of this line", matches: [], action: "", scope: "editor" },
  { keys: "Esc", does: "leave the editor, a sheet, or the graph’s walk; then Tab moves on", matches: [], action: "", scope: "editor" },
]);

const TYPING = "input:not([type=range]):not([type=radio]):not([type=checkbox]):not([type=button]), textarea, select, [contenteditable=true], [contenteditable='']";
const HAS_ARROWS = "[role=radiogroup] input, input[type=radio], input[type=range], [role=tablist], [role=tab]";
const HAS_SPACE = "button, a[href], input, select, summary, [role=button], [role=tab]";

/** @param {KeyboardEvent} event @param {boolean} mac @returns {string} "Shift+ArrowRight"; Shift is left out where it only makes the character */
export function chordOf(event, mac) {
  const mod = mac ? event.altKey : event.ctrlKey;
  if (event.metaKey || (mac ? event.ctrlKey : event.altKey)) return "";
  const named = event.key.length > 1;
  const key = named ? event.key : event.key.toLowerCase();
  return `${mod ? "Mod+" : ""}${event.shiftKey && named ? "Shift+" : ""}${key}`;
}

/**
 * @param {Object<string, () => void>} actions
 * @param {() => boolean} letters whether single-letter keys are on
 * @param {() => boolean} [onWall] whether the page is on a wall
 * @param {Document} [page]
 */
export function listen(actions, letters, onWall = () => false, page = document) {
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  const tableOf = (/** @type {boolean} */ wall) => new Map(KEYS.filter(({ scope }) => (scope === "wall") === wall).flatMap((key) => key.matches.map((match) => /** @type {[string, Key]} */ ([match, key]))));
  const [table, wall] = [tableOf(false), tableOf(true)];
  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || page.querySelector("dialog[open]") !== null) return;
    const chord = chordOf(event, mac);
    const key = (onWall() ? wall.get(chord) : undefined) ?? table.get(chord);
    if (key === undefined || (key.letter && !letters())) return;
    const target = targetOf(event);
    if (target?.closest(TYPING) || (isOwned(event, target) && !key.letter)) return;
    event.preventDefault();
    actions[key.action]?.();
  });
}

/** @param {KeyboardEvent} event @returns {Element | null} none in a sheet just closed: until the next frame its field still has the focus */
function targetOf({ target }) {
  return target instanceof Element && target.closest("dialog:not([open])") === null ? target : null;
}

/** @param {KeyboardEvent} event @param {Element | null} target @returns {boolean} whether the focused control means this key itself */
function isOwned(event, target) {
  if (target === null) return false;
  if (event.key === " ") return target.closest(HAS_SPACE) !== null;
  return (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") && target.closest(HAS_ARROWS) !== null;
}
