import type { Logger } from "pino";
import type { Clock } from "../../../platform/clock/index.ts";
import type { ContextCaller, Db } from "../../../platform/db/index.ts";
import { errorForLog } from "../../../platform/telemetry/index.ts";
import { deskOf } from "./desk.ts";
import { keeperOf } from "./keep-decisions.ts";
import * as store from "./store.ts";

export interface DeskParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly caller: () => Promise<ContextCaller>;
}

/** Where the bank's switch asks, the last weeks are read at the start instead of at its first question. `close` waits for what is still to be written. */
export function startFraudDesk({ db, clock, logger, caller }: DeskParts): { readonly name: string; close(): Promise<void> } {
  const keeper = keeperOf(db);
  keeper.onError = (error) => logger.warn({ err: errorForLog(error) }, "the fraud desk could not read or write; it tries again");
  const warm = async () => {
    const operator = await caller();
    if (await store.asWorker(db, operator, store.hasDecisions)) await deskOf(db).catchUp(operator, clock);
  };
  warm().catch(keeper.onError);
  return { name: "fraud desk", close: () => keeper.close() };
}
