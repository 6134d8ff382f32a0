/** One layout of one graph, in a thread of its own, so that it can be ended. */

import { parentPort, workerData } from "node:worker_threads";

import { LAYOUTS } from "./layouts.mjs";
import { qualityOf } from "./quality.mjs";

const { name, graph, runs, measured } = workerData;
const layout = await LAYOUTS[name]();
const times = [];
let drawing;
for (let run = 0; run < runs; run += 1) {
  const start = performance.now();
  drawing = await layout(graph);
  times.push(performance.now() - start);
  if (times[0] > 2000) break;
}
parentPort?.postMessage({ milliseconds: Math.min(...times), first: times[0] });
parentPort?.postMessage(measured ? qualityOf(graph, drawing) : {});
