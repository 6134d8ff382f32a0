export * from "d3-selection";
export * from "d3-transition";
export * from "d3-zoom";
