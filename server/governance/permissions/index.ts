export { permit } from "./permit.ts";
