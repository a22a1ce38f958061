export { giveClearance, listCompartments, openWall } from "./keep-walls.ts";
export { findCompartment, findCompartmentOf, findPersonByLogin } from "./store.ts";
