/** Holds a step back while it asks something, and shows the picture before it with a question mark in the cell that is asked for. */

import { questionAt } from "./questions.js";

/** @typedef {import("../state.js").Store} Store */
/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").SceneNode} SceneNode */
/** @typedef {import("./questions.js").Question} Question */

/** @param {Store} store @returns {() => boolean} whether the next step waits; it is asked from then on */
export function asking(store) {
  return () => {
    const { trace, cursor, predict, question } = store.get();
    if (trace === null || predict === "off") return false;
    if (question === null) store.set({ question: questionAt(trace, cursor, predict, markedIn(store.get())) });
    return store.get().question !== null;
  };
}

/** @param {import("../state.js").State} state @returns {import("./questions.js").Marked[]} the example's own questions */
export const markedIn = ({ example, questions }) => (example === null ? [] : (questions.get(example.id) ?? []));

/** @param {Scene} scene @param {Question} question @returns {Scene} the same, with a question mark where the answer will stand */
export function withQuestion(scene, question) {
  const node = scene.node(question.node);
  if (node === undefined || question.quantity === null) return scene;
  /** @type {SceneNode} */
  const asked = { ...node, [question.quantity]: "?", state: question.quantity === "adjoint" ? "target" : "current" };
  return {
    ...scene,
    asks: question.index,
    nodes: scene.nodes.map((one) => (one.id === question.node ? asked : one)),
    node: (id) => (id === question.node ? asked : scene.node(id)),
  };
}
