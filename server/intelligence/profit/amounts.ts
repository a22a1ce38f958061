import { profitParts } from "../value/index.ts";
import type { Parts } from "./contract.ts";

/** Parts as the database tells them, in decimal text. */
export const asParts = (parts: Readonly<Record<keyof Parts, string>>): Parts =>
  Object.fromEntries(profitParts.map((part) => [part, BigInt(parts[part])])) as Parts;

export const noParts: Parts = Object.fromEntries(profitParts.map((part) => [part, 0n])) as Parts;
