import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Caller } from "../caller/index.ts";
import type { EventAnswer, ServerEvent } from "./route.ts";
import { toJson } from "./wire.ts";

export const HEARTBEAT_MS = 15_000;
/** A browser that takes nothing for so long is gone, whatever its socket says. */
const STALLED_MS = 60_000;

export interface LiveAnswer {
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly answer: EventAnswer<unknown>;
  readonly encode: (data: unknown) => unknown;
  /** Asked before each event and at each heartbeat: the same person with the rights of now, or null when they may no longer listen. */
  readonly recheck: () => Promise<Caller | null>;
  /** Aborted when the browser leaves, the session ends, or the server stops. */
  readonly signal: AbortSignal;
}

/**
 * Writes server-sent events until the source ends or the signal aborts. The next event is taken from the source only when the last
 * one has left, so a slow browser holds one event in memory and the source decides what to do with the rest.
 */
export async function sendLive({ response, headers, answer, encode, recheck, signal }: LiveAnswer): Promise<void> {
  response.writeHead(200, { ...headers, "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no" });
  // Something at once, so that the browser knows it is connected.
  response.write(": connected\n\n");
  const source = answer.events[Symbol.asyncIterator]();
  const aborted = signal.aborted ? Promise.resolve() : once(signal, "abort").catch(() => undefined);
  try {
    let next = source.next();
    for (;;) {
      const heartbeat = later(HEARTBEAT_MS);
      const first = await Promise.race([next, aborted.then(() => "aborted" as const), heartbeat.promise]);
      heartbeat.cancel();
      if (first === "aborted" || (typeof first === "object" && first.done)) return;
      const caller = await recheck();
      if (caller === null || signal.aborted) return;
      if (first === "late") {
        await write(response, ": still here\n\n", signal);
        continue;
      }
      const event = first.value;
      if (answer.maySee === undefined || (await answer.maySee(event, caller))) await write(response, format(event, encode), signal);
      next = source.next();
    }
  } finally {
    void Promise.resolve(source.return?.()).catch(() => undefined);
    response.end();
  }
}

function format(event: ServerEvent<unknown>, encode: (data: unknown) => unknown): string {
  // A line break inside the id would let data pose as another field.
  const id = event.id === undefined ? "" : `id: ${event.id.replaceAll(/[\r\n\0]/g, "")}\n`;
  return `${id}data: ${toJson(encode(event.data))}\n\n`;
}

async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (response.write(text)) return;
  await once(response, "drain", { signal: AbortSignal.any([signal, AbortSignal.timeout(STALLED_MS)]) });
}

function later(ms: number): { promise: Promise<"late">; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, ms, "late");
  });
  return { promise, cancel: () => clearTimeout(timer) };
}
