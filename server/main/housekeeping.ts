import { join } from "node:path";
import type { Logger } from "pino";
import { tellOverdue } from "../customers/emergency/index.ts";
import { eraseDue } from "../customers/erasure/index.ts";
import { expireReports } from "../customers/privacy/index.ts";
import { orderStock } from "../customers/quality/index.ts";
import { operatorCaller } from "../governance/access/index.ts";
import { moveApprovals } from "../governance/approvals/index.ts";
import { goOnWithRotations } from "../governance/encryption/index.ts";
import { orderOffers } from "../intelligence/offers/index.ts";
import { orderNightlyRefresh } from "../intelligence/refresh/index.ts";
import { orderDueMails } from "../intelligence/reports/index.ts";
import type { Clock } from "../platform/clock/index.ts";
import { columnsOf } from "../platform/data-map/index.ts";
import { type Db, inTransaction, keepBallast } from "../platform/db/index.ts";
import { forgetRelayedEvents } from "../platform/events/index.ts";
import { cleanUploads } from "../platform/files/index.ts";
import { type Closable, forgetOldAnswers } from "../platform/http/index.ts";
import { errorForLog } from "../platform/telemetry/index.ts";
import { personalData } from "./personal-data.ts";

const EVERY_MS = 60 * 60_000;
const UPLOAD_LIFE_MS = 7 * 24 * 60 * 60_000;

export interface HousekeepingParts {
  readonly db: Db;
  readonly home: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Once an hour: has the quality of the data looked at and, at night, customers computed anew, what to do next decided for whom a day or an answer changed it, sends reports by mail that are due, tells of overdue reviews, moves approvals on that wait too long, goes on with rotations of keys that nobody carries out, erases what is over its term of restricted customers, keeps the ballast of the disk, and forgets kept answers, relayed events and uploads that are more than seven days old. */
export function startHousekeeping(parts: HousekeepingParts): Closable {
  let running = Promise.resolve();
  const tidy = () => {
    running = tidyUp(parts).catch((error: unknown) =>
      parts.logger.warn({ err: errorForLog(error) }, "tidying up failed; trying again in an hour"),
    );
  };
  const timer = setInterval(() => {
    tidy();
    // Not at a start, which has better things to write.
    if (parts.db.embeddedUrl !== null)
      void keepBallast(parts.home).catch((error: unknown) => parts.logger.warn({ err: errorForLog(error) }, "no ballast"));
  }, EVERY_MS);
  tidy();
  return {
    name: "housekeeping",
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}

/** At most 10,000 rows of a kind at once; what is left waits for the next hour. */
async function tidyUp({ db, home, clock, logger }: HousekeepingParts): Promise<void> {
  const answers = await inTransaction(db, await operatorCaller(db), forgetOldAnswers, { role: "worker" });
  await inTransaction(db, await operatorCaller(db), orderStock, { role: "worker" });
  await inTransaction(db, await operatorCaller(db), (tx) => orderNightlyRefresh(tx, clock), { role: "worker" });
  await inTransaction(db, await operatorCaller(db), (tx) => orderOffers(tx, "due"), { role: "worker" });
  await inTransaction(db, await operatorCaller(db), (tx) => orderDueMails(tx, clock), { role: "worker" });
  await inTransaction(db, await operatorCaller(db), tellOverdue, { role: "worker" });
  await inTransaction(db, await operatorCaller(db), expireReports, { role: "worker" });
  await inTransaction(db, await operatorCaller(db), moveApprovals, { role: "worker" });
  await inTransaction(db, await operatorCaller(db), goOnWithRotations, { role: "worker" });
  await eraseDue({ db, caller: await operatorCaller(db), now: clock.now(), home, columns: columnsOf(personalData) });
  const events = await forgetRelayedEvents(db);
  const uploads = await cleanUploads(join(home, "uploads"), new Date(clock.now().getTime() - UPLOAD_LIFE_MS));
  logger.debug({ answers, events, uploads }, "tidied up");
}
