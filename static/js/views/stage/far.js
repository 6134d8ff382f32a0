/** The far view: when too many cards are in sight to be read, a canvas shows where they are and how far the sweeps have come. */

/** @typedef {import("../../scene.js").Scene} Scene */
/** @typedef {import("./painter.js").Stand} Stand */

/** Above so many nodes only those in view are drawn as cards, and above so many in view none. */
export const FAR_NODES = 260;

/** @param {HTMLCanvasElement} canvas */
export function createFarView(canvas) {
  const context = canvas.getContext("2d");

  /** @param {{stand: Stand, scene: Scene, transform: {x: number, y: number, k: number}} | null} view */
  function paint(view) {
    canvas.hidden = view === null;
    if (view === null || context === null) return;
    const ratio = devicePixelRatio;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const { k, x, y } = view.transform;
    context.setTransform(k * ratio, 0, 0, k * ratio, x * ratio, y * ratio);
    const colour = coloursOf(canvas);
    lines(context, view.stand, colour.border, k);
    cards(context, view.stand, view.scene, colour, k);
  }
  return { paint };
}

/** @param {Element} element */
function coloursOf(element) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return { border: read("--far-line"), card: read("--far-card"), done: read("--far-done"), rail: read("--far-rail"), back: read("--far-back") };
}

/** @param {CanvasRenderingContext2D} context @param {Stand} stand @param {string} colour @param {number} scale */
function lines(context, { layout }, colour, scale) {
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1, 0.7 / scale);
  context.beginPath();
  for (let edge = 0; edge + 1 < layout.edgeStart.length; edge += 1) {
    for (let knot = layout.edgeStart[edge]; knot < layout.edgeStart[edge + 1]; knot += 1) {
      const [x, y] = [layout.edgePoints[2 * knot], layout.edgePoints[2 * knot + 1]];
      if (knot === layout.edgeStart[edge]) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Stand} stand @param {Scene} scene @param {ReturnType<typeof coloursOf>} colour @param {number} scale */
function cards(context, { layout, drawing }, scene, colour, scale) {
  drawing.graph.nodes.forEach((card, at) => {
    const node = scene.node(card.id);
    if (node === undefined) return;
    context.fillStyle = node.state === "current" ? colour.rail : node.adjointValue !== null ? colour.back : node.state === "todo" ? colour.card : colour.done;
    const grow = node.state === "current" ? Math.max(0, 5 / scale - card.height / 2) : 0;
    context.fillRect(layout.nodeX[at] - grow, layout.nodeY[at] - grow, card.width + 2 * grow, card.height + 2 * grow);
  });
}
