import { sql, type Tx } from "../../platform/db/index.ts";
import { type Dimension, heldKeys } from "./dimensions.ts";

export type Sql = ReturnType<typeof sql<unknown>>;

export interface DimensionSql {
  /** Joined to `intelligence.customer_fact f`; may give a customer several rows where the dimension overlaps. */
  readonly join: Sql;
  /** What is grouped by; null: unknown. */
  readonly value: Sql;
  /** The key of the group as text, of a value; where nothing is said the value is the key. */
  readonly told?: (value: Sql) => Sql;
  /** What both read of `f`. */
  readonly columns: readonly string[];
}

const nothing = sql``;

/**
 * A dimension over `f` (and `m`, what moved, for months). Its key became a Dimension by being found in the list (dimensions.ts), so that names stand
 * here and nothing that was sent becomes SQL. `slot` keeps the joins of two dimensions apart. `monthShift`: months by which a month is told later.
 */
export function dimensionSql({ key, kind, bounds }: Dimension, slot: "r" | "c", monthShift: number): DimensionSql {
  const alias = sql.raw(`d${slot}`);
  switch (kind) {
    case "unit":
      return key === "branch"
        ? { join: nothing, value: sql`f.branch_id::text`, columns: ["branch_id"] }
        : { join: regionJoin(alias), value: sql`${alias}.region_id::text`, columns: ["branch_id"] };
    case "segment":
      return {
        join: sql`left join (select sm.customer_id, sm.segment_id from intelligence.segment_member sm join intelligence.segment s using (segment_id)
          where s.archived_at is null) ${alias} on ${alias}.customer_id = f.customer_id`,
        value: sql`${alias}.segment_id::text`,
        columns: ["customer_id"],
      };
    case "product": {
      const held = sql.raw(heldKeys.map((name) => `case when f.${name} > 0 then '${name}' end`).join(", "));
      return {
        join: sql`left join lateral unnest(array_remove(array[${held}], null)) ${alias} (key) on true`,
        value: sql`${alias}.key`,
        columns: heldKeys,
      };
    }
    case "years": {
      const name = key === "age" ? "born_on" : "customer_since";
      const column = sql.raw(`f.${name}`);
      const list = sql.raw((bounds ?? []).join(", "));
      return {
        join: nothing,
        value: sql`case when ${column} is not null then
          (array[${list}])[greatest(width_bucket((f.as_of - ${column}) / 365.25, array[${list}]::numeric[]), 1)]::text end`,
        columns: ["as_of", name],
      };
    }
    case "month":
      return {
        join: nothing,
        value: sql`m.month_no`,
        told: (value) =>
          sql`to_char(make_date((${value} + ${monthShift}::int) / 12, (${value} + ${monthShift}::int) % 12 + 1, 1), 'YYYY-MM-DD')`,
        columns: [],
      };
    case "flag":
      return { join: nothing, value: sql`coalesce(${sql.raw(`f.${key}`)}, false)::text`, columns: [key] };
    case "code":
      return { join: nothing, value: sql.raw(`f.${key}`), columns: [key] };
  }
}

/** The key of the group of a value, as text. */
export const keyOf = ({ told }: DimensionSql, value: Sql): Sql => (told === undefined ? value : told(value));

/** The region a branch lies in: itself, its parent or its parent's. */
const regionJoin = (alias: Sql): Sql => sql`left join (
  select b.unit_id, case when b.kind = 'region' then b.unit_id when p.kind = 'region' then p.unit_id when g.kind = 'region' then g.unit_id end as region_id
  from governance.organisation_unit b left join governance.organisation_unit p on p.unit_id = b.parent_id
    left join governance.organisation_unit g on g.unit_id = p.parent_id) ${alias} on ${alias}.unit_id = f.branch_id`;

/** What branches, regions and segments among the groups are called, as far as the caller sees them. */
export async function readGroupNames(tx: Tx, kind: Dimension["kind"], ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0 || (kind !== "unit" && kind !== "segment")) return new Map();
  const { rows } = await (kind === "unit"
    ? sql<{ id: string; name: string }>`select unit_id as id, name from governance.organisation_unit where unit_id = any (${ids}::uuid[])`
    : sql<{ id: string; name: string }>`select segment_id as id, name from intelligence.segment where segment_id = any (${ids}::uuid[])`
  ).execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
