import { parseMapping, planFile } from "../../server/customers/intake/mapping/index.ts";
import type { FilePlan } from "../../server/customers/intake/mapping/plan.ts";
import { sql, type Tx } from "../../server/platform/db/index.ts";

export interface CastRow {
  readonly [column: string]: unknown;
  readonly problem_reason: string | null;
  readonly problem_field: string | null;
  readonly problem_class: string | null;
}

/** The plan of a mapping with one file; `body` is what stands below `- file: f.csv`. */
export function plan(header: readonly string[], body: string, more = ""): FilePlan {
  return planFile(parseMapping(`vinculo: 1\nname: t\nsource: { code: t, name: T }\n${more}\nfiles:\n  - file: f.csv\n${body}`), 0, header);
}

/** What a record of a plan comes to for rows of cells, staged as the engine stages them. */
export async function cast(
  tx: Tx,
  file: FilePlan,
  rows: readonly (readonly string[])[],
  record = 0,
  lookups: Record<string, string> = {},
): Promise<CastRow[]> {
  await stage(tx, "staged", file, rows);
  const result = await sql<CastRow>`${sql.raw(file.records[record]?.select("staged", lookups) ?? "")} order by line_no`.execute(tx);
  return result.rows;
}

export async function stage(tx: Tx, name: string, file: FilePlan, rows: readonly (readonly string[])[]): Promise<void> {
  const { append } = file;
  const whole = rows.map((row) => [
    ...row,
    ...(append === null
      ? []
      : append.compute(
          append.inputs.map((input) => row[input] ?? ""),
          () => "",
        )),
  ]);
  const names = [
    ...file.header.map((_, index) => `c${index + 1}`),
    ...Array.from({ length: append?.count ?? 0 }, (_, index) => `t${index + 1}`),
  ];
  await sql
    .raw(`drop table if exists ${name}; create temp table ${name} (line_no bigint, ${names.map((column) => `${column} text`).join(", ")})`)
    .execute(tx);
  const cells = names.map((_, index) => sql`${whole.map((row) => row[index] ?? "")}::text[]`);
  await sql`insert into ${sql.table(name)} select n, ${sql.join(names.map((_, index) => sql.raw(`u.x${index + 1}`)))}
    from unnest(${sql.join(cells)}) with ordinality as u (${sql.raw(names.map((_, index) => `x${index + 1}`).join(", "))}, n)`.execute(tx);
}
