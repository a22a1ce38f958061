export { giveClearance, listCompartments, openWall } from "./keep-walls.ts";
export { findCompartment } from "./store.ts";
