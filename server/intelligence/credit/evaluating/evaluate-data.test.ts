import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { evaluateBerka } from "./index.ts";

const folder = join(process.env.VINCULO_TEST_DATA ?? join(import.meta.dirname, "../../../../../shared/data"), "berka");
const isThere = existsSync(folder);
if (!isThere) process.stderr.write(`SKIPPED: the loans of the Berka set were not scored, ${folder} is missing\n`);

describe.skipIf(!isThere)("the Berka loans", () => {
  test("all 682 are scored, learned from earlier and judged on later ones, from the first 90 days where there are any", () => {
    const evaluation = evaluateBerka(folder);
    expect([evaluation.loans, evaluation.bad, evaluation.withTransactions]).toEqual([682, 76, 160]);
    const { laterWithTransactions: later } = evaluation;
    expect(later.loans + evaluation.learnedFrom).toBeLessThanOrEqual(682);
    // 64 loans, 11 of them bad: the error of an AUC of .66 is about .09, so this says better than chance and no more.
    expect(later.championAuc).toBeGreaterThan(0.6);
    expect(later.challengerAuc).toBeGreaterThan(0.6);
  });
});
