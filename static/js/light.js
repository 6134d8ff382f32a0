/** Which nodes are lit: those under the pointer first, else under the focus, else under the editor's caret. */

/** @typedef {"pointer" | "focus" | "caret"} Cause */

/** @param {(ids: readonly number[]) => void} onLit @returns {(cause: Cause, ids: readonly number[] | null) => void} */
export function createLight(onLit) {
  /** @type {Map<Cause, readonly number[]>} */
  const causes = new Map();
  let shown = "";
  return (cause, ids) => {
    if (ids === null || ids.length === 0) causes.delete(cause);
    else causes.set(cause, ids);
    const lit = causes.get("pointer") ?? causes.get("focus") ?? causes.get("caret") ?? [];
    if (String(lit) === shown) return;
    shown = String(lit);
    onLit(lit);
  };
}
