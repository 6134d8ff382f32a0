/** Puts the page together: state, engine, views, keys and address. */

import { createActions } from "./actions.js";
import { createAddress } from "./address.js";
import { createBuilder } from "./build.js";
import { isEmbedded } from "./embed/feature.js";
import { keep, kept } from "./keep.js";
import { listen } from "./keys.js";
import { letters } from "./letters.js";
import { readLink } from "./link.js";
import { createPlayer } from "./player.js";
import { open } from "./opening.js";
import { asking } from "./predict/asking.js";
import { createStore } from "./state.js";
import { createViews } from "./views.js";
import { notify } from "./views/chrome.js";

const calmly = matchMedia("(prefers-reduced-motion: reduce)");
const store = createStore(isEmbedded() ? {} : kept());
const calm = () => calmly.matches || store.get().motion === "reduced";
const builder = createBuilder(store);
const player = createPlayer(store, { calm, waits: asking(store) });
const address = createAddress(store);
const actions = createActions({ store, builder, player, address });
const views = createViews({ store, player, actions, builder, address, calm, nonce: document.querySelector("meta[name=csp-nonce]")?.getAttribute("content") ?? "" });

listen({ ...actions.keys, ...views.keys }, () => store.get().letters, () => store.get().wall !== "off");
store.subscribe(({ theme, motion, source, traced, problem, asked }) => {
  document.body.dataset.asked = String(source === asked);
  document.body.dataset.settled = String(source === traced && problem === null);
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
  if (motion === "system") delete dataset.motion;
  else dataset.motion = motion;
});
addEventListener("popstate", () => {
  address.leave(); // the entry gone back to keeps its own address
  location.reload();
});
await letters;
await open({ store, builder, notify });
document.body.dataset.asked ??= "true"; // an empty program asks nothing
if (!isEmbedded() || !readLink(location.search, location.hash).link.lock) await views.loadEditor();
if (!isEmbedded()) store.subscribe(keep); // only now: what a link asks for is not this browser's choice
document.body.dataset.ready = "true";
