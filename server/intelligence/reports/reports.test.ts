import { text } from "node:stream/consumers";
import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, type GivenUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { givenCompartment, givenSeal } from "../../../tests/support/given-seal.ts";
import { readWords } from "../../../tests/support/screen-words.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { builtInReports, startOfRole } from "./built-in-reports.ts";
import { ReportDefinition, type ReportResult } from "./contract.ts";
import { dimensionsFor } from "./dimensions.ts";
import { exportReport } from "./export-report.ts";
import { dropDashboard, readDashboard, saveDashboard } from "./keep-dashboards.ts";
import { archiveReport, changeReport, createReport, listReports, readReport } from "./keep-reports.ts";
import { listReportCustomers } from "./list-behind.ts";
import { runReport } from "./run-report.ts";

const AS_OF = "2026-02-28";
const FEBRUARY = 2026 * 12 + 1;

const definition = (given: Partial<ReportDefinition> = {}): ReportDefinition => ({
  ...{ over: "now", measures: [{ of: "customers", take: "count" }], rows: null, columns: null },
  ...{ filter: { match: "all", of: [] }, months: 2, compare: "none", show: "table" },
  ...given,
});

async function givenFacts(
  tx: Tx,
  branch: GivenUnit,
  facts: Readonly<Record<string, string | number | boolean>>,
  moved: readonly number[] = [],
) {
  const customer = await givenCustomer(tx, { branch });
  const keys = ["customer_id", "branch_id", "as_of", ...Object.keys(facts)];
  const values = [customer.customerId, branch.unitId, AS_OF, ...Object.values(facts)];
  await sql`insert into intelligence.customer_fact (${sql.raw(keys.join(", "))}) values (${sql.join(values.map((value) => sql`${value}`))})`.execute(
    tx,
  );
  for (const [back, amount] of moved.entries())
    await sql`insert into intelligence.party_month (party_id, month_no, currency, in_count, in_minor) values (${customer.partyId}, ${FEBRUARY - back}, 'EUR', 1, ${amount})`.execute(
      tx,
    );
  return customer;
}

async function givenBank(tx: Tx) {
  const bank = await bankUnit(tx);
  const region = await givenUnit(tx, "region", null);
  const [north, south] = [await givenUnit(tx, "branch", region), await givenUnit(tx, "branch", region)];
  await sql`insert into intelligence.refresh_run (of_all, finished_at, as_of) values (true, now(), ${AS_OF})`.execute(tx);
  const rich = await givenFacts(
    tx,
    north,
    { assets_minor: 900, tier: "gold", born_on: "1960-01-01", cards_held: 1, accounts_held: 2, has_salary: true, credit_score: 700 },
    [100, 50, 30],
  );
  const poor = await givenFacts(
    tx,
    north,
    { assets_minor: 100, tier: "basic", born_on: "2000-06-01", accounts_held: 1, has_salary: false, credit_score: 500 },
    [10],
  );
  const southern = await givenFacts(tx, south, { assets_minor: 500, tier: "gold", has_salary: true }, [0, 7, 3]);
  return {
    bank,
    region,
    north,
    south,
    rich,
    poor,
    southern,
    analyst: await givenPerson(tx, "analyst", bank),
    manager: await givenPerson(tx, "branch_manager", north),
  };
}

/** {row: {column: [customers, ...values]}}; "all" for totals, "?" for the unknown. */
function pivot({ rows, columns, figures }: ReportResult) {
  const nameOf = (groups: ReportResult["rows"], at: number | null) => (at === null ? "all" : (groups[at]?.name ?? groups[at]?.key ?? "?"));
  const table: Record<string, Record<string, unknown[]>> = {};
  for (const { row, column, customers, values, before } of figures)
    table[nameOf(rows, row)] = {
      ...table[nameOf(rows, row)],
      [nameOf(columns, column)]: [customers, ...values.map(Number), ...(before?.map(Number) ?? [])],
    };
  return table;
}

describe("a report", () => {
  test("counts, adds up and averages facts by two dimensions, with totals", async ({ tx, as, clock }) => {
    const { analyst, region, north, south } = await givenBank(tx);
    const run = (given: Partial<ReportDefinition>) =>
      as(analyst, async (acting) => pivot(await runReport(acting, analyst, clock, definition(given))));
    const sums = [
      { of: "assets_minor", take: "sum" as const },
      { of: "assets_minor", take: "average" as const },
      { of: "assets_minor", take: "share" as const },
    ];
    expect(await run({ rows: "branch", columns: "tier", measures: sums })).toEqual({
      [north.code]: { gold: [1, 900, 900, 0.6], basic: [1, 100, 100, 100 / 1500], all: [2, 1000, 500, 1000 / 1500] },
      [south.code]: { gold: [1, 500, 500, 500 / 1500], all: [1, 500, 500, 500 / 1500] },
      all: { gold: [2, 1400, 700, 1400 / 1500], basic: [1, 100, 100, 100 / 1500], all: [3, 1500, 500, 1] },
    });
    expect(await run({ rows: "region" })).toEqual({ [region.code]: { all: [3, 3] }, all: { all: [3, 3] } });
    expect(
      await run({
        rows: "age",
        measures: [
          { of: "has_salary", take: "count" },
          { of: "has_salary", take: "share" },
        ],
      }),
    ).toEqual({
      ...{ "25": { all: [1, 0, 0] }, "65": { all: [1, 1, 1] }, "?": { all: [1, 1, 1] }, all: { all: [3, 2, expect.closeTo(2 / 3)] } },
    });
    // A customer with two products is in two groups, and once in the total.
    expect(await run({ rows: "product" })).toEqual({
      ...{ accounts_held: { all: [2, 2] }, cards_held: { all: [1, 1] }, "?": { all: [1, 1] }, all: { all: [3, 3] } },
    });
  });

  test("of the whole bank is the same when facts are read by column, by whatever it groups", async ({ tx, as, clock }) => {
    const { analyst, north } = await givenBank(tx);
    const filter = {
      match: "any" as const,
      of: [
        { field: "branch", op: "any_of" as const, values: [north.unitId] },
        { field: "tier", op: "is_not_empty" as const, values: [] },
      ],
    };
    const measures = [
      { of: "assets_minor", take: "average" as const },
      { of: "last_card_on", take: "average" as const },
    ];
    const groups = [...dimensionsFor(analyst).keys()].filter((key) => key !== "month");
    const given = [
      ...groups.map((rows) => ({ rows, filter, measures })),
      { rows: "month", columns: "branch", filter, over: "months" as const, measures: [{ of: "in_minor", take: "sum" as const }] },
    ];
    const run = () =>
      as(analyst, async (acting) => {
        const results = [];
        for (const one of given) results.push(await runReport(acting, analyst, clock, definition(one)));
        return results;
      });
    const byRow = await run();
    await sql`insert into intelligence.fact_block (block_no) select generate_series(0, 511)`.execute(tx);
    await sql`insert into intelligence.stale_block (block_no) select block_no from intelligence.customer_fact`.execute(tx);
    expect(await run()).toEqual(byRow);
    expect(byRow.every(({ figures }) => figures.length > 0)).toBe(true);
  });

  test("adds up what moved by month, and compares it with the months before", async ({ tx, as, clock }) => {
    const { analyst } = await givenBank(tx);
    const measures = [
      { of: "in_minor", take: "sum" as const },
      { of: "customers", take: "count" as const },
    ];
    const run = (given: Partial<ReportDefinition>) =>
      as(analyst, async (acting) => pivot(await runReport(acting, analyst, clock, definition({ over: "months", measures, ...given }))));
    expect(await run({ rows: "month" })).toEqual({
      "2026-01-01": { all: [2, 57, 2] },
      "2026-02-01": { all: [3, 110, 3] },
      all: { all: [3, 167, 3] },
    });
    expect(await run({ rows: "tier", compare: "previous" })).toEqual({
      ...{ gold: { all: [2, 157, 2, 33, 2] }, basic: { all: [1, 10, 1, 0, 0] }, all: { all: [3, 167, 3, 33, 2] } },
    });
    expect((await run({ rows: "month", compare: "previous" }))["2026-01-01"]).toEqual({ all: [2, 57, 2, 0, 0] });
    for (const of of [
      "new_customers",
      "opened_count",
      "closed_count",
      "profit_minor",
      "economic_profit_minor",
      "deposits_average_minor",
      "lending_average_minor",
    ])
      expect(await run({ rows: "branch", columns: "month", measures: [{ of, take: "sum" }] })).toBeDefined();
  });

  test("that Vinculo brings along works for every role that begins with it", async ({ tx, as, clock }) => {
    const { bank } = await givenBank(tx);
    for (const { definition: asked } of builtInReports) expect(ReportDefinition.safeParse(asked).success).toBe(true);
    for (const role of [
      "relationship_manager",
      "branch_manager",
      "analyst",
      "marketing_manager",
      "finance_manager",
      "risk_officer",
      "fraud_analyst",
      "data_scientist",
    ]) {
      const person = await givenPerson(tx, role, bank);
      await as(person, async (acting) => {
        const { reports } = await readDashboard(acting, person, clock);
        expect(
          reports.map(({ reportId }) => reportId),
          role,
        ).toEqual(startOfRole(role));
        // Some have nothing to count here; that they are asked and answered is what is told.
        for (const report of reports) expect(await runReport(acting, person, clock, report.definition)).toMatchObject({ asOf: AS_OF });
      });
    }
  });
});

describe("what is behind a number", () => {
  test("are as many customers as the number says, those of whom most comes first", async ({ tx, as, clock }) => {
    const { analyst, rich, southern } = await givenBank(tx);
    for (const asked of [
      definition({ rows: "branch", columns: "product", measures: [{ of: "assets_minor", take: "sum" }] }),
      definition({ rows: "tier", columns: "age" }),
      definition({ rows: "has_salary", columns: "region" }),
      definition({ over: "months", rows: "month", columns: "tier", measures: [{ of: "in_minor", take: "sum" }] }),
    ])
      await as(analyst, async (acting) => {
        const { rows, columns, figures } = await runReport(acting, analyst, clock, asked);
        for (const { row, column, customers } of figures) {
          const place = {
            ...(row === null ? {} : { row: rows[row]?.key ?? null }),
            ...(column === null ? {} : { column: columns[column]?.key ?? null }),
          };
          const behind = await listReportCustomers(acting, analyst, clock, { definition: asked, place });
          expect(behind.customers.length, JSON.stringify(place)).toBe(customers);
        }
      });
    const gold = { definition: definition({ rows: "tier", measures: [{ of: "assets_minor", take: "sum" }] }), place: { row: "gold" } };
    const behind = await as(analyst, (acting) => listReportCustomers(acting, analyst, clock, gold));
    expect(behind.customers.map(({ customerId, values }) => [customerId, ...values])).toEqual([
      [rich.customerId, "900"],
      [southern.customerId, "500"],
    ]);
    const next = await as(analyst, (acting) =>
      listReportCustomers(acting, analyst, clock, { ...gold, after: { value: "900", customerId: rich.customerId } }),
    );
    expect(next.customers.map(({ customerId }) => customerId)).toEqual([southern.customerId]);
  });
});

describe("AC-13: a report runs with the rights of who looks", () => {
  test("whatever happens to customers out of reach or sealed changes no figure, no group and no list", async ({ tx, as, clock }) => {
    const { manager, north, south } = await givenBank(tx);
    const asked = [
      definition({
        rows: "tier",
        columns: "branch",
        measures: [
          { of: "assets_minor", take: "sum" },
          { of: "customers", take: "share" },
        ],
      }),
      definition({ rows: "product", columns: "language" }),
      definition({
        over: "months",
        rows: "month",
        measures: [
          { of: "in_minor", take: "sum" },
          { of: "new_customers", take: "sum" },
        ],
        compare: "previous",
      }),
    ];
    const look = () =>
      as(manager, async (acting) => {
        const answers: unknown[] = [];
        for (const one of asked) {
          answers.push(await runReport(acting, manager, clock, one));
          answers.push(await listReportCustomers(acting, manager, clock, { definition: one, place: {} }));
        }
        return answers;
      });
    const before = await look();
    for (let at = 0; at < 3; at += 1)
      await givenFacts(tx, south, { assets_minor: 10 ** at, tier: `tier ${at}`, language: "eo", insurances_held: 1 }, [at, at]);
    const sealed = await givenFacts(tx, north, { assets_minor: 77, tier: "secret", language: "eo" }, [5, 5, 5]);
    const compartment = await givenCompartment(tx, "vip");
    await givenSeal(tx, sealed, compartment);
    expect(await look()).toEqual(before);
  });

  test("shared, it does not exist for who may not see what it asks about, and shows others only their own customers", async ({
    tx,
    as,
    clock,
  }) => {
    const { analyst, manager, bank } = await givenBank(tx);
    const marketer = await givenPerson(tx, "marketing_manager", bank);
    const scored = definition({ measures: [{ of: "credit_score", take: "average" }], rows: "branch" });
    const wish = { name: "Scores", note: null, shared: true, definition: scored };
    const { reportId } = await as(analyst, (acting) => createReport(acting, analyst, wish));
    await expect(as(marketer, (acting) => readReport(acting, marketer, reportId))).rejects.toMatchObject({ code: "not_found" });
    await expect(as(marketer, (acting) => runReport(acting, marketer, clock, scored))).rejects.toMatchObject({ code: "invalid_input" });
    const ids = async (caller: Caller) =>
      (await as(caller, (acting) => listReports(acting, caller))).reports.map((report) => report.reportId);
    expect(await ids(marketer)).not.toContain(reportId);
    expect(await ids(manager)).toContain(reportId);
    const result = await as(manager, (acting) => runReport(acting, manager, clock, scored));
    expect(pivot(result).all).toEqual({ all: [2, 600] });
    await expect(as(manager, (acting) => changeReport(acting, manager, reportId, { ...wish, version: 1 }))).rejects.toMatchObject({
      code: "not_allowed",
    });
    await as(analyst, (acting) => changeReport(acting, analyst, reportId, { ...wish, shared: false, version: 1 }));
    await expect(as(manager, (acting) => readReport(acting, manager, reportId))).rejects.toMatchObject({ code: "not_found" });
    await as(analyst, (acting) => archiveReport(acting, analyst, reportId));
    expect(await ids(analyst)).not.toContain(reportId);
  });

  test("AC-37: what was kept is read as if it came from outside", async ({ tx, as }) => {
    const { analyst } = await givenBank(tx);
    const { reportId } = await as(analyst, (acting) =>
      createReport(acting, analyst, { name: "Odd", note: null, shared: true, definition: definition() }),
    );
    for (const odd of [{ ...definition(), rows: "tier) from pg_authid --" }, { ...definition(), rows: "no_such_fact" }, { measures: [] }]) {
      await sql`update intelligence.report set definition = ${JSON.stringify(odd)}::jsonb where report_id = ${reportId}`.execute(tx);
      await expect(as(analyst, (acting) => readReport(acting, analyst, reportId))).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("small groups, and what they could be told from, are left out where the reader sees no customers", async ({ tx, as, clock }) => {
    const { analyst, north } = await givenBank(tx);
    for (let at = 0; at < 5; at += 1) await givenFacts(tx, north, { assets_minor: 1, tier: "silver" });
    const outside = await as(analyst, (acting) => runReport(acting, analyst, clock, definition({ rows: "tier" }), true));
    expect(outside.masked).toBe(true);
    expect(outside.figures.map(({ customers }) => customers).filter((n) => n !== null && n < 3)).toEqual([]);
    const inside = await as(analyst, (acting) => runReport(acting, analyst, clock, definition({ rows: "tier" })));
    expect(inside.masked).toBe(false);
  });
});

test("a dashboard is one's own copy; what a role begins with is for who reaches the whole bank, and opens nothing", async ({
  tx,
  as,
  clock,
}) => {
  const { analyst, manager } = await givenBank(tx);
  const [first = "", second = ""] = startOfRole("branch_manager");
  const shown = async (caller: Caller) => as(caller, (acting) => readDashboard(acting, caller, clock));
  const { reportId } = await as(analyst, (acting) =>
    createReport(acting, analyst, { name: "Mine", note: null, shared: false, definition: definition() }),
  );
  await as(manager, (acting) => saveDashboard(acting, manager, { roleId: null, reportIds: [second, first] }));
  expect(await shown(manager)).toMatchObject({ own: true, reports: [{ reportId: second }, { reportId: first }] });
  expect((await shown(analyst)).own).toBe(false);
  for (const wish of [
    { roleId: "branch_manager", reportIds: [first] },
    { roleId: null, reportIds: [reportId] },
  ])
    await expect(as(manager, (acting) => saveDashboard(acting, manager, wish))).rejects.toMatchObject({
      code: expect.stringMatching(/not_/),
    });
  await expect(
    as(analyst, (acting) => saveDashboard(acting, analyst, { roleId: "branch_manager", reportIds: [reportId] })),
  ).rejects.toMatchObject({ code: "not_found" });
  await as(analyst, (acting) => saveDashboard(acting, analyst, { roleId: "branch_manager", reportIds: [first] }));
  await as(manager, (acting) => dropDashboard(acting, manager));
  expect((await shown(manager)).reports.map((report) => report.reportId)).toEqual([first]);
});

test("AC-64: a file has a watermark in each line, and its lines count in the budget of rows", async ({ db, admin, clock }) => {
  const analyst = await admin.transaction().execute(async (tx) => (await givenBank(tx)).analyst);
  const asked = definition({ rows: "tier", columns: "has_salary", measures: [{ of: "assets_minor", take: "sum" }] });
  const { stream } = await exportReport(db, analyst, clock, { definition: asked, format: "csv" }, readWords);
  const [header, ...lines] = (await text(stream)).trim().split("\r\n");
  expect(header).toBe("Tier,Regular pay comes in,Customers,Money with the bank,Currency,export");
  expect(lines.map((line) => line.split(",").slice(0, 5).join())).toEqual(["Gold,Yes,2,14.00,EUR", "Basic,No,1,1.00,EUR"]);
  for (const line of lines) expect(line).toContain(analyst.displayName);
  const { rows } = await sql`select class, rows::int as rows from governance.egress_budget where person_id = ${analyst.userId}`.execute(
    admin,
  );
  expect(rows).toEqual([{ class: "customer", rows: 2 }]);
  const marketer = await admin.transaction().execute(async (tx) => givenPerson(tx, "marketing_manager", await bankUnit(tx)));
  await expect(exportReport(db, marketer, clock, { definition: asked, format: "csv" }, readWords)).rejects.toMatchObject({
    code: "not_allowed",
  });
});
