import { sql, type Tx } from "../../../platform/db/index.ts";
import { joinByStrongKeys } from "../../identity/index.ts";
import type { KindCounts } from "../contract.ts";
import { type ChunkTotal, noCounts } from "../rules.ts";
import { type LandedKind, landings, type Reference } from "./kinds.ts";
import { refuseUnsoundRelations } from "./refuse-relations.ts";
import { type ChunkFrame, resolveStatement } from "./resolve.ts";
import { settleSeals } from "./seal-numbers.ts";
import { ERASED, skipErased } from "./skip-erased.ts";
import { insertClaims, writeStatements } from "./write.ts";
import { type Ahead, nothingAhead, resolveAsNew, settleAhead } from "./write-ahead.ts";

/** The order in which kinds land inside a chunk: what is referred to comes first. */
export const landingOrder: readonly LandedKind[] = [
  "party",
  "contact_point",
  "identifier",
  "holding",
  "holding_role",
  "relation",
  "balance",
  "transaction",
];

export interface LandedChunk {
  readonly counts: Record<string, KindCounts>;
  readonly totals: ChunkTotal[];
  readonly holdings: Record<string, number>;
}

// Holdings attached to holdings of the same chunk land in a further pass; deeper chains than this wait in quarantine.
const PASSES_MAX = 5;

/** Carries all cast records of a chunk into the tables, in the chunk's transaction: landed, or in quarantine with a reason. */
export async function landRecords(
  tx: Tx,
  kinds: ReadonlySet<string>,
  frame: ChunkFrame,
  doneAhead: Ahead = nothingAhead,
): Promise<LandedChunk> {
  const counts: Record<string, KindCounts> = {};
  const totals: ChunkTotal[] = [];
  const landed = landingOrder.filter((name) => kinds.has(name));
  const ahead = await settleAhead(tx, doneAhead, frame);
  await skipErased(tx, landed, frame.sourceId);
  for (const kind of landed) {
    // What the chunk before brought, of this file or another, could not be seen ahead, and what is attached to a holding of its own chunk only after that
    // has landed.
    const lookAgain = landings[kind].references.filter((one) => one.kind === kind || ahead.resolved.has(kind));
    counts[kind] = await landKind(tx, kind, frame, { ahead, lookAgain });
    totals.push(...(await moneyOf(tx, kind)));
  }
  if (kinds.has("party") || kinds.has("identifier")) await joinByStrongKeys(tx, frame);
  return { counts, totals, holdings: kinds.has("holding") ? await holdingKinds(tx) : {} };
}

interface Landed {
  readonly ahead: Ahead;
  /** References that may be found once the kind has landed. */
  readonly lookAgain: readonly Reference[];
}

async function landKind(tx: Tx, kind: LandedKind, frame: ChunkFrame, { ahead, lookAgain }: Landed): Promise<KindCounts> {
  if (kind === "relation") await refuseUnsoundRelations(tx, frame);
  const { rows } = await sql<{ read: number; erased: number; problems: number }>`
    select count(*)::int as read, count(*) filter (where problem_reason = ${ERASED})::int as erased,
      count(*) filter (where problem_reason <> ${ERASED})::int as problems from ${sql.table(`cast_${kind}`)}`.execute(tx);
  const { read, erased, problems } = rows[0] ?? { read: 0, erased: 0, problems: 0 };
  if (problems > 0) await quarantineProblems(tx, kind, frame);
  const allNew = ahead.written.has(kind) ? await outcomesOf(tx, kind) : await landAsNew(tx, kind, frame, ahead.resolved.has(kind));
  let outcomes = allNew ?? (await landByClaims(tx, kind, frame));
  if (lookAgain.length > 0) outcomes = await landLost(tx, kind, lookAgain, outcomes, frame);
  if (outcomes.refused > 0) await quarantineRefused(tx, kind, frame);
  return {
    ...noCounts,
    read,
    created: outcomes.created,
    updated: outcomes.updated,
    // Of somebody who was erased: read, and changing nothing.
    unchanged: outcomes.unchanged + erased,
    quarantined: problems + outcomes.refused,
  };
}

interface Outcomes {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
}

async function outcomesOf(tx: Tx, kind: LandedKind): Promise<Outcomes> {
  const { rows } = await sql<Outcomes>`
    select count(*) filter (where outcome = 'created')::int as created, count(*) filter (where outcome = 'updated')::int as updated,
      count(*) filter (where outcome = 'unchanged')::int as unchanged,
      count(*) filter (where outcome not in ('created', 'updated', 'unchanged'))::int as refused
    from ${sql.table(`landing_${kind}`)}`.execute(tx);
  return rows[0] ?? { created: 0, updated: 0, unchanged: 0, refused: 0 };
}

/**
 * Most chunks bring only new keys, each once: then nothing has to be looked up or sorted, and the claims themselves prove it when they are
 * written. null when it was not so; nothing is left of the try, and the file's further chunks do not try again.
 */
async function landAsNew(tx: Tx, kind: LandedKind, frame: ChunkFrame, resolved: boolean): Promise<Outcomes | null> {
  const [claims] = insertClaims(kind, frame);
  if (claims === undefined || frame.repeats.has(kind)) return null;
  if (!resolved) await resolveAsNew(tx, kind, frame, new Set());
  await sql`savepoint all_new`.execute(tx);
  const outcomes = await outcomesOf(tx, kind);
  const { numAffectedRows } = await sql.raw(`${claims.replaceAll("$raw", frame.keptRaw)} on conflict do nothing`).execute(tx);
  if (Number(numAffectedRows) !== outcomes.created) {
    await sql`rollback to savepoint all_new`.execute(tx);
    frame.repeats.add(kind);
    return null;
  }
  await sql`release savepoint all_new`.execute(tx);
  await write(tx, kind, outcomes, frame, true);
  return outcomes;
}

async function landByClaims(tx: Tx, kind: LandedKind, frame: ChunkFrame): Promise<Outcomes> {
  await sql`truncate ${sql.table(`landing_${kind}`)}`.execute(tx);
  await sql.raw(resolveStatement(kind, frame)).execute(tx);
  // A load that changes little must not cost what the tables hold: the planner has to know how few rows are updated.
  await sql`analyze ${sql.table(`landing_${kind}`)} (row_id, key, outcome)`.execute(tx);
  const outcomes = await outcomesOf(tx, kind);
  await write(tx, kind, outcomes, frame);
  return outcomes;
}

async function write(tx: Tx, kind: LandedKind, outcomes: Outcomes, frame: ChunkFrame, claimed = false): Promise<void> {
  if (kind === "identifier" && outcomes.created + outcomes.updated > 0) await settleSeals(tx);
  const statements = writeStatements(kind, frame, claimed);
  const needed = [
    ...(outcomes.updated > 0 ? statements.ifUpdated : []),
    ...(outcomes.created + outcomes.updated > 0 ? statements.always : []),
    ...(outcomes.unchanged > 0 ? statements.ifUnchanged : []),
  ];
  for (const statement of needed) await sql.raw(statement.replaceAll("$raw", frame.keptRaw)).execute(tx);
}

/** Records that could not land for want of what they refer to, which has landed meanwhile: they are looked at again, whichever reference it was. */
async function landLost(tx: Tx, kind: LandedKind, references: readonly Reference[], first: Outcomes, frame: ChunkFrame): Promise<Outcomes> {
  const [cast, landing, kept] = [sql.table(`cast_${kind}`), sql.table(`landing_${kind}`), sql.table(`landed_${kind}`)];
  const isLost = sql`(l.outcome = 'unknown_reference' and l.lost in (${sql.join(references.map(({ field }) => field))}))`;
  const ofLost = (give: (reference: Reference) => ReturnType<typeof sql>) =>
    sql`case l.lost ${sql.join(
      references.map((one) => sql`when ${one.field} then ${give(one)}`),
      sql` `,
    )} end`;
  let sum = first;
  for (let pass = 1; pass < PASSES_MAX && sum.refused > 0; pass += 1) {
    const { rows } = await sql`
      select from ${landing} l cross join lateral (select from customers.source_record s
        where s.source_id = ${frame.sourceId} and s.kind = ${ofLost(({ kind: of }) => sql`${of}::text`)}
          and s.source_key = ${ofLost(({ field }) => sql`l.${sql.ref(field)}`)} limit 1) s where ${isLost} limit 1`.execute(tx);
    if (rows.length === 0) break;
    // What landed and what is refused for another reason leaves the cast; the rest is resolved anew into an empty landing table.
    await sql`create temp table if not exists ${kept} (like ${landing}) on commit delete rows`.execute(tx);
    await sql`analyze ${landing} (line_no, key, outcome, lost)`.execute(tx);
    await sql`
      delete from ${cast} c where c.problem_reason is null and not exists (
        select from ${landing} l where l.line_no = c.line_no and l.key = c.key and ${isLost})`.execute(tx);
    await sql`insert into ${kept} select * from ${landing} l where not coalesce(${isLost}, false)`.execute(tx);
    await sql`truncate ${landing}`.execute(tx);
    const next = await landByClaims(tx, kind, frame);
    const landed = next.created + next.updated + next.unchanged;
    sum = {
      created: sum.created + next.created,
      updated: sum.updated + next.updated,
      unchanged: sum.unchanged + next.unchanged,
      refused: sum.refused - landed,
    };
    await sql`insert into ${landing} select * from ${kept}`.execute(tx);
    await sql`truncate ${kept}`.execute(tx);
  }
  return sum;
}

async function quarantineProblems(tx: Tx, kind: LandedKind, frame: ChunkFrame): Promise<void> {
  await sql`
    insert into customers.quarantine (load_no, file_no, line_no, kind, source_key, reason, field, column_name, value_class, raw)
    select ${frame.loadNo}, ${frame.fileNo}, c.line_no, ${kind}, left(c.key, 200), c.problem_reason, c.problem_field, c.problem_column, c.problem_class, ${sql.raw(frame.raw)}
    from ${sql.table(`cast_${kind}`)} c join staged s on s.line_no = c.line_no where c.problem_reason is not null and c.problem_reason <> ${ERASED} order by c.line_no`.execute(
    tx,
  );
}

async function quarantineRefused(tx: Tx, kind: LandedKind, frame: ChunkFrame): Promise<void> {
  const waits = landings[kind].references.map(({ field, kind: of }) => ({ field, of }));
  const waitsFor = (give: (wait: (typeof waits)[number]) => string) =>
    sql.raw(waits.length === 0 ? "null" : `case l.lost ${waits.map((wait) => `when '${wait.field}' then ${give(wait)}`).join(" ")} end`);
  await sql`
    insert into customers.quarantine (load_no, file_no, line_no, kind, source_key, reason, field, column_name, raw, state, waits_kind, waits_key)
    select ${frame.loadNo}, ${frame.fileNo}, l.line_no, ${kind}, l.key, l.outcome, l.lost, ${sql.raw(frame.lostColumn(kind))}, ${sql.raw(frame.raw)},
      case l.outcome when 'unknown_reference' then 'waiting' when 'superseded' then 'superseded' else 'open' end,
      ${waitsFor(({ of }) => `'${of}'`)}, ${waitsFor(({ field }) => `l.${field}`)}
    from ${sql.table(`landing_${kind}`)} l join staged s on s.line_no = l.line_no
    where l.outcome not in ('created', 'updated', 'unchanged') order by l.line_no`.execute(tx);
}

async function holdingKinds(tx: Tx): Promise<Record<string, number>> {
  const { rows } = await sql<{ kind: string; rows: number }>`
    select coalesce(kind, '') as kind, count(*)::int as rows from (
      select kind from cast_holding where problem_reason is not null union all select kind from landing_holding) h group by 1`.execute(tx);
  return Object.fromEntries(rows.map((row) => [row.kind, row.rows]));
}

/** What is added up: a column of the cast, under the name its total has in the report. */
const moneyOfKind: Readonly<Partial<Record<LandedKind, readonly { readonly column: "amount" | "balance"; readonly total: string }[]>>> = {
  holding: [
    { column: "amount", total: "holding" },
    { column: "balance", total: "holding_balance" },
  ],
  balance: [{ column: "amount", total: "balance" }],
  transaction: [{ column: "amount", total: "transaction" }],
};

/** Control totals of the chunk: every record whose money could be read counts as in the file. */
async function moneyOf(tx: Tx, kind: LandedKind): Promise<ChunkTotal[]> {
  const totals: ChunkTotal[] = [];
  for (const { column, total } of moneyOfKind[kind] ?? []) {
    const money = sql.ref(column);
    const { rows } = await sql<ChunkTotal>`
      with amounts as (
        select currency, ${money} as amount, case when problem_reason = ${ERASED} then 'unchanged' else 'quarantined' end as outcome from ${sql.table(`cast_${kind}`)} where problem_reason is not null
        union all
        select currency, ${money}, outcome from ${sql.table(`landing_${kind}`)}
      )
      select ${total} as kind, coalesce(currency, '') as currency, count(*)::int as rows, coalesce(sum(amount), 0)::text as "fileMinor",
        coalesce(sum(amount) filter (where outcome not in ('created', 'updated', 'unchanged')), 0)::text as "quarantinedMinor",
        coalesce(sum(amount) filter (where outcome = 'unchanged'), 0)::text as "unchangedMinor"
      from amounts where amount is not null group by currency`.execute(tx);
    totals.push(...rows);
  }
  return totals;
}
