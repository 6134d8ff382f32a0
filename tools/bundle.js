/**
 * Bundles each library of the page into one ES module in static/vendor, with its types beside it, and prints the sizes.
 *
 * What a library's module exports stands in tools/vendor; a page imports it through static/js/vendor.js.
 */

import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const ENTRIES = "tools/vendor";
const OUTPUT = "static/vendor";

/** @param {string} entry */
async function bundle(entry) {
  await build({
    entryPoints: [join(ENTRIES, entry)],
    outfile: join(OUTPUT, entry),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "eof",
    logLevel: "warning",
  });
  await writeFile(join(OUTPUT, entry.replace(/\.js$/, ".d.ts")), `export * from "../../tools/vendor/${entry}";\n`);
}

/** KaTeX's sheet with its woff2 fonts: every browser that runs our modules reads woff2. */
async function katexStyle() {
  const from = "node_modules/katex/dist";
  const to = join(OUTPUT, "katex");
  await mkdir(join(to, "fonts"), { recursive: true });
  const sheet = await readFile(join(from, "katex.min.css"), "utf8");
  await writeFile(join(to, "katex.css"), sheet.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ""));
  const fonts = (await readdir(join(from, "fonts"))).filter((name) => name.endsWith(".woff2"));
  await Promise.all(fonts.map((name) => cp(join(from, "fonts", name), join(to, "fonts", name))));
}

/** The viewer of the API's documentation, which asks no other host. */
async function swagger() {
  const to = join(OUTPUT, "swagger-ui");
  await mkdir(to, { recursive: true });
  const files = ["swagger-ui-bundle.js", "swagger-ui.css"];
  await Promise.all(files.map((name) => cp(join("node_modules/swagger-ui-dist", name), join(to, name))));
}

/** @param {string[]} entries */
async function report(entries) {
  for (const name of [...entries, "katex/katex.css"]) {
    const bytes = await readFile(join(OUTPUT, name));
    const kilobytes = (/** @type {number} */ count) => `${(count / 1024).toFixed(1)} KiB`.padStart(10);
    console.log(`${name.padEnd(16)} ${kilobytes(bytes.length)} ${kilobytes(gzipSync(bytes, { level: 9 }).length)} compressed`);
  }
}

await rm(OUTPUT, { recursive: true, force: true });
await mkdir(OUTPUT, { recursive: true });
const entries = (await readdir(ENTRIES)).filter((name) => name.endsWith(".js"));
await Promise.all([...entries.map(bundle), katexStyle(), swagger()]);
await report(entries);
