/** Our layout beside its peers: node benchmarks/layout/run.mjs [--tapes FILE] [--json FILE] [--only NAME] */

import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";

import { expression, loose, perceptron, recurrence, tape } from "./graphs.mjs";
import { LAYOUTS } from "./layouts.mjs";

const PATIENCE = 40_000;
const MEASURED = 2000;
const PEERS = { "expression 200": expression(200), "expression 1 000": expression(1000), "perceptron 1 000": perceptron(1000), "recurrence 1 000": recurrence(1000) };
const OURS = Object.fromEntries(
  [10_000, 100_000].flatMap((size) => Object.entries({ expression, perceptron, recurrence, "recurrence without boxes": loose }).map(([name, make]) => [`${name} ${size.toLocaleString("en").replaceAll(",", " ")}`, make(size)])),
);

/** @param {string} name @param {import("./layouts.mjs").LayoutGraph} graph @returns {Promise<Record<string, number | null>>} milliseconds: null where it took longer than our patience */
function measured(name, graph) {
  const runs = graph.nodes.length > MEASURED ? 2 : name === "ours" ? 7 : 2;
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./contestant.mjs", import.meta.url), { workerData: { name, graph, runs, measured: graph.nodes.length <= MEASURED } });
    let result = {};
    const timer = setTimeout(() => {
      result = { milliseconds: null };
      worker.terminate();
    }, PATIENCE);
    worker.on("message", (part) => {
      if (part.milliseconds !== undefined) clearTimeout(timer);
      result = { ...result, ...part };
    });
    worker.on("error", (error) => (clearTimeout(timer), reject(error)));
    worker.on("exit", () => (clearTimeout(timer), resolve(result)));
  });
}

/** @param {string} graph @param {string} layout @param {Record<string, number | null>} one nothing where the thread ended by itself */
function print(graph, layout, { milliseconds, first, crossings, bends, length, labels }) {
  const time = milliseconds === undefined ? "stopped" : milliseconds === null ? "> 40 s" : `${milliseconds.toFixed(1)} ms`;
  const figures = crossings === undefined ? [] : [crossings, bends.toFixed(1), Math.round(length), labels];
  console.log(`${graph.padEnd(34)}${layout.padEnd(22)}${time.padStart(12)}${(first === undefined ? "" : first.toFixed(0)).padStart(8)}${figures.map((figure) => String(figure).padStart(11)).join("")}`);
}

/** @param {string} file JSON: example → its tape */
const gallery = (file) => Object.fromEntries(Object.entries(JSON.parse(readFileSync(file, "utf-8"))).map(([name, nodes]) => [name, tape(nodes)]));

const { values } = parseArgs({ options: { tapes: { type: "string" }, json: { type: "string" }, only: { type: "string" } } });
const before = loadavg();
const rows = [];
console.log(`${"graph".padEnd(34)}${"layout".padEnd(22)}${"time".padStart(12)}${"first".padStart(8)}${["crossings", "bends", "length", "labels hit"].map((head) => head.padStart(11)).join("")}`);
for (const [graphs, names] of [[PEERS, Object.keys(LAYOUTS)], [values.tapes === undefined ? {} : gallery(values.tapes), ["ours", "dagre", "Graphviz dot", "dot, ports in order"]], [OURS, ["ours"]]]) {
  for (const [graph, made] of Object.entries(graphs)) {
    for (const layout of names) {
      if (values.only !== undefined && values.only !== layout) continue;
      const row = await measured(layout, made);
      rows.push({ graph, nodes: made.nodes.length, layout, ...row });
      print(graph, layout, row);
    }
  }
}
const machine = { processor: cpus()[0].model, cores: cpus().length, node: process.version, load: [before[0], loadavg()[0]].map((load) => Number(load.toFixed(1))) };
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), machine, layouts: rows }, null, 1)}\n`);
