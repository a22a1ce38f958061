// breaks: contracts-are-leaves
export { name } from "./index.ts";
