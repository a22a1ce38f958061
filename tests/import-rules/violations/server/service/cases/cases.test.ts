// breaks: nothing
export { given } from "../../../tests/support/given.ts";
export { expect } from "vitest";
export const kept = true;
