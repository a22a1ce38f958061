import fc from "fast-check";
import { describe, expect } from "vitest";
import { generateDemoBank } from "../../../db/demo/index.ts";
import { test } from "../../../tests/support/database.ts";
import { bankMapping, clientsHeader, deliveryOf, nif } from "../../../tests/support/delivery.ts";
import { bankUnit, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { scratchFolder } from "../../../tests/support/scratch-folder.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { type ImportResult, importDelivery, reverseLoad } from "../intake/index.ts";
import { decidePairs } from "./decide-pairs.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { joinCustomers, separateRecords } from "./join-and-separate.ts";
import { learnAndMatch } from "./learn-and-match.ts";
import { listDoubts } from "./list-doubts.ts";
import { readActiveModel } from "./match-store.ts";
import { explainPair, readIdentity } from "./read-identity.ts";

const asWorker = async <T>(db: Db, work: (tx: Tx) => Promise<T>) => inTransaction(db, await operatorCaller(db), work, { role: "worker" });

/** Which records stand together, without saying as which customer. */
async function partition(db: Db): Promise<string[]> {
  return asWorker(db, async (tx) => {
    const { rows } = await sql<{ members: string }>`
      select string_agg(s.code || ' ' || p.source_key, ', ' order by s.code, p.source_key) as members
      from customers.party p join customers.source s using (source_id) group by p.customer_id order by 1`.execute(tx);
    return rows.map(({ members }) => members);
  });
}

/** Customers with their numbers and golden values, whose record belongs to whom, and what finds them. */
async function stateOf(db: Db): Promise<unknown> {
  return asWorker(db, async (tx) => {
    const { rows: customers } = await sql`
      select customer_id, customer_no, full_name, born_on, phone, party_count, holding_count, assets_minor from customers.customer order by 1`.execute(
      tx,
    );
    const { rows: parties } = await sql`select party_id, customer_id from customers.party order by 1`.execute(tx);
    const { rows: found } = await sql`select customer_id, terms::text from customers.search_entry order by 1`.execute(tx);
    return { customers, parties, found };
  });
}

async function bring(db: Db, source: string, lines: readonly string[], mapping = bankMapping(source)): Promise<ImportResult> {
  const delivery = deliveryOf(mapping, { "clients.csv": [clientsHeader, ...lines] });
  return importDelivery({ db, caller: await operatorCaller(db), ...delivery });
}

async function partyOf(db: Db, source: string, key: string): Promise<{ partyId: string; customerId: string }> {
  const { rows } = await asWorker(db, (tx) =>
    sql<{ partyId: string; customerId: string }>`
      select party_id as "partyId", customer_id as "customerId" from customers.party p join customers.source s using (source_id)
      where s.code = ${source} and p.source_key = ${key}`.execute(tx),
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`${source} ${key} is not there`);
  return found;
}

test("matching after each load comes to the clusters of a matching from nothing", { timeout: 120_000 }, async ({ db }) => {
  const caller = await operatorCaller(db);
  const folder = scratchFolder("identity");
  const { deliveries } = await generateDemoBank({ customers: 220, seed: 5, transactionsPerCustomer: 1, folder });
  const load = ({ mappingPath, folder: files }: (typeof deliveries)[number]) => importDelivery({ db, caller, mappingPath, folder: files });
  const [first, second, ...later] = deliveries;
  if (first === undefined || second === undefined) throw new Error("the demo bank has at least two sources");
  await load(first);
  await load(second);
  await learnAndMatch({ db, caller, loadNo: null });
  for (const delivery of later) await load(delivery);
  const stepwise = await partition(db);
  const model = await asWorker(db, readActiveModel);
  if (model === null) throw new Error("a model was learned");
  await learnAndMatch({ db, caller, loadNo: null, model });
  expect(await partition(db)).toEqual(stepwise);
});

describe("what a steward decides", () => {
  test("joins at once, parts again, and leaves everything as it was", async ({ db, admin }) => {
    const steward = await admin.transaction().execute(async (tx) => givenPerson(tx, "data_steward", await bankUnit(tx)));
    await bring(db, "east", ["1,Lucía Robles Peña,1971-03-04,B1,+34600555001,"]);
    await bring(db, "west", ["9,Matilde Ferrer,1990-11-30,B2,+34600555002,"]);
    const before = await stateOf(db);
    const [one, other] = [await partyOf(db, "east", "1"), await partyOf(db, "west", "9")];
    const asked = { otherCustomerId: other.customerId, reason: "one person, seen in the branch" };
    await joinCustomers(db, steward, one.customerId, asked);
    const joined = await partyOf(db, "west", "9");
    expect(joined.customerId).toBe((await partyOf(db, "east", "1")).customerId);
    const { history, members } = await inTransaction(db, steward, (tx) => readIdentity(tx, steward, joined.customerId));
    expect(members).toHaveLength(2);
    expect(history.filter(({ decision, undoneAt }) => decision === "steward" && undoneAt === null)).toHaveLength(1);
    await separateRecords(db, steward, joined.customerId, { partyIds: [other.partyId], reason: "the branch was wrong" });
    expect(await stateOf(db)).toEqual(before);
  });

  test("holds against a later load of the same records", async ({ db, admin }) => {
    const steward = await admin.transaction().execute(async (tx) => givenPerson(tx, "data_steward", await bankUnit(tx)));
    await bring(db, "north", [`1,Ana Lopez,1980-05-05,B1,+34600777001,${nif(4711)}`]);
    await bring(db, "south", [`1,Ana López,1980-05-05,B1,+34600777001,${nif(4711)}`]);
    const joined = await partyOf(db, "north", "1");
    const south = await partyOf(db, "south", "1");
    expect(south.customerId).toBe(joined.customerId);
    await separateRecords(db, steward, joined.customerId, { partyIds: [south.partyId], reason: "a number given twice" });
    expect((await partyOf(db, "south", "1")).customerId).not.toBe(joined.customerId);
    await bring(db, "south", [`1,Ana López,1980-05-06,B1,+34600777001,${nif(4711)}`]);
    expect((await partyOf(db, "south", "1")).customerId).not.toBe((await partyOf(db, "north", "1")).customerId);
  });

  test("is refused when verified identifiers differ, when somebody was quicker, and to who may not", async ({ db, admin }) => {
    const steward = await admin.transaction().execute(async (tx) => givenPerson(tx, "data_steward", await bankUnit(tx)));
    const manager = await admin.transaction().execute(async (tx) => givenPerson(tx, "relationship_manager", await bankUnit(tx)));
    const mapping = bankMapping("ids").replace("number: nif", "number: nif, verified: { value: true }");
    const lines = [`1,Raúl Vega,1960-01-02,B1,,${nif(81)}`, `2,Raúl Vega,1960-01-02,B1,,${nif(82)}`, "3,Raúl Vega,1960-01-02,B1,,"];
    await bring(db, "ids", lines, mapping);
    const [one, two, three] = [await partyOf(db, "ids", "1"), await partyOf(db, "ids", "2"), await partyOf(db, "ids", "3")];
    const same = (a: string, b: string, version: number | null, by: Caller) =>
      decidePairs(db, by, { pairs: [{ a, b, version }], decision: "same" });
    const differing = await explainPair(db, steward, one.partyId, two.partyId);
    expect(differing.conflict).toBe(true);
    await expect(same(one.partyId, two.partyId, differing.version, steward)).rejects.toMatchObject({ code: "invalid_state" });
    const { version } = await explainPair(db, steward, one.partyId, three.partyId);
    await expect(same(one.partyId, three.partyId, version, manager)).rejects.toMatchObject({ code: "not_allowed" });
    await same(one.partyId, three.partyId, version, steward);
    await expect(same(one.partyId, three.partyId, version, steward)).rejects.toMatchObject({ code: "conflict" });
    expect((await partyOf(db, "ids", "3")).customerId).toBe(one.customerId);
    // The third stands for both others: what is verified keeps them apart all the same.
    const again = await explainPair(db, steward, two.partyId, three.partyId);
    await expect(same(two.partyId, three.partyId, again.version, steward)).rejects.toMatchObject({ code: "invalid_state" });
    expect((await partyOf(db, "ids", "2")).customerId).not.toBe((await partyOf(db, "ids", "1")).customerId);
  });
});

test("whatever is joined and separated, in whatever order: every record is one customer's, and un-merging everything restores the first state", {
  timeout: 120_000,
}, async ({ db, admin }) => {
  const steward = await admin.transaction().execute(async (tx) => givenPerson(tx, "data_steward", await bankUnit(tx)));
  const names = ["Ada Brun", "Bodo Keller", "Cleo Dahl", "Dora Elm", "Egon Falk"];
  const records = await names.reduce<Promise<string[]>>(async (before, name, at) => {
    const known = await before;
    await bring(db, `chain${at}`, [`1,${name},19${50 + at * 7}-0${at + 1}-11,B${at},+3460088800${at},`]);
    return [...known, (await partyOf(db, `chain${at}`, "1")).partyId];
  }, Promise.resolve([]));
  const first = await stateOf(db);
  const customersOf = () =>
    asWorker(db, async (tx) => {
      const { rows } = await sql<{ partyId: string; customerId: string; links: number }>`
        select p.party_id as "partyId", p.customer_id as "customerId",
          (select count(*)::int from customers.identity_link l where l.party_id = p.party_id and l.undone_at is null and l.customer_id = p.customer_id) as links
        from customers.party p where p.party_id = any (${records}::uuid[]) order by 1`.execute(tx);
      return rows;
    });
  const separate = async (partyId: string) => {
    const all = await customersOf();
    const own = all.find((row) => row.partyId === partyId)?.customerId ?? "";
    if (all.filter(({ customerId }) => customerId === own).length < 2) return;
    await separateRecords(db, steward, own, { partyIds: [partyId], reason: "not the same" });
  };
  const join = async (a: string, b: string) => {
    const all = await customersOf();
    const [one = "", other = ""] = [a, b].map((id) => all.find((row) => row.partyId === id)?.customerId ?? "");
    if (one !== other) await joinCustomers(db, steward, one, { otherCustomerId: other, reason: "the same" });
  };
  const place = fc.nat({ max: records.length - 1 });
  const act = fc.oneof(fc.record({ join: fc.tuple(place, place) }), fc.record({ separate: place }));
  const property = fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), async (acts) => {
    for (const one of acts) {
      if ("join" in one) await join(records[one.join[0]] ?? "", records[one.join[1]] ?? "");
      else await separate(records[one.separate] ?? "");
      const all = await customersOf();
      expect(all.map(({ links }) => links)).toEqual(all.map(() => 1));
    }
    for (const partyId of records) await separate(partyId);
    expect(await stateOf(db)).toEqual(first);
  });
  await fc.assert(property, { numRuns: 3, seed: 20261122 });
});

test("a reversed load leaves the clusters, numbers and search entries it found", async ({ db }) => {
  await bring(db, "home", ["1,Íñigo Aguirre,1977-07-07,B1,+34600123123,"]);
  await bring(db, "office", ["5,Nerea Zubia,1981-01-31,B1,+34600456456,"]);
  const before = await stateOf(db);
  const { loadId, report } = await bring(db, "shop", [
    "7,Inigo Aguirre,1977-07-07,B1,+34600123123,",
    "8,Nerea Zubía,1981-01-31,B1,+34600456456,",
  ]);
  expect(report.kinds.party).toMatchObject({ read: 2, created: 0, linked: 2 });
  expect((await partyOf(db, "shop", "7")).customerId).toBe((await partyOf(db, "home", "1")).customerId);
  await reverseLoad(db, await operatorCaller(db), loadId);
  expect(await stateOf(db)).toEqual(before);
});

test("who is being typed is found in another script, and nobody is told of customers out of reach", async ({ db, admin }) => {
  await bring(db, "typed", ["1,محمد رضا حسینی,1969-07-08,B9,+34600999001,"]);
  const typed = {
    kind: "person" as const,
    fullName: "Mohammad Reza Hosseini",
    bornOn: "1969-07-08",
    phones: ["+34 600 999 001"],
    emails: [],
    identifiers: [],
  };
  const { candidates } = await findDuplicates(db, await operatorCaller(db), typed);
  expect(candidates.map(({ side }) => side.fullName)).toEqual(["محمد رضا حسینی"]);
  expect(candidates[0]?.reasons.map(({ column }) => column)).toEqual(expect.arrayContaining(["birth", "phone"]));
  const stranger = await admin
    .transaction()
    .execute(async (tx) => givenPerson(tx, "relationship_manager", await givenUnit(tx, "branch", null)));
  expect(await findDuplicates(db, stranger, typed)).toEqual({ candidates: [] });
});

test("the queue lists what a person should look at page by page, as it lists it whole", async ({ db, admin }) => {
  const steward = await admin.transaction().execute(async (tx) => givenPerson(tx, "data_steward", await bankUnit(tx)));
  const all = await inTransaction(db, steward, (tx) => listDoubts(tx, steward, { later: false, limit: 100 }));
  expect(all.pairs.length).toBeGreaterThan(0);
  const paged: string[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const place = after === undefined ? {} : { after };
    const page = await inTransaction(db, steward, (tx) => listDoubts(tx, steward, { later: false, limit: 1, ...place }));
    paged.push(...page.pairs.map(({ a, b }) => `${a.partyId} ${b.partyId}`));
    after = page.next ?? undefined;
    more = after !== undefined;
  }
  expect(paged).toEqual(all.pairs.map(({ a, b }) => `${a.partyId} ${b.partyId}`));
  expect(Object.values(all.open).reduce((sum, pairs) => sum + pairs, 0)).toBe(all.pairs.length);
});

test("thresholds that move become a model of their own, and put back they give the same clusters again", async ({ db }) => {
  const caller = await operatorCaller(db);
  const before = await partition(db);
  const model = await asWorker(db, readActiveModel);
  if (model === null) throw new Error("a model was learned");
  const move = async (joinBits: number) => {
    await learnAndMatch({ db, caller, loadNo: null, thresholds: { ...model.model.thresholds, joinBits } });
    return asWorker(db, readActiveModel);
  };
  const strict = await move(60);
  expect(strict?.modelNo).toBeGreaterThan(model.modelNo);
  expect(strict?.model.kinds).toEqual(model.model.kinds);
  expect((await partition(db)).length).toBeGreaterThan(before.length);
  await move(model.model.thresholds.joinBits);
  expect(await partition(db)).toEqual(before);
});

test("a new source of people named by numbers joins nobody: the model learns what is common in it", { timeout: 120_000 }, async ({
  db,
}) => {
  const birth = (at: number) =>
    `19${50 + (at % 45)}-${String(1 + (at % 12)).padStart(2, "0")}-${String(1 + ((at * 7) % 28)).padStart(2, "0")}`;
  const lines = Array.from({ length: 400 }, (_, at) => `${1000 + at},Client ${1000 + at},${birth(at)},B${at % 7},,`);
  await bring(db, "numbered", lines);
  const clusters = (await partition(db)).filter((members) => members.includes("numbered"));
  expect(clusters).toHaveLength(400);
});
