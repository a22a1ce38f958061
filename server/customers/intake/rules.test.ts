import { describe, expect, test } from "vitest";
import type { LoadReport } from "./contract.ts";
import {
  addCounts,
  addDecimals,
  addNumbers,
  controlTotals,
  disagreement,
  expectedTotals,
  noCounts,
  plainDecimal,
  reportOf,
  unaccounted,
} from "./rules.ts";

describe("records", () => {
  test("are added up by kind, and a kind of one side only is kept", () => {
    const a = { party: { ...noCounts, read: 3, created: 2, quarantined: 1 } };
    const b = { party: { ...noCounts, read: 2, updated: 1, linked: 1 }, row: { ...noCounts, read: 1, quarantined: 1 } };
    expect(addCounts(a, b)).toEqual({
      party: { read: 5, created: 2, updated: 1, linked: 1, unchanged: 0, quarantined: 1 },
      row: { ...noCounts, read: 1, quarantined: 1 },
    });
    expect(addNumbers({ loan: 1 }, { loan: 2, card: 4 })).toEqual({ loan: 3, card: 4 });
  });

  test("that went missing or appeared twice are noticed", () => {
    const whole = { ...noCounts, read: 5, created: 1, updated: 1, linked: 1, unchanged: 1, quarantined: 1 };
    expect(unaccounted({ party: whole })).toEqual([]);
    expect(unaccounted({ party: { ...whole, read: 6 }, holding: whole, balance: { ...whole, created: 2 } })).toEqual(["party", "balance"]);
  });
});

describe("control totals", () => {
  const chunk = { kind: "transaction", currency: "EUR", rows: 2, fileMinor: "300", quarantinedMinor: "100", unchangedMinor: "50" };

  test("set the file against quarantine and database, kind by kind and currency by currency", () => {
    const totals = controlTotals(
      [chunk, { ...chunk, fileMinor: "200", quarantinedMinor: "0", unchangedMinor: "0" }, { ...chunk, currency: "BHD", kind: "balance" }],
      [
        { kind: "transaction", currency: "EUR", minor: "350" },
        { kind: "balance", currency: "BHD", minor: "149" },
      ],
    );
    expect(totals.map(({ kind, currency, rows, differenceMinor }) => [kind, currency, rows, differenceMinor])).toEqual([
      ["balance", "BHD", 2, "1"],
      ["transaction", "EUR", 4, "0"],
    ]);
  });

  test("hold sums beyond what a number holds exactly", () => {
    const huge = "9007199254740993";
    const [total] = controlTotals(
      [{ ...chunk, fileMinor: huge, quarantinedMinor: "0", unchangedMinor: "0" }],
      [{ kind: "transaction", currency: "EUR", minor: huge }],
    );
    expect(total).toMatchObject({ fileMinor: huge, databaseMinor: huge, differenceMinor: "0" });
  });

  test("show money that the database has and no file brought", () => {
    expect(controlTotals([], [{ kind: "holding", currency: "EUR", minor: "7" }])[0]).toMatchObject({
      fileMinor: "0",
      differenceMinor: "-7",
    });
  });
});

describe("a report", () => {
  const parts = {
    kinds: {},
    holdings: {},
    totals: [],
    accounts: 2,
    broken: 0,
    breaks: [],
    expectedTotals: [],
    quarantineReasons: [],
    filesLeftOut: [],
    cardCells: {},
    partiesMoved: 0,
    seconds: 1,
    dryRun: false,
    complete: true,
  };
  const total: LoadReport["controlTotals"][number] = {
    kind: "transaction",
    currency: "EUR",
    rows: 1,
    fileMinor: "5",
    quarantinedMinor: "0",
    databaseMinor: "5",
    differenceMinor: "0",
  };

  test("that adds up has nothing against it", () => {
    expect(disagreement(reportOf({ ...parts, totals: [total] }))).toBeNull();
  });

  test("is refused for a record unaccounted for before money is looked at, and names what differs", () => {
    const kinds = { party: { ...noCounts, read: 1 } };
    const off = { ...total, differenceMinor: "-3" };
    expect(disagreement(reportOf({ ...parts, kinds, totals: [off] }))).toBe("records unaccounted for: party");
    expect(disagreement(reportOf({ ...parts, totals: [total, off] }))).toBe("money differs: transaction EUR by -3");
  });

  test("is not refused for what the sender announced or for running balances: those are findings about the file", () => {
    const announced = { file: "a.csv", what: "rows", expected: "2", read: "1", fits: false, uncut: 0, unreadable: 0 };
    expect(disagreement(reportOf({ ...parts, broken: 1, expectedTotals: [announced] }))).toBeNull();
  });
});

describe("decimals", () => {
  test("are added without loss, whatever their length and sign", () => {
    expect(addDecimals(["0.1", "0.2"])).toBe("0.3");
    expect(addDecimals(["9007199254740993", "0.00000001"])).toBe("9007199254740993.00000001");
    expect(addDecimals(["-1.50", "1"])).toBe("-0.50");
    expect(addDecimals([])).toBe("0");
  });

  test("lose only the zeros that say nothing", () => {
    expect([plainDecimal("1.50"), plainDecimal("100"), plainDecimal("2.00")]).toEqual(["1.5", "100", "2"]);
  });
});

describe("what the sender announced", () => {
  const chunks = [
    { rows: "3", uncut: "1", s1: "10.50", u1: "0" },
    { rows: "2", uncut: "0", s1: "4.50", u1: "1" },
  ];

  test("fits when rows and sums are the same numbers, however they are written", () => {
    const lines = expectedTotals("a.csv", { rows: 5, sums: { amount: "15.00" } }, ["amount"], chunks);
    expect(lines.map(({ what, read, fits }) => [what, read, fits])).toEqual([
      ["rows", "5", true],
      ["amount", "15", true],
    ]);
  });

  test("that does not fit comes with how many rows the sum is without", () => {
    const [sum] = expectedTotals("a.csv", { rows: null, sums: { amount: "20" } }, ["amount"], chunks);
    expect(sum).toEqual({ file: "a.csv", what: "amount", expected: "20", read: "15", fits: false, uncut: 1, unreadable: 1 });
  });

  test("and cannot be read never fits", () => {
    expect(expectedTotals("a.csv", { rows: null, sums: { amount: null } }, ["amount"], chunks)[0]).toMatchObject({
      expected: "?",
      fits: false,
    });
  });
});
