import type { Tx } from "../../platform/db/index.ts";
import { readSetting } from "../../platform/settings/index.ts";

/** ISO 4217, as the bank's setting says; EUR before anybody set it. */
export async function reportingCurrency(tx: Tx): Promise<string> {
  return (await readSetting<{ reportingCurrency: string }>(tx, "bank"))?.reportingCurrency ?? "EUR";
}

/** The day it is, in UTC. */
export function todayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
