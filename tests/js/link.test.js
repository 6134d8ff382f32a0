import assert from "node:assert/strict";
import test from "node:test";

import { readLink, writeLink } from "../../static/js/link.js";

/** @param {string} address */
const read = (address) => (address.startsWith("#") ? readLink("", address) : readLink(address, ""));

test("a link reads back as what was linked", () => {
  const link = { e: "y = x**2 + 1\nz = y # half & all", at: new Map([["x", 2], ["W", [[1, 2], [3, "NaN"]]]]), seed: new Map([["z", -1]]), mode: "reverse", step: 7, digits: 6, theme: "dark" };
  assert.deepEqual(read(writeLink(link)), { link, notices: [] });
});

test("a long program travels in the fragment, which no server sees", () => {
  const link = { e: "y = x + 1\n".repeat(80), at: new Map([["x", 2]]), step: 0 };
  const address = writeLink(link);
  assert.match(address, /^#v=1&s=[\w-]+$/);
  assert.deepEqual(read(address).link, link);
});

test("links of the first version keep their meaning", () => {
  const survey = read("?v=1&e=ln(x1)%2Bx1*x2-sin(x2)&at=x1:2,x2:5&seed=x1:1&mode=reverse&step=7").link;
  assert.equal(survey.e, "ln(x1)+x1*x2-sin(x2)");
  assert.deepEqual([...(survey.at ?? [])], [["x1", 2], ["x2", 5]]);
  assert.deepEqual(read("?v=1&ex=survey-1&step=7&digits=4&theme=dark").link, { ex: "survey-1", step: 7, digits: 4, theme: "dark" });
  assert.deepEqual(read("?v=1&ex=square&at=x:-1.5e-3&out=y").link, { ex: "square", at: new Map([["x", -1.5e-3]]), out: ["y"] });
});

test("an unknown parameter and a bad value are left out, each with a notice", () => {
  const { link, notices } = read("?v=1&ex=survey-1&sparkle=1&step=-3&mode=sideways&at=x&digits=5");
  assert.deepEqual(link, { ex: "survey-1" });
  assert.equal(notices.length, 5);
});

test("a damaged fragment is told, not thrown", () => {
  const { link, notices } = read("#v=1&s=AAAA_broken");
  assert.deepEqual(link, {});
  assert.equal(notices.length, 1);
});

test("names of the prototype are names like others", () => {
  const { link } = read("?v=1&e=__proto__%2Bconstructor&at=__proto__:1,constructor:2");
  assert.deepEqual([...(link.at ?? [])], [["__proto__", 1], ["constructor", 2]]);
});
