/** The gallery: every example as a card, by group, found by its words, opened by one press. */

import { h, icon } from "../dom.js";

/** @typedef {import("../api.js").Example} Example */

/** @param {HTMLDialogElement} root @param {{load: () => Promise<Example[]>, onOpen: (example: Example) => void}} events */
export function createGallery(root, events) {
  const search = h("input", { type: "search", class: "field search-field", placeholder: "Search: tanh, chain rule, loop …", "aria-label": "Search the examples", autocomplete: "off" });
  const count = h("p", { class: "gallery-count", role: "status" });
  const groups = h("div", { class: "gallery-groups" });
  /** @type {Example[] | null} */
  let examples = null;
  search.addEventListener("input", () => draw());
  const pictures = new IntersectionObserver((seen) => seen.forEach(({ isIntersecting, target }) => isIntersecting && picture(/** @type {HTMLElement} */ (target))), { root: null, rootMargin: "200px" });

  /** @param {HTMLElement} place drawn when it is first in sight */
  async function picture(place) {
    pictures.unobserve(place);
    const { thumbnailOf } = await import("./thumbnail.js");
    const drawn = await thumbnailOf(place.dataset.graph ?? "").catch(() => null);
    if (drawn !== null) place.replaceChildren(drawn);
  }
  root.replaceChildren(
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: "gallery-title" }, "Examples"),
      h("label", { class: "search" }, icon("search"), search),
      h("button", { type: "button", class: "button quiet", "aria-label": "Close", onclick: () => root.close() }, icon("close")),
    ),
    count,
    h("div", { class: "dialog-body", tabindex: "0", role: "group", "aria-label": "Examples, by group" }, groups),
  );
  root.addEventListener("click", (event) => {
    if (event.target === root) root.close();
  });

  function draw() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = (examples ?? []).filter((example) => words.every((word) => textOf(example).includes(word)));
    count.textContent = examples === null ? "Loading …" : `${found.length} of ${examples.length} programs`;
    const names = [...new Set(found.map((example) => example.group))];
    groups.replaceChildren(...names.map((name) => groupPart(name, found.filter((example) => example.group === name), open)));
    pictures.disconnect();
    for (const place of groups.querySelectorAll(".card-graph")) pictures.observe(place);
  }

  /** @param {Example} example */
  function open(example) {
    root.close();
    events.onOpen(example);
  }

  return {
    async show() {
      if (!root.open) root.showModal();
      search.focus();
      search.select();
      if (examples === null) {
        draw();
        examples = await events.load().catch(() => null);
        if (examples === null) {
          count.textContent = "The examples cannot be loaded now.";
          return;
        }
      }
      draw();
    },
  };
}

/** @param {Example} example @returns {string} */
const textOf = (example) => [example.title, example.group, example.goal, example.look_for, example.source, example.level].join(" ").toLowerCase();

/** @param {string} name @param {Example[]} examples @param {(example: Example) => void} open */
function groupPart(name, examples, open) {
  return h("section", { class: "gallery-group" }, h("h3", {}, name), h("ul", { class: "cards" }, ...examples.map((example) => h("li", {}, card(example, open)))));
}

/** @param {Example} example @param {(example: Example) => void} open */
function card(example, open) {
  const lines = example.source.split("\n");
  const program = lines.length > 4 ? [...lines.slice(0, 3), `… ${lines.length - 3} more lines`].join("\n") : example.source;
  const facts = [example.level, example.minutes ? `${example.minutes} min` : ""].filter(Boolean).join(" · ");
  return h(
    "button",
    { type: "button", class: "card", onclick: () => open(example) },
    h("span", { class: "card-graph", "data-graph": example.id, "aria-hidden": "true" }),
    h("span", { class: "card-title" }, example.title),
    h("code", { class: "card-program" }, program),
    h("span", { class: "card-goal" }, example.goal ?? ""),
    facts !== "" ? h("span", { class: "card-facts" }, facts) : null,
  );
}
