import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { bankRecords } from "../../../../bench/identity-records.ts";
import { type IdentityModel, MatchIndex, type MatchRecord, matchRecords, RecordTable } from "./index.ts";

vi.setConfig({ testTimeout: 120_000 });

const bank = [...bankRecords(700)].map(({ record }) => record);

function tableOf(records: readonly MatchRecord[]): RecordTable {
  const table = new RecordTable();
  for (const record of records) table.add(record);
  return table;
}

async function match(records: readonly MatchRecord[], model?: IdentityModel) {
  const table = tableOf(records);
  const matching = await matchRecords({ table, ...(model === undefined ? {} : { model }) });
  return { ...matching, table, named: named(table, matching.clusters) };
}

/** Clusters by sources and keys, comparable between tables. */
function named(table: RecordTable, clusters: readonly { readonly records: readonly number[] }[]): string[] {
  return clusters.map(({ records }) => records.map((record) => table.refOf(record)).join(" | ")).sort();
}

const withId = (key: string, value: string, rest: Partial<MatchRecord> = {}): MatchRecord => ({
  source: "core",
  key,
  kind: "person",
  names: [{ full: "Layla Haddad" }],
  birthDate: "1984-03-09",
  phones: ["+971501234567"],
  emails: ["layla@post.example"],
  addresses: [{ line: "12 Harbour Street", city: "Dubai", postalCode: "4711" }],
  identifiers: [{ scheme: "national_id", country: "AE", value, verified: true }],
  ...rest,
});

test("the same records in any order give the same model and the same clusters", async () => {
  const { model, named: clusters } = await match(bank);
  expect(clusters.length).toBeGreaterThan(200);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(bank, { minLength: bank.length }), async (shuffled) => {
      const other = await match(shuffled);
      expect(other.model).toEqual(model);
      expect(other.named).toEqual(clusters);
    }),
    { numRuns: 2 },
  );
});

test("records that come one by one end in the clusters of a rebuild", async () => {
  const rebuilt = await match(bank);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(bank, { minLength: bank.length }),
      fc.integer({ min: 0, max: bank.length }),
      async (records, standing) => {
        const table = tableOf(records.slice(0, standing));
        const { edges, blocks } = await matchRecords({ table, model: rebuilt.model });
        const index = new MatchIndex(table, rebuilt.model, { edges, blocks });
        for (const record of records.slice(standing)) index.add(record);
        expect(named(table, index.clustersAround([...records.keys()]).clusters)).toEqual(rebuilt.named);
      },
    ),
    { numRuns: 6 },
  );
});

test("verified identifiers that differ keep two apart, whatever else agrees", async () => {
  const { named: clusters, doubtful } = await match([
    ...bank,
    withId("X1", "784198412345671"),
    withId("X2", "784198412345672"),
    withId("X3", "784198412345671", { source: "crm" }),
  ]);
  expect(clusters).toContain("core\tX1 | crm\tX3");
  expect(clusters.find((cluster) => cluster.includes("X2"))).toBeUndefined();
  expect(doubtful.some(({ reason }) => reason === "conflict")).toBe(true);
});

test("a person never joins an organisation", async () => {
  const { named: clusters } = await match([
    ...bank,
    withId("X1", "784198412345671"),
    withId("X2", "784198412345671", { kind: "organisation" }),
  ]);
  expect(clusters.find((cluster) => cluster.includes("X1") || cluster.includes("X2"))).toBeUndefined();
});

test("a phone, a date and a mailbox shared by many strangers bring nobody together and are named", async () => {
  const strangers = bank.map((record, place) =>
    place % 4 === 0
      ? { ...record, key: `${record.key}-${place}`, birthDate: "1980-01-02", phones: ["+97143334444"], emails: ["branch@bank.example"] }
      : record,
  );
  const { model, clusters, named: names } = await match(strangers);
  expect(model.placeholders).toMatchObject({ births: [19800102], phones: ["97143334444"], emails: ["branch@bank.example"] });
  expect(Math.max(...clusters.map(({ records }) => records.length))).toBeLessThan(10);
  expect(names.length).toBeGreaterThan(100);
});

test("records with nothing but a name join nobody for that", async () => {
  const bare = ["x", "y", "z"].map((key): MatchRecord => ({ source: "walk-in", key, kind: "person", names: [{ full: "Mohammed Ali" }] }));
  const { named: clusters } = await match([...bank, ...bare]);
  expect(clusters.filter((cluster) => cluster.includes("walk-in"))).toEqual([]);
});

test("what people keep apart stays apart", async () => {
  const { table, clusters, model } = await match(bank);
  const [cluster] = clusters.filter(({ records }) => records.length === 2);
  const [a = 0, b = 0] = cluster?.records ?? [];
  const decisions = [{ a, b, same: false }];
  const again = await matchRecords({ table, model, decisions });
  expect(again.clusters.some(({ records }) => records.includes(a) && records.includes(b))).toBe(false);
});

test("a question changes nothing and finds the record itself first", async () => {
  const { table, model, edges, blocks } = await match(bank);
  const index = new MatchIndex(table, model, { edges, blocks });
  const before = table.count;
  const asked = bank[10] as MatchRecord;
  const found = index.find({ ...asked, source: "form", key: "new" });
  expect(found.map(({ record }) => table.refOf(record))).toContain(`${asked.source}\t${asked.key}`);
  expect(table.count).toBe(before);
});

test("an empty table and a single record are no trouble", async () => {
  expect((await match([])).clusters).toEqual([]);
  expect((await match([withId("X1", "784198412345671")])).clusters).toEqual([]);
});

test("a model is plain JSON: read back, it says the same", async () => {
  const { model, named: clusters } = await match(bank);
  expect((await match(bank, JSON.parse(JSON.stringify(model)) as IdentityModel)).named).toEqual(clusters);
});
