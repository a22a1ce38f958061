import { createServer, connect as dial, type Server, type Socket } from "node:net";

/** What happens to bytes on their way. Delay in milliseconds each way; jitter is added at random. */
export interface Weather {
  readonly delayMs?: number;
  readonly jitterMs?: number;
  /** Nothing passes any more; sockets stay open. */
  readonly blackHole?: boolean;
  /** This share of the chunks that come back is spoilt, 0 to 1. */
  readonly garbleShare?: number;
  /** Answers are cut off after so many bytes. */
  readonly cutAfterBytes?: number;
}

/** A TCP proxy on loopback that makes the way bad, as asked at any moment. */
export class FaultProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #random: () => number;
  weather: Weather = {};

  private constructor(target: { host: string; port: number }, random: () => number) {
    this.#random = random;
    this.#server = createServer({ noDelay: true }, (near) => {
      const far = dial({ ...target, noDelay: true });
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.on("close", () => this.#sockets.delete(socket));
      }
      this.#carry(near, far, false);
      this.#carry(far, near, true);
    });
  }

  static async to(target: { host: string; port: number }, random: () => number = Math.random): Promise<FaultProxy> {
    const proxy = new FaultProxy(target, random);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** The same address by way of the proxy. */
  through(url: string): string {
    const changed = new URL(url);
    changed.hostname = "127.0.0.1";
    changed.port = String(this.port);
    return changed.href;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(from: Socket, to: Socket, isAnswer: boolean): void {
    let carried = 0;
    const late: { dueMs: number; chunk: Buffer }[] = [];
    let waiting = false;
    // Bytes keep their order whatever the delay of each: timers of different lengths may not.
    const deliver = () => {
      waiting = false;
      while (late[0] !== undefined && late[0].dueMs <= performance.now()) {
        const { chunk } = late.shift() ?? { chunk: Buffer.alloc(0) };
        if (to.writable) to.write(chunk);
      }
      if (late[0] === undefined) return;
      waiting = true;
      setTimeout(deliver, Math.max(1, late[0].dueMs - performance.now()));
    };
    from.on("data", (chunk: Buffer) => {
      const { blackHole = false, delayMs = 0, jitterMs = 0, garbleShare = 0, cutAfterBytes } = this.weather;
      if (blackHole) return;
      carried += chunk.length;
      if (isAnswer && cutAfterBytes !== undefined && carried > cutAfterBytes) return void from.destroy();
      if (isAnswer && this.#random() < garbleShare) chunk[Math.floor(this.#random() * chunk.length)] = Math.floor(this.#random() * 256);
      if (delayMs === 0 && late.length === 0) return void (to.writable && to.write(chunk));
      late.push({ dueMs: Math.max(late.at(-1)?.dueMs ?? 0, performance.now() + delayMs + this.#random() * jitterMs), chunk });
      if (!waiting) setTimeout(deliver, delayMs);
      waiting = true;
    });
    from.on("end", () => (this.weather.blackHole ? undefined : to.end()));
    from.on("close", () => (this.weather.blackHole ? undefined : to.destroy()));
  }
}
