/** Answers of the API as they were recorded, for the modules that read them. */

import { readFileSync } from "node:fs";

/** @param {string} name @returns {import("../../static/js/scene/trace.js").Trace} a fresh copy */
export const fixture = (name) => JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
