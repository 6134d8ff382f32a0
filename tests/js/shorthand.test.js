/** Links written by hand, in full. */

import assert from "node:assert/strict";
import test from "node:test";
import { written } from "../../static/js/link/shorthand.js";

test("numbers by name are values of inputs, and the tool's own names its choices", () => {
  const query = new URLSearchParams(written("?f=sin(x)&x=1&h=1e-3", ["h"]));
  assert.deepEqual([query.get("f"), query.get("at"), query.get("lab"), query.get("x")], ["sin(x)", "x:1", "h:0.001", null]);
});

test("what the link says in full stays, and comes first", () => {
  assert.equal(new URLSearchParams(written("?at=a:2&x=-1.5", [])).get("at"), "a:2,x:-1.5");
});

test("known parameters and what is no number are left alone", () => {
  const query = new URLSearchParams(written("?v=1&step=3&foo=bar&__proto__=x", ["h"]));
  assert.deepEqual([...query.keys()], ["v", "step", "foo", "__proto__"]);
});
