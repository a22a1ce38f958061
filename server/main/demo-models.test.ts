import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { test } from "../../tests/support/database.ts";
import { areaUnderCurve } from "../intelligence/learning/index.ts";
import { sql } from "../platform/db/index.ts";
import { fillDemoBank } from "./demo-bank.ts";
import { completeDemoModels } from "./demo-models.ts";

const CUSTOMERS = 700;

interface Told {
  readonly leavesOn: string | null;
  readonly fadesFrom: string | null;
  readonly records: readonly { readonly source: string; readonly key: string }[];
}

test("on a demo bank both models are trained, approved and in force; churn beats its rule of thumb by time, and finds who is leaving in truth", {
  timeout: 900_000,
}, async ({ db, admin }) => {
  const folder = mkdtempSync(join(tmpdir(), "vinculo-demo-models-"));
  try {
    await fillDemoBank(db, { customers: CUSTOMERS, folder }, () => undefined);
    await completeDemoModels(db);
    const { rows: models } = await sql<{ id: string; auc: number; baseline: number; rows: number }>`
      select m.model_id as id, (v.report #>> '{measures,auc}')::float8 as auc, (v.report #>> '{baseline,auc}')::float8 as baseline,
        (select count(*)::int from intelligence.customer_score s where s.model_id = m.model_id and s.version = v.version) as rows
      from intelligence.model m join intelligence.model_version v on v.model_id = m.model_id and v.version = m.champion_version order by 1`.execute(
      admin,
    );
    const churn = models.find(({ id }) => id === "churn");
    expect(churn?.auc).toBeGreaterThan(0.62);
    expect(churn?.auc).toBeGreaterThan((churn?.baseline ?? 1) + 0.03);
    expect(models.find(({ id }) => id === "next_product")?.auc).toBeGreaterThan(0.58);
    expect(models.every(({ rows }) => rows > CUSTOMERS / 2)).toBe(true);
    const { rows: scored } = await sql<{ key: string; chance: number; asOf: string }>`
      select s.code || ' ' || p.source_key as key, c.chance, c.as_of as "asOf" from intelligence.customer_score c join customers.party p using (customer_id)
        join customers.source s using (source_id) where c.model_id = 'churn'`.execute(admin);
    const chances = new Map(scored.map(({ key, chance }) => [key, chance]));
    const asOf = scored[0]?.asOf ?? "";
    const told = readFileSync(join(folder, "truth", "customers.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Told);
    const known = told.flatMap(({ leavesOn, fadesFrom, records }) => {
      const chance = records.map(({ source, key }) => chances.get(`${source} ${key}`)).find((one) => one !== undefined);
      const isLeaving = fadesFrom !== null && fadesFrom <= asOf && (leavesOn === null || leavesOn > asOf);
      return chance === undefined ? [] : [{ chance, isLeaving: Number(isLeaving) }];
    });
    expect(known.length).toBeGreaterThan(CUSTOMERS / 2);
    const auc = areaUnderCurve(
      Float64Array.from(known, ({ isLeaving }) => isLeaving),
      Float64Array.from(known, ({ chance }) => chance),
    );
    expect(auc).toBeGreaterThan(0.65);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
