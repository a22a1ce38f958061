import type { Kysely } from "kysely";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankMapping, delivered } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { type Database, type Db, inTransaction, sql } from "../../platform/db/index.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";
import { listQuarantine } from "./read-loads.ts";
import { reverseLoad } from "./reverse-load.ts";

const catalogues = `
  - file: branches*.csv
    may_be_missing: true
    records: [ { kind: branch, key: code, fields: { name: name, region: area, region_name: area_name, place: town } } ]
  - file: books*.csv
    may_be_missing: true
    records: [ { kind: portfolio, key: code, fields: { name: name, branch: office } } ]
`;
const branches = "code,name,area,area_name,town";
const books = "code,name,office";

const load = async (db: Db, source: string, files: Readonly<Record<string, readonly string[]>>) =>
  loadDelivery({ db, caller: await operatorCaller(db), delivery: await openDelivery(bankMapping(source, catalogues), delivered(files)) });
const reverse = async (db: Db, loadId: string) => reverseLoad(db, await operatorCaller(db), loadId);

/** Units and portfolios of a prefix with all that a load may change of them. */
async function bankOf(admin: Kysely<Database>, prefix: string): Promise<unknown> {
  const { rows } = await sql`
    select u.code, u.name, u.names, p.code as above, u.place_code as place from governance.organisation_unit u
      left join governance.organisation_unit p on p.unit_id = u.parent_id where u.code like ${`${prefix}%`}
    union all select f.code, f.name, '{}', u.code, null from governance.portfolio f join governance.organisation_unit u using (unit_id) where f.code like ${`${prefix}%`}
    order by 1`.execute(admin);
  return rows;
}

describe("units and portfolios", () => {
  test("are what they were before when the load that changed them is reversed", async ({ db, admin }) => {
    const first = await load(db, "cata", {
      "branches.csv": [branches, "A-1,One,A-N,North,", "A-2,Two,A-N,North,T2"],
      "books.csv": [books, "A-P1,Private,A-1", "A-P2,Firms,A-2"],
    });
    const before = await bankOf(admin, "A-");
    const second = await load(db, "cata", {
      "branches.csv": [branches, "A-1,One renamed,A-S,South,T9", "A-2,Two,A-N,Far north,T2", "A-3,Three,A-S,South,"],
      "books.csv": [books, "A-P1,Private banking,A-3", "A-P2,Firms,A-2"],
    });
    expect(second.report.kinds).toMatchObject({
      branch: { updated: 1, created: 1, unchanged: 1 },
      portfolio: { updated: 1, unchanged: 1 },
    });
    expect(await bankOf(admin, "A-")).not.toEqual(before);
    await reverse(db, second.loadId);
    expect(await bankOf(admin, "A-")).toEqual(before);
    await reverse(db, first.loadId);
    expect(await bankOf(admin, "A-")).toEqual([]);
  });

  test("that a later load changed too stop the reversal, which names it; one that only repeated them does not", async ({ db, admin }) => {
    const first = await load(db, "catb", { "branches.csv": [branches, "B-1,One,,,"], "books.csv": [books, "B-P1,Private,B-1"] });
    const repeated = await load(db, "catb", { "branches.csv": [branches, "B-1,One,,,", "B-2,Two,,,"] });
    const second = await load(db, "catb", { "books.csv": [books, "B-P1,Private,B-2"] });
    const third = await load(db, "catb", { "books.csv": [books, "B-P1,Other name,B-2"] });
    const refusal = { code: "depends_on_this", detail: { loads: [{ loadNo: third.loadNo, kind: "portfolio", rows: 1 }] } };
    await expect(reverse(db, second.loadId)).rejects.toMatchObject(refusal);
    await reverse(db, third.loadId);
    await reverse(db, second.loadId);
    await reverse(db, repeated.loadId);
    await reverse(db, first.loadId);
    expect(await bankOf(admin, "B-")).toEqual([]);
  });

  test("of an unknown branch wait, and the report says which column named it", async ({ db }) => {
    const caller = await operatorCaller(db);
    const { loadId } = await load(db, "catc", { "books.csv": [books, "C-P1,Private,C-404"] });
    const { rows } = await inTransaction(db, caller, (tx) => listQuarantine(tx, caller, { loadId }));
    expect(rows).toMatchObject([{ reason: "unknown_reference", field: "branch", column: "office", state: "waiting" }]);
  });
});
