import type { Logger } from "pino";
import { z } from "zod";
import type { Db } from "../db/index.ts";

/** The one channel of the whole installation. Payloads name what changed and never say what it is now: anybody connected may listen. */
export const noticeChannel = "vinculo";

export const Notice = z.object({ topic: z.string().max(100), key: z.string().max(200) });
export type Notice = z.infer<typeof Notice>;

/** Said instead of a lost notice: look at everything again. */
export const resync: Notice = { topic: "resync", key: "" };

type Client = Awaited<ReturnType<Db["connect"]>>;

const RECONNECT_FIRST_MS = 250;
const RECONNECT_MAX_MS = 15_000;
const WAITING_MAX = 1_000;

export interface NoticeHub {
  /** Calls `listener` for each notice of the topic. Returns how to stop. */
  on(topic: string, listener: (notice: Notice) => void): () => void;
  /**
   * The notices of these topics (of one key, when given) until the signal aborts. One that is already waiting is not queued twice.
   * A reader that lags by more than 1,000 gets `resync` instead of them; everybody gets `resync` after a lost connection.
   */
  subscribe(topics: readonly string[], options: { key?: string; signal: AbortSignal }): AsyncIterable<Notice>;
  close(): Promise<void>;
}

/** Listens on one connection of its own and passes notices on. Reconnects by itself, waiting up to 15 s between attempts. */
export async function openNoticeHub(db: Pick<Db, "connect">, logger: Logger): Promise<NoticeHub> {
  const listeners = new Set<(notice: Notice) => void>();
  const hub = new Connection(db, logger, (notice) => {
    for (const listener of listeners) listener(notice);
  });
  await hub.connect();
  return {
    on(topic, listener) {
      const filtered = (notice: Notice) => {
        if (notice.topic === topic) listener(notice);
      };
      listeners.add(filtered);
      return () => listeners.delete(filtered);
    },
    subscribe: (topics, { key, signal }) => subscription(listeners, new Set(topics), key, signal),
    close: () => hub.close(),
  };
}

/** Listens from the moment it is made, so that nothing is missed between reading a state and waiting for its changes. */
function subscription(
  listeners: Set<(notice: Notice) => void>,
  topics: ReadonlySet<string>,
  key: string | undefined,
  signal: AbortSignal,
): AsyncIterable<Notice> {
  const waiting = new Map<string, Notice>();
  let wake = Promise.withResolvers<void>();
  const listener = (notice: Notice) => {
    const wanted = topics.has(notice.topic) && (key === undefined || notice.key === key);
    if (notice.topic === resync.topic || (wanted && waiting.size >= WAITING_MAX)) {
      waiting.clear();
      waiting.set(resync.topic, resync);
    } else if (wanted && !waiting.has(resync.topic)) {
      waiting.set(`${notice.topic} ${notice.key}`, notice);
    }
    wake.resolve();
  };
  const stop = () => {
    listeners.delete(listener);
    wake.resolve();
  };
  if (!signal.aborted) listeners.add(listener);
  signal.addEventListener("abort", stop, { once: true });
  return {
    async *[Symbol.asyncIterator]() {
      try {
        while (!signal.aborted) {
          const [first] = waiting;
          if (first === undefined) {
            await wake.promise;
            wake = Promise.withResolvers<void>();
            continue;
          }
          waiting.delete(first[0]);
          yield first[1];
        }
      } finally {
        stop();
        signal.removeEventListener("abort", stop);
      }
    },
  };
}

class Connection {
  readonly #db: Pick<Db, "connect">;
  readonly #logger: Logger;
  readonly #pass: (notice: Notice) => void;
  #client: Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #attempts = 0;

  constructor(db: Pick<Db, "connect">, logger: Logger, pass: (notice: Notice) => void) {
    this.#db = db;
    this.#logger = logger;
    this.#pass = pass;
  }

  async connect(): Promise<void> {
    const client = await this.#db.connect("app");
    if (this.#closed) return await client.end();
    this.#client = client;
    client.on("notification", (message) => this.#receive(message.payload));
    client.on("error", (error) => this.#lost(client, error));
    client.on("end", () => this.#lost(client, null));
    try {
      await client.query(`listen ${noticeChannel}`);
    } catch (error) {
      this.#client = null;
      await client.end();
      throw error;
    }
    if (this.#attempts > 0) this.#pass(resync);
    this.#attempts = 0;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  #receive(payload: string | undefined): void {
    const read = Notice.safeParse(parse(payload));
    if (read.success) this.#pass(read.data);
    else this.#logger.warn("a notice on the channel was not understood");
  }

  #lost(client: Client, error: Error | null): void {
    if (this.#closed || this.#client !== client) return;
    this.#client = null;
    this.#logger.warn({ code: (error as NodeJS.ErrnoException | null)?.code }, "live updates lost their database connection");
    client.end().catch(() => this.#logger.debug("the lost connection was closed already"));
    this.#again();
  }

  #again(): void {
    const waitMs = Math.min(RECONNECT_MAX_MS, RECONNECT_FIRST_MS * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#timer = setTimeout(() => {
      this.connect().catch(() => this.#again());
    }, waitMs);
  }
}

function parse(payload: string | undefined): unknown {
  try {
    return JSON.parse(payload ?? "") as unknown;
  } catch {
    // Somebody else spoke on the channel; the caller logs it.
    return null;
  }
}
