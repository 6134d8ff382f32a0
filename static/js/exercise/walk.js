/** The keyboard: from blank to blank in working order. */

/** @param {HTMLElement} root @param {{keys: readonly string[], inputOf: (key: string) => HTMLInputElement, check: () => void, done: () => void}} page done: the last blank was left forwards */
export function createWalk(root, { keys, inputOf, check, done }) {
  /** @param {string} key @param {1 | -1} way */
  function move(key, way) {
    const next = keys[keys.indexOf(key) + way];
    if (next !== undefined) go(next);
    else if (way === 1) done();
  }

  /** @param {string} key */
  function go(key) {
    const input = inputOf(key);
    input.focus();
    input.select();
    input.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  root.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.dataset.key === undefined || event.isComposing || event.altKey) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) act(event, check);
    else if (event.ctrlKey || event.metaKey) return;
    else if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
      const isBack = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
      act(event, () => move(/** @type {string} */ (input.dataset.key), isBack ? -1 : 1));
    } else if (!event.shiftKey && event.key === "ArrowRight" && caretAt(input, input.value.length)) act(event, () => move(/** @type {string} */ (input.dataset.key), 1));
    else if (!event.shiftKey && event.key === "ArrowLeft" && caretAt(input, 0)) act(event, () => move(/** @type {string} */ (input.dataset.key), -1));
  });
  return { go, move };
}

/** @param {HTMLInputElement} input @param {number} place */
const caretAt = (input, place) => input.selectionStart === place && input.selectionEnd === place;

/** @param {KeyboardEvent} event @param {() => void} action */
function act(event, action) {
  event.preventDefault();
  action();
}
