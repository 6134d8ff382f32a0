/** The interactive description of the API; nothing of it comes from another host. */

/** @typedef {(options: object) => unknown} SwaggerUI */

const bundle = /** @type {{SwaggerUIBundle: SwaggerUI}} */ (/** @type {unknown} */ (window)).SwaggerUIBundle;

bundle({ url: "openapi.json", dom_id: "#api", validatorUrl: null, deepLinking: true, defaultModelsExpandDepth: 0, tryItOutEnabled: true });
