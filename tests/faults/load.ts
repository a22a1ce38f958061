import { setTimeout as wait } from "node:timers/promises";
import type { RunningBank } from "./bank.ts";

/** One request as its sender saw it. */
export interface Sent {
  readonly kind: "read" | "write";
  readonly login: string;
  /** 0: no answer. */
  readonly status: number;
  readonly ms: number;
  readonly atMs: number;
  /** The request's id, by which the trail knows it. */
  readonly requestId: string | null;
  /** Writes: the mark under which its effect is found; reads: the customers served. */
  readonly mark: string | null;
  readonly customers: readonly string[];
  /** A problem answer names a code; everything else is not an honest state. */
  readonly code: string | null;
  readonly retryAfter: string | null;
}

export interface LoadOptions {
  readonly banks: readonly RunningBank[];
  readonly users: readonly SignedIn[];
  readonly perSecond: number;
  readonly random: () => number;
  /** Sent once more to another bank when one does not answer or is stopping, as a load balancer does; reads only. */
  readonly balances?: boolean;
}

export interface SignedIn {
  readonly login: string;
  readonly cookie: string;
  /** Customers this person saw before the fault, and a record of each to write on. */
  readonly customers: readonly { customerId: string; partyId: string }[];
}

const PASSWORD = "vinculo-demo";
const REQUEST_MS = 30_000;
// Few rows: everybody has a budget of rows a day.
const LIST = "/api/customers?rows=5";

export async function signIn(bank: RunningBank, login: string): Promise<SignedIn> {
  const headers = { origin: bank.origin, "sec-fetch-site": "same-origin", "content-type": "application/json" };
  const answer = await fetch(`http://127.0.0.1:${bank.port}/api/session`, {
    method: "POST",
    headers,
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0];
  if (answer.status !== 200 || cookie === undefined) throw new Error(`${login} could not sign in: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer().catch(() => undefined);
  const list = await fetch(`http://127.0.0.1:${bank.port}${LIST}`, { headers: { cookie } });
  const { customers } = (await list.json()) as { customers: { customerId: string }[] };
  const found = [];
  for (const { customerId } of customers.slice(0, 5)) {
    const consents = await fetch(`http://127.0.0.1:${bank.port}/api/customers/${customerId}/consents`, { headers: { cookie } });
    const { records } = (await consents.json()) as { records?: { partyId: string }[] };
    if (records?.[0] !== undefined) found.push({ customerId, partyId: records[0].partyId });
  }
  if (found.length === 0) throw new Error(`${login} sees no customer`);
  return { login, cookie, customers: found };
}

/** Sends requests at a fixed rate, four reads to a write, whether or not those before were answered, until it is stopped. */
export class Load {
  readonly sent: Sent[] = [];
  readonly #options: LoadOptions;
  readonly #pending = new Set<Promise<void>>();
  #running = true;
  readonly #loop: Promise<void>;
  readonly startedMs = performance.now();

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#loop = this.#run();
  }

  /** No more requests; waits for the answers to those on their way. */
  async stop(): Promise<readonly Sent[]> {
    this.#running = false;
    await this.#loop;
    await Promise.all(this.#pending);
    return this.sent;
  }

  async #run(): Promise<void> {
    const { perSecond, users, random } = this.#options;
    for (let turn = 0; this.#running; turn += 1) {
      const aheadMs = this.startedMs + (turn * 1_000) / perSecond - performance.now();
      if (aheadMs > 0) await wait(aheadMs);
      const user = users[Math.floor(random() * users.length)];
      if (user === undefined) return;
      const sending = this.#send(user, turn % 5 === 4, random()).finally(() => this.#pending.delete(sending));
      this.#pending.add(sending);
    }
  }

  async #send(user: SignedIn, isWrite: boolean, draw: number): Promise<void> {
    const { banks, balances = false } = this.#options;
    const target = user.customers[Math.floor(draw * user.customers.length)];
    if (target === undefined) return;
    const mark = isWrite ? `fault ${crypto.randomUUID()}` : null;
    const path = isWrite ? `/api/customers/${target.customerId}/consents` : draw < 0.1 ? LIST : `/api/customers/${target.customerId}`;
    const body = isWrite
      ? { partyId: target.partyId, purpose: "research", channel: "post", act: "objected", obtainedBy: "branch", note: mark }
      : null;
    const startMs = performance.now();
    const first = Math.floor(draw * 1_000) % banks.length;
    let answer = await ask(banks[first], path, user.cookie, body);
    // A refused connection did nothing, so a write may go to the other as well.
    const nothingDone = answer.status === 503 || answer.refused;
    if (balances && (nothingDone || (answer.status === 0 && !isWrite)))
      answer = await ask(banks[(first + 1) % banks.length], path, user.cookie, body);
    const { refused: _, text, ...seen } = answer;
    this.sent.push({
      ...{
        kind: isWrite ? ("write" as const) : ("read" as const),
        login: user.login,
        ms: performance.now() - startMs,
        atMs: startMs - this.startedMs,
        mark,
      },
      ...seen,
      customers: answer.status !== 200 || isWrite ? [] : path === LIST ? servedIn(text) : [target.customerId],
      code: answer.status >= 400 ? codeIn(text) : null,
    });
  }
}

interface Answer {
  readonly status: number;
  readonly requestId: string | null;
  readonly retryAfter: string | null;
  readonly text: string;
  readonly refused: boolean;
}

async function ask(bank: RunningBank | undefined, path: string, cookie: string, body: object | null): Promise<Answer> {
  try {
    const headers = {
      cookie,
      origin: bank?.origin ?? "",
      "sec-fetch-site": "same-origin",
      ...(body === null ? {} : { "content-type": "application/json" }),
    };
    const answer = await fetch(`http://127.0.0.1:${bank?.port}${path}`, {
      ...{ method: body === null ? "GET" : "POST", headers, signal: AbortSignal.timeout(REQUEST_MS) },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      requestId: answer.headers.get("x-request-id"),
      retryAfter: answer.headers.get("retry-after"),
      text,
      refused: false,
    };
  } catch (error) {
    const refused = (error as { cause?: { code?: string } }).cause?.code === "ECONNREFUSED";
    return { status: 0, requestId: null, retryAfter: null, text: "", refused };
  }
}

function servedIn(text: string): string[] {
  const { customers } = JSON.parse(text) as { customers: { customerId: string }[] };
  return customers.map(({ customerId }) => customerId);
}

function codeIn(text: string): string | null {
  try {
    return (JSON.parse(text) as { code?: string }).code ?? null;
  } catch {
    return null;
  }
}

export const share = (sent: readonly Sent[], what: (one: Sent) => boolean) =>
  sent.length === 0 ? 0 : sent.filter(what).length / sent.length;
export const percentile = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * part) - 1)] ?? Number.NaN;
