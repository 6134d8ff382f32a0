import assert from "node:assert/strict";
import test from "node:test";

import { aloud } from "../../static/js/explain/aloud.js";
import { cardOf } from "../../static/js/explain/card.js";
import { chosen, keyOf } from "../../static/js/explain/choice.js";
import { wordsOf } from "../../static/js/explain/sentence.js";
import { sceneOf } from "../../static/js/scene.js";
import { stepsOf } from "../../static/js/steps.js";
import { fixture } from "./fixture.js";

/** @param {import("../../static/js/scene/trace.js").Trace} trace */
const end = (trace) => sceneOf(trace, stepsOf(trace).length);

/** @param {string} name @param {string} key */
function card(name, key) {
  const trace = fixture(name);
  for (const node of trace.nodes) node.latex = node.latex?.replace(/_(\d)/g, "_{$1}"); // as the engine writes indices now
  const found = chosen(trace, key);
  assert.ok(found, key);
  return /** @type {import("../../static/js/explain/card.js").Card} */ (cardOf(end(trace), found.id, found.quantity));
}

/** @param {Partial<import("../../static/js/scene/trace.js").TraceNode>[]} nodes @param {Partial<import("../../static/js/scene/trace.js").Trace>} [rest] @returns {any} */
function traceOf(nodes, rest = {}) {
  return {
    nodes: nodes.map((node, id) => ({ id, label: `n${id}`, v: `v_{${id}}`, op: "input", kind: "input", inputs: [], shape: [], primal: 1, adjoint: null, partials: [], notes: [], requires_grad: true, latex: "", ...node })),
    outputs: [nodes.length - 1],
    names: {},
    mode: "reverse",
    seed: { out: 1 },
    output_names: ["out"],
    groups: [],
    steps: nodes.map((_, node) => ({ phase: "forward", node })),
    ...rest,
  };
}

/** @param {any} trace @param {number} id @param {import("../../static/js/explain/choice.js").Quantity} quantity */
const reasons = (trace, id, quantity) => /** @type {import("../../static/js/explain/card.js").Card} */ (cardOf(end(trace), id, quantity)).reasons.map(wordsOf).join(" ");

/** @param {import("../../static/js/explain/card.js").Card} found */
const formulas = (found) => found.stages.map(({ latex }) => latex);

test("a primal's card puts one number after the other into its rule", () => {
  const found = card("survey-reverse", "v2.primal");
  assert.deepEqual(formulas(found), ["v_{2} = x_{1} \\cdot x_{2}", "= \\mathbf{2} \\cdot x_{2}", "= 2 \\cdot 5", "= 10"]);
  assert.deepEqual(found.sources.map(({ name, value }) => [name, value]), [["x₁", "2"], ["x₂", "5"]]);
});

test("an adjoint's card adds up its contributions in the order of their arrival", () => {
  const found = card("survey-reverse", "x2.adjoint");
  assert.deepEqual(formulas(found).slice(-3), ["\\approx (-1) \\cdot 0.2837 + 1 \\cdot 2", "\\approx -0.2837 + 2", "\\approx 1.716"]);
  assert.match(wordsOf(found.words), /^x₂ is used twice/);
  assert.equal(found.full, "1.7163378145367738");
});

test("a tangent's card multiplies slopes with the tangents of the operands", () => {
  const found = card("survey-both", "v2.tangent");
  assert.deepEqual(formulas(found).slice(-2), ["= 5 \\cdot 1 + 2 \\cdot 0", "= 5"]);
});

test("the seed is the reason for a 1 at the output", () => {
  assert.match(card("survey-reverse", "v5.adjoint").reasons.map(wordsOf).join(" "), /seed/);
});

test("a key finds its value again, whatever the names", () => {
  const trace = traceOf([{ label: "__proto__" }, { label: "constructor" }, { label: "a.b" }, { label: "a.b" }]);
  for (const id of [0, 1, 2, 3]) assert.deepEqual(chosen(trace, keyOf(trace, id, "adjoint")), { id, quantity: "adjoint" });
  assert.equal(chosen(trace, "nobody.primal"), null);
  assert.equal(chosen(trace, "n0"), null);
});

test("where nothing flows, the card says why, and that a dash is no 0", () => {
  const detached = traceOf([{}, { op: "detach", kind: "op", inputs: [0], requires_grad: false }, { op: "mul", kind: "op", inputs: [1, 1], adjoint: 1 }]);
  assert.match(reasons(detached, 1, "adjoint"), /detach cuts it off.*not a 0/);
  assert.match(reasons(detached, 0, "adjoint"), /used: n₁ \(detached\)/);
  const compared = traceOf([{}, { op: "gt", kind: "op", inputs: [0, 0], primal: true, dtype: "bool", requires_grad: false }, {}]);
  assert.match(reasons(compared, 1, "adjoint"), /has no slope/);
  assert.match(reasons(traceOf([{}, {}]), 0, "adjoint"), /No operation uses it/);
  assert.match(reasons(traceOf([{}, { kind: "constant" }, {}]), 1, "adjoint"), /constant/);
  assert.match(reasons(traceOf([{}]), 0, "tangent"), /forward mode/);
});

const square = { op: "mul", kind: "op", inputs: [0, 0], adjoint: 1 };
const back = (/** @type {number} */ node, /** @type {number[]} */ values, /** @type {number} */ to = 0) => ({
  phase: "reverse",
  node,
  contributions: values.map((value, slot) => ({ to, slot, value, adjoint_after: values.slice(0, slot + 1).reduce((sum, one) => sum + one, 0) })),
});

test("a 0 is explained by the factor that is 0, or by contributions that cancel", () => {
  const steps = (/** @type {number[]} */ values) => [{ phase: "forward", node: 0 }, { phase: "forward", node: 1 }, back(1, values)];
  const flat = traceOf([{ primal: 0, adjoint: 0 }, { ...square, primal: 0, partials: [{ latex: "x", value: 0 }, { latex: "x", value: 0 }] }], { steps: steps([0, 0]) });
  assert.match(reasons(flat, 0, "adjoint"), /local slope ∂n₁\/∂n₀ is 0/);
  assert.match(reasons(flat, 1, "primal"), /factor n₀ is 0/);
  const cancels = traceOf([{ primal: 3, adjoint: 0 }, { ...square, op: "sub", primal: 0, partials: [{ latex: "1", value: 1 }, { latex: "-1", value: -1 }] }], { steps: steps([1, -1]) });
  assert.match(reasons(cancels, 0, "adjoint"), /cancel/);
  assert.match(reasons(cancels, 1, "primal"), /taken from itself/);
});

test("a NaN names its place of birth and what it tainted", () => {
  const trace = traceOf([{ primal: -1 }, { op: "sqrt", kind: "op", inputs: [0], primal: "NaN" }, { op: "mul", kind: "op", inputs: [0, 1], primal: "NaN" }]);
  assert.match(reasons(trace, 1, "primal"), /born here: sqrt of −1 has no value.*It taints n₂/);
  assert.match(reasons(trace, 2, "primal"), /because n₁ is. There the NaN was born: sqrt of −1 has no value/);
});

test("an infinite slope is the reason for an infinite adjoint, and 0 times it for a NaN", () => {
  const trace = (/** @type {any} */ bar, /** @type {any} */ value) =>
    traceOf([{ primal: 0, adjoint: value }, { op: "sqrt", kind: "op", inputs: [0], primal: 0, adjoint: bar, partials: [{ latex: "", value: "Infinity" }] }], {
      steps: [{ phase: "forward", node: 0 }, { phase: "forward", node: 1 }, { phase: "reverse", node: 1, contributions: [{ to: 0, slot: 0, value, adjoint_after: value }] }],
    });
  assert.match(reasons(trace(1, "Infinity"), 0, "adjoint"), /vertical tangent or a pole/);
  assert.match(reasons(trace(0, "NaN"), 0, "adjoint"), /times the local slope ∞ is no number/);
});

test("where nothing flows through an operation, it is named with its reason", () => {
  const kept = traceOf([{}, { op: "sin", kind: "op", inputs: [0], requires_grad: false }, { op: "mul", kind: "op", inputs: [1, 1], adjoint: 1, requires_grad: false }]);
  assert.match(reasons(kept, 1, "adjoint"), /no_grad/);
  assert.match(reasons(kept, 0, "adjoint"), /n₁ \(computed under no_grad\)/);
  assert.match(reasons(kept, 2, "tangent"), /forward mode/);
  const picked = traceOf([{ dtype: "int64", requires_grad: false }, { op: "index", kind: "op", inputs: [0] }]);
  assert.match(reasons(picked, 0, "adjoint"), /picks places/);
  const dead = traceOf([{}, { op: "sin", kind: "op", inputs: [0] }, {}]);
  assert.match(reasons(dead, 0, "adjoint"), /n₁ \(no path leads on to the output\)/);
});

test("a slope of 0 says why it is flat", () => {
  const flat = (/** @type {any} */ node) => reasons(traceOf([{ primal: -2, adjoint: 0 }, { kind: "op", inputs: [0], primal: 0, adjoint: 1, partials: [{ latex: "", value: 0 }], ...node }], { steps: [{ phase: "forward", node: 0 }, { phase: "forward", node: 1 }, back(1, [0])] }), 0, "adjoint");
  assert.match(flat({ op: "relu" }), /relu is flat where n₀ is −2/);
  assert.match(flat({ op: "floor" }), /floor makes steps/);
  assert.match(flat({ op: "tanh" }), /saturated/);
  assert.match(flat({ op: "cos" }), /cos is level where n₀ is −2/);
  assert.match(flat({ op: "abs", notes: ["torch's choice is 0."] }), /by convention.*At n₁: torch's choice is 0/);
});

test("a difference of 0 whose operands were computed may be a cancellation", () => {
  const nodes = [{}, { op: "cos", kind: "op", inputs: [0] }, { kind: "constant" }, { op: "sub", kind: "op", inputs: [2, 1], primal: 0 }];
  assert.match(reasons(traceOf(nodes), 3, "primal"), /rounded away before: cancellation/);
});

test("a number too small or too large for float64 is told as such", () => {
  const exp = (/** @type {any} */ primal) => reasons(traceOf([{ primal: 1000 }, { op: "exp", kind: "op", inputs: [0], primal }]), 1, "primal");
  assert.match(exp(0), /underflow/);
  assert.match(exp(5e-324), /underflow/);
  assert.match(exp("Infinity"), /exp of 1000 is beyond the largest number.*overflow/);
  assert.match(reasons(traceOf([{ primal: 0 }, { op: "log", kind: "op", inputs: [0], primal: "-Infinity" }]), 1, "primal"), /log has a pole at 0/);
});

test("a seed at an output that is used as well is part of its sum", () => {
  const trace = traceOf([{ adjoint: 4 }, { ...square, primal: 1, adjoint: 1, partials: [{ latex: "n_{0}", value: 1 }, { latex: "n_{0}", value: 1 }] }], { outputs: [0, 1], output_names: ["a", "b"], seed: { a: 2, b: 1 } });
  trace.steps = [{ phase: "forward", node: 0 }, { phase: "forward", node: 1 }, { phase: "seed", node: 0, value: 2 }, { phase: "seed", node: 1, value: 1 }, back(1, [1, 1])];
  const found = /** @type {import("../../static/js/explain/card.js").Card} */ (cardOf(end(trace), 0, "adjoint"));
  assert.match(found.stages[0].latex, /= 2 \+ /);
  assert.equal(found.stages.at(-2)?.latex, "= 2 + 1 + 1");
  assert.match(wordsOf(found.words), /starts with the seed/);
});

test("every name in a reason leads to its card", () => {
  const trace = traceOf([{ primal: -1 }, { op: "sqrt", kind: "op", inputs: [0], primal: "NaN" }, { op: "mul", kind: "op", inputs: [0, 1], primal: "NaN" }]);
  const [why] = /** @type {import("../../static/js/explain/card.js").Card} */ (cardOf(end(trace), 2, "primal")).reasons;
  assert.deepEqual(why.filter((part) => typeof part !== "string"), [{ id: 1, quantity: "primal", name: "n₁" }]);
});

test("a tensor's adjoint is what the map makes of it, and what arrived as a sum", () => {
  const sent = (/** @type {number[]} */ value, /** @type {number} */ slot) => ({ to: 0, slot, value, adjoint_after: value });
  const trace = traceOf([{ shape: [2], primal: [1, 2], adjoint: [5, 8] }, { ...square, op: "dot", primal: 5, partials: [{ latex: "\\bar{n_{1}} \\mapsto n_{0} \\bar{n_{1}}" }, { latex: "n_{0}" }] }], {
    steps: [{ phase: "forward", node: 0 }, { phase: "forward", node: 1 }, { phase: "reverse", node: 1, contributions: [sent([1, 2], 0), sent([4, 6], 1)] }],
  });
  const found = /** @type {import("../../static/js/explain/card.js").Card} */ (cardOf(end(trace), 0, "adjoint"));
  assert.equal(formulas(found)[1], "= n_{0} \\bar{n}_{1} + \\bar{n}_{1} \\cdot n_{0}");
  assert.equal(formulas(found)[2], "= \\text{[1, 2]} + \\text{[4, 6]}");
  assert.deepEqual(found.remembered.map(({ name }) => name), ["n₀"]);
});

test("every stage is also said in words, brackets and powers included", () => {
  const heard = [{ name: "v̄₁", spoken: "v 1 bar" }, { name: "x", spoken: "x" }, { name: "b", spoken: "b" }, { name: "s", spoken: "s" }];
  assert.equal(aloud("\\tfrac{\\partial x}{\\partial b} \\cdot s", heard), "the slope of x by b times s");
  assert.equal(aloud("= \\bar{v}_{1} \\cdot \\left(-\\sin x\\right)", heard), "equals v 1 bar times open bracket minus the sine of x close bracket");
  assert.equal(aloud("\\approx 2 \\cdot x^{3 - 1} + (-1.5 \\times 10^{-7})", heard), "about 2 times x to the power 3 minus 1, plus minus 1.5 times ten to the minus 7");
  assert.equal(card("survey-reverse", "x2.adjoint").stages[0].words, "x 2 bar equals v 3 bar times the slope of v 3 by x 2 plus v 2 bar times the slope of v 2 by x 2");
});

test("a convention's note stands among the reasons", () => {
  const trace = traceOf([{}, { op: "abs", kind: "op", inputs: [0], primal: 0, notes: ["abs is not differentiable at 0; torch's choice is 0."] }]);
  assert.match(reasons(trace, 1, "primal"), /torch's choice is 0/);
  assert.equal(reasons(trace, 0, "primal"), "");
});
