import type { FastifyRequest } from "fastify";
import type { Caller } from "../caller/index.ts";

/** How long it is believed who a machine is: a right taken away works that much longer. */
const BELIEVED_MS = 500;
const MACHINES_MAX = 1_000;

interface Known {
  readonly found: Promise<Caller | null>;
  readonly untilMs: number;
}

/** Who a machine that asks hundreds of times a second is, without asking the database each time. In the memory of one process, by what the machine sent. */
export class KnownMachines {
  private readonly known = new Map<string, Known>();

  async find(request: FastifyRequest, nowMs: number, look: () => Promise<Caller | null>): Promise<Caller | null> {
    const { cookie = "", authorization = "" } = request.headers;
    const shown = `${authorization}\n${cookie}\n${request.ip}`;
    const known = this.known.get(shown);
    const believed =
      known !== undefined && nowMs < known.untilMs ? known : this.remember(shown, { found: look(), untilMs: nowMs + BELIEVED_MS });
    const found = await believed.found;
    return found === null ? null : { ...found, requestId: request.id };
  }

  private remember(shown: string, known: Known): Known {
    if (this.known.size >= MACHINES_MAX) this.known.clear();
    this.known.set(shown, known);
    known.found.catch(() => this.known.delete(shown));
    return known;
  }
}
