/** What is said over the stage of a large graph: that only a part is drawn, that a layout takes its time, and how to end either. */

import { h } from "../../dom.js";
import { grouped } from "./near.js";

const PATIENCE = Object.freeze({ told: 1000, asked: 2500 });
/** Nodes whose layout and drawing take about a second. */
const A_SECOND = 40000;

/** @param {HTMLElement} root @param {{drawAll: () => void, stop: () => void}} events */
export function createWaiting(root, { drawAll, stop }) {
  const words = h("span", {});
  const button = h("button", { type: "button", class: "button small" });
  const bar = h("div", { class: "stage-large", role: "status", hidden: true }, words, " ", button);
  root.append(bar);
  let act = () => {};
  button.addEventListener("click", () => act());
  /** @type {ReturnType<typeof setTimeout>[]} */
  let timers = [];

  /** @param {string} text @param {string} label @param {() => void} onClick */
  function say(text, label, onClick) {
    words.textContent = text;
    button.textContent = label;
    act = onClick;
    bar.hidden = false;
  }

  return {
    /** @param {number} nodes */
    part(nodes) {
      const seconds = Math.ceil(nodes / A_SECOND);
      say(`${grouped(nodes)} nodes: here is what lies around the current step.`, `Draw all (may take ${seconds} s)`, drawAll);
    },
    /** @param {number} nodes a layout begins */
    begin(nodes) {
      this.end();
      timers = [
        setTimeout(() => say(`Placing ${grouped(nodes)} nodes …`, "Cancel", stop), PATIENCE.told),
        setTimeout(() => say(`Still placing ${grouped(nodes)} nodes. It may take some seconds more; or stop?`, "Stop", stop), PATIENCE.asked),
      ];
    },
    end() {
      timers.forEach(clearTimeout);
      timers = [];
      bar.hidden = true;
    },
  };
}
