import type { Logger } from "pino";
import type { z } from "zod";
import type { Caller } from "../caller/index.ts";
import { type Db, inTransaction, type Tx } from "../db/index.ts";
import { errorForLog } from "../telemetry/index.ts";
import type { NoticeHub } from "./notices.ts";
import { claimEvent, enterInbox, giveUp, markRelayed, outboxTopic, postpone, type WaitingEvent } from "./store.ts";
import type { Topic } from "./topic.ts";

/** Somebody who wants to know. Made by `consumer`. */
export interface Consumer {
  readonly name: string;
  readonly topic: Topic;
  readonly handle: (tx: Tx, event: { readonly key: string; readonly payload: unknown }, caller: Caller) => Promise<void>;
}

/**
 * `handle` runs in one transaction with the note that this consumer has handled the event, so its effect on the database happens once.
 * `name` is kept with each handled event: never change it.
 */
export function consumer<Payload extends z.ZodType>(
  name: string,
  topic: Topic<Payload>,
  handle: (tx: Tx, event: { readonly key: string; readonly payload: z.output<Payload> }, caller: Caller) => Promise<void>,
): Consumer {
  return { name, topic, handle: handle as Consumer["handle"] };
}

export interface RelayParts {
  readonly db: Db;
  readonly consumers: readonly Consumer[];
  /** As whom consumers work: the installation itself. */
  readonly caller: () => Promise<Caller>;
  readonly notices: Pick<NoticeHub, "on">;
  readonly logger: Logger;
}

export interface Relay {
  /** Handles everything that is due now; for tests and the command line. */
  drain(): Promise<void>;
  /** Finishes the event at hand and stops. */
  close(): Promise<void>;
}

const ATTEMPTS_MAX = 8;
/** Longer than any consumer may take; after it another relay tries the event again. */
const LEASE_SECONDS = 300;
const BACKOFF_MAX_SECONDS = 600;
const LOOK_EVERY_MS = 5_000;

/** Passes events on, one at a time, in order per key. Several processes may run one; they share the work. */
export function startRelay(parts: RelayParts): Relay {
  const { notices, logger } = parts;
  let closed = false;
  let wanted = false;
  let running: Promise<void> | null = null;
  const drain = async () => {
    do {
      wanted = false;
      while (!closed && (await relayNext(parts)));
    } while (wanted && !closed);
  };
  const look = (): Promise<void> => {
    wanted = true;
    running ??= drain().finally(() => {
      running = null;
    });
    return running;
  };
  const lookQuietly = () => {
    look().catch((error: unknown) => logger.warn({ err: errorForLog(error) }, "events could not be relayed; trying again"));
  };
  const off = notices.on(outboxTopic, lookQuietly);
  const timer = setInterval(lookQuietly, LOOK_EVERY_MS);
  lookQuietly();
  return {
    drain: look,
    async close() {
      closed = true;
      off();
      clearInterval(timer);
      await running?.catch(() => logger.debug("the relay was stopped while it could not work"));
    },
  };
}

/** Relays one event; false when none is due. */
async function relayNext(parts: RelayParts): Promise<boolean> {
  const event = await claimEvent(parts.db, LEASE_SECONDS);
  if (event === null) return false;
  const failed = await handleAll(parts, event);
  if (failed === null) await markRelayed(parts.db, event);
  else if (event.attempt >= ATTEMPTS_MAX) await giveUp(parts.db, event, failed);
  else await postpone(parts.db, event, backoffSeconds(event.attempt));
  return true;
}

/** The name of a consumer that failed, or null. One that fails does not keep the others from the event. */
async function handleAll({ db, consumers, caller, logger }: RelayParts, event: WaitingEvent): Promise<string | null> {
  let failed: string | null = null;
  for (const each of consumers.filter(({ topic }) => topic.name === event.topic)) {
    try {
      const as = await caller();
      await inTransaction(
        db,
        as,
        async (tx) => {
          if (await enterInbox(tx, each.name, event.eventId)) {
            await each.handle(tx, { key: event.key, payload: each.topic.payload.parse(event.payload) }, as);
          }
        },
        { role: "worker" },
      );
    } catch (error) {
      failed = each.name;
      const last = event.attempt >= ATTEMPTS_MAX;
      const line = {
        consumer: each.name,
        topic: event.topic,
        eventId: String(event.eventId),
        attempt: event.attempt,
        err: errorForLog(error),
      };
      if (last) logger.error(line, "an event was given up");
      else logger.warn(line, "an event was not handled; it will be tried again");
    }
  }
  return failed;
}

/** Doubling, with full jitter, so that what failed together does not come back together. */
function backoffSeconds(attempt: number): number {
  return Math.random() * Math.min(BACKOFF_MAX_SECONDS, 2 ** attempt);
}
