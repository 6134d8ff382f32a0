/** The answer of `POST /api/v1/jacobian` as one matrix: a row for each entry of the outputs, a column for each entry of the inputs. */

import { entryNames, flat, sizeOf } from "./entries.js";

/** @typedef {import("../format.js").Scalar} Scalar */
/** @typedef {{name: string, shape: number[]}} Side */
/** @typedef {{outputs: Side[], inputs: Side[], rows: string[], columns: string[], entries: Scalar[][]}} Blocks */

/** @param {{jacobian: Object<string, Object<string, any>>, shapes: {outputs: Object<string, number[]>, inputs: Object<string, number[]>}}} answer @returns {Blocks} */
export function blocksOf({ jacobian, shapes }) {
  const outputs = Object.entries(shapes.outputs).map(([name, shape]) => ({ name, shape }));
  const inputs = Object.entries(shapes.inputs).map(([name, shape]) => ({ name, shape }));
  const entries = outputs.flatMap((output) => {
    const blocks = inputs.map((input) => flat(jacobian[output.name][input.name]));
    return Array.from({ length: sizeOf(output.shape) }, (_, row) => inputs.flatMap(({ shape }, at) => blocks[at].slice(row * sizeOf(shape), (row + 1) * sizeOf(shape))));
  });
  return { outputs, inputs, rows: outputs.flatMap(({ name, shape }) => entryNames(name, shape)), columns: inputs.flatMap(({ name, shape }) => entryNames(name, shape)), entries };
}
