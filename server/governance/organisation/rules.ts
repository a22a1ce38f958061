import type { Unit } from "./contract.ts";

type Kind = Unit["kind"];

/** What may stand directly under what: never something larger, and the bank under nothing. A branch may answer to the bank without a region. */
const above = {
  bank: [],
  region: ["bank", "region"],
  branch: ["bank", "region"],
  team: ["bank", "region", "branch"],
} as const satisfies Record<Kind, readonly Kind[]>;

export function mayStandUnder(kind: Kind, parentKind: Kind): boolean {
  return (above[kind] as readonly Kind[]).includes(parentKind);
}
