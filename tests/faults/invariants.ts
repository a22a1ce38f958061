import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RunningBank } from "./bank.ts";
import type { Sent } from "./load.ts";

export interface Verdict {
  readonly id: "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8";
  readonly holds: boolean;
  readonly seen: string;
}

const DRAIN_MS = 60_000;
const CLI = fileURLToPath(new URL("../../server/main/cli.ts", import.meta.url));

/** What must hold after every fault (docs/operations/reliability.md says why each). `visible`: what each person may be served, by login. */
export async function checkInvariants(
  bank: RunningBank,
  sent: readonly Sent[],
  visible: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Verdict[]> {
  return [
    ...(await checkWrites(bank, sent)),
    await checkTrail(bank, sent),
    checkScope(sent, visible),
    await checkChunks(bank),
    await checkQueues(bank),
    await checkHealth(bank),
    checkHonesty(sent),
  ];
}

async function checkWrites(bank: RunningBank, sent: readonly Sent[]): Promise<Verdict[]> {
  const writes = sent.filter(({ mark }) => mark !== null);
  const rows = await bank.query<{ note: string; n: number }>(
    "select note, count(*)::int as n from customers.consent where note = any($1) group by note",
    [writes.map(({ mark }) => mark)],
  );
  const found = new Map(rows.map(({ note, n }) => [note, n]));
  const acknowledged = writes.filter(({ status }) => status === 200);
  const lost = acknowledged.filter(({ mark }) => !found.has(mark ?? ""));
  const twice = rows.filter(({ n }) => n > 1);
  // A refusal that took effect all the same would be a lie to the person who then does it again.
  const refusedYetDone = writes.filter(({ status, mark }) => status >= 400 && status < 500 && found.has(mark ?? ""));
  return [
    { id: "I1", holds: lost.length === 0, seen: `${acknowledged.length} acknowledged writes, ${lost.length} lost` },
    {
      id: "I2",
      holds: twice.length + refusedYetDone.length === 0,
      seen: `${twice.length} twice, ${refusedYetDone.length} refused and done`,
    },
  ];
}

async function checkTrail(bank: RunningBank, sent: readonly Sent[]): Promise<Verdict> {
  const acknowledged = sent.filter(({ status }) => status === 200).flatMap(({ requestId }) => requestId ?? []);
  const rows = await bank.query<{ id: string }>("select distinct request_id as id from governance.audit_event where request_id = any($1)", [
    acknowledged,
  ]);
  const missing = acknowledged.length - rows.length;
  const env = { ...process.env, VINCULO_HOME: bank.home };
  const verified = await promisify(execFile)(process.execPath, [CLI, "audit", "verify", "--database"], { env }).then(
    () => "whole",
    (error: { stdout?: string; stderr?: string }) =>
      `NOT WHOLE: ${(error.stdout ?? "").slice(0, 200)}${(error.stderr ?? "").slice(0, 200)}`,
  );
  return {
    id: "I3",
    holds: missing === 0 && verified === "whole",
    seen: `${missing} of ${acknowledged.length} without a row; trail ${verified}`,
  };
}

function checkScope(sent: readonly Sent[], visible: ReadonlyMap<string, ReadonlySet<string>>): Verdict {
  const served = sent.flatMap(({ login, customers }) => customers.map((id) => ({ login, id })));
  const foreign = served.filter(({ login, id }) => visible.get(login)?.has(id) !== true);
  return { id: "I4", holds: foreign.length === 0, seen: `${served.length} customers served, ${foreign.length} out of scope` };
}

/** A chunk of a load and its progress are one transaction: its counts are what landed, or neither is there. */
async function checkChunks(bank: RunningBank): Promise<Verdict> {
  const [row] = await bank.query<{ chunks: number; half: number }>(
    `select count(*)::int as chunks, (select count(*)::int from customers.load where state in ('running') and started_at < now() - interval '1 hour') as half
     from customers.load_chunk`,
  );
  return { id: "I5", holds: (row?.half ?? 1) === 0, seen: `${row?.chunks ?? 0} chunks, ${row?.half ?? "?"} loads half applied` };
}

async function checkQueues(bank: RunningBank): Promise<Verdict> {
  const startedMs = performance.now();
  let open = -1;
  while (performance.now() - startedMs < DRAIN_MS) {
    const [row] = await bank.query<{ n: number }>(
      "select count(*)::int as n from jobs.job where state in ('created', 'active', 'retry') and name <> 'dead_letter' and start_after <= now()",
    );
    open = row?.n ?? -1;
    if (open === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const [dead] = await bank.query<{ n: number; unexplained: number }>(
    "select count(*)::int as n, count(*) filter (where output is null and data is null)::int as unexplained from jobs.job where name = 'dead_letter'",
  );
  return {
    id: "I6",
    holds: open === 0 && dead?.unexplained === 0,
    seen: `${open} jobs left, ${dead?.n ?? 0} dead letters, ${dead?.unexplained ?? "?"} unexplained`,
  };
}

async function checkHealth(bank: RunningBank): Promise<Verdict> {
  const ready = await bank.status("/health/ready");
  return { id: "I7", holds: ready === 200, seen: `readiness ${ready}` };
}

/** Every answer the server gave is a success or a problem with a code of the closed list; never "internal", never something else. */
function checkHonesty(sent: readonly Sent[]): Verdict {
  const answered = sent.filter(({ status }) => status !== 0);
  const dishonest = answered.filter(({ status, code }) => status >= 400 && (code === null || code === "internal"));
  return {
    id: "I8",
    holds: dishonest.length === 0,
    seen: `${answered.length} answers, ${dishonest.length} without an honest code${dishonest
      .slice(0, 3)
      .map(({ kind, status, code }) => ` (${kind}: ${status} ${code})`)
      .join("")}`,
  };
}
