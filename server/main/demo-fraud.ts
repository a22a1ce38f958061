import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reportCases } from "../intelligence/fraud/index.ts";
import type { Caller } from "../platform/caller/index.ts";
import type { Clock } from "../platform/clock/index.ts";
import type { Db } from "../platform/db/index.ts";

const DAY_MS = 86_400_000;
/** As long as the rules to begin with raise alerts for: what happened since, the product is to find out by itself. */
const ALERT_DAYS = 60;

/** The demo bank's truth stands for what its back office found out of older payments; it comes in as a bank would report it. */
export async function reportDemoCases(
  parts: { readonly db: Db; readonly caller: Caller; readonly clock: Clock },
  folder: string,
): Promise<void> {
  const until = new Date(parts.clock.now().getTime() - ALERT_DAYS * DAY_MS).toISOString().slice(0, 10);
  const [, ...lines] = readFileSync(join(folder, "truth", "fraud.csv"), "utf8")
    .trim()
    .split("\n");
  const cases = lines.map((line) => line.split(",")).filter(([, , bookedOn = ""]) => bookedOn < until);
  await reportCases(
    parts,
    cases.map(([source = "", paymentKey = ""]) => ({ source, paymentKey, isFraud: true })),
  );
}
