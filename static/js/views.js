/** All views of the page: each draws the one scene, and tells what was pressed or pointed at. */

import { examples } from "./opening.js";
import { byId, setText } from "./dom.js";
import { isEmbedded } from "./embed/feature.js";
import { createFeatures } from "./features.js";
import { withChoice } from "./fold/choice.js";
import { createWishes } from "./fold/wishes.js";
import { createLight } from "./light.js";
import { sentenceOf } from "./narrate.js";
import { sceneOf } from "./scene.js";
import { pictureAt } from "./picture.js";
import { duration } from "./player.js";
import { withQuestion } from "./predict/asking.js";
import { noteText } from "./scene/trace.js";
import { nodeOfLine, nodesAt } from "./spans.js";
import { stepsOf } from "./steps.js";
import { createFolds, createHeader, createTabs, notify, renderExample } from "./views/chrome.js";
import { createFormula } from "./views/formula.js";
import { createGallery } from "./views/gallery.js";
import { createHelp } from "./views/help.js";
import { createInputs } from "./views/inputs.js";
import { createLateEditor } from "./views/late-editor.js";
import { createKeyRow } from "./views/keyrow.js";
import { createPlayerView } from "./views/player.js";
import { createProblem } from "./views/problem.js";
import { createSeed } from "./views/seed.js";
import { createMenu } from "./views/menu.js";
import { createSettings } from "./views/settings.js";
import { createSide } from "./views/side.js";
import { createStage } from "./views/stage.js";
import { createTable } from "./views/table.js";
import { createVerdict } from "./views/verdict.js";
import { createVoice } from "./voice.js";

/** While steps are predicted, the views that know how it ends stay closed. */
const ALONE = "trace";

/** @typedef {import("./state.js").Store} Store */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("./actions.js").Actions} Actions */
/** @typedef {import("./scene/trace.js").Trace} Trace */

/** @param {Pick<import("./features.js").Page, "store" | "player" | "actions" | "builder" | "address" | "calm"> & {nonce: string}} page */
export function createViews({ store, player, actions, builder, address, calm, nonce }) {
  const light = createLight((lit, litEdges) => store.set({ lit, litEdges }));
  const point = (/** @type {number | null} */ id) => light("pointer", id === null ? null : [id]);
  const now = () => store.get().trace;

  /** The step that writes a node's primal. @param {number | null} id */
  const goToNode = (id) => {
    const trace = now();
    const step = trace === null || id === null ? undefined : stepsOf(trace).find((candidate) => candidate.kind === "forward" && candidate.node === id);
    if (step !== undefined) player.go(step.index + 1);
  };
  /** @param {number | null} offset @returns {number[]} */
  const nodesUnder = (offset) => {
    const { trace, traced, source } = store.get();
    return trace === null || offset === null || traced !== source ? [] : nodesAt(traced, trace, offset);
  };
  const pointName = (/** @type {string | null} */ name) => {
    const node = now()?.nodes.find((candidate) => candidate.kind === "input" && candidate.label === name);
    light("pointer", node === undefined ? null : [node.id]);
  };

  const editor = createLateEditor(
    byId("editor"),
    {
      onChange: actions.edit,
      onRun: actions.run,
      onCaret: (offset) => light("caret", nodesUnder(offset)),
      onHover: (offset) => light("pointer", nodesUnder(offset)),
      onLine: (line) => goToNode(now() === null ? null : nodeOfLine(/** @type {Trace} */ (now()), line)),
      onLeave: () => byId("program").focus(),
    },
    nonce,
  );
  createKeyRow(byId("key-row"), editor.insert);
  const problem = createProblem(byId("problem"), {
    onFix: (fix) => actions.applyFix(fix, editor.replace),
    onSeed: actions.seedOfOnes,
    onRetry: actions.rebuild,
    onNode: goToNode,
    onChip: (source) => {
      editor.setText(source);
      actions.edit(source);
      editor.focus();
    },
  });
  const inputs = createInputs(byId("inputs"), { onChange: actions.setInput, onHold: actions.hold, onSlide: actions.slide, onPoint: pointName });
  const seed = createSeed(byId("seed"), {
    onSeed: (name, value) => actions.setSeed(new Map([...store.get().seed, [name, value]])),
    onDefault: () => actions.setSeed(new Map()),
    onOutputs: actions.setOutputs,
  });
  /** @type {{plan: import("./plan.js").Plan, before: import("./scene.js").Scene, time: number} | null} */
  let following = null;
  const watch = {
    begin: (/** @type {import("./plan.js").Plan} */ plan, /** @type {import("./scene.js").Scene} */ before) => void (following = { plan, before, time: -1 }),
    reach(/** @type {number} */ time) {
      if (following === null) return;
      following.time = time;
      if (shown.scene !== null && isShown()) drawFollowers(shown.scene, shown.sentence, store.get().digits);
    },
    end() {
      following = null;
      drawFollowers(shown.scene, shown.sentence, store.get().digits);
      tell();
    },
  };
  /** Whether the views have drawn the state: the graph is the first to hear of a new one. */
  const isShown = () => shown.scene?.cursor === store.get().cursor && shown.scene.trace === store.get().trace;
  const stage = createStage(byId("stage"), { onSelect: goToNode, onHover: point, watch, wishes: createWishes(store), onFold: (key, shut) => store.set({ fold: withChoice(store.get().fold, [key], shut) }) });
  const table = createTable(byId("trace-body"), { onStep: player.go, onPoint: point });
  const formula = createFormula(byId("formula"));
  const controls = createPlayerView(byId("player"), player, { onMode: actions.setMode, onSpeed: (speed) => store.set({ speed }), onGrain: (grain) => store.set({ grain, sub: null }), phone: byId("phone-controls") });
  const verdict = createVerdict(byId("verdict"), { onNode: goToNode });
  const gallery = createGallery(/** @type {HTMLDialogElement} */ (byId("gallery")), { load: examples, onOpen: actions.openExample });
  const settings = createSettings(/** @type {HTMLDialogElement} */ (byId("settings")), { onChange: (patch) => changeSettings(patch) });
  const help = createHelp(/** @type {HTMLDialogElement} */ (byId("help")));
  const voice = createVoice(byId("live"));
  const folds = createFolds();
  const tabs = createTabs();
  const menu = createMenu();
  createHeader({ onExamples: gallery.show, onShare: () => features.forEach(({ keys }) => keys?.share?.()), onSettings: settings.show, onHelp: help.show }, menu.root);
  const side = createSide((id) => {
    store.set({ side: id });
    tabs.show("trace");
  });
  side.add({ id: "trace", words: "Trace", panel: byId("side-trace") });
  const features = createFeatures({ store, player, actions, builder, address, calm, stage, light, goToNode, notify, side, menu });
  byId("summary").addEventListener("click", () => tabs.show("code"));

  /** @type {{scene: import("./scene.js").Scene | null, sentence: string}} */
  let shown = { scene: null, sentence: "" };

  /** @param {Partial<State>} patch */
  function changeSettings(patch) {
    store.set(patch.predict === undefined ? patch : { ...patch, question: null });
    if (patch.device !== undefined) void actions.rebuild();
  }

  /** @param {State} state @param {State | null} before */
  function render(state, before) {
    const changed = (/** @type {(keyof State)[]} */ ...keys) => before === null || keys.some((key) => state[key] !== before[key]);
    if (changed("source")) editor.setText(state.source);
    if (changed("trace", "cursor", "sub", "grain", "notation", "digits", "source", "playing", "speed", "mode", "active", "question", "verbosity", "fold", "groups")) renderScene(state, before);
    if (changed("active", "values")) inputs.render(state.active, state.values);
    if (changed("trace", "seed", "mode")) seed.render(state);
    if (changed("problem", "source", "traced", "trace")) renderProblem(state);
    if (changed("trace", "check")) verdict.render(state);
    if (changed("example", "source", "predict")) renderExample(state);
    if (changed("digits", "notation", "theme", "motion", "letters", "device", "verbosity", "predict", "groups")) settings.render(state);
    if (changed("lit", "litEdges")) highlight(state);
    if (changed("hint")) renderHint(state.hint);
    if (changed("side", "predict")) side.render(state.predict === "off" ? state.side : ALONE, state.predict !== "off");
    if (changed("source", "mode")) setText(byId("summary"), state.source.split("\n").filter((line) => line.trim() !== "").join("; "));
    for (const feature of features) feature.render?.(state, before, shown.scene, shown.sentence);
  }

  /** @param {State} state @param {State | null} before */
  function renderScene(state, before) {
    const { trace, cursor, sub, digits, grain, notation } = state;
    const played = trace === null ? null : sceneOf(trace, cursor, { digits, grain, notation, ...(sub === null ? {} : { sub }) });
    const scene = played === null || state.question === null ? played : withQuestion(played, state.question);
    const sentence = scene === null ? "" : (state.question?.prompt ?? sentenceOf(scene, { digits, verbosity: state.verbosity, keys: state.letters && state.wall === "off" && !isEmbedded() }));
    editor.render(scene, state.traced); // first: it reads the selection, which would force a layout once others have written
    if (scene !== null) stage.render(scene, { animate: before !== null && before.trace === trace && !calm(), speed: state.speed });
    drawFollowers(scene, sentence, digits);
    controls.render(scene, state, sentence);
    inputs.mark(currentInput(scene), cursor - 1);
    shown = { scene, sentence };
    if (following === null) tell();
  }

  /** @param {import("./scene.js").Scene | null} scene @param {string} sentence @param {number | "all"} digits what follows the moves of the graph */
  function drawFollowers(scene, sentence, digits) {
    const picture = following === null ? null : pictureAt(following.plan, following.time, following.before);
    table.render(scene, { digits }, picture);
    formula.render(scene, { digits }, sentence, picture);
  }

  /** The sentence is printed and spoken once its motion has ended. */
  function tell() {
    const { playing } = store.get();
    setText(byId("explain"), shown.sentence);
    voice.say(shown.sentence, { playing, time: duration(store, calm()), phase: shown.scene?.phase ?? "start" });
  }

  /** @param {State} state */
  function renderProblem(state) {
    const isEmpty = state.source.trim() === "";
    const remarks = state.trace === null || state.source !== state.traced ? [] : remarksOf(state.trace);
    problem.render({ problem: state.problem, isEmpty, hasGraph: state.trace !== null, stale: "Showing the last version that worked.", remarks });
    editor.showRemarks(remarks.flatMap(({ span }) => span ?? []));
    editor.showProblem(isEmpty ? null : state.problem);
    byId("stage-panel").classList.toggle("is-stale", state.trace !== null && (state.problem !== null || isEmpty));
  }

  /** @param {State} state */
  function highlight({ lit, litEdges, trace }) {
    stage.highlight(lit, litEdges);
    table.highlight(lit);
    editor.highlight(lit);
    inputs.highlight(new Set(trace?.nodes.filter((node) => node.kind === "input" && lit.includes(node.id)).map((node) => node.label ?? "")));
  }

  store.subscribe(render);
  render(store.get(), null);
  return {
    loadEditor: editor.load,
    keys: {
      ...Object.assign({}, ...features.map(({ keys }) => keys)),
      examples: gallery.show,
      help: help.show,
      repeat: voice.repeat,
      foldProgram: () => folds.toggle("program"),
      foldTrace: () => folds.toggle("trace"),
      focusProgram: () => (tabs.show("code"), editor.focus()),
      focusStage: () => (tabs.show("graph"), byId("stage-panel").focus()),
      focusFormula: () => (tabs.show("graph"), byId("formula").focus()),
      focusTrace: () => (tabs.show("trace"), byId("trace-body").focus()),
    },
  };
}

/** @param {Trace} trace @returns {import("./views/problem.js").Remark[]} what the engine remarks on, each sentence once */
function remarksOf(trace) {
  const noted = trace.nodes.flatMap((node) => (node.notes ?? []).map((note) => ({ text: noteText(note), node: /** @type {number | null} */ (node.id), span: node.span ?? null })));
  const warned = (trace.warnings ?? []).map(({ sentence, span }) => ({ text: sentence, node: null, span }));
  return [...new Map([...warned, ...noted].map((remark) => [remark.text, remark])).values()];
}

/** @param {string} text */
function renderHint(text) {
  byId("hint").hidden = text === "";
  setText(byId("hint"), text);
}

/** @param {import("./scene.js").Scene | null} scene @returns {string | null} the input that the step reads */
function currentInput(scene) {
  const node = scene?.step?.kind === "forward" ? scene.node(scene.step.node) : undefined;
  return node?.kind === "input" ? node.label : null;
}
