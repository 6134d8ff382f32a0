/** Which nodes are lit: those under the pointer first, else under the focus, else those pinned, else under the editor's caret. */

/** @typedef {"pointer" | "focus" | "pin" | "caret"} Cause */

/** @param {(ids: readonly number[], edges: readonly string[] | null) => void} onLit edges: by key; null lights those between lit nodes @returns {(cause: Cause, ids: readonly number[] | null, edges?: readonly string[] | null) => void} */
export function createLight(onLit) {
  /** @type {Map<Cause, {ids: readonly number[], edges: readonly string[] | null}>} */
  const causes = new Map();
  let shown = " null";
  return (cause, ids, edges = null) => {
    if (ids === null || ids.length === 0) causes.delete(cause);
    else causes.set(cause, { ids, edges });
    const lit = causes.get("pointer") ?? causes.get("focus") ?? causes.get("pin") ?? causes.get("caret") ?? { ids: [], edges: null };
    const key = `${lit.ids} ${lit.edges}`;
    if (key === shown) return;
    shown = key;
    onLit(lit.ids, lit.edges);
  };
}
