import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { delivered } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { contentHash } from "./content-hash.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";
import { listQuarantine } from "./read-loads.ts";
import { reverseLoad } from "./reverse-load.ts";

const mapping = (source: string) => `
vinculo: 1
name: ${source}
source: { code: ${source}, name: ${source} }
files:
  - file: clients*.csv
    may_be_missing: true
    records: [ { kind: party, key: id, fields: { kind: kind, full_name: name } } ]
  - file: ties*.csv
    may_be_missing: true
    records: [ { kind: relation, fields: { party: one, other: two, kind: tie, share: share, from_on: since, to_on: until } } ]
`;
const clients = ["id,kind,name", "1,person,Ana", "2,person,Eva", "3,organisation,Firma", "4,organisation,Filial"];
const header = "one,two,tie,share,since,until";

const load = async (db: Db, source: string, files: Readonly<Record<string, readonly string[]>>) =>
  loadDelivery({ db, caller: await operatorCaller(db), delivery: await openDelivery(mapping(source), delivered(files)) });
const asWorker = async <T>(db: Db, work: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(db, await operatorCaller(db), work, { role: "worker" });

/** As `party kind other share`, by source keys. */
async function told(db: Db, source: string): Promise<string[]> {
  return asWorker(db, async (tx) => {
    const { rows } = await sql<{ line: string }>`
      select concat_ws(' ', a.source_key, r.kind, b.source_key, r.share::float8, r.to_on) as line
      from customers.party_relation r join customers.party a using (party_id) join customers.party b on b.party_id = r.other_party_id
        join customers.source s on s.source_id = r.source_id where s.code = ${source} order by 1`.execute(tx);
    return rows.map(({ line }) => line);
  });
}
async function held(db: Db, source: string) {
  const caller = await operatorCaller(db);
  const { rows } = await inTransaction(db, caller, (tx) => listQuarantine(tx, caller, { kind: "relation" }), { role: "app" });
  const own = await asWorker(db, (tx) =>
    sql<{
      loadId: string;
    }>`select load_id as "loadId" from customers.load join customers.source using (source_id) where code = ${source}`.execute(tx),
  );
  return rows
    .filter(({ loadId }) => own.rows.some((one) => one.loadId === loadId))
    .map(({ lineNo, reason, field, column, state }) => ({ lineNo, reason, field, column, state }));
}

describe("relations in files", () => {
  test("land under the word that is kept, are updated by key, and change nothing the second time", async ({ db }) => {
    const ties = ["1,2,spouse,,2010-05-01,", "2,1,child,,,", "3,1,owned_company,60%,,", "3,4,parent_company,,,"];
    const first = await load(db, "ties1", { "clients.csv": clients, "ties.csv": [header, ...ties] });
    expect(first.report.kinds.relation).toMatchObject({ read: 4, created: 4, quarantined: 0 });
    expect(await told(db, "ties1")).toEqual(["1 parent 2", "1 shareholder 3 0.6", "1 spouse 2", "3 parent_company 4"]);
    const later = await load(db, "ties1", { "ties2.csv": [header, ...ties.slice(1), "1,2,spouse,,2010-05-01,2024-01-31"] });
    expect(later.report.kinds.relation).toMatchObject({ read: 4, updated: 1, unchanged: 3 });
    expect(await told(db, "ties1")).toContain("1 spouse 2 2024-01-31");
  });

  test("wait for a customer who has not come yet, and land when that one does", async ({ db }) => {
    await load(db, "ties2", { "clients.csv": clients, "ties.csv": [header, "1,9,spouse,,,"] });
    expect(await held(db, "ties2")).toEqual([{ lineNo: 2, reason: "unknown_reference", field: "other", column: "two", state: "waiting" }]);
    await load(db, "ties2", { "clients2.csv": ["id,kind,name", "9,person,Omar"] });
    expect(await told(db, "ties2")).toEqual(["1 spouse 9"]);
  });

  test("that cannot be are kept aside with the reason, and the rest lands", async ({ db }) => {
    await load(db, "ties3", {
      "clients.csv": clients,
      "ties.csv": [
        header,
        "1,1,spouse,,,",
        "1,2,spouse,,2020-01-01,2019-01-01",
        "1,2,partner,0.5,,",
        "1,3,shareholder,120%,,",
        "1,3,director,,,",
        "1,2,rival,,,",
      ],
    });
    expect(await told(db, "ties3")).toEqual(["1 director 3"]);
    expect((await held(db, "ties3")).map(({ lineNo, reason, column }) => [lineNo, reason, column]).sort()).toEqual([
      [2, "relation_to_itself", "two"],
      [3, "dates_turned", "until"],
      [4, "share_does_not_fit", "share"],
      [5, "share_does_not_fit", "share"],
      [7, "unknown_code", "tie"],
    ]);
  });

  test("whose shares exceed the whole are refused within a file and against what is known; an ended share makes room", async ({ db }) => {
    await load(db, "ties4", { "clients.csv": clients, "ties.csv": [header, "1,3,shareholder,60%,,", "3,2,owned_company,50%,,"] });
    expect(await told(db, "ties4")).toEqual(["1 shareholder 3 0.6"]);
    await load(db, "ties4", { "ties2.csv": [header, "4,3,shareholder,0.41,,"] });
    expect((await held(db, "ties4")).map(({ reason }) => reason)).toEqual(["shares_above_whole", "shares_above_whole"]);
    await load(db, "ties4", { "ties3.csv": [header, "1,3,shareholder,60%,,2020-01-01", "2,3,shareholder,100%,,"] });
    expect(await told(db, "ties4")).toEqual(["1 shareholder 3 0.6 2020-01-01", "2 shareholder 3 1"]);
  });

  test("are taken back with their load, what they replaced included", async ({ db }) => {
    await load(db, "ties5", { "clients.csv": clients, "ties.csv": [header, "1,2,spouse,,,"] });
    const before = await asWorker(db, contentHash);
    const { loadId } = await load(db, "ties5", { "ties2.csv": [header, "1,2,spouse,,,2024-01-31", "2,3,director,,,"] });
    await reverseLoad(db, await operatorCaller(db), loadId);
    expect((await asWorker(db, contentHash)).tables).toEqual(before.tables);
  });

  test("of a later load keep the customers they join from being reversed", async ({ db }) => {
    await load(db, "ties6", { "clients.csv": clients.slice(0, 2) });
    const { loadId } = await load(db, "ties6", { "clients2.csv": ["id,kind,name", "9,person,Omar"] });
    await load(db, "ties6", { "ties.csv": [header, "1,9,spouse,,,"] });
    await expect(reverseLoad(db, await operatorCaller(db), loadId)).rejects.toMatchObject({
      ...{ code: "depends_on_this", detail: { loads: [{ kind: "relation", rows: 1 }] } },
    });
  });
});
