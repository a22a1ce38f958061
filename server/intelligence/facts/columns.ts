import { catalogue } from "./catalogue/index.ts";
import type { FactKind } from "./contract.ts";
import type { Fact } from "./fact.ts";

const types: Readonly<Record<FactKind, string>> = {
  count: "int",
  money: "bigint",
  share: "real",
  number: "real",
  days: "date",
  ahead: "date",
  years: "date",
  code: "text",
  flag: "boolean",
};

export const columnType = (fact: Fact): string => types[fact.kind];

/** Counts and money of what is computed are never null: nothing is 0. That keeps them in front, at fixed places in the row, which is what makes counting quick. */
export const isFixed = (fact: Fact): boolean => (fact.kind === "count" || fact.kind === "money") && fact.origin !== "supplied";

/**
 * db/repeatable/facts.sql: the columns of intelligence.customer_fact and fact_block that the catalogue asks for; those it no longer names go. A block that
 * lacks a column is stale.
 */
export function factColumnsSql(facts: readonly Fact[] = catalogue): string {
  const ordered = [...facts].sort((a, b) => rank(a) - rank(b));
  const columns = ordered.map(
    (fact) => `  add column if not exists ${fact.key} ${columnType(fact)}${isFixed(fact) ? " not null default 0" : ""}`,
  );
  const arrays = ordered.map((fact) => `  add column if not exists ${fact.key} ${columnType(fact)}[] storage external`);
  const known = (own: readonly string[]) =>
    [...facts.map(({ key }) => key), ...own]
      .sort()
      .map((key) => `'${key}'`)
      .join(", ");
  const forget = (table: string, own: readonly string[]) => `
  for gone in select attname from pg_attribute where attrelid = 'intelligence.${table}'::regclass and attnum > 0 and not attisdropped
    and attname <> all (array[${known(own)}]) loop
    execute format('alter table intelligence.${table} drop column %I', gone);
  end loop;`;
  return `-- Made by npm run generate from the catalogue of facts (server/intelligence/facts/catalogue); do not edit.
do $$
declare gone text;
begin${forget("customer_fact", ownColumns)}${forget("fact_block", blockColumns)}
end $$;
alter table intelligence.customer_fact
${columns.join(",\n")};
alter table intelligence.fact_block
${arrays.join(",\n")};
insert into intelligence.stale_block (block_no) select block_no from intelligence.fact_block;
`;
}

const ownColumns = ["customer_id", "branch_id", "portfolio_id", "as_of", "compartments", "block_no"];
/** What a block knows of its customers beside the catalogue. */
export const blockColumns: readonly string[] = ["block_no", "customer_id", "branch_id", "as_of"];

const rank = (fact: Fact): number => (isFixed(fact) ? (fact.kind === "money" ? 0 : 1) : fact.kind === "code" ? 3 : 2);
