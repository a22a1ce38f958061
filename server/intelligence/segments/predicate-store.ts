import { sql } from "../../platform/db/index.ts";
import type { FactKind } from "../facts/contract.ts";
import type { SegmentCondition, SegmentFilter } from "./contract.ts";
import type { FieldKinds } from "./rules.ts";

export type Predicate = ReturnType<typeof sql<boolean>>;
type Sql = ReturnType<typeof sql<unknown>>;

/** How one segment that others build on is told in SQL; over `f`. */
export type ClusterDefinition = {
  readonly keys: readonly string[];
  /** Per key: whether its logarithm is taken, the middle and the width by which it is scaled. */
  readonly scales: readonly { readonly log: boolean; readonly middle: number; readonly width: number }[];
  readonly centres: readonly (readonly number[])[];
  readonly place: number;
};

/**
 * Conditions over `intelligence.customer_fact f`, checked before (rules.ts). A field becomes a column only by being found among `kinds`; values are
 * parameters. `today`: yyyy-mm-dd, from which days are counted. With `segments`, who is in one of these is asked by its own predicate, in place of looking
 * up who was in it when it was last computed.
 */
export function predicateOf(
  filter: SegmentFilter,
  kinds: FieldKinds,
  today: string,
  segments: ReadonlyMap<string, Predicate> | null = null,
): Predicate {
  const parts = filter.of.map((part) => {
    if ("of" in part) return predicateOf(part, kinds, today, segments);
    return kinds.get(part.field) === "member" && segments !== null ? memberCondition(part, segments) : conditionOf(part, kinds, today);
  });
  const joined =
    parts.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(parts, filter.match === "all" ? sql` and ` : sql` or `)})`;
  return filter.not === true ? sql<boolean>`(${joined}) is not true` : joined;
}

/** Whom a person's roles reach, as far as it is plain. */
export interface Reach {
  readonly wholeBank: boolean;
  readonly unitIds: readonly string[];
  readonly portfolioIds: readonly string[];
}

/** The policy decides; saying the same again lets the planner go to a branch by its index. */
export function withinReach({ wholeBank, unitIds, portfolioIds }: Reach): Predicate {
  return wholeBank
    ? sql<boolean>`true`
    : sql<boolean>`(f.branch_id = any (${unitIds}::uuid[]) or f.portfolio_id = any (${portfolioIds}::uuid[]) or f.customer_id = any ((select customers.opened_customers())::uuid[]))`;
}

/** Both. */
export const bothOf = (first: Predicate, second: Predicate): Predicate => sql<boolean>`${first} and ${second}`;

function memberCondition({ field, op, values }: SegmentCondition, segments: ReadonlyMap<string, Predicate>): Predicate {
  const predicates = values.map((id) => {
    const predicate = segments.get(id);
    if (predicate === undefined) throw new Error(`a segment of ${field} was not looked up`);
    return predicate;
  });
  const any = sql`(${sql.join(predicates, sql` or `)})`;
  return op === "none_of" ? sql<boolean>`${any} is not true` : sql<boolean>`${any}`;
}

function conditionOf({ field, op, values }: SegmentCondition, kinds: FieldKinds, today: string): Predicate {
  const kind = kinds.get(field);
  if (kind === undefined) throw new Error(`the field ${field} was not checked`);
  if (kind === "branch") return listed(sql`f.branch_id`, op, values, "uuid[]");
  if (kind === "member") {
    const of = sql<boolean>`exists (select from intelligence.segment_member m where m.customer_id = f.customer_id and m.segment_id = any (${values}::uuid[]))`;
    return op === "none_of" ? sql<boolean>`not ${of}` : of;
  }
  return factCondition(sql.raw(`f.${field}`), kind, { field, op, values }, today);
}

function factCondition(column: Sql, kind: FactKind, { op, values }: SegmentCondition, today: string): Predicate {
  const [first = "", second = ""] = values;
  switch (op) {
    case "is_empty":
      return sql<boolean>`${column} is null`;
    case "is_not_empty":
      return sql<boolean>`${column} is not null`;
    case "yes":
      return sql<boolean>`${column}`;
    case "no":
      return sql<boolean>`${column} is not true`;
    case "any_of":
    case "none_of":
      return listed(column, op, values, "text[]");
    case "within_days":
      return sql<boolean>`${column} >= ${today}::date - ${first}::int`;
    case "not_within_days":
      return sql<boolean>`(${column} is null or ${column} < ${today}::date - ${first}::int)`;
    default:
      return bounded(column, kind, op, [first, second], today);
  }
}

/** More years lie behind an earlier day, more days ahead before a later one. */
function bounded(
  column: Sql,
  kind: FactKind,
  op: SegmentCondition["op"],
  [first, second]: readonly [string, string],
  today: string,
): Predicate {
  const value = (given: string): Sql => {
    if (kind === "money") return sql`${given}::bigint`;
    if (kind === "count") return sql`${given}::int`;
    if (kind === "years") return sql`(${today}::date - make_interval(months => round(${given}::numeric * 12)::int))::date`;
    if (kind === "ahead") return sql`${today}::date + ${given}::int`;
    return kind === "share" ? sql`(${given}::numeric / 100)::real` : sql`${given}::real`;
  };
  const [atLeast, atMost] = kind === "years" ? [sql`<=`, sql`>=`] : [sql`>=`, sql`<=`];
  if (op === "equals") return sql<boolean>`${column} = ${value(first)}`;
  if (op === "at_least") return sql<boolean>`${column} ${atLeast} ${value(first)}`;
  if (op === "at_most") return sql<boolean>`${column} ${atMost} ${value(first)}`;
  return sql<boolean>`(${column} ${atLeast} ${value(first)} and ${column} ${atMost} ${value(second)})`;
}

function listed(column: Sql, op: SegmentCondition["op"], values: readonly string[], type: "text[]" | "uuid[]"): Predicate {
  return op === "any_of"
    ? sql<boolean>`${column} = any (${values}::${sql.raw(type)})`
    : sql<boolean>`(${column} is null or ${column} <> all (${values}::${sql.raw(type)}))`;
}

/** One column of a cluster's space, over `f`: dates as days before the day of the facts. */
export function scaledColumn(key: string, kind: FactKind, { log, middle, width }: ClusterDefinition["scales"][number]): Sql {
  const dated =
    kind === "days" || kind === "years"
      ? `(f.as_of - f.${key})`
      : kind === "ahead"
        ? `(f.${key} - f.as_of)`
        : kind === "flag"
          ? `f.${key}::int`
          : `f.${key}`;
  const value = sql`coalesce(${sql.raw(dated)}::double precision, ${middle})`;
  const shaped = log ? sql`sign(${value}) * ln(1 + abs(${value}))` : value;
  const [centre, spread] = log ? [Math.sign(middle) * Math.log1p(Math.abs(middle)), width] : [middle, width];
  return sql`least(greatest((${shaped} - ${centre}::double precision) / ${spread}::double precision, -5), 5)`;
}

/** Nearest to this centre, the first of equal ones. */
export function clusterPredicate({ keys, scales, centres, place }: ClusterDefinition, kinds: FieldKinds): Predicate {
  const distances = centres.map((centre) =>
    sql.join(
      keys.map((key, at) => {
        const scale = scales[at];
        const kind = kinds.get(key);
        if (scale === undefined || kind === undefined || kind === "branch" || kind === "member")
          throw new Error(`the cluster has no scale for ${key}`);
        return sql`power(${scaledColumn(key, kind, scale)} - ${centre[at] ?? 0}::double precision, 2)`;
      }),
      sql` + `,
    ),
  );
  const others = distances.filter((_, at) => at !== place);
  const own = distances[place] ?? sql`0`;
  return others.length === 0 ? sql<boolean>`true` : sql<boolean>`(${own}) < least(${sql.join(others)})`;
}
