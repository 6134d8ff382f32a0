/** The picture of one run, or of two beside each other with what one alone has marked. */

import { h, setText } from "../../../dom.js";
import { otherOf } from "./answer.js";
import { ALONE, drawingOf } from "./graph.js";
import { createPicture } from "./picture.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./answer.js").Run} Run */

const SVG = "http://www.w3.org/2000/svg";
const NARROW = 560;
const MOST_CARDS = 400;
/** A picture that is wider than its place becomes smaller so far, and scrolls from there on. */
const SMALLEST = 0.85;
const SMALLEST_NARROW = 0.7;

/** @param {import("../../../format.js").FormatOptions} look how many digits */
export function createGraphs(look) {
  const sides = [createSide("This run", look), createSide("Other run", look)];
  const key = h("p", { class: "dynamic-key" }, h("span", { class: "dynamic-sample" }), ` dashed frame and the words «${ALONE}»: the other run has no such node`);
  const root = h("div", { class: "dynamic-graphs" }, ...sides.map((side) => side.root), key);
  /** @type {() => void} */
  let draw = () => {};
  let width = 0;
  /** @type {number | null} */
  let lit = null;
  new ResizeObserver(() => {
    if (root.clientWidth !== width) draw();
    width = root.clientWidth;
  }).observe(root);

  return {
    root,
    /** @param {Answer} answer @param {boolean} rolled */
    render(answer, rolled) {
      const other = otherOf(answer);
      const { left, right } = answer.alignment ?? { left: [], right: [] };
      root.classList.toggle("has-two", other !== null);
      sides[1].root.hidden = other === null;
      draw = () => {
        const runs = other === null ? [{ run: answer.run, alone: left }] : [{ run: answer.run, alone: left }, { run: other, alone: right }];
        const paint = () => runs.map(({ run, alone }, at) => sides[at].render(run, new Set(alone), rolled));
        root.classList.remove("is-stacked");
        let drawn = paint();
        if (drawn.some(({ fits }) => !fits) && runs.length > 1) {
          root.classList.add("is-stacked");
          drawn = paint();
        }
        key.hidden = !drawn.some(({ marked }) => marked);
        for (const side of sides) side.light(lit);
      };
      draw();
    },
    /** @param {number | null} line whose cards are lit */
    light(line) {
      lit = line;
      for (const side of sides) side.light(line);
    },
  };
}

/** @param {string} title @param {import("../../../format.js").FormatOptions} look */
function createSide(title, look) {
  const svg = /** @type {SVGSVGElement} */ (document.createElementNS(SVG, "svg"));
  const picture = createPicture(svg);
  const large = h("p", { class: "dynamic-large" });
  const place = h("div", { class: "dynamic-place", tabindex: "0", role: "region", "aria-label": `Graph, ${title.toLowerCase()}, scrolls` }, svg, large);
  const nodes = h("details", { class: "dynamic-nodes" }, h("summary", {}, "The nodes as a table"));
  nodes.addEventListener("toggle", list);
  const root = h("figure", {}, h("figcaption", {}, title), place, nodes);
  /** @type {import("./graph.js").Card[]} */
  let cards = [];

  /** A table is made when somebody opens it. */
  function list() {
    if (nodes.open) nodes.replaceChildren(nodes.firstElementChild ?? "", h("div", { class: "dynamic-scroll", tabindex: "0", role: "region", "aria-label": `Nodes, ${title.toLowerCase()}, scrolls` }, nodeTable(cards)));
  }

  return {
    root,
    light: picture.light,
    /** @param {Run} run @param {ReadonlySet<number>} alone @param {boolean} rolled @returns {{fits: boolean, marked: boolean}} whether all is in sight, and whether a card is marked */
    render(run, alone, rolled) {
      const direction = place.clientWidth < NARROW ? "down" : "right";
      const drawing = drawingOf(run, { rolled, alone, direction }, look);
      const isLarge = drawing.cards.length > MOST_CARDS;
      large.hidden = !isLarge;
      svg.toggleAttribute("hidden", isLarge);
      setText(large, isLarge ? `${drawing.cards.length} nodes are too many for a picture here. Look at the loops rolled up, or open the program in the explorer.` : "");
      cards = isLarge ? [] : drawing.cards;
      nodes.hidden = isLarge;
      list();
      if (isLarge) return { fits: true, marked: false };
      picture.render(drawing, labelOf(run, drawing.cards.length, alone));
      const wanted = svg.viewBox.baseVal.width;
      const least = wanted * (place.clientWidth < NARROW ? SMALLEST_NARROW : SMALLEST);
      svg.style.setProperty("width", `${Math.max(Math.min(wanted, place.clientWidth), least)}px`);
      return { fits: least <= place.clientWidth, marked: drawing.cards.some((card) => card.alone) };
    },
  };
}

/** @param {import("./graph.js").Card[]} cards @returns {HTMLTableElement} what stands on the cards, in evaluation order */
function nodeTable(cards) {
  const marked = cards.some(({ alone }) => alone);
  const heads = ["Node", "Value", "Adjoint", ...(marked ? ["Also in the other run"] : [])];
  return h(
    "table",
    { class: "dynamic-table" },
    h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...cards.map(({ title, value, adjoint, alone }) => h("tr", {}, h("th", { scope: "row" }, title), h("td", {}, value), h("td", {}, adjoint === "" ? "–" : adjoint), marked ? h("td", {}, alone ? "no" : "yes") : null))),
  );
}

/** @param {Run} run @param {number} cards @param {ReadonlySet<number>} alone */
function labelOf(run, cards, alone) {
  const marked = alone.size === 0 ? "" : ` ${alone.size} of its nodes the other run does not have.`;
  return `Graph with ${cards} cards.${marked} ${run.trace.nodes.filter(({ kind }) => kind === "input").length} inputs.`;
}
