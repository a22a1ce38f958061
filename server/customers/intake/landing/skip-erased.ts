import { sql, type Tx } from "../../../platform/db/index.ts";
import { type LandedKind, landings } from "./kinds.ts";

/** What a record of somebody who was erased is marked by in the cast: it does not land, and nothing of it is kept, in quarantine neither. */
export const ERASED = "erased";

/**
 * Marks the cast records whose own key, or whose party or holding, was erased (customers.erased_record keeps hashes of the keys). A source of which nobody
 * was erased costs one look.
 */
export async function skipErased(tx: Tx, kinds: Iterable<LandedKind>, sourceId: number): Promise<void> {
  const { rows } = await sql`select from customers.erased_record where source_id = ${sourceId} limit 1`.execute(tx);
  if (rows.length === 0) return;
  for (const kind of kinds) {
    const own = kind === "transaction" || kind === "balance" ? [] : [sql`customers.is_erased(${sourceId}::smallint, ${kind}, c.key)`];
    const named = landings[kind].references.map(
      (reference) => sql`customers.is_erased(${sourceId}::smallint, ${reference.kind}, c.${sql.ref(reference.field)})`,
    );
    await sql`
      update ${sql.table(`cast_${kind}`)} c set problem_reason = ${ERASED}
      where c.problem_reason is distinct from ${ERASED} and (${sql.join([...own, ...named], sql` or `)})`.execute(tx);
  }
}
