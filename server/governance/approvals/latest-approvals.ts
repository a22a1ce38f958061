import type { Tx } from "../../platform/db/index.ts";
import { type LatestRow, listLatest } from "./store.ts";

/**
 * Where the newest request about each thing stands, by what the act's description calls it; nothing where nobody asked. For the screens of the things
 * themselves: whoever sees the thing sees this. Of 500 things at most.
 */
export async function latestApprovals(
  tx: Tx,
  action: string,
  abouts: readonly string[],
): Promise<ReadonlyMap<string, Omit<LatestRow, "about">>> {
  if (abouts.length === 0) return new Map();
  return new Map((await listLatest(tx, action, abouts)).map(({ about, ...latest }) => [about, latest]));
}
