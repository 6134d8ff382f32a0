/** The handout. */
export {};
