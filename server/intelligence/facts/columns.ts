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

/** db/repeatable/facts.sql: the columns of intelligence.customer_fact that the catalogue asks for; those it no longer names go. */
export function factColumnsSql(facts: readonly Fact[] = catalogue): string {
  const ordered = [...facts].sort((a, b) => rank(a) - rank(b));
  const columns = ordered.map(
    (fact) => `  add column if not exists ${fact.key} ${columnType(fact)}${isFixed(fact) ? " not null default 0" : ""}`,
  );
  const known = [...facts.map(({ key }) => key), ...ownColumns].sort().map((key) => `'${key}'`);
  return `-- Made by npm run generate from the catalogue of facts (server/intelligence/facts/catalogue); do not edit.
do $$
declare gone text;
begin
  for gone in select attname from pg_attribute where attrelid = 'intelligence.customer_fact'::regclass and attnum > 0 and not attisdropped
    and attname <> all (array[${known.join(", ")}]) loop
    execute format('alter table intelligence.customer_fact drop column %I', gone);
  end loop;
end $$;
alter table intelligence.customer_fact
${columns.join(",\n")};
`;
}

const ownColumns = ["customer_id", "branch_id", "portfolio_id", "as_of", "compartments"];

const rank = (fact: Fact): number => (isFixed(fact) ? (fact.kind === "money" ? 0 : 1) : fact.kind === "code" ? 3 : 2);
