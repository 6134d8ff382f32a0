/** What `benchmarks.page` asks of the page, run inside it; every function resolves to milliseconds. */

const find = (selector) => document.querySelector(selector);
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const painted = async () => (await frame(), await frame());
const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(part * values.length))];
const summary = (values) => ({ median: quantile(values, 0.5), p95: quantile(values, 0.95), count: values.length });

/** Resolves as soon as a condition holds, asked after every change of the document. */
function holds(condition) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`not within 30 s: ${condition}`)), 30_000);
    const ask = () => condition() && (observer.disconnect(), resolve(performance.now()));
    const observer = new MutationObserver(ask);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    ask();
  });
}

/** Resolves once an answer for a path has come, and the page has had a turn to read it. */
function answered(path) {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (!list.getEntries().some(({ name }) => name.includes(path))) return;
      observer.disconnect();
      setTimeout(resolve, 100);
    });
    observer.observe({ type: "resource" });
  });
}

const drawn = holds(() => find("#stage [data-node='6']") !== null && find(".step-field")?.value === "3");
let shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { shift += entry.value; })).observe({ type: "layout-shift", buffered: true });

/** The kind of a file by its path; the page itself has no ending. */
const kindOf = (path) => (/\/api\//.test(path) ? "answers" : (/\.(js|css|woff2|svg)$/.exec(path)?.[1] ?? "html"));

window.probe = {
  async firstVisit() {
    const seen = await drawn;
    const ready = await holds(() => document.body?.dataset.ready === "true");
    await document.fonts.ready;
    const bytes = {};
    for (const entry of ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))) {
      const kind = kindOf(new URL(entry.name).pathname);
      bytes[kind] = (bytes[kind] ?? 0) + entry.encodedBodySize;
    }
    return { painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null, drawn: seen, editor: ready, bytes, shift };
  },

  /** From the next key in the editor to the painted graph of what stands there then. */
  async keyToGraph() {
    const pressed = await new Promise((resolve) => addEventListener("keydown", () => resolve(performance.now()), { once: true, capture: true }));
    await holds(() => document.body.dataset.settled === "false");
    await holds(() => document.body.dataset.settled === "true");
    await painted();
    return performance.now() - pressed;
  },

  /** The work of the main thread for each place of the scrubber, style and layout included. */
  async scrub() {
    const range = find(".scrubber-range");
    const work = [];
    for (let round = 0; round < 2; round += 1) {
      for (let step = 0; step <= Number(range.max); step += 1) {
        await frame();
        const start = performance.now();
        range.value = String(step);
        range.dispatchEvent(new Event("input", { bubbles: true }));
        void document.body.offsetHeight;
        work.push(performance.now() - start);
      }
    }
    return summary(work);
  },

  /** Times between frames while steps are played with their motion, the next begun when one has ended. */
  async play(steps, each) {
    const times = [];
    const begin = Number(find(".step-field").value);
    for (let step = 0; step < steps; step += 1) {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: ".", bubbles: true }));
      const end = performance.now() + each;
      for (let last = await frame(), now = last; performance.now() < end; last = now) {
        now = await frame();
        times.push(now - last);
      }
    }
    if (Number(find(".step-field").value) !== begin + steps) throw new Error("the steps were not played");
    return summary(times);
  },

  /** A drag of the first slider over so many stops: from each move to its picture, once the answer for the pressed slider has come. */
  async slide(moves) {
    const slider = find("#inputs [data-role=slider]");
    slider.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    await answered("api/v1/frames");
    const stop = Number(slider.step);
    const times = [];
    for (let move = 1; move <= moves; move += 1) {
      const before = find("#trace-body").textContent;
      await frame();
      const start = performance.now();
      slider.value = String(Number(slider.value) + (move > moves / 2 ? -stop : stop));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await holds(() => find("#trace-body").textContent !== before);
      await frame();
      times.push(performance.now() - start);
    }
    slider.dispatchEvent(new Event("change", { bubbles: true }));
    return times;
  },

  /** A stage of its own for a program: layout and drawing, until it is painted. */
  async stage(source, inputs) {
    const { createStage } = await import(new URL("static/js/views/stage.js", document.baseURI).href);
    const headers = { "content-type": "application/json" };
    const answer = await fetch("api/v1/trace", { method: "POST", headers, body: JSON.stringify({ source, inputs, mode: "reverse" }) });
    const trace = await answer.json();
    if (!answer.ok) throw new Error(trace.detail);
    const root = document.createElement("div");
    root.className = "stage-body";
    root.style.cssText = "position: fixed; inset: 0; width: 1000px; height: 700px; z-index: 99; background: Canvas";
    document.body.append(root);
    const stage = createStage(root);
    const start = performance.now();
    await stage.setGraph(trace);
    const placed = performance.now();
    await painted();
    const total = performance.now() - start;
    stage.destroy();
    root.remove();
    return { nodes: trace.nodes.length, until_placed: placed - start, until_painted: total };
  },
};
