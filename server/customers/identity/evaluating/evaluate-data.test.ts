import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test, vi } from "vitest";
import { type MatchRecord, matchRecords, pairMeasures, pairsOf, RecordTable, truePairs } from "../matching/index.ts";
import { evaluateMatching } from "./index.ts";

vi.setConfig({ testTimeout: 240_000 });

const data = process.env.VINCULO_TEST_DATA ?? join(import.meta.dirname, "../../../../../shared/data");
const isThere = existsSync(join(data, "febrl3"));
if (!isThere) process.stderr.write(`SKIPPED: matching was not measured on real sets, ${data} is missing\n`);

const folder = mkdtempSync(join(tmpdir(), "vinculo-evaluate-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function linesOf(path: string): string[] {
  return gunzipSync(readFileSync(join(data, path)))
    .toString()
    .trim()
    .split("\n");
}

function say(what: string, { pairwise, cluster, blockingRecall, pairsCompared }: Awaited<ReturnType<typeof evaluateMatching>>): void {
  const round = (value: number) => Math.round(value * 10_000) / 10_000;
  const { precision, recall, f1 } = pairwise;
  process.stdout.write(
    `${what}: precision ${round(precision)}, recall ${round(recall)}, F1 ${round(f1)}; clusters F1 ${round(cluster.f1)}; blocking ${round(blockingRecall)}; ${pairsCompared} pairs\n`,
  );
}

test.runIf(isThere)("febrl3: pairwise F1 of 0.99 at the default threshold", async () => {
  const keys = linesOf("febrl3/dataset3.csv.gz")
    .slice(1)
    .map((line) => (line.split(",")[0] ?? "").trim());
  const pairs = truePairs({ clusterOf: keys.map((key) => key.split("-")[1]) }).map(([a, b]) => `${keys[a]},${keys[b]}`);
  const evaluation = await evaluateMatching({
    records: join(data, "febrl3/dataset3.csv.gz"),
    columns: file(
      "febrl3.yaml",
      `key: rec_id
names: [{ given: given_name, family: surname }]
addresses: [{ number: street_number, line: [address_1, address_2], postal_code: postcode, city: suburb }]
birth_date: date_of_birth
identifiers: [{ column: soc_sec_id }]
`,
    ),
    truth: { pairs: file("febrl3-pairs.csv", `left,right\n${pairs.join("\n")}\n`) },
  });
  say("febrl3", evaluation);
  expect(evaluation.truePairs).toBe(6538);
  expect(evaluation.pairwise.f1).toBeGreaterThan(0.99);
  expect(evaluation.cluster.f1).toBeGreaterThan(0.98);
});

const fakeColumns = `key: unique_id
names: [{ given: first_name, family: surname }]
addresses: [{ city: city }]
birth_date: dob
emails: [email]
`;

test.runIf(isThere)("splink fake_1000: by cluster and by labelled pairs", async () => {
  const order = { records: join(data, "splink-fake-1000/fake_1000.csv.gz"), columns: file("fake.yaml", fakeColumns) };
  const byCluster = await evaluateMatching({ ...order, truth: { clusterColumn: "cluster" } });
  say("fake_1000", byCluster);
  expect(byCluster.truePairs).toBe(2031);
  expect(byCluster.pairwise.precision).toBeGreaterThan(0.98);
  expect(byCluster.pairwise.recall).toBeGreaterThan(0.92);
  const byPairs = await evaluateMatching({ ...order, truth: { pairs: join(data, "splink-fake-1000/fake_1000_labels.csv.gz") } });
  expect(byPairs.pairwise.precision).toBeGreaterThan(0.98);
  expect(byPairs.truePairs).toBe(2031);
});

test.runIf(isThere)("linking two files judges pairs across them only", async () => {
  const [header = "", ...lines] = linesOf("splink-fake-1000/fake_1000.csv.gz");
  const half = (odd: number) => `${header}\n${lines.filter((_, place) => place % 2 === odd).join("\n")}\n`;
  const evaluation = await evaluateMatching({
    records: file("even.csv", half(0)),
    against: file("odd.csv", half(1)),
    columns: file("fake.yaml", fakeColumns),
    truth: { clusterColumn: "cluster" },
  });
  say("fake_1000 in two files", evaluation);
  expect(evaluation.truePairs).toBeLessThan(2031);
  expect(evaluation.pairwise.f1).toBeGreaterThan(0.9);
});

/** Berka's birth numbers are identifiers: YYMMDD, month + 50 for women. A second source knows the same people under worn names and other dates. */
test.runIf(isThere)("Berka's people joined with a second source: precision 1.0 on verified identifiers", async () => {
  const clients = linesOf("berka/client.asc.gz")
    .slice(1, 2001)
    .map((line) => line.replaceAll('"', "").split(";"));
  const table = new RecordTable();
  const clusterOf: string[] = [];
  for (const [id = "", birthNumber = ""] of clients) {
    const month = Number(birthNumber.slice(2, 4)) % 50;
    const birthDate = `19${birthNumber.slice(0, 2)}-${String(month).padStart(2, "0")}-${birthNumber.slice(4)}`;
    const identifier = { scheme: "national_id", country: "CZ", value: `${birthNumber}${id.padStart(4, "0")}`, verified: true };
    const record = (source: string, rest: Partial<MatchRecord>): MatchRecord => ({
      source,
      key: id,
      kind: "person",
      birthDate,
      identifiers: [identifier],
      ...rest,
    });
    table.add(record("core", {}));
    clusterOf.push(id);
    if (Number(id) % 3 === 0) continue;
    // Every fifth has its identifier unverified and mistyped here.
    const slip = { ...identifier, value: identifier.value.replace(/.$/, "x"), verified: false };
    table.add(record("cards", Number(id) % 5 === 0 ? { identifiers: [slip] } : { birthDate: "" }));
    clusterOf.push(id);
  }
  const { clusters } = await matchRecords({ table });
  const { precision, recall } = pairMeasures(
    clusters.flatMap((cluster) => pairsOf(cluster.records)),
    truePairs({ clusterOf }),
  );
  process.stdout.write(`berka with a second source: precision ${precision}, recall ${recall}\n`);
  expect(precision).toBe(1);
  expect(recall).toBeGreaterThan(0.75);
});

test("what is wrong with the files is said in a sentence", async () => {
  const records = file("two.csv", "id;name\n1;Ana Gil\n2;Ana Gil\n");
  const truth = { clusterColumn: "who" };
  await expect(evaluateMatching({ records, columns: file("odd.yaml", "names: [{ fulll: name }]"), truth })).rejects.toThrow("names");
  await expect(evaluateMatching({ records, columns: file("other.yaml", "names: [{ full: title }]"), truth })).rejects.toThrow(
    'no column "title"',
  );
  await expect(evaluateMatching({ records, columns: file("good.yaml", "names: [{ full: name }]"), truth })).rejects.toThrow(
    'no column "who"',
  );
  await expect(evaluateMatching({ records: join(folder, "none.csv"), columns: file("good.yaml", "key: id"), truth })).rejects.toThrow(
    "cannot be read",
  );
});
