/** The page on a wall: the graph large, controls away, a clicker's keys; what it needs beyond that is fetched when it begins. */

/** @typedef {"off" | "formula" | "both" | "trace"} Wall what the wall shows beside the graph; trace: that alone */

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function createPresenter(page) {
  const { store, menu } = page;
  /** @type {import("./wall.js").WallView | null} */
  let view = null;
  let asked = false;
  const toggle = () => store.set({ wall: store.get().wall === "off" ? "formula" : "off" });
  const notes = () => void window.open(notesAddress(), "wengert-notes", "width=900,height=640");
  menu.add({ id: "presenter", words: "Presenter", hint: "Large, for a wall; a clicker steps", key: "P", onclick: toggle, pressed: () => store.get().wall !== "off" });
  menu.add({ id: "notes", words: "Notes window", hint: "What comes next, for the speaker alone; it steps the wall too", onclick: notes });

  async function fetchIt() {
    asked = true;
    view = (await import("./wall.js")).createWall(page);
    view.render(store.get(), null);
  }

  /** @returns {string} this state, in the speaker's role */
  function notesAddress() {
    page.address.write();
    const here = new URL(location.href);
    for (const name of ["present", "predict"]) here.searchParams.delete(name); // the questions are asked on the wall
    here.searchParams.set("role", "notes");
    return here.href;
  }

  if (new URLSearchParams(location.search).get("role") === "notes") void import("./notes.js").then(({ createNotes }) => createNotes(page));
  const show = (/** @type {Wall} */ wall) => () => store.set({ wall });
  return {
    keys: { present: toggle, wallFormula: show("formula"), wallBoth: show("both"), wallTrace: show("trace"), blank: () => view?.blank(), code: () => view?.code() },
    render(state, before) {
      if (view !== null) view.render(state, before);
      else if (state.wall !== "off" && !asked) void fetchIt();
    },
  };
}
