export { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
