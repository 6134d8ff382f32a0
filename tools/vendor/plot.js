export { ticks, tickStep } from "d3-array";
export { contours } from "d3-contour";
