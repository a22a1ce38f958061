import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Db } from "../../platform/db/index.ts";

/** Below, beginning twice costs more than it saves. */
const HALVES_MIN = 1_000;

/** The same work for two halves of the customers named, side by side, each on connections of its own. Everybody, or few, are done as they are. */
export async function inHalves<O extends Pick<RefreshOrder, "customerIds">, R>(order: O, work: (order: O) => Promise<R>): Promise<R[]> {
  const { customerIds } = order;
  if (customerIds === null || customerIds.length < HALVES_MIN) return [await work(order)];
  const middle = Math.ceil(customerIds.length / 2);
  return allEnded([customerIds.slice(0, middle), customerIds.slice(middle)].map((half) => work({ ...order, customerIds: half })));
}

/** What all of them answer. When one fails, the others have ended before that is said: nothing is left at work behind a refresh that is over. */
export async function allEnded<R>(works: readonly Promise<R>[]): Promise<R[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}

/** What each step of a refresh is given. A step may be done twice: a killed refresh does the one it was in again. */
export interface RefreshOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  /** Whom it is about, at most 250,000; null: everybody. Some of them may be gone. */
  readonly customerIds: readonly string[] | null;
  /** The first day on which bookings or balances of one of them changed, YYYY-MM-DD; who is not in it had none changed. Not given: any may have. */
  readonly bookedSince?: ReadonlyMap<string, string> | undefined;
  readonly signal?: AbortSignal | undefined;
}
