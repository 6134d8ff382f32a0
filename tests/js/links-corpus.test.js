import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { readLink, writeLink } from "../../static/js/link.js";
import { PARAMETERS } from "../../static/js/link/parameters.js";

/** Links that were given to people, with what they mean: rows are only ever added. @type {{link: string, says: Object<string, any>, notices: number}[]} */
const CORPUS = JSON.parse(readFileSync(new URL("links.corpus.json", import.meta.url), "utf8"));

/** @param {string} address */
const read = (address) => (address.startsWith("#") ? readLink("", address) : readLink(address, ""));

/** @param {Object<string, any>} link maps as lists, in their order */
const plain = (link) => Object.fromEntries(Object.entries(link).map(([key, value]) => [key, value instanceof Map ? [...value] : value]));

for (const { link, says, notices } of CORPUS) {
  test(`35 a link of version 1 means for ever what it meant: ${link.slice(0, 60)}`, () => {
    const found = read(link);
    assert.deepEqual(plain(found.link), says);
    assert.equal(found.notices.length, notices, found.notices.join("\n"));
  });
}

test("35 the parameters that were given out stay, in the order in which they were added to the corpus", () => {
  const used = new Set(CORPUS.flatMap(({ says }) => Object.keys(says)));
  const known = new Set(PARAMETERS.map(({ key }) => key));
  assert.deepEqual([...used].filter((key) => !known.has(key)), []);
});

/** Numbers that come out the same each time. @param {number} seed @returns {() => number} */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const LETTERS = [..."abcxyzαβ𝒙_0123456789 +-*/()=\n#<>&\"'%?:;,[]{}\\~^|é日\u0301\u200d😀", "__proto__", "constructor", "<img onerror=x>"];
const NAMES = ["x", "x1", "__proto__", "constructor", "toString", "hasOwnProperty", "W", "α", "𝒙", "<img src=x onerror=alert(1)>"];
const NUMBERS = [0, -0, 1, -1.5, 1e-300, 1.7976931348623157e308, 5e-324, 0.1, 123456789.123, "NaN", "Infinity", "-Infinity"];

/** @param {() => number} chance */
function randomLink(chance) {
  const pick = (/** @type {readonly any[]} */ list) => list[Math.floor(chance() * list.length)];
  const text = (/** @type {number} */ most) => Array.from({ length: Math.floor(chance() * most) }, () => pick(LETTERS)).join("");
  /** @type {(depth: number) => any} */
  const value = (depth) => (depth === 0 ? pick(NUMBERS) : Array.from({ length: 1 + Math.floor(chance() * 3) }, () => 0).map(() => value(0)));
  const values = () => new Map(Array.from({ length: 1 + Math.floor(chance() * 4) }, () => /** @type {[string, any]} */ ([pick(NAMES), value(Math.floor(chance() * 2))])));
  const names = () => Array.from({ length: 1 + Math.floor(chance() * 3) }, () => pick(NAMES));
  const maybe = (/** @type {string} */ key, /** @type {() => any} */ make) => (chance() < 0.5 ? { [key]: make() } : {});
  return {
    ...(chance() < 0.5 ? { ex: text(20) } : { e: text(chance() < 0.2 ? 900 : 120) }),
    ...maybe("at", values), ...maybe("seed", values), ...maybe("out", names),
    ...maybe("mode", () => pick(["forward", "reverse", "both"])), ...maybe("step", () => Math.floor(chance() * 1e6)), ...maybe("digits", () => pick([3, 4, 6, "all"])),
    ...maybe("theme", () => pick(["light", "dark", "system"])), ...maybe("ui", () => pick(["min", "player", "full"])), ...maybe("lock", () => true),
    ...maybe("panels", () => pick([["graph"], ["graph", "trace"], ["program", "formula"]])), ...maybe("blank", () => pick(["all", "second", "sums"])), ...maybe("path", () => text(10)),
  };
}

test("35 any link reads back as what was written", () => {
  const chance = random(20260101);
  for (let count = 0; count < 2000; count += 1) {
    const link = randomLink(chance);
    const { link: found, notices } = read(writeLink(/** @type {any} */ (link)));
    assert.deepEqual(plain(found), plain(link), writeLink(/** @type {any} */ (link)));
    assert.deepEqual(notices, []);
  }
});

test("35 a program with half a sign, which editors can hold, still has a link", () => {
  assert.equal(read(writeLink({ e: "y = x # \ud800" })).link.e, "y = x # \ufffd");
});
