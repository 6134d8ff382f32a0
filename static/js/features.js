/**
 * What stands around the trace's own views, each in a folder of its own; a feature hears of every change after the views.
 *
 * Features load what is large when they are first used: the first visit waits for none of them.
 */

import { comparing } from "./compare/feature.js";
import { embedding } from "./embed/feature.js";
import { createExplain } from "./explain/index.js";
import { createFind } from "./find/index.js";
import { createFolding } from "./fold/index.js";
import { lessons } from "./learn/feature.js";
import { createPaths } from "./paths/index.js";
import { createSweeps } from "./sweeps/index.js";
import { createPlot } from "./plot/index.js";
import { createPredict } from "./predict/index.js";
import { createPresenter } from "./presenter/index.js";
import { sharing } from "./share/feature.js";

/**
 * @typedef {object} Page what a feature may use
 * @property {import("./state.js").Store} store
 * @property {import("./player.js").Player} player
 * @property {import("./actions.js").Actions} actions
 * @property {ReturnType<typeof import("./build.js").createBuilder>} builder
 * @property {ReturnType<typeof import("./address.js").createAddress>} address
 * @property {() => boolean} calm whether motion is unwanted
 * @property {import("./views/stage.js").Stage} stage
 * @property {ReturnType<typeof import("./light.js").createLight>} light
 * @property {(id: number | null) => void} goToNode the step that writes a node's primal
 * @property {(text: string) => void} notify
 * @property {import("./views/side.js").Side} side
 * @property {import("./views/menu.js").Menu} menu
 */

/**
 * @typedef {object} Feature
 * @property {(state: State, before: State | null, scene: Scene | null, sentence: string) => void} [render] after the views; cheap where nothing of its own changed
 * @property {Object<string, () => void>} [keys] actions of the rows in keys.js
 */

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./scene.js").Scene} Scene */

/** @type {readonly ((page: Page) => Feature)[]} */
const FEATURES = Object.freeze([createExplain, createFind, createFolding, createPaths, createPlot, createPredict, createPresenter, sharing, createSweeps, comparing, lessons, embedding]);

/** @param {Page} page @returns {Feature[]} */
export const createFeatures = (page) => FEATURES.map((create) => create(page));
