import { FileContext } from "./file-context.ts";
import { nameOf } from "./layout.ts";
import { tableName } from "./literal.ts";
import type { LookupPlan } from "./plan.ts";
import { Problems } from "./problems.ts";
import { refuseProblems } from "./refuse.ts";

/** Rows of the file looked into, as key and values. Fails with `invalid_input` when its header lacks what the lookup names. */
export function lookupSelect(context: FileContext, name: string): LookupPlan["select"] {
  return (staged, header) => {
    const { mapping, path } = context;
    const lookup = context.file.lookups?.[name];
    const target = mapping.files.findIndex((file) => nameOf(file) === lookup?.file);
    const at = [...path, "lookups", name];
    const problems = new Problems(context.problems.locate);
    const there = new FileContext(mapping, target, header, problems);
    const key = there.column(lookup?.key ?? "", [...at, "key"])?.sql ?? "''";
    const where = lookup?.where === undefined ? null : there.expression(lookup.where, [...at, "where"]);
    if (where !== null && where.compiled.type !== "boolean") {
      problems.report([...at, "where"], "where needs a condition, for instance type = 'OWNER'");
    }
    const values = (context.taken.get(name) ?? []).map((column, index) => `${there.column(column, at)?.sql ?? "''"} as v${index + 1}`);
    refuseProblems(problems);
    const condition = where === null ? "" : ` and ${where.compiled.sql}`;
    const from = there.named.over(`${tableName(staged)} s`);
    return `select distinct on (1) ${[`${key} as key`, ...values].join(", ")} from ${from} where ${key} <> ''${condition} order by 1, s.line_no`;
  };
}
