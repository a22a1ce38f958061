import { sql, type Tx } from "../../../platform/db/index.ts";
import { sealIdentifiers } from "../../identifiers/index.ts";
import type { FilePlan } from "../mapping/plan.ts";
import { columnActs, hideInCell } from "../reading/index.ts";
import { sealWith } from "./seal-numbers.ts";
import { stagedColumns } from "./staging.ts";

/** Rows that are in memory already into `staged`, with what the reader would have computed. */
export async function stageCells(tx: Tx, plan: FilePlan, rows: readonly { line: number; cells: readonly string[] }[]): Promise<void> {
  const columns = stagedColumns(plan);
  const seal = sealWith(await sealIdentifiers(tx));
  const acts = columnActs(plan.cards);
  const values = rows.map(({ line, cells: given }) => {
    const cells = given.map((cell, column) => hideInCell(cell, acts[column]));
    const computed =
      plan.append?.compute(
        plan.append.inputs.map((index) => cells[index] ?? ""),
        seal,
      ) ?? [];
    return [line, ...cells, ...computed];
  });
  const list = columns.map((_, index) => `coalesce(r ->> ${index + 1}, '')`).join(", ");
  await sql`
    insert into staged (line_no, ${sql.raw(columns.join(", "))})
    select (r ->> 0)::bigint, ${sql.raw(list)} from jsonb_array_elements(${JSON.stringify(values)}::jsonb) r`.execute(tx);
}

/** Leaves only the records that the given rows stand for: one kind of one line. */
export async function keepOnlyKinds(tx: Tx, kinds: ReadonlySet<string>, rows: readonly { lineNo: number; kind: string }[]): Promise<void> {
  for (const kind of kinds) {
    const lines = rows.filter((row) => row.kind === kind).map((row) => row.lineNo);
    await sql`delete from ${sql.table(`cast_${kind}`)} where line_no <> all (${lines}::bigint[])`.execute(tx);
  }
}
