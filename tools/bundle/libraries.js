/**
 * Each library of the page as one ES module, with its types beside it.
 *
 * What a library's module exports stands in tools/vendor; the page's modules import it through static/js/vendor.js.
 */

import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { build } from "esbuild";

import { pack } from "./pack.js";

const ENTRIES = "tools/vendor";

/** @param {string} output a folder, made anew */
export async function buildLibraries(output) {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const entries = (await readdir(ENTRIES)).filter((name) => name.endsWith(".js"));
  await Promise.all([...entries.map((entry) => library(entry, output)), katexStyle(join(output, "katex")), swagger(join(output, "swagger-ui"))]);
}

/** @param {string} entry @param {string} output */
async function library(entry, output) {
  await build({
    entryPoints: [join(ENTRIES, entry)],
    outfile: join(output, entry),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "eof",
    logLevel: "warning",
  });
  await writeFile(join(output, entry.replace(/\.js$/, ".d.ts")), `export * from "../../tools/vendor/${entry}";\n`);
}

/** KaTeX's sheet with its woff2 fonts: every browser that runs our modules reads woff2. @param {string} to */
async function katexStyle(to) {
  const from = "node_modules/katex/dist";
  await mkdir(join(to, "fonts"), { recursive: true });
  const sheet = await readFile(join(from, "katex.min.css"), "utf8");
  await writeFile(join(to, "katex.css"), sheet.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ""));
  const fonts = (await readdir(join(from, "fonts"))).filter((name) => name.endsWith(".woff2"));
  await Promise.all(fonts.map((name) => cp(join(from, "fonts", name), join(to, "fonts", name))));
}

/** The viewer of the API's documentation, which asks no other host. @param {string} to */
async function swagger(to) {
  await mkdir(to, { recursive: true });
  const files = ["swagger-ui-bundle.js", "swagger-ui.css"];
  await Promise.all(files.map((name) => cp(join("node_modules/swagger-ui-dist", name), join(to, name))));
  await pack(files.map((name) => join(to, name)));
}
