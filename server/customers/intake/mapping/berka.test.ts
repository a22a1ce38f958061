import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { stage } from "../../../../tests/support/cast-rows.ts";
import { test } from "../../../../tests/support/database.ts";
import { sql, type Tx } from "../../../platform/db/index.ts";
import { readFirstRows, readHeader } from "../reading/index.ts";
import { parseMapping, planFile, readingFormat } from "./index.ts";
import type { FilePlan } from "./plan.ts";

const folder = join(process.env.VINCULO_TEST_DATA ?? join(import.meta.dirname, "../../../../../shared/data"), "berka");
const isThere = existsSync(folder);
if (!isThere) {
  process.stderr.write(`SKIPPED: the mapping of the Berka bank was not tried on its files, ${folder} is missing\n`);
}

const mapping = parseMapping(readFileSync(join(import.meta.dirname, "../../../../docs/examples/berka/mapping.yaml"), "utf8"));

async function open(fileNo: number): Promise<{ plan: FilePlan; rows: string[][] }> {
  const path = join(folder, mapping.files[fileNo]?.file ?? "");
  const format = readingFormat(mapping, fileNo);
  const plan = planFile(mapping, fileNo, await readHeader(path, format));
  const { rows, bad } = await readFirstRows(path, { ...plan.format, header: false, skipLines: 1 }, 100_000);
  expect(bad).toEqual([]);
  return { plan, rows: rows.map((row) => row.cells) };
}

interface Totals {
  readonly rows: number;
  readonly problems: number;
  readonly figure: string | null;
}

/** Casts a whole file; `figure` is SQL over the record that is wanted. */
async function totals(tx: Tx, fileNo: number, record: number, figure: string): Promise<Totals> {
  const { plan, rows } = await open(fileNo);
  await stage(tx, "staged", plan, rows);
  const tables: Record<string, string> = {};
  for (const lookup of plan.lookups) {
    const other = await open(lookup.fileNo);
    await stage(tx, "other", other.plan, other.rows);
    tables[lookup.name] = `lookup_${fileNo}_${record}`;
    await sql.raw(`create temp table lookup_${fileNo}_${record} as ${lookup.select("other", other.plan.header)}`).execute(tx);
  }
  const select = plan.records[record]?.select("staged", tables) ?? "";
  const result =
    await sql<Totals>`select count(*)::int as rows, count(problem_reason)::int as problems, (${sql.raw(figure)})::text as figure from (${sql.raw(select)}) x`.execute(
      tx,
    );
  return result.rows[0] as Totals;
}

describe.runIf(isThere)("the Berka bank", () => {
  test.for([
    ["districts as places", 0, 0, "count(distinct region)", 77, "8"],
    ["districts as branches", 0, 1, "count(key)", 77, "77"],
    ["clients, sexes decoded", 1, 0, "count(*) filter (where sex = 'female')", 5369, "2645"],
    ["clients, birth dates decoded", 1, 0, "count(born_on)", 5369, "5369"],
    ["accounts, each with its owner", 2, 0, "count(owner)", 4500, "4500"],
    ["roles", 3, 0, "count(*) filter (where role = 'authorised')", 5369, "869"],
    ["loans", 4, 0, "sum(amount)", 682, "10326174000"],
    ["loans in arrears or defaulted", 4, 0, "count(*) filter (where status in ('in_arrears', 'defaulted'))", 682, "76"],
    ["cards, each with its account", 5, 0, "count(attached_to)", 892, "892"],
    ["standing orders", 6, 0, "sum(amount)", 6471, "2122899360"],
    ["transactions", 7, 0, "sum(amount)", 49_102, "3924614280"],
    ["transactions, debits", 7, 0, "sum(amount) filter (where amount < 0)", 49_102, "-13812015350"],
  ] as const)("%s: every row is read, and the figures are those of the files", async ([, fileNo, record, figure, rows, value], { tx }) => {
    expect(await totals(tx, fileNo, record, figure)).toEqual({ rows, problems: 0, figure: value });
  });
});
