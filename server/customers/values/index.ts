export { pinValue, unpinValue } from "./pin-value.ts";
