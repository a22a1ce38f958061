import { sql, type Tx } from "../../../platform/db/index.ts";
import { joinByStrongKeys } from "../../identity/index.ts";
import type { KindCounts } from "../contract.ts";
import { type ChunkTotal, noCounts } from "../rules.ts";
import { type LandedKind, landings } from "./kinds.ts";
import { refuseUnsoundRelations } from "./refuse-relations.ts";
import { type LoadFrame, resolveAsNewStatement, resolveStatement } from "./resolve.ts";
import { settleSeals } from "./seal-numbers.ts";
import { ERASED, skipErased } from "./skip-erased.ts";
import { insertClaims, writeStatements } from "./write.ts";

/** The order in which kinds land inside a chunk: what is referred to comes first. */
const order: readonly LandedKind[] = [
  "party",
  "contact_point",
  "identifier",
  "holding",
  "holding_role",
  "relation",
  "balance",
  "transaction",
];

export interface ChunkFrame extends LoadFrame {
  readonly fileNo: number;
  readonly decidedBy: string;
  /** The row of `staged s` as jsonb, column -> text. */
  readonly raw: string;
  /** The same as it is kept with the record: numbers of documents masked. */
  readonly keptRaw: string;
  /** SQL for the file's column of the field that `l.lost` names, over landing_<kind> l and staged s. */
  readonly lostColumn: (kind: LandedKind) => string;
  /** The same for a field that other SQL names; null where a row gives several such records. */
  readonly columnOf: (kind: string, field: string) => string;
  /** Kinds that turned out to bring keys again; filled while the file is landed. */
  readonly repeats: Set<string>;
}

export interface LandedChunk {
  readonly counts: Record<string, KindCounts>;
  readonly totals: ChunkTotal[];
  readonly holdings: Record<string, number>;
}

// Holdings attached to holdings of the same chunk land in a further pass; deeper chains than this wait in quarantine.
const PASSES_MAX = 5;

/**
 * Resolves what does not depend on the chunks before this one: kinds that refer to nothing their own file brings. Runs while the chunk before is
 * still landing. Answers which kinds are done.
 */
export async function resolveAhead(tx: Tx, kinds: ReadonlySet<string>, frame: ChunkFrame): Promise<ReadonlySet<LandedKind>> {
  const done = new Set<LandedKind>();
  await skipErased(
    tx,
    order.filter((name) => kinds.has(name)),
    frame.sourceId,
  );
  // Whether shares exceed the whole depends on what landed before.
  const alone = (kind: LandedKind) => kind !== "balance" && kind !== "relation";
  for (const kind of order.filter((name) => kinds.has(name) && alone(name) && !frame.repeats.has(name))) {
    if (landings[kind].references.some((reference) => kinds.has(reference.kind))) continue;
    await sql.raw(resolveAsNewStatement(kind, frame)).execute(tx);
    done.add(kind);
  }
  return done;
}

/** Carries all cast records of a chunk into the tables, in the chunk's transaction: landed, or in quarantine with a reason. */
export async function landRecords(
  tx: Tx,
  kinds: ReadonlySet<string>,
  frame: ChunkFrame,
  ahead: ReadonlySet<LandedKind> = new Set(),
): Promise<LandedChunk> {
  const counts: Record<string, KindCounts> = {};
  const totals: ChunkTotal[] = [];
  const landed = order.filter((name) => kinds.has(name));
  await skipErased(tx, landed, frame.sourceId);
  for (const kind of landed) {
    counts[kind] = await landKind(tx, kind, frame, ahead.has(kind));
    totals.push(...(await moneyOf(tx, kind)));
  }
  if (kinds.has("party") || kinds.has("identifier")) await joinByStrongKeys(tx, frame);
  return { counts, totals, holdings: kinds.has("holding") ? await holdingKinds(tx) : {} };
}

async function landKind(tx: Tx, kind: LandedKind, frame: ChunkFrame, resolved: boolean): Promise<KindCounts> {
  if (kind === "relation") await refuseUnsoundRelations(tx, frame);
  const { rows } = await sql<{ read: number; erased: number; problems: number }>`
    select count(*)::int as read, count(*) filter (where problem_reason = ${ERASED})::int as erased,
      count(*) filter (where problem_reason <> ${ERASED})::int as problems from ${sql.table(`cast_${kind}`)}`.execute(tx);
  const { read, erased, problems } = rows[0] ?? { read: 0, erased: 0, problems: 0 };
  if (problems > 0) await quarantineProblems(tx, kind, frame);
  const allNew = await landAsNew(tx, kind, frame, resolved);
  let outcomes = allNew ?? (await landByClaims(tx, kind, frame));
  if (kind === "holding" && outcomes.created > 0) outcomes = await landAttached(tx, outcomes, frame);
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
  if (!resolved) await sql.raw(resolveAsNewStatement(kind, frame)).execute(tx);
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
  await sql`analyze ${sql.table(`landing_${kind}`)}`.execute(tx);
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

/** Holdings whose account came in the same chunk: they are looked at again now that it has landed. */
async function landAttached(tx: Tx, first: Outcomes, frame: ChunkFrame): Promise<Outcomes> {
  let sum = first;
  for (let pass = 1; pass < PASSES_MAX && sum.refused > 0; pass += 1) {
    // What landed and what is refused for another reason leaves the cast; the rest is resolved anew into an empty landing table.
    await sql`create temp table if not exists landed_holding (like landing_holding) on commit delete rows`.execute(tx);
    if (pass === 1) await sql`analyze landing_holding`.execute(tx);
    const { numAffectedRows } = await sql`
      delete from cast_holding c where c.problem_reason is null and not exists (
        select from landing_holding l where l.line_no = c.line_no and l.key = c.key and l.outcome = 'unknown_reference' and l.lost = 'attached_to')`.execute(
      tx,
    );
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from cast_holding where problem_reason is null`.execute(tx);
    if (rows[0]?.left === 0 || numAffectedRows === 0n) break;
    await sql`insert into landed_holding select * from landing_holding where not (outcome = 'unknown_reference' and lost = 'attached_to')`.execute(
      tx,
    );
    await sql`truncate landing_holding`.execute(tx);
    const next = await landByClaims(tx, "holding", frame);
    const landed = next.created + next.updated + next.unchanged;
    sum = {
      created: sum.created + next.created,
      updated: sum.updated + next.updated,
      unchanged: sum.unchanged + next.unchanged,
      refused: sum.refused - landed,
    };
    await sql`insert into landing_holding select * from landed_holding`.execute(tx);
    await sql`truncate landed_holding`.execute(tx);
    if (landed === 0) break;
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
