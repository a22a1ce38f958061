import { expect, test, vi } from "vitest";
import { type BankRecord, bankRecords } from "../../../../bench/identity-records.ts";
import { clusterMeasures, groupsOf, matchRecords, measures, pairMeasures, pairsOf, RecordTable, truePairs, withSingles } from "./index.ts";

vi.setConfig({ testTimeout: 240_000 });

type Pair = readonly [number, number];

/** Pairs by what they are called, measured one by one. */
function byName(found: readonly Pair[], wanted: readonly Pair[], nameOf: (pair: Pair) => string): Record<string, number> {
  const [foundBy, wantedBy] = [Map.groupBy(found, nameOf), Map.groupBy(wanted, nameOf)];
  return Object.fromEntries(
    [...wantedBy].map(([name, pairs]) => [name, Math.round(pairMeasures(foundBy.get(name) ?? [], pairs).f1 * 1_000) / 1_000]),
  );
}

test("the demo bank: five languages, five sources, names in two scripts", async () => {
  const records: BankRecord[] = [...bankRecords(6_000)];
  const table = new RecordTable();
  for (const { record } of records) table.add(record);
  const { clusters, doubtful } = await matchRecords({ table });
  const wanted = truePairs({ clusterOf: records.map(({ customer }) => String(customer)) });
  const found = clusters.flatMap((cluster) => pairsOf(cluster.records));
  const all = pairMeasures(found, wanted);
  const whole = clusterMeasures(
    withSingles(
      clusters.map((cluster) => cluster.records),
      records.length,
    ),
    withSingles(groupsOf(wanted, records.length), records.length),
  );
  const languages = byName(found, wanted, ([a]) => records[a]?.language ?? "");
  const sources = byName(found, wanted, ([a, b]) => [records[a]?.record.source, records[b]?.record.source].sort().join("-"));
  process.stdout.write(`demo bank: ${JSON.stringify({ all, cluster: whole.f1, languages, sources, doubtful: doubtful.length })}\n`);
  expect(all.precision).toBeGreaterThan(0.998);
  expect(all.recall).toBeGreaterThan(0.985);
  expect(whole.f1).toBeGreaterThan(0.98);
  expect(Math.min(...Object.values(languages))).toBeGreaterThan(0.97);
  expect(Math.min(...Object.values(sources))).toBeGreaterThan(0.95);
});

test("nothing found and nothing wanted is no failure", () => {
  expect(measures(0, 0, 0)).toMatchObject({ precision: 1, recall: 1 });
});
