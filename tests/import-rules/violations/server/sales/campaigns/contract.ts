// breaks: contracts-are-leaves
export type { Stats } from "node:fs";
