/** The compressed forms of a file, beside it: NAME.br for browsers over https and on this machine, NAME.gz for the others. */

import { access, readFile, stat, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** @typedef {{path: string, plain: number, gzip: number, brotli: number}} Packed bytes in each form */

/** @param {string[]} paths files named by their content: what an earlier build has packed stays as it is @returns {Promise<Packed[]>} */
export const pack = (paths) => Promise.all(paths.map(packOne));

/** @param {string} path @returns {Promise<Packed>} */
async function packOne(path) {
  const isPacked = await access(`${path}.br`).then(() => true, () => false);
  if (!isPacked) await write(path);
  const [plain, zipped, brotli] = await Promise.all(["", ".gz", ".br"].map(async (end) => (await stat(path + end)).size));
  return { path, plain, gzip: zipped, brotli };
}

/** @param {string} path */
async function write(path) {
  const bytes = await readFile(path);
  const text = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params: text }));
}
