/** What makes a page a wall: full screen, awake, nothing that moves by itself, controls that leave, a black sheet, a spotlight, a code. */

import { h } from "../dom.js";
import { indexOf } from "../scene/index.js";
import { joinChannel } from "./channel.js";

/** @typedef {import("../features.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {{render: (state: State, before: State | null) => void, blank: () => void, code: () => void}} WallView */

const IDLE = 3000;
const HOLD = 350;

/** @param {Page} page @returns {WallView} */
export function createWall({ store, player, stage }) {
  const sheet = h("div", { class: "wall-blank", hidden: true, role: "status" }, h("span", { class: "visually-hidden" }, "The screen is black. B shows it again."));
  const corner = h("aside", { class: "wall-code", hidden: true, "aria-label": "Address of this page" });
  const leave = h("button", { type: "button", class: "button wall-leave", onclick: () => store.set({ wall: "off" }) }, "Leave (P)");
  document.body.append(sheet, corner, leave);
  joinChannel(store, player);
  let idle = 0;
  let hold = 0;
  let before = /** @type {State["digits"] | null} */ (null);
  /** @type {WakeLockSentinel | null} */
  let lock = null;

  function stir() {
    document.body.classList.remove("is-idle");
    clearTimeout(idle);
    if (store.get().wall !== "off") idle = setTimeout(() => document.body.classList.add("is-idle"), IDLE);
  }
  for (const kind of ["pointermove", "pointerdown"]) addEventListener(kind, stir);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") stir(); // a clicker's keys bring nothing back
  });

  /** Everything but the neighbours of a node is dimmed while the pointer is held on it. */
  document.getElementById("stage")?.addEventListener("pointerdown", (event) => {
    const card = event.target instanceof Element ? event.target.closest("[data-node]") : null;
    if (store.get().wall === "off" || !(card instanceof SVGElement)) return;
    hold = setTimeout(() => spot(Number(card.dataset.node)), HOLD);
  });
  addEventListener("pointerup", () => {
    clearTimeout(hold);
    if (!document.body.classList.contains("is-spot")) return;
    document.body.classList.remove("is-spot");
    stage.highlight(store.get().lit);
  });

  /** @param {number} id */
  function spot(id) {
    const { trace } = store.get();
    if (trace === null) return;
    const { nodes } = indexOf(trace);
    const near = nodes.filter((node) => node.id === id || node.inputs.includes(id) || nodes.find((one) => one.id === id)?.inputs.includes(node.id));
    stage.highlight(near.map((node) => node.id));
    document.body.classList.add("is-spot");
  }

  function stayAwake() {
    navigator.wakeLock?.request("screen").then((got) => {
      lock = got;
      if (store.get().wall === "off") maySleep(); // the wall was left before the browser answered
    }, () => {});
  }

  function maySleep() {
    void lock?.release();
    lock = null;
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && store.get().wall !== "off") stayAwake(); // a page that was hidden has lost it
  });

  /** @param {State} state */
  function begin(state) {
    before = state.digits;
    store.set({ digits: 3, playing: false });
    if (navigator.userActivation?.isActive) document.documentElement.requestFullscreen?.().catch(() => {}); // a link that opens here has no press to allow it
    stayAwake();
    stir();
  }

  function end() {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    maySleep();
    sheet.hidden = corner.hidden = true;
    clearTimeout(idle);
    document.body.classList.remove("is-idle");
    if (before !== null) store.set({ digits: before });
    before = null;
  }

  document.addEventListener("fullscreenchange", () => {
    if (document.fullscreenElement === null && store.get().wall !== "off" && document.body.dataset.full === "true") store.set({ wall: "off" });
    document.body.dataset.full = String(document.fullscreenElement !== null);
  });

  return {
    render(state, last) {
      if (last !== null && last.wall === state.wall) return;
      const wasOn = (document.documentElement.dataset.wall ?? "off") !== "off";
      if (state.wall === "off") delete document.documentElement.dataset.wall;
      else document.documentElement.dataset.wall = state.wall;
      if (state.wall !== "off" && !wasOn) begin(state);
      if (state.wall === "off" && wasOn) end();
    },
    blank: () => void (sheet.hidden = !sheet.hidden),
    async code() {
      corner.hidden = !corner.hidden;
      if (corner.hidden) return;
      const { qrSvg } = await import("../qr.js");
      const here = new URL(location.href);
      for (const name of ["present", "role"]) here.searchParams.delete(name);
      corner.replaceChildren(qrSvg(here.href), h("p", {}, here.host));
    },
  };
}
