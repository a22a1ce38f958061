export { minorDigits, minorToDecimal } from "./minor-units.ts";
