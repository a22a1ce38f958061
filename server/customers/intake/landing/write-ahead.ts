import { sql, type Tx } from "../../../platform/db/index.ts";
import { type LandedKind, landings } from "./kinds.ts";
import { type ChunkFrame, resolveAsNewStatement } from "./resolve.ts";
import { settleSeals } from "./seal-numbers.ts";
import { skipErased } from "./skip-erased.ts";
import { insertClaims, writeStatements } from "./write.ts";

/** What was done with a chunk while the one before it was still landing. */
export interface Ahead {
  /** Kinds whose landing_<kind> is filled, every key taken to be new. */
  readonly resolved: ReadonlySet<LandedKind>;
  /** Of these, those whose rows stand in the tables; their claims, which prove that the keys were new, do not yet. */
  readonly written: ReadonlySet<LandedKind>;
}

/** Parties of a file are written chunk by chunk also ahead: of customers that share a number the one with the oldest id stays, whoever was quicker. */
export interface PartyTurn {
  /** The chunk before has written its parties, or will not ahead of its turn. */
  readonly before: Promise<void>;
  readonly end: () => void;
}

export const nothingAhead: Ahead = { resolved: new Set(), written: new Set() };

/** Whether shares exceed the whole depends on what landed before. */
const decidedByOrder: ReadonlySet<LandedKind> = new Set(["relation"]);
/**
 * Two chunks may bring the same one, and its own key would make the earlier wait for the later, which waits for the earlier: rows of these kinds are written
 * in turn. All others get ids nobody else has.
 */
const writtenInTurn: ReadonlySet<LandedKind> = new Set(["holding_role", "balance"]);

/**
 * Resolves and writes what most chunks bring, new records, while the chunk before is still landing. What they refer to is looked for in the chunk itself and
 * among what is committed; what is not found is looked for again in turn. `kinds` in the order in which they land. settleAhead ends it.
 */
export async function writeAhead(tx: Tx, kinds: readonly LandedKind[], frame: ChunkFrame, turn: PartyTurn): Promise<Ahead> {
  await sql`savepoint ahead`.execute(tx);
  const resolved = new Set<LandedKind>();
  const written = new Set<LandedKind>();
  await skipErased(tx, kinds, frame.sourceId);
  for (const kind of kinds) {
    if (kind === "party") await turn.before;
    const foreign = landings[kind].references.filter((reference) => reference.kind !== kind);
    const unknown = foreign.some((reference) => kinds.includes(reference.kind) && !resolved.has(reference.kind));
    if (unknown || decidedByOrder.has(kind) || frame.repeats.has(kind)) continue;
    await resolveAsNew(tx, kind, frame, resolved);
    resolved.add(kind);
    if (writtenInTurn.has(kind)) continue;
    if (kind === "identifier") await settleSeals(tx);
    for (const statement of writeStatements(kind, frame, true).always) await sql.raw(statement).execute(tx);
    written.add(kind);
    if (kind === "party") turn.end();
  }
  return { resolved, written };
}

/** Fills landing_<kind>; what of the `own` chunk's records is resolved already can be referred to. */
export async function resolveAsNew(tx: Tx, kind: LandedKind, frame: ChunkFrame, own: ReadonlySet<LandedKind>): Promise<void> {
  const fields = landings[kind].references.map(({ field }) => field);
  // How often keys come again decides whether what was found is remembered.
  if (fields.length > 0) await sql.raw(`analyze cast_${kind} (${["problem_reason", ...fields].join(", ")})`).execute(tx);
  await sql.raw(resolveAsNewStatement(kind, frame, own)).execute(tx);
  if (kind === "party" || kind === "holding") await sql.raw(`analyze landing_${kind} (key, outcome, lost)`).execute(tx);
}

/**
 * To be called when the chunk before is in: claims what was written ahead. Where a key turns out to be known, nothing is left of all that was done ahead, and
 * the file's further chunks do not try with this kind.
 */
export async function settleAhead(tx: Tx, ahead: Ahead, frame: ChunkFrame): Promise<Ahead> {
  if (ahead === nothingAhead) return ahead;
  for (const kind of ahead.written) {
    // Where the chunk before had to begin again, so does this one: its parties are younger.
    if (!frame.repeats.has(kind) && (await claimAll(tx, kind, frame))) continue;
    await sql`rollback to savepoint ahead`.execute(tx);
    frame.repeats.add(kind);
    return nothingAhead;
  }
  await sql`release savepoint ahead`.execute(tx);
  return ahead;
}

async function claimAll(tx: Tx, kind: LandedKind, frame: ChunkFrame): Promise<boolean> {
  const [claims = ""] = insertClaims(kind, frame);
  const { numAffectedRows } = await sql.raw(`${claims.replaceAll("$raw", frame.keptRaw)} on conflict do nothing`).execute(tx);
  return Number(numAffectedRows) === (await countCreated(tx, kind));
}

async function countCreated(tx: Tx, kind: LandedKind): Promise<number> {
  const { rows } = await sql<{ created: number }>`
    select count(*)::int as created from ${sql.table(`landing_${kind}`)} where outcome = 'created'`.execute(tx);
  return rows[0]?.created ?? 0;
}
