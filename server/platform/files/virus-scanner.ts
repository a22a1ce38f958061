import { once } from "node:events";
import { createReadStream } from "node:fs";
import { connect, type Socket } from "node:net";
import { DomainError } from "../errors/index.ts";

/** A ClamAV daemon on this machine: what is scanned does not leave it. */
export type ScannerAddress = { readonly path: string } | { readonly host: string; readonly port: number };

/** Looks at a file. Fails with: infected_file; unavailable, when the scanner does not answer or does not look at all of it: then nothing is taken. */
export type VirusScanner = (path: string) => Promise<void>;

const CHUNK_BYTES = 256 * 1024;
/** Without a byte from the daemon or room for one. */
const SILENCE_MS = 60_000;
const ANSWER_BYTES_MAX = 4_096;

/** Speaks INSTREAM of clamd(8): each chunk behind its length in four bytes, a length of nought at the end. */
export function openVirusScanner(address: ScannerAddress): VirusScanner {
  return async (path) => {
    const answer = await ask(address, path).catch((cause: unknown) => {
      throw new DomainError("unavailable", "the virus scanner does not answer", { cause, detail: { reason: "virus_scanner" } });
    });
    if (answer === "stream: OK") return;
    if (answer.endsWith(" FOUND")) throw new DomainError("infected_file", `the virus scanner refuses the file: ${answer.slice(0, 200)}`);
    throw new DomainError("unavailable", `the virus scanner answered ${answer.slice(0, 200)}`, { detail: { reason: "virus_scanner" } });
  };
}

async function ask(address: ScannerAddress, path: string): Promise<string> {
  const socket = connect(address as { path: string });
  socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error("the virus scanner takes too long")));
  const answer = answerOf(socket);
  answer.catch(() => undefined);
  try {
    await Promise.race([once(socket, "connect"), answer]);
    socket.write("zINSTREAM\0");
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) await send(socket, chunk as Buffer, answer);
    await send(socket, Buffer.alloc(0), answer);
    return await answer;
  } finally {
    socket.destroy();
  }
}

/** A daemon that has heard enough says so and hangs up: then its answer counts, and the rest is not sent. */
async function send(socket: Socket, chunk: Buffer, answer: Promise<string>): Promise<void> {
  if (!socket.writable) return;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  socket.write(length);
  if (!socket.write(chunk)) await Promise.race([once(socket, "drain"), answer.catch(() => undefined)]);
}

async function answerOf(socket: Socket): Promise<string> {
  let heard = "";
  for await (const bytes of socket) {
    heard += (bytes as Buffer).toString("latin1");
    if (heard.includes("\0") || heard.length > ANSWER_BYTES_MAX) break;
  }
  const [answer] = heard.split("\0");
  if (answer === undefined || answer === "") throw new Error("the virus scanner hung up");
  return answer;
}
