/**
 * What the layout takes and gives. "Along" is the direction of the flow (to the right, or down), "across" the other one.
 *
 * Everything is flat arrays, so that a worker hands it over without copying.
 */

/** @typedef {"right" | "down"} Direction */

/** @typedef {{id: number, width: number, height: number, slots: number, group: number | null, isInput: boolean, reference: {width: number, height: number}, hint?: number}} LayoutNode in evaluation order; reference: size of a chip that stands for it; hint: where its middle was, across, in the picture before */
/** @typedef {{from: number, to: number, slot: number, label: {width: number, height: number}, chip: {width: number, height: number} | null}} LayoutEdge ids of nodes; with a chip the producer is drawn beside the port and needs no node */
/** @typedef {{id: number, parent: number | null, labelWidth: number}} LayoutGroup */
/** @typedef {{nodes: LayoutNode[], edges: LayoutEdge[], groups: LayoutGroup[], direction: Direction, nodeGap?: number}} LayoutGraph nodeGap: least distance of two cards, across */

/**
 * @typedef {object} Layout coordinates of top left corners; edges are knots joined by lines where they lie level and by curves elsewhere
 * @property {Direction} direction
 * @property {number} width
 * @property {number} height
 * @property {Float64Array} nodeX in the order of the nodes given
 * @property {Float64Array} nodeY
 * @property {Int32Array} edgeStart edge → its first knot (pairs), one more at the end
 * @property {Float64Array} edgePoints x, y of every knot
 * @property {Float64Array} labelX edge → centre of its label
 * @property {Float64Array} labelY
 * @property {Float64Array} chipX edge → left edge of its chip, NaN where it has none
 * @property {Float64Array} chipY
 * @property {Float64Array} chipReference edge → 1 where the chip stands for a node drawn elsewhere
 * @property {Float64Array} groupBox group → x, y, width, height (NaN where it is empty)
 * @property {number} crossings
 */

/**
 * @typedef {object} Level one group's inside (or the whole): units, and nets that join them
 * @property {number | null} group
 * @property {number} parent index of the level around it, −1 for the whole
 * @property {Unit[]} units in evaluation order; boundaries first and last
 * @property {Net[]} nets
 * @property {Sink[]} sinks
 * @property {Map<number, number>} netOf source node → net
 * @property {Map<number, number>} unitOf node index → unit
 * @property {Map<number, number>} unitOfLevel level → unit
 * @property {Map<number, number>} sinkOf (net, unit) → sink, for those with one port
 */

/** @typedef {{kind: "node" | "level" | "in" | "out", ref: number, fixed: boolean}} Unit ref: node index, level index, or the source node of a boundary */
/** @typedef {{unit: number, source: number}} Net */
/** @typedef {{net: number, unit: number, slot: number, source: number}} Sink slot −1 where the unit has one port for the source */

/**
 * @typedef {object} Layers a level with its long nets cut at every rank: units first, then line points ("dummies")
 * @property {number} count
 * @property {number} units
 * @property {number} nodeGap
 * @property {number} ranks
 * @property {Int32Array} rank
 * @property {Float64Array} across size of each
 * @property {Int32Array} segmentFrom
 * @property {Int32Array} segmentTo
 * @property {Float64Array} fromPort offset from the middle of `segmentFrom`
 * @property {Float64Array} toPort
 * @property {Float64Array} fromPart the same as part of the size across, between −½ and ½
 * @property {Float64Array} toPart
 * @property {Float64Array} offset where the middle of `segmentTo` lies from that of `segmentFrom` when the two are in line
 * @property {Int32Array} lastSegment sink → the segment that ends in it
 * @property {Uint8Array} line 1 for points and boundaries
 * @property {Int32Array} outRank segment → which of its producer's ports it leaves by, counted across
 * @property {Int32Array} outPorts unit → how many different ports segments leave it by
 * @property {Int32Array} inStart CSR of the segments that end in a unit or point, in order of their ports
 * @property {Int32Array} inSegments
 * @property {Int32Array} outStart
 * @property {Int32Array} outSegments
 */

/** @typedef {Int32Array[]} Order rank → its units and points, in order across */

export const GAP = Object.freeze({ nodes: 32, nodeToLine: 15, lines: 11, curve: 46, curveDown: 26, chip: 16, margin: 24 });
export const BOX = Object.freeze({ side: 18, header: 30, foot: 14 });
