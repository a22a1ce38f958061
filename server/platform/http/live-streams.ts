import type { Caller } from "../caller/index.ts";
import { DomainError } from "../errors/index.ts";

/** Where notices come from; the hub of platform/events is one. */
export interface NoticeSource {
  on(topic: string, listener: (notice: { readonly key: string }) => void): () => void;
}

const PER_PERSON_MAX = 20;
const TOTAL_MAX = 2_000;

/** The open live streams of this process: bounded, and ended when their session ends or the server stops. */
export class LiveStreams {
  readonly #open = new Map<AbortController, Caller>();

  constructor(notices: NoticeSource | undefined) {
    notices?.on("session_ended", ({ key }) => this.#endOf(key));
  }

  get size(): number {
    return this.#open.size;
  }

  /** Fails with: too_many_requests. Call `close` when the stream has ended. */
  open(caller: Caller): { signal: AbortSignal; close: () => void } {
    const own = [...this.#open.values()].filter(({ userId }) => userId === caller.userId).length;
    if (own >= PER_PERSON_MAX || this.#open.size >= TOTAL_MAX) throw new DomainError("too_many_requests", "too many live streams are open");
    const controller = new AbortController();
    this.#open.set(controller, caller);
    return { signal: controller.signal, close: () => this.#open.delete(controller) };
  }

  endAll(): void {
    for (const controller of this.#open.keys()) controller.abort();
  }

  #endOf(id: string): void {
    for (const [controller, caller] of this.#open) if (caller.sessionId === id || caller.userId === id) controller.abort();
  }
}
