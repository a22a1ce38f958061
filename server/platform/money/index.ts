export { minorToDecimal } from "./minor-units.ts";
