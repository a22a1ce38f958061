export { type Id, newId } from "./ids.ts";
