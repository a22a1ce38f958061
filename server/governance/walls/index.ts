export { giveClearance } from "./keep-walls.ts";
export { findCompartment } from "./store.ts";
