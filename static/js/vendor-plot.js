/** What curves and contours are made with; loaded with the first plot. */

export * from "../vendor/plot.js";
