import { openReplicationClient, type ReplicationConnection, submit } from "./replication-query.ts";

const STATUS_EVERY_MS = 1_000;
const QUEUE_BYTES_MAX = 32 * 2 ** 20;
// Microseconds from 1970 to 2000, where PostgreSQL's clock begins.
const EPOCH_MICROS = 946_684_800_000_000n;

export interface LogReceiver {
  /** Rejects when the connection breaks, the server refuses or `keep` fails; resolves after `stop`. */
  readonly done: Promise<void>;
  /** Ends the stream once everything received is kept. */
  stop(): Promise<void>;
}

export interface LogOrder {
  readonly url: string;
  readonly slot: string;
  readonly timeline: number;
  /** The beginning of a segment, or where the last reception ended. */
  readonly fromLsn: bigint;
  /** Keeps bytes of the log on disk (not yet flushed); they come without gaps. */
  readonly keep: (lsn: bigint, bytes: Buffer) => Promise<void>;
  /** Flushes what was kept; what it answers is what the server may forget. */
  readonly flush: () => Promise<bigint>;
}

/** Streams the server's log as it is written (START_REPLICATION). Tells the server once a second what is safe. */
export async function receiveLog(order: LogOrder): Promise<LogReceiver> {
  const client = await openReplicationClient(order.url);
  const stopped = Promise.withResolvers<void>();
  let working: Promise<void> = Promise.resolve();
  let queued = 0;
  let stopping = false;
  const fail = (error: unknown) => {
    stopped.reject(error instanceof Error ? error : new Error(String(error)));
    client.connection.stream.destroy();
  };
  const inOrder = (work: () => Promise<void>) => {
    working = working.then(work).catch(fail);
    return working;
  };
  const tell = () => inOrder(async () => sendStatus(client, await order.flush()));
  const command = `START_REPLICATION SLOT ${order.slot} PHYSICAL ${lsnText(order.fromLsn)} TIMELINE ${order.timeline}`;
  const streaming = submit(client, command, {
    onData: (message) => {
      // k: keepalive; its last byte asks for an answer at once. w: log.
      if (message[0] === 0x6b) return void (message[17] === 1 && !stopping && tell());
      if (message[0] !== 0x77) return;
      const lsn = message.readBigUInt64BE(1);
      const bytes = Buffer.from(message.subarray(25));
      queued += bytes.length;
      if (queued > QUEUE_BYTES_MAX) client.connection.stream.pause();
      void inOrder(() => order.keep(lsn, bytes)).finally(() => {
        queued -= bytes.length;
        if (queued <= QUEUE_BYTES_MAX / 2 && client.connection.stream.isPaused()) client.connection.stream.resume();
      });
    },
  });
  const timer = setInterval(() => void tell(), STATUS_EVERY_MS);
  streaming.then(stopped.resolve, stopped.reject);
  const done = stopped.promise.finally(async () => {
    clearInterval(timer);
    await client.end().catch(() => undefined);
  });
  done.catch(() => undefined); // whoever waits for it hears of it
  return {
    done,
    async stop() {
      stopping = true;
      clearInterval(timer);
      await tell();
      stopped.resolve();
      await working;
      await client.end().catch(() => undefined);
    },
  };
}

/** r: written, flushed and applied up to here, at this time, no answer wanted. */
function sendStatus(client: ReplicationConnection, lsn: bigint): void {
  const status = Buffer.alloc(34);
  status.write("r", 0, "latin1");
  for (const at of [1, 9, 17]) status.writeBigUInt64BE(lsn, at);
  status.writeBigInt64BE(BigInt(Date.now()) * 1_000n - EPOCH_MICROS, 25);
  client.connection.sendCopyFromChunk(status);
}

/** "1A/2B3C" as a number of bytes, and back. */
export function lsnOf(text: string): bigint {
  const [high = "", low = ""] = text.split("/");
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

export function lsnText(lsn: bigint): string {
  return `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffff_ffffn).toString(16).toUpperCase()}`;
}
