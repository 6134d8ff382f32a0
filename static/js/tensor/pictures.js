/** Pictures of the same geometry in one row, with one cross over all of them: moved by the pointer or by arrow keys, pinned by a press. */

import { h } from "../dom.js";
import { math } from "../views/math.js";
import { createPicture } from "./picture.js";
import { histogram, legend } from "./scale.js";

/** @typedef {import("./picture.js").Place} Place */
/** @typedef {import("./sizes.js").Grid} Grid */
/** @typedef {import("./kinds.js").Kind & {values: ArrayLike<number> | null, reach: number, facts: string, histogram: import("./statistics.js").Histogram | null}} Pane */
/** @typedef {{panes: Pane[], grid: Grid, cell: import("./sizes.js").Cell, look: import("./sizes.js").Look, digits: number | "all", label: string, part?: import("./blocks.js").Part | null}} View */
/** @typedef {{show: (place: Place | null, byKey: boolean) => void, pin: (place: Place | null) => void, slice: (by: number) => void}} Listeners show: what is read; pin: what stays */

const MOVES = new Map(Object.entries({ ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }));
const FAR = 8;
const MARKS = { primal: "", tangent: "▸ ", adjoint: "◂ " };

/** @param {Listeners} on */
export function createPictures(on) {
  const element = h("div", { class: "tensor-row", tabindex: "0", role: "application", "aria-roledescription": "grid of cells" });
  /** @type {{pane: Pane, picture: ReturnType<typeof createPicture>}[]} */
  let shown = [];
  /** @type {View | null} */
  let view = null;
  /** @type {{hover: Place | null, cursor: Place | null, pin: Place | null}} */
  const at = { hover: null, cursor: null, pin: null };

  const present = () => at.hover ?? (document.activeElement === element ? at.cursor : null) ?? at.pin;

  function mark(byKey = false) {
    const cross = present();
    for (const { picture } of shown) picture.mark({ cross, pin: at.pin, part: view?.part });
    on.show(cross, byKey);
  }

  /** @param {Place | null} place */
  function pin(place) {
    at.pin = place !== null && at.pin?.row === place.row && at.pin.column === place.column ? null : place;
    at.cursor = place ?? at.cursor;
    on.pin(at.pin);
    mark();
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (view === null || event.altKey || event.ctrlKey || event.metaKey || !act(event, view.grid)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event @param {Grid} grid @returns {boolean} whether the key means something here */
  function act(event, grid) {
    const move = MOVES.get(event.key);
    if (move !== undefined) go((cursor) => ({ row: cursor.row + move[0] * (event.shiftKey ? FAR : 1), column: cursor.column + move[1] * (event.shiftKey ? FAR : 1) }), grid);
    else if (event.key === "Home" || event.key === "End") go(({ row }) => ({ row, column: event.key === "Home" ? 0 : grid.columns - 1 }), grid);
    else if (event.key === "PageUp" || event.key === "PageDown") on.slice(event.key === "PageUp" ? -1 : 1);
    else if (event.key === "Enter" || event.key === " ") pin(present());
    else if (event.key === "Escape" && at.pin !== null) pin(at.pin);
    else return false;
    return true;
  }

  /** @param {(cursor: Place) => Place} next @param {Grid} grid */
  function go(next, grid) {
    const { row, column } = next(at.cursor ?? { row: 0, column: 0 });
    at.hover = null;
    at.cursor = { row: Math.max(0, Math.min(row, grid.rows - 1)), column: Math.max(0, Math.min(column, grid.columns - 1)) };
    mark(true);
    shown[0]?.picture.element.querySelector(".cross")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  element.addEventListener("keydown", press);
  element.addEventListener("focus", () => {
    at.cursor ??= at.pin ?? { row: 0, column: 0 };
    mark(element.matches(":focus-visible"));
  });
  element.addEventListener("blur", () => mark());

  /** @param {Pane} pane */
  function figureOf(pane) {
    const picture = createPicture();
    picture.element.addEventListener("pointermove", (event) => hover(picture.placeAt(event)));
    picture.element.addEventListener("pointerleave", () => hover(null));
    picture.element.addEventListener("click", (event) => pin(picture.placeAt(event)));
    return { pane, picture };
  }

  /** @param {Place | null} place */
  function hover(place) {
    if (place?.row === at.hover?.row && place?.column === at.hover?.column) return;
    at.hover = place;
    mark();
  }

  return {
    element,
    present,
    /** @param {import("../explain/choice.js").Quantity} quantity the picture that is looked for, where the row is wider than its place */
    bringIn(quantity) {
      const pane = element.querySelector(`.${quantity}`);
      if (pane instanceof HTMLElement) element.scrollLeft = pane.offsetLeft + pane.offsetWidth > element.offsetLeft + element.clientWidth ? pane.offsetLeft - element.offsetLeft : 0;
    },
    /** @param {import("./blocks.js").Part | null} part what a window has opened, in cells of the picture */
    frame(part) {
      if (view !== null) view = { ...view, part };
      mark();
    },
    /** @param {View} next @param {{cursor?: Place | null, pin?: Place | null}} [places] where the cross was, when this tensor was last seen */
    draw(next, places) {
      view = next;
      element.setAttribute("aria-label", next.label);
      if (shown.map(({ pane }) => pane.quantity).join() !== next.panes.map((pane) => pane.quantity).join()) shown = next.panes.map(figureOf);
      shown = shown.map(({ picture }, place) => ({ picture, pane: next.panes[place] }));
      const { scrollLeft } = element;
      element.replaceChildren(...shown.map(({ pane, picture }) => figure(pane, picture.element, next)));
      element.scrollLeft = scrollLeft;
      for (const { pane, picture } of shown) picture.draw({ ...next, values: pane.values, reach: pane.reach });
      if (places !== undefined) Object.assign(at, { hover: null, cursor: inside(places.pin ?? null, next.grid), pin: inside(places.pin ?? null, next.grid) });
      else Object.assign(at, { cursor: inside(at.cursor, next.grid), pin: inside(at.pin, next.grid), hover: inside(at.hover, next.grid) });
      mark();
    },
  };
}

/** @param {Place | null} place @param {Grid} grid @returns {Place | null} */
const inside = (place, { rows, columns }) => (place !== null && place.row < rows && place.column < columns ? place : null);

/** @param {Pane} pane @param {HTMLElement} picture @param {View} view */
function figure(pane, picture, { digits }) {
  const said = [pane.facts, pane.state].filter((text) => text !== "").map((text) => h("p", { class: "tensor-facts" }, text));
  return h("figure", { class: `tensor-pane ${pane.quantity}` },
    h("figcaption", {}, MARKS[pane.quantity], math(pane.name)),
    picture,
    pane.values === null || pane.reach === 0 ? null : legend(pane.reach, digits),
    pane.histogram === null ? null : histogram(pane.histogram, pane.reach, digits),
    ...said);
}
