/** The library that encodes QR codes; loaded with the first one. */

export * from "../vendor/qr.js";
