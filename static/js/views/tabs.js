/** Arrow keys in a row of tabs: they choose, as tabs do everywhere. */

/** @param {HTMLElement} list @param {() => HTMLElement[]} tabs in their order */
export function followArrows(list, tabs) {
  list.addEventListener("keydown", (event) => {
    const move = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (move === 0) return;
    event.preventDefault();
    const all = tabs();
    const at = all.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const next = all[(at + move + all.length) % all.length];
    next.click();
    next.focus();
  });
}
