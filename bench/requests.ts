import { setTimeout as wait } from "node:timers/promises";
import { operatorCaller } from "../server/governance/access/index.ts";
import { openBank } from "../server/main/open-bank.ts";
import { type Db, inTransaction, type sql, type Tx } from "../server/platform/db/index.ts";
import { saveSetting } from "../server/platform/settings/index.ts";
import { type Answer, type Bank, FLOOR, pathOf, percentile, startBank, type Wish } from "./client.ts";
import { configOf } from "./home.ts";
import { type Line, printLines } from "./table.ts";

/** One kind of request, asked by one person with ever new values. */
export interface Case {
  readonly work: string;
  readonly login: string;
  readonly wishes: readonly Wish[];
  readonly perSecond: number;
  readonly goal: Line["goal"];
}

/** Who asks: a branch sees its own customers, the head office all. */
export const people = { branch: "manager.dubai", manager: "rm.dubai", headOffice: "analyst" } as const;

export type AsOperator = <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;
export type Sample = <Row>(query: ReturnType<typeof sql<Row>>) => Promise<Row[]>;

export interface RequestBench {
  readonly home: string;
  readonly size: string;
  readonly seconds: number;
  /** Instead of each case's own rate; null keeps it. */
  readonly perSecond: number | null;
  /** Of the cases, those whose name holds it. */
  readonly only: string;
  readonly cases: (sample: Sample, asOperator: AsOperator) => Promise<Case[]>;
}

const FLOOR_ANSWERS_MAX = 20;
const WARM_SECONDS = 1;
const READY_SECONDS_MAX = 30;

/** Runs the cases one after the other against the real server, each with the floor of its own answers right behind it. */
export async function benchRequests(bench: RequestBench): Promise<void> {
  const db = await openBank(configOf(bench.home), { mode: "share" });
  const bank = await startBank(bench.home);
  try {
    const operator = await operatorCaller(db);
    // One person asks here what a bank asks in a week.
    await inTransaction(db, operator, (tx) => saveSetting(tx, "limits.egress", { customer: 1e12, transaction: 1e12 }), { role: "worker" });
    const asOperator = <Result>(work: (tx: Tx) => Promise<Result>) => inTransaction(db, operator, work, { role: "worker" });
    const cases = await bench.cases((query) => asOperator(async (tx) => (await query.execute(tx)).rows), asOperator);
    const cookies = new Map<string, string>();
    const lines: Line[] = [];
    for (const one of cases.filter(({ work }) => work.includes(bench.only))) {
      if (one.wishes.length === 0) {
        console.log(`${one.work}: nothing to ask for`);
        continue;
      }
      const cookie = cookies.get(one.login) ?? (await bank.signIn(one.login));
      cookies.set(one.login, cookie);
      lines.push(await runCase(db, bank, { ...one, perSecond: bench.perSecond ?? one.perSecond }, cookie, bench.seconds));
    }
    printLines(bench.size, lines, await bank.peakMiB());
  } finally {
    await bank.close();
    await db.close();
  }
}

async function runCase(db: Db, bank: Bank, one: Case, cookie: string, seconds: number): Promise<Line> {
  const { perSecond } = one;
  const answers: string[] = [];
  // One by one before anything is timed: the floor's bytes, and a server that is awake.
  for (const wish of one.wishes.slice(-FLOOR_ANSWERS_MAX)) {
    const { status, body } = await askOnceReady(bank, cookie, wish);
    if (status !== 200) throw new Error(`${pathOf(wish)}: ${status} ${body.slice(0, 300)}`);
    answers.push(body);
  }
  await keepAnswers(db, answers);
  await bank.stream(cookie, one.wishes.slice(-FLOOR_ANSWERS_MAX), { perSecond, seconds: WARM_SECONDS });
  const measured = await bank.stream(cookie, one.wishes, { perSecond, seconds });
  const floorPaths = answers.map((_, key) => `${FLOOR}${key}`);
  await bank.stream(null, floorPaths, { perSecond, seconds: WARM_SECONDS });
  const floor = await bank.stream(null, floorPaths, { perSecond, seconds });
  const sizes = answers.map((body) => Buffer.byteLength(body) / 1024).sort((a, b) => a - b);
  return { work: one.work, who: one.login, measured, floor, answerKiB: percentile(sizes, 0.5), goal: one.goal };
}

/** What a server that has just begun still reads, it is given half a minute for. */
async function askOnceReady(bank: Bank, cookie: string, wish: Wish): Promise<Answer> {
  for (let turn = 1; ; turn += 1) {
    const answer = await bank.ask(cookie, wish);
    if (answer.status !== 503 || turn === READY_SECONDS_MAX) return answer;
    await wait(1_000);
  }
}

async function keepAnswers(db: Db, answers: readonly string[]): Promise<void> {
  const worker = db.pools.worker;
  await worker.query("create table if not exists staging.bench_answer (key int primary key, body text not null)");
  await worker.query("truncate staging.bench_answer");
  await worker.query(
    "insert into staging.bench_answer select place - 1, body from unnest($1::text[]) with ordinality as given (body, place)",
    [answers],
  );
  await worker.query("analyze staging.bench_answer");
}
