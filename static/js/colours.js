/** Colours for canvases. A variable itself is read as it is written, for both themes at once; what it comes to is asked of an element. */

/** @template {string} T @param {Element} near an element whose theme counts @param {readonly T[]} names of variables @returns {Map<T, string>} */
export function coloursNear(near, names) {
  const probe = document.createElement("span");
  probe.hidden = true;
  near.append(probe);
  const found = new Map(names.map((name) => {
    probe.style.color = `var(${name})`;
    return /** @type {[T, string]} */ ([name, getComputedStyle(probe).color]);
  }));
  probe.remove();
  return found;
}
