import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A lock held by this process until `release` or its end, however it ends. */
export interface InstanceLock {
  release(): Promise<void>;
}

const RETRY_MS = 100;
const ANSWER_MS = 1_000;

/**
 * Takes the lock `name` on a home folder. An abstract Unix socket is the lock: the kernel lets one process have it and takes it back when
 * that process dies, so there is no stale file to judge. Waits up to `waitMs`; then answers with the pid of the holder (0: unknown).
 */
export async function takeLock(
  home: string,
  name: "serving" | "starting",
  waitMs: number,
): Promise<InstanceLock | { readonly heldBy: number }> {
  const folder = createHash("sha256").update(realpathSync(home)).digest("hex").slice(0, 32);
  const address = `\0vinculo-${name}-${folder}`;
  const deadline = Date.now() + waitMs;
  for (;;) {
    const server = await listen(address);
    if (server !== null) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    if (Date.now() >= deadline) return { heldBy: await askHolder(address) };
    await wait(RETRY_MS);
  }
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.end(String(process.pid));
    });
    server.on("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function askHolder(address: string): Promise<number> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(address);
    socket.setTimeout(ANSWER_MS, () => socket.destroy());
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(/^\d{1,10}$/.test(answer) ? Number(answer) : 0));
  });
}
