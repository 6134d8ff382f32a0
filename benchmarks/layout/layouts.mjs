/** One function per contestant: a graph in, lines and cards out, all in the same form. Cards' middles, lines as points. */

/** @typedef {import("../../static/js/layout/types.js").LayoutGraph} LayoutGraph */
/** @typedef {[number, number]} Point */
/** @typedef {{x: number, y: number, width: number, height: number}} Box top left corner */
/** @typedef {{edge: number, points: Point[]}} Line */
/** @typedef {{cards: Map<number, Box>, lines: Line[], labels?: Map<number, Box>, boxes?: Box[]}} Drawing */

/** Each answers a function that lays out, so that loading is not timed. @type {Record<string, () => Promise<(graph: LayoutGraph) => Drawing | Promise<Drawing>>>} */
export const LAYOUTS = {
  async ours() {
    const { layoutOf } = await import("../../static/js/layout.js");
    return (graph) => drawn(graph, layoutOf(graph));
  },
  async dagre() {
    const { default: dagre } = await import("@dagrejs/dagre");
    return (graph) => {
      const grown = new dagre.graphlib.Graph({ multigraph: true });
      grown.setGraph({ rankdir: "LR", ranker: "longest-path", nodesep: 32, ranksep: 120 });
      for (const { id, width, height } of graph.nodes) grown.setNode(String(id), { width, height });
      graph.edges.forEach(({ from, to, chip }, edge) => chip === null && grown.setEdge(String(from), String(to), {}, String(edge)));
      dagre.layout(grown);
      const lines = grown.edges().map((key) => ({ edge: Number(key.name), points: grown.edge(key).points.map(({ x, y }) => [x, y]) }));
      return { cards: cardsAt(graph, (id) => grown.node(String(id))), lines };
    };
  },
  async elkjs() {
    const { default: Elk } = await import("elkjs/lib/elk.bundled.js");
    const elk = new Elk();
    return async (graph) => {
      const answer = await elk.layout({
        id: "whole",
        layoutOptions: { algorithm: "layered", "elk.direction": "RIGHT", "elk.edgeRouting": "POLYLINE", "elk.spacing.nodeNode": "32", "elk.layered.spacing.nodeNodeBetweenLayers": "120" },
        children: graph.nodes.map(({ id, width, height }) => ({ id: String(id), width, height })),
        edges: graph.edges.flatMap(({ from, to, chip }, edge) => (chip === null ? [{ id: String(edge), sources: [String(from)], targets: [String(to)] }] : [])),
      });
      const cards = new Map(answer.children.map(({ id, x, y, width, height }) => [Number(id), { x, y, width, height }]));
      const lines = answer.edges.map(({ id, sections }) => ({ edge: Number(id), points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint].map(({ x, y }) => [x, y])) }));
      return { cards, lines };
    };
  },
  async "d3-dag"() {
    const { graphConnect, sugiyama, layeringLongestPath, decrossTwoLayer, twolayerAgg, coordGreedy } = await import("d3-dag");
    const layout = sugiyama().layering(layeringLongestPath()).decross(decrossTwoLayer().order(twolayerAgg())).coord(coordGreedy()).nodeSize(() => [92, 150]).gap([32, 120]);
    return (graph) => {
      const links = graph.edges.flatMap(({ from, to, chip }, edge) => (chip === null ? [[String(from), String(to), edge]] : []));
      const dag = graphConnect()(links);
      layout(dag);
      const places = new Map([...dag.nodes()].map((one) => [Number(one.data), { x: one.y, y: one.x }]));
      return { cards: cardsAt(graph, (id) => places.get(id) ?? { x: -1e6, y: -1e6 }), lines: [...dag.links()].map(({ data, points }) => ({ edge: data[2], points: points.map(([x, y]) => [y, x]) })) };
    };
  },
  async "Graphviz dot"() {
    return dotted(
      ({ id, width, height }) => `${id} [shape=box, width=${width / 72}, height=${height / 72}]`,
      ({ from, to }, edge) => `${from} -> ${to} [id=${edge}]`,
    );
  },
  /** Operands enter from above in slot order, as in ours: the crossings that this order forces count for both. */
  async "dot, ports in order"() {
    const slots = (count) => Array.from({ length: Math.max(count, 1) }, (_, slot) => `<i${slot}>`).join("|");
    return dotted(
      ({ id, width, height, slots: count }) => `${id} [shape=record, width=${width / 72}, height=${height / 72}, label="{{${slots(count)}}|<o>}"]`,
      ({ from, to, slot }, edge) => `${from}:o:e -> ${to}:i${slot}:w [id=${edge}]`,
    );
  },
};

/** @param {LayoutGraph} graph @param {(id: number) => {x: number, y: number}} middle @returns {Map<number, Box>} */
const cardsAt = (graph, middle) => new Map(graph.nodes.map(({ id, width, height }) => [id, { x: middle(id).x - width / 2, y: middle(id).y - height / 2, width, height }]));

/** @param {(node: LayoutGraph["nodes"][number]) => string} asNode @param {(edge: LayoutGraph["edges"][number], index: number) => string} asEdge */
async function dotted(asNode, asEdge) {
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  return (graph) => {
    const edges = graph.edges.flatMap((edge, index) => (edge.chip === null ? [asEdge(edge, index)] : []));
    const text = `digraph { rankdir=LR; nodesep=0.44; ranksep=1.67; node [fixedsize=true, label=""]; edge [arrowhead=none]; ${graph.nodes.map(asNode).join(";")}; ${edges.join(";")} }`;
    const answer = JSON.parse(graphviz.layout(text, "json", "dot"));
    const places = new Map((answer.objects ?? []).map(({ name, pos }) => [Number(name), pos.split(",").map(Number)]));
    const lines = (answer.edges ?? []).map(({ id, pos }) => ({ edge: Number(id), points: smooth(pos.split(" ").filter((part) => !/[a-z]/.test(part)).map((part) => part.split(",").map(Number))) }));
    return { cards: cardsAt(graph, (id) => ({ x: places.get(id)[0], y: places.get(id)[1] })), lines };
  };
}

/** @param {Point[]} knots of cubic splines @returns {Point[]} */
function smooth(knots) {
  const points = [knots[0]];
  for (let at = 0; at + 3 < knots.length; at += 3) {
    for (const t of [0.25, 0.5, 0.75, 1]) {
      const s = 1 - t;
      const part = (/** @type {0 | 1} */ axis) => s ** 3 * knots[at][axis] + 3 * s * s * t * knots[at + 1][axis] + 3 * s * t * t * knots[at + 2][axis] + t ** 3 * knots[at + 3][axis];
      points.push([part(0), part(1)]);
    }
  }
  return points;
}

/** @param {LayoutGraph} graph @param {import("../../static/js/layout/types.js").Layout} layout @returns {Drawing} */
function drawn(graph, layout) {
  const cards = new Map(graph.nodes.map(({ id, width, height }, at) => [id, { x: layout.nodeX[at], y: layout.nodeY[at], width, height }]));
  const lines = [];
  const labels = new Map();
  graph.edges.forEach(({ label: { width, height } }, edge) => {
    const points = [];
    for (let knot = layout.edgeStart[edge]; knot < layout.edgeStart[edge + 1]; knot += 1) points.push([layout.edgePoints[2 * knot], layout.edgePoints[2 * knot + 1]]);
    if (points.length === 0) return;
    lines.push({ edge, points });
    labels.set(edge, { x: layout.labelX[edge] - width / 2, y: layout.labelY[edge] - height / 2, width, height });
  });
  return { cards, lines, labels };
}
