import { sql, type Tx } from "../../platform/db/index.ts";
import type { Dimension, QualityField } from "./contract.ts";
import { measures } from "./measures.ts";

interface Check {
  /** Whether the rule has anything to say of the record `b`. */
  readonly applies: string;
  readonly fails: string;
}

type Sql = ReturnType<typeof sql>;

const person = "b.kind = 'person'";
const company = "b.kind = 'organisation'";
const missing = (column: string, applies = "true"): Check => ({ applies, fails: `b.${column} is null` });
const old = (applies: string, at: string, ruleNo: number): Check => ({ applies, fails: `${at} + rule.months_${ruleNo} < now()` });
const differs = (column: string, value = `b.${column} is not null`): Check => ({
  applies: `c.several_${column} > 1 and ${value}`,
  fails: `c.distinct_${column} > 1`,
});

/** What each rule asks of a record `b`, its contact points `k`, its identifiers `i`, and the other records of the same customer `c`. */
const checks: Readonly<Record<Dimension, Partial<Record<QualityField, Check>>>> = {
  completeness: {
    full_name: { applies: "true", fails: "length(btrim(b.full_name)) < 2" },
    born_on: missing("born_on", person),
    sex: missing("sex", person),
    nationality: missing("nationality", person),
    national_id: { applies: person, fails: "i.party_id is null" },
    phone: { applies: "true", fails: "k.phone_at is null" },
    email: { applies: "true", fails: "k.email_at is null" },
    address: { applies: "true", fails: "k.address_at is null" },
    language: missing("language"),
    occupation: missing("occupation", person),
    industry: missing("industry", company),
    legal_form: missing("legal_form", company),
  },
  validity: {
    full_name: {
      applies: "length(btrim(b.full_name)) >= 2",
      fails:
        "lower(btrim(b.full_name)) = any (rule.no_names) or b.full_name ~ '^(.)\\1+$' or (b.kind = 'person' and b.full_name ~ '[0-9]')",
    },
    born_on: {
      applies: `${person} and b.born_on is not null`,
      fails: `b.born_on > current_date or b.born_on < current_date - rule.years_max or b.born_on::text = any (rule.no_dates)
        or b.born_on::text = any (rule.shared_dates)`,
    },
    national_id: { applies: "i.wrong is not null", fails: "i.wrong" },
    phone: { applies: "k.phone_at is not null", fails: "k.phone_wrong" },
    email: { applies: "k.email_at is not null", fails: "k.email_wrong" },
    address: { applies: "k.address_at is not null", fails: "k.address_wrong" },
  },
  freshness: {
    phone: old("k.phone_at is not null", "k.phone_at", 32),
    email: old("k.email_at is not null", "k.email_at", 33),
    address: old("k.address_at is not null", "k.address_at", 34),
    occupation: old(`${person} and b.occupation is not null`, "b.changed_at", 35),
    industry: old(`${company} and b.industry is not null`, "b.changed_at", 36),
  },
  conflict: {
    born_on: differs("born_on"),
    sex: differs("sex"),
    nationality: differs("nationality"),
    national_id: { applies: "d.several > 1 and i.party_id is not null", fails: "d.differs" },
    language: differs("language"),
    industry: differs("industry"),
    legal_form: differs("legal_form"),
  },
};
const clashing = ["born_on", "sex", "nationality", "language", "industry", "legal_form"];

const checkOf = ({ dimension, field }: (typeof measures)[number]): Check => {
  const check = checks[dimension][field];
  if (check === undefined) throw new Error(`no check for ${dimension} of ${field}`);
  return check;
};
const bits = (test: (measure: (typeof measures)[number]) => string) =>
  sql.raw(measures.map((measure) => `case when ${test(measure)} then ${1n << BigInt(measure.ruleNo)} else 0 end`).join("\n | "));
const checkedBits = bits((measure) => checkOf(measure).applies);
const failingBits = bits((measure) => `(${checkOf(measure).applies}) and (${checkOf(measure).fails})`);
const freshness = measures.filter(({ dimension }) => dimension === "freshness");
const turning = (measure: (typeof measures)[number]) => {
  const { applies, fails } = checkOf(measure);
  const at = fails.replace(" < now()", "");
  return `case when rule.active >> ${measure.ruleNo} & 1 = 1 and ${applies} and ${at} >= now() then (${at})::date + 1 end`;
};
const turnsOn = sql.raw(`least(${freshness.map(turning).join(", ")})`);
const months = sql.raw(
  freshness
    .map(
      ({ ruleNo }) => `make_interval(months => max((parameter ->> 'months')::int) filter (where rule_no = ${ruleNo})) as months_${ruleNo}`,
    )
    .join(", "),
);
const clashes = sql.raw(
  clashing.map((name) => `count(${name}) as several_${name}, count(distinct ${name}) as distinct_${name}`).join(", "),
);
const listOf = (ruleNo: number) =>
  sql.raw(
    `array(select jsonb_array_elements_text(r.parameter -> 'placeholders') from customers.quality_rule r where r.rule_no = ${ruleNo})`,
  );

// Anything else than + and the digits of country and number is not what a telephone network takes.
const PHONE = "^[+][1-9][0-9]{6,14}$";
const EMAIL = "^[^@[:space:]]+@[^@[:space:].]+([.][^@[:space:].]+)+$";

/** What is found of the records of `customers` (rows with a customer_id), as they stand now. */
const found = (customers: Sql) => sql`
  rule as materialized (
    select bit_or(case when active then 1::bigint << rule_no else 0 end) as active, max(changed_at) as changed_at, ${months},
      max((parameter ->> 'yearsMax')::int) filter (where rule_no = 17) * 365 as years_max, ${listOf(16)} as no_names, ${listOf(17)} as no_dates,
      array(select value from customers.quality_placeholder where rule_no = 17) as shared_dates
    from customers.quality_rule
  ), batch as materialized (
    select p.*, g.branch_id, g.party_count from ${customers} t join customers.party p using (customer_id) join customers.customer g using (customer_id)
    where g.compartments is null
  ), contacts as (
    select party_id, max(c.changed_at) filter (where c.kind = 'phone') as phone_at, max(c.changed_at) filter (where c.kind = 'email') as email_at,
      max(c.changed_at) filter (where c.kind = 'address') as address_at,
      bool_or(c.kind = 'phone' and coalesce(c.normalised, '') !~ ${sql.lit(PHONE)}) as phone_wrong,
      bool_or(c.kind = 'email' and coalesce(c.normalised, c.value) !~ ${sql.lit(EMAIL)}) as email_wrong,
      bool_or(c.kind = 'address' and coalesce(c.parts ->> 'city', '') <> '' and coalesce(c.parts ->> 'country', '') = '') as address_wrong
    from batch join customers.contact_point c using (party_id) group by party_id
  ), numbers as materialized (
    select b.customer_id, b.party_count, n.party_id, n.scheme, n.country, n.blind, n.blind_next, n.check_fails from batch b join customers.identifier n using (party_id)
  ), ids as (
    select party_id, bool_or(check_fails) as wrong from numbers group by party_id
  ), clash as (
    select customer_id, ${clashes} from batch where party_count > 1 group by customer_id
  ), id_clash as (
    select customer_id, sum(parties) as several, bool_or(alike > 1) as differs
    -- While the key of the blind index changes, one of the two forms is there of all of them.
    from (select customer_id, count(distinct party_id) as parties, least(count(distinct blind), count(distinct coalesce(blind_next, blind))) as alike from numbers
      where party_count > 1 and scheme = 'national_id' group by customer_id, country) x group by customer_id
  ), fresh as materialized (
    select b.party_id, b.customer_id, b.source_id, b.branch_id, rule.active & (${checkedBits}) as checked, rule.active & (${failingBits}) as failing,
      ${turnsOn} as turns_on
    from batch b cross join rule left join contacts k using (party_id) left join ids i using (party_id)
      left join clash c using (customer_id) left join id_clash d using (customer_id)
  )`;

/**
 * Looks at every record of the given customers and moves the figures by what changed. Parties that are no more are taken out, and so are those of sealed
 * customers: figures are the same for everybody, and may not tell of who is not there. Each party belongs
 * to one customer, so batches of different customers never write the same row.
 */
async function refresh(tx: Tx, customers: Sql): Promise<void> {
  await sql`
    with ${found(customers)}, before as materialized (
      select q.* from fresh f join customers.party_quality q using (party_id)
    ), gone as (
      delete from customers.party_quality q using ${customers} t
      where q.customer_id = t.customer_id and (not exists (select from customers.party p where p.party_id = q.party_id)
        or exists (select from customers.customer g where g.customer_id = t.customer_id and g.compartments is not null))
      returning q.source_id, q.branch_id, q.checked, q.failing
    ), changed as materialized (
      select f.* from fresh f cross join rule left join before o using (party_id)
      where o.party_id is null or o.computed_at < rule.changed_at
        or (o.customer_id, o.source_id, o.branch_id, o.checked, o.failing, o.turns_on) is distinct from (f.customer_id, f.source_id, f.branch_id, f.checked, f.failing, f.turns_on)
    ), written as (
      insert into customers.party_quality (party_id, customer_id, source_id, branch_id, checked, failing, turns_on)
      select party_id, customer_id, source_id, branch_id, checked, failing, turns_on from changed order by party_id
      on conflict (party_id) do update set customer_id = excluded.customer_id, source_id = excluded.source_id, branch_id = excluded.branch_id,
        checked = excluded.checked, failing = excluded.failing, turns_on = excluded.turns_on, computed_at = excluded.computed_at
    ), step as (
      select source_id, branch_id, checked, failing, count(*)::int as n from changed group by 1, 2, 3, 4
      union all
      select o.source_id, o.branch_id, o.checked, o.failing, -count(*)::int from before o join changed using (party_id) group by 1, 2, 3, 4
      union all
      select source_id, branch_id, checked, failing, -count(*)::int from gone group by 1, 2, 3, 4
    ), moved as (
      select s.source_id, s.branch_id, r.rule_no, sum(s.n)::int as records, sum(s.n * (s.failing >> r.rule_no & 1))::int as failing
      from step s join customers.quality_rule r on s.checked >> r.rule_no & 1 = 1 group by 1, 2, 3
    )
    insert into customers.quality_figure (source_id, branch_id, rule_no, records, failing)
    select source_id, branch_id, rule_no, records, failing from moved where records <> 0 or failing <> 0`.execute(tx);
}

/** The customers of one batch of a refresh, whose golden values are written already; not those for whom only money moved. */
export const refreshBatch = (tx: Tx, batchNo: number) =>
  refresh(tx, sql`(select customer_id from touched_customer where batch_no = ${batchNo} and whole)`);

export const refreshCustomers = (tx: Tx, customerIds: readonly string[]) =>
  refresh(tx, sql`(select distinct unnest(${customerIds}::uuid[]) as customer_id)`);
