/** The header's menu of what is not needed at every moment: entries with their keys, opened by one button. */

import { h, icon } from "../dom.js";

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} words
 * @property {string} [hint] one line below the words
 * @property {string} [key] the key that does the same, as printed
 * @property {() => void} onclick
 * @property {() => boolean} [pressed] for entries that are on or off
 */

/** @typedef {{root: HTMLElement, add: (entry: Entry) => void}} Menu */

/** @returns {Menu} */
export function createMenu() {
  /** @type {{entry: Entry, button: HTMLButtonElement}[]} */
  const entries = [];
  const list = h("div", { class: "menu-list", id: "more-menu", popover: "auto", role: "group", "aria-label": "More" });
  const opener = h("button", { type: "button", class: "button quiet head-more", title: "More", popovertarget: "more-menu" }, icon("more"), h("span", { class: "words optional" }, "More"));
  const root = h("div", { class: "menu", hidden: true }, opener, list);

  list.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    place();
    for (const { entry, button } of entries) if (entry.pressed !== undefined) button.setAttribute("aria-pressed", String(entry.pressed()));
    entries[0]?.button.focus();
  });
  list.addEventListener("keydown", (event) => {
    const move = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (move === 0) return;
    event.preventDefault();
    const at = entries.findIndex(({ button }) => button === document.activeElement);
    entries[(at + move + entries.length) % entries.length].button.focus();
  });

  /** Below its button, within the window. */
  function place() {
    const box = opener.getBoundingClientRect();
    list.style.setProperty("--top", `${box.bottom + 4}px`);
    list.style.setProperty("--right", `${Math.max(8, innerWidth - box.right)}px`);
  }

  /** @param {Entry} entry */
  function add(entry) {
    const act = () => {
      list.hidePopover();
      entry.onclick();
    };
    const key = entry.key ? h("kbd", {}, entry.key) : null;
    const button = h("button", { type: "button", class: `menu-entry menu-${entry.id}`, onclick: act }, h("span", { class: "menu-words" }, entry.words), key, entry.hint ? h("small", {}, entry.hint) : null);
    entries.push({ entry, button });
    list.append(button);
    root.hidden = false;
  }
  return { root, add };
}
