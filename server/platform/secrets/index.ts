export { type SealUse, seal, unseal } from "./seal.ts";
