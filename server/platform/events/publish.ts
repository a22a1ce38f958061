import type { z } from "zod";
import type { Tx } from "../db/index.ts";
import { insertEvent, notifyChannel } from "./store.ts";
import type { Topic } from "./topic.ts";

/**
 * Writes an event in the transaction of the change it tells of: both happen or neither. Events of one key reach each consumer in the
 * order they were written. Fails with a ZodError when the payload is not what the topic declares.
 */
export async function publish<Payload extends z.ZodType>(
  tx: Tx,
  topic: Topic<Payload>,
  event: { readonly key: string; readonly payload: z.input<Payload> },
): Promise<void> {
  await insertEvent(tx, topic.name, event.key, topic.payload.parse(event.payload));
}

/**
 * Tells everybody who listens right now (live updates, workers) at commit that something changed. Not kept: who is away misses it.
 * `topic` and `key` are short names and ids; together under 300 characters.
 */
export async function notify(tx: Tx, topic: string, key: string): Promise<void> {
  await notifyChannel(tx, topic, key);
}
