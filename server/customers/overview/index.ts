export { decidedBy } from "./rules.ts";
