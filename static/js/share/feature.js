/** Sharing: the dialog comes when it is first asked for. */

/** @param {import("../features.js").Page} page @returns {import("../features.js").Feature} */
export function sharing(page) {
  /** @type {Promise<{show: () => void}> | null} */
  let dialog = null;

  /** @type {import("../scene.js").Scene | null} */
  let scene = null;

  async function share() {
    if (page.store.get().question !== null) return page.notify("Answer the question first, or skip it: texts and pictures to share would give it away.");
    page.player.pause();
    dialog ??= import("./dialog.js").then(({ createDialog }) => createDialog(page, () => scene));
    try {
      (await dialog).show();
    } catch {
      dialog = null;
      page.notify("The share dialog could not be loaded. The address bar holds the link of this program and step.");
    }
  }
  return { render: (_, __, shown) => void (scene = shown), keys: { share: () => void share() } };
}
