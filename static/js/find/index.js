/** Find: a field over the graph, a list of nodes, Enter goes to the step that writes one. */

import { h } from "../dom.js";

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function createFind(page) {
  const { store, menu, light, goToNode } = page;
  const field = h("input", { type: "search", class: "field find-field", "aria-label": "Find a node", placeholder: "Name, operation, line 3 …", autocomplete: "off", role: "combobox", "aria-controls": "find-list", "aria-expanded": "true" });
  const list = h("ul", { class: "find-list", id: "find-list", role: "listbox", "aria-label": "Nodes found" });
  const count = h("p", { class: "find-count", role: "status" });
  const close = h("button", { type: "button", class: "button quiet small", "aria-label": "Close", onclick: hide }, "×");
  const root = h("div", { class: "find", role: "search", hidden: true }, h("div", { class: "find-row" }, field, close), count, list);
  document.getElementById("stage-panel")?.append(root);
  /** @type {import("./matches.js").Match[]} */
  let found = [];
  let at = 0;
  let offered = false;

  menu.add({ id: "find", words: "Find", hint: "A node by name, operation, line, or what stands out", key: "/", onclick: show });

  function show() {
    root.hidden = false;
    field.focus();
    field.select();
    void search();
  }

  function hide() {
    root.hidden = true;
    light("focus", null);
    document.getElementById("stage-panel")?.focus();
  }

  async function search() {
    const { matchesOf, SPECIAL } = await import("./matches.js");
    const { trace } = store.get();
    offered = field.value.trim() === "";
    found = trace === null ? [] : offered ? SPECIAL.map((words) => ({ id: -1, name: words, what: "" })) : matchesOf(trace, field.value);
    at = 0;
    count.textContent = offered ? "Or one of these:" : found.length === 1 ? "1 node" : `${found.length} nodes`;
    draw();
  }

  function draw() {
    list.replaceChildren(
      ...found.slice(0, 60).map(({ name, what }, place) =>
        h("li", { class: `find-item${place === at ? " chosen" : ""}`, role: "option", id: `find-${place}`, "aria-selected": String(place === at), onclick: () => choose(place) }, h("b", {}, name), what === "" ? null : h("span", { class: "muted" }, ` ${what}`)),
      ),
    );
    field.setAttribute("aria-activedescendant", found.length > 0 ? `find-${at}` : "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
    light("focus", offered ? null : found.map(({ id }) => id));
  }

  /** @param {number} place */
  function choose(place) {
    const match = found[place];
    if (match === undefined) return;
    at = place;
    if (match.id < 0) {
      field.value = match.name;
      field.focus();
      void search();
      return;
    }
    draw();
    goToNode(match.id);
  }

  field.addEventListener("input", () => void search());
  field.addEventListener("keydown", (event) => {
    const move = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (move !== 0 && found.length > 0) {
      event.preventDefault();
      at = (at + move + found.length) % found.length;
      draw();
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      hide();
    }
  });
  return {
    keys: { find: show },
    render(state, before) {
      if (!root.hidden && before !== null && before.trace !== state.trace) void search();
    },
  };
}
