import { sql, type Tx } from "../../../platform/db/index.ts";
import type { LandedKind } from "../landing/kinds.ts";
import { EntryPlacesLimits } from "./contract.ts";

export interface EntryPlaces {
  readonly branches: { code: string; name: string; names: Record<string, string> }[];
  readonly portfolios: { code: string; name: string }[];
}

/** As the caller: branches whose customers the caller sees, and the caller's own portfolios. */
export async function listPlaces(tx: Tx): Promise<EntryPlaces> {
  const { rows: branches } = await sql<EntryPlaces["branches"][number]>`
    select code, name, names from governance.organisation_unit
    where kind = 'branch' and active and unit_id = any ((select governance.visible_units())::uuid[])
    order by name limit ${EntryPlacesLimits.placesMax}`.execute(tx);
  const { rows: portfolios } = await sql<EntryPlaces["portfolios"][number]>`
    select code, name from governance.portfolio where portfolio_id = any ((select governance.visible_portfolios())::uuid[])
    order by name limit ${EntryPlacesLimits.placesMax}`.execute(tx);
  return { branches, portfolios };
}

/** Whether the caller may put a customer there. */
export async function mayEnterAt(tx: Tx, branchCode: string, portfolioCode: string | null): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select exists (select from governance.organisation_unit
        where code = ${branchCode} and kind = 'branch' and active and unit_id = any ((select governance.visible_units())::uuid[]))
      and (${portfolioCode}::text is null or exists (select from governance.portfolio
        where code = ${portfolioCode} and portfolio_id = any ((select governance.visible_portfolios())::uuid[]))) as may`.execute(tx);
  return rows[0]?.may ?? false;
}

/** Worker role: nothing but people's decisions joins what comes from this source. */
export async function markByHand(tx: Tx, sourceId: number): Promise<void> {
  await sql`update customers.source set by_hand = true where source_id = ${sourceId} and not by_hand`.execute(tx);
}

/** Worker role: what of the cast row cannot be taken, by the column it stands in. */
export async function listProblems(tx: Tx, kinds: readonly LandedKind[]): Promise<{ column: string; reason: string }[]> {
  const found: { column: string; reason: string }[] = [];
  for (const kind of kinds) {
    const { rows } = await sql<{ column: string; reason: string }>`
      select coalesce(problem_column, problem_field, ${kind}) as column, problem_reason as reason from ${sql.table(`cast_${kind}`)}
      where problem_reason is not null limit 100`.execute(tx);
    found.push(...rows);
  }
  return found;
}

/** Worker role: the customer that the one party of a load became. */
export async function findEntered(tx: Tx, loadNo: number): Promise<{ partyId: string; customerId: string } | null> {
  const { rows } = await sql<{ partyId: string; customerId: string }>`
    select party_id as "partyId", customer_id as "customerId" from customers.party where load_no = ${loadNo} limit 1`.execute(tx);
  return rows[0] ?? null;
}
