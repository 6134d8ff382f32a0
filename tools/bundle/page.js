/** The page as browsers get it: few files, named by their content, and a manifest for the server. */

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";

import { build } from "esbuild";

import { pack } from "./pack.js";

/** @typedef {import("esbuild").BuildOptions} BuildOptions */
/** @typedef {import("esbuild").Plugin} Plugin */
/** @typedef {import("esbuild").Metafile} Metafile */
/** @typedef {Map<string, string>} Names the built name of a file, by its own */

const FIRST = "js/first-paint.js";
const STYLE = "css/explorer.css";
const SCRIPT = "js/main.js";
/** The script imports it once the first picture is there. */
const LATER = "js/views/editor.js";
const WORKERS = Object.freeze(["js/layout-worker.js", "js/share/film-worker.js"]);
/** Scripts and sheets of the other pages, each a file of its own: what the first visit loads does not depend on them. */
const OTHERS = Object.freeze(["css/embed.css", "css/worksheet.css", "css/compare.css", "css/learn.css", "css/exercise.css", "js/worksheet.js", "js/exercise.js", "js/compare.js"]);
/** Each lesson has a script too; what they share is loaded once. */
const LESSONS = "js/learn/pages";

/** @param {string} root the folder of the sources @param {string} folder the one within it that is written */
export async function buildPage(root, folder) {
  const output = join(root, folder);
  await mkdir(output, { recursive: true });
  const libraries = await libraryFiles(join(root, "vendor"), output);
  const names = libraryNames(libraries);
  const workers = await Promise.all(WORKERS.map((worker) => bundle(root, output, worker, { format: "esm", plugins: [names] })));
  const rooms = await lateModules(join(root, "js"), join(root, LATER));
  const plugins = [names, oneRoom(rooms), sourcesWith(rooms, new Map(WORKERS.map((worker, at) => [basename(worker), basename(outputOf(root, workers[at], worker))])))];
  const lessons = (await readdir(join(root, LESSONS))).sort().map((name) => `${LESSONS}/${name}`);
  const made = await Promise.all([
    bundle(root, output, SCRIPT, { format: "esm", splitting: true, plugins }),
    bundle(root, output, FIRST, { format: "iife" }),
    bundle(root, output, STYLE, { loader: { ".woff2": "file" } }),
    bundle(root, output, lessons, { format: "esm", splitting: true, plugins }),
    ...OTHERS.map((entry) => bundle(root, output, entry, { format: "esm", loader: { ".woff2": "file" }, plugins })),
  ]);
  const all = [...workers, ...made];
  const metafile = { inputs: Object.assign({}, ...all.map((one) => one.inputs)), outputs: Object.assign({}, ...all.map((one) => one.outputs)) };
  const files = [...Object.keys(metafile.outputs), ...[...libraries.values()].map((name) => join(output, name))];
  const sizes = await pack(files.filter((name) => /\.(js|css)$/.test(name)));
  await writeManifest(output, { ...parts(root, folder, metafile, [...OTHERS, ...lessons]), sources: await sources(root, metafile) });
  await sweep(output, files);
  report(sizes);
}

/**
 * A library is a file of its own, which stays in caches when the page changes.
 * @param {string} vendor @param {string} output @returns {Promise<Names>}
 */
async function libraryFiles(vendor, output) {
  const names = (await readdir(vendor)).filter((name) => name.endsWith(".js"));
  const copy = async (/** @type {string} */ name) => {
    const bytes = await readFile(join(vendor, name));
    const built = `${basename(name, ".js")}-${digest(bytes).slice(0, 8).toUpperCase()}.js`;
    await writeFile(join(output, built), bytes);
    return /** @type {[string, string]} */ ([name, built]);
  };
  return new Map(await Promise.all(names.map(copy)));
}

/** @param {string} root @param {string} output @param {string | string[]} entries @param {BuildOptions} more @returns {Promise<Metafile>} */
async function bundle(root, output, entries, more) {
  const { metafile } = await build({
    entryPoints: [entries].flat().map((entry) => join(root, entry)),
    outdir: output,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    sourcemap: "linked",
    metafile: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "eof",
    logLevel: "warning",
    tsconfigRaw: "{}", // the types are checked elsewhere, and say nothing about what is built
    ...more,
  });
  return metafile;
}

/** Imports of libraries lead to their files, which are not bundled again. @param {Names} libraries @returns {Plugin} */
const libraryNames = (libraries) => ({
  name: "library-names",
  setup({ onResolve }) {
    onResolve({ filter: /\/vendor\/[\w-]+\.js$/ }, ({ path }) => ({ path: `./${libraries.get(basename(path))}`, external: true }));
  },
});

/** Where our modules import something when it is needed: `import("./…")`. Several of them in one file each would tear what they share into dozens of files. */
const LATE = /\bimport\("(\.[^"]+)"\)/g;
const ROOMS = "all-that-comes-later";

/** @param {string} folder @param {string} own a module that keeps its own file @returns {Promise<Map<string, string>>} the name in the common file, by the module */
async function lateModules(folder, own) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
  const found = await Promise.all(files.map(async (name) => [...(await readFile(join(folder, name), "utf8")).matchAll(LATE)].map(([, path]) => resolve(folder, dirname(name), path))));
  const modules = [...new Set(found.flat())].filter((path) => path !== resolve(own)).sort();
  return new Map(modules.map((path, place) => [path, `room${place}`]));
}

/** The common file of all modules that are imported when they are needed. @param {Map<string, string>} rooms @returns {Plugin} */
const oneRoom = (rooms) => ({
  name: "one-room",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${ROOMS}$`) }, () => ({ path: ROOMS, namespace: "rooms" }));
    onLoad({ filter: /./, namespace: "rooms" }, () => ({ contents: [...rooms].map(([path, name]) => `export * as ${name} from ${JSON.stringify(path)};`).join("\n"), resolveDir: "/" }));
  },
});

/** Our sources: late imports lead to the common file, and `new URL("….js", import.meta.url)` of a worker to its built one. @param {Map<string, string>} rooms @param {Names} workers @returns {Plugin} */
const sourcesWith = (rooms, workers) => ({
  name: "sources",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]static[/\\]js[/\\]/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text
        .replaceAll(/new URL\("[./\w-]*\/([\w-]+\.js)", import\.meta\.url\)/g, (whole, name) => (workers.has(name) ? `new URL("./${workers.get(name)}", import.meta.url)` : whole))
        .replaceAll(LATE, (whole, name) => {
          const room = rooms.get(resolve(dirname(path), name));
          return room === undefined ? whole : `import("${ROOMS}").then((rooms) => rooms.${room})`;
        });
      return { contents, loader: "js" };
    });
  },
});

/** @param {string} root @param {Metafile} metafile @param {string} entry @returns {string} the file that an entry became */
function outputOf(root, { outputs }, entry) {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === join(root, entry));
  if (found === undefined) throw new Error(`nothing was made of ${entry}`);
  return found[0];
}

/** @param {string} root @param {string} folder @param {Metafile} metafile @param {string[]} entries of the other pages; what a page names in its head: what it needs now, and what later */
function parts(root, folder, metafile, entries) {
  const name = (/** @type {string} */ entry) => relative(root, outputOf(root, metafile, entry));
  const loaded = (/** @type {string} */ entry) => imported(metafile, outputOf(root, metafile, entry)).map((path) => join(folder, basename(path)));
  const now = loaded(SCRIPT);
  const others = Object.fromEntries(entries.map((entry) => [entry, name(entry)]));
  return { first: name(FIRST), style: name(STYLE), script: name(SCRIPT), now, later: loaded(LATER).filter((file) => !now.includes(file)), others };
}

/** @param {Metafile} metafile @param {string} file @returns {string[]} the file and all that it imports, but for what it imports later */
function imported({ outputs }, file) {
  const found = new Set([file]);
  for (const path of found) for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === "import-statement") found.add(next);
  return [...found];
}

/** @param {string} root @param {Metafile} metafile @returns {Promise<Object<string, string>>} the digest of each of our own files */
async function sources(root, { inputs }) {
  const names = Object.keys(inputs).map((path) => relative(root, path)).filter((name) => /^(js|css)[/\\]/.test(name)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, digest(await readFile(join(root, name)))])));
}

/** @param {Buffer} bytes */
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** @param {string} output @param {unknown} manifest */
async function writeManifest(output, manifest) {
  const path = join(output, "manifest.json");
  await writeFile(`${path}.new`, `${JSON.stringify(manifest, null, 1)}\n`);
  await rename(`${path}.new`, path);
}

/** Removes what an earlier build has left. @param {string} output @param {string[]} files */
async function sweep(output, files) {
  const stays = new Set(["manifest.json", ...files.flatMap((path) => ["", ".br", ".gz"].map((end) => basename(path) + end))]);
  await Promise.all((await readdir(output)).filter((name) => !stays.has(name)).map((name) => rm(join(output, name))));
}

/** @param {import("./pack.js").Packed[]} sizes */
function report(sizes) {
  const kilobytes = (/** @type {number} */ count) => `${(count / 1000).toFixed(1)} kB`.padStart(10);
  for (const { path, plain, gzip, brotli } of sizes) console.log(`${basename(path).padEnd(32)}${kilobytes(plain)}${kilobytes(gzip)} gzip${kilobytes(brotli)} brotli`);
}
