/**
 * Makes what browsers are sent: all of it, or one half: `node tools/bundle.js`, `… libraries`, `… page`.
 *
 * static/vendor has each library as one module. static/built has the page: our modules and theirs joined into a few files, named by
 * their content and compressed, and a manifest that says which sources they were made of.
 */

import { buildLibraries } from "./bundle/libraries.js";
import { buildPage } from "./bundle/page.js";

const [half] = process.argv.slice(2);
if (half !== "page") await buildLibraries("static/vendor");
if (half !== "libraries") await buildPage("static", "built");
