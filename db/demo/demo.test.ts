import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseMapping } from "../../server/customers/intake/mapping/index.ts";
import { openDelivery } from "../../server/customers/intake/open-delivery.ts";
import { parseDate } from "../../server/platform/calendar/index.ts";
import { type DemoBank, demoStaff, generateDemoBank } from "./index.ts";

const options = { customers: 400, seed: 11, until: "2026-10-31" };
const scratch = mkdtempSync(join(tmpdir(), "vinculo-demo-"));
const home = join(scratch, "bank");
let bank: DemoBank;
let damaged: Map<string, Set<number>>;

beforeAll(async () => {
  bank = await generateDemoBank({ ...options, folder: home });
  damaged = new Map();
  for (const line of rows("truth/damaged-rows.csv").slice(1)) {
    const [file = "", number = ""] = line.split(",");
    damaged.set(file, (damaged.get(file) ?? new Set()).add(Number(number)));
  }
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true }));

function read(path: string, encoding = "utf-8"): string {
  return new TextDecoder(encoding).decode(readFileSync(join(home, path)));
}
function rows(path: string, encoding = "utf-8"): string[] {
  return read(path, encoding).split("\n").slice(0, -1);
}
/** Rows without header that nobody damaged, as values by column. */
function whole(path: string, delimiter: string, encoding = "utf-8"): Record<string, string>[] {
  const [header = "", ...body] = rows(path, encoding);
  const cut = (line: string) => line.split(delimiter).map((cell) => cell.replace(/^"|"$/g, ""));
  const columns = cut(header);
  return body
    .filter((line, place) => !line.startsWith("TOTAL;") && !damaged.get(path)?.has(place + 2))
    .map((line) => Object.fromEntries(cut(line).map((cell, place) => [columns[place] ?? "", cell])));
}
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
function contentHash(folder: string): string {
  const hash = createHash("sha256");
  for (const file of filesUnder(folder)) {
    hash.update(file).update(readFileSync(join(folder, file)));
  }
  return hash.digest("hex");
}
interface Told {
  customer: string;
  records: { source: string; key: string }[];
  leavesOn: string | null;
  products: { key: string }[];
}
const truth = () => rows("truth/customers.jsonl").map((line) => JSON.parse(line) as Told);

describe("the same again", () => {
  test("the same seed and day give the same bytes; another seed gives others", async () => {
    const again = join(scratch, "again");
    await generateDemoBank({ ...options, folder: again });
    expect(contentHash(again)).toBe(contentHash(home));
    await generateDemoBank({ ...options, seed: 12, folder: again });
    expect(contentHash(again)).not.toBe(contentHash(home));
  }, 60_000);

  test("a customer is the same whatever comes after: a bank of 400 begins as a bank of 100 does, where branches are the same", async () => {
    const small = join(scratch, "small");
    await generateDemoBank({ ...options, customers: 100, folder: small });
    const first = readFileSync(join(small, "deliveries/core/parties.csv"), "utf-8").split("\n").slice(0, -1);
    expect(rows("deliveries/core/parties.csv").slice(0, first.length)).toEqual(first);
  }, 60_000);

  test("options out of bounds are refused", async () => {
    await expect(generateDemoBank({ ...options, customers: 0, folder: scratch })).rejects.toThrow(RangeError);
    await expect(generateDemoBank({ ...options, until: "2026-13-01", folder: scratch })).rejects.toThrow(RangeError);
  });
});

describe("money", () => {
  test("each balance in core banking follows from the one before and the amount, to the cent", () => {
    const movements = [...whole("deliveries/core/transactions.csv", ";"), ...whole("deliveries/core-late/transactions.csv", ";")];
    const minor = (text = "") => BigInt(text.replace(",", ""));
    const known = new Map(movements.map((row) => [row.transaction_id ?? "", row]));
    let compared = 0;
    for (const row of movements) {
      const [account, place] = (row.transaction_id ?? "").split("-");
      const before = known.get(`${account}-${Number(place) - 1}`);
      if (before !== undefined) {
        expect(minor(row.balance), row.transaction_id).toBe(minor(before.balance) + minor(row.amount));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(movements.length * 0.9);
  });

  test("outstanding loans in Persian digits follow too", () => {
    const entries = whole("deliveries/loans/ir_instalments.csv", '","', "utf-16le");
    const minor = (text = "") => BigInt(text.replace(/[٬٫"]/g, "").replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0)));
    const known = new Map(entries.map((row) => [row.entry_no ?? "", row]));
    for (const row of entries) {
      const [contract, place] = (row.entry_no ?? "").split("-");
      const before = known.get(`${contract}-${Number(place) - 1}`);
      if (before !== undefined) {
        expect(minor(row.outstanding)).toBe(minor(before.outstanding) + minor(row.principal_paid));
      }
    }
    expect(entries.length).toBeGreaterThan(100);
  });

  test("the movements' trailer counts their rows", () => {
    const lines = rows("deliveries/core/transactions.csv");
    expect(lines.at(-1)).toBe(`TOTAL;${lines.length - 2}`);
  });
});

describe("dates", () => {
  const reads = (text: string, format: string, calendar: "gregory" | "persian" | "islamic-umalqura") =>
    text === "" || parseDate(text, { format, calendar }) !== null;

  test("every date of a row left whole exists in the calendar of its file", () => {
    const columns = [
      ["deliveries/core/parties.csv", ";", "utf-8", ["birth_date", "customer_since", "last_change"], "DD.MM.YYYY", "gregory"],
      ["deliveries/core/transactions.csv", ";", "utf-8", ["booked", "value_date"], "DD.MM.YYYY", "gregory"],
      ["deliveries/loans/ir_borrowers.csv", '","', "utf-16le", ["birth_date"], "YYYY/MM/DD", "persian"],
      ["deliveries/loans/ir_instalments.csv", '","', "utf-16le", ["paid_on"], "YYYY/MM/DD", "persian"],
      ["deliveries/loans/cn_contracts.csv", ",", "gb18030", ["start_date", "end_date"], "YYYY/M/D", "gregory"],
      ["deliveries/wealth/clients.tsv", "\t", "windows-1256", ["birth_date", "modified"], "YYYY/MM/DD", "islamic-umalqura"],
      ["deliveries/wealth/valuations.tsv", "\t", "utf-16le", ["date"], "YYYY/MM/DD", "islamic-umalqura"],
    ] as const;
    for (const [path, delimiter, encoding, names, format, calendar] of columns) {
      const table = whole(path, delimiter, encoding);
      expect(table.length, path).toBeGreaterThan(5);
      const wrong = table.flatMap((row) => names.map((name) => row[name] ?? "")).filter((text) => !reads(text, format, calendar));
      expect(wrong, path).toEqual([]);
    }
  });

  test("the days that damage puts in exist in none of the calendars", () => {
    expect(reads("30.02.2026", "DD.MM.YYYY", "gregory")).toBe(false);
    expect(reads("۱۴۰۴/۱۲/۳۰", "YYYY/MM/DD", "persian")).toBe(false);
    expect(reads("١٤٤٧/٠٢/٣٠", "YYYY/MM/DD", "islamic-umalqura")).toBe(false);
    expect(reads("1447/02/30", "YYYY/MM/DD", "islamic-umalqura")).toBe(false);
  });
});

describe("truth", () => {
  test("each record of the files belongs to exactly one customer, and each told record is in a file", () => {
    const told = truth().flatMap(({ records }) => records.map(({ source, key }) => `${source} ${key}`));
    expect(new Set(told).size).toBe(told.length);
    const seen = new Set([
      ...whole("deliveries/core/parties.csv", ";").map((row) => `core ${row.party_id}`),
      ...whole("deliveries/core-late/parties.csv", ";").map((row) => `core ${row.party_id}`),
      ...rows("deliveries/cards/card_holders.txt").map((line) => `cards ${line.slice(0, 10).trim()}`),
      ...rows("deliveries/crm/contacts.jsonl").map((line) => `crm ${/"id":"([^"]+)"/.exec(line)?.[1]}`),
      ...["ir", "cn", "int"].flatMap((office) => {
        const form = { ir: ['","', "utf-16le"], cn: [",", "gb18030"], int: [";", "windows-1252"] }[office] ?? [];
        return whole(`deliveries/loans/${office}_borrowers.csv`, form[0] ?? "", form[1]).map((row) => `loans ${row.borrower_no}`);
      }),
      ...whole("deliveries/wealth/clients.tsv", "\t", "windows-1256").map((row) => `wealth ${row.client}`),
    ]);
    const missing = told.filter((record) => !seen.has(record));
    expect(missing.length).toBeLessThanOrEqual([...damaged.values()].reduce((sum, lines) => sum + lines.size, 0));
    expect([...seen].filter((record) => !told.includes(record) && !/ (undefined)?$/.test(record))).toEqual([]);
  });

  test("nobody has a movement of their own making long after leaving, and some leave", () => {
    const leavers = truth().filter(({ leavesOn }) => leavesOn !== null);
    expect(leavers.length).toBeGreaterThan(5);
    const last = new Map<string, string>();
    for (const row of whole("deliveries/core/transactions.csv", ";")) {
      const day = (row.booked ?? "").split(".").reverse().join("-");
      if (["salary", "groceries", "cash"].includes(row.category ?? "") && day > (last.get(row.account_id ?? "") ?? "")) {
        last.set(row.account_id ?? "", day);
      }
    }
    for (const { leavesOn, products } of leavers) {
      for (const { key } of products) {
        expect((last.get(key) ?? "") <= (leavesOn ?? ""), key).toBe(true);
      }
    }
  });

  test("every fraud told of is a movement in a file", () => {
    const known = new Set([
      ...rows("deliveries/core/transactions.csv").map((line) => line.split(";")[0]),
      ...rows("deliveries/core-late/transactions.csv").map((line) => line.split(";")[0]),
      ...rows("deliveries/cards/card_entries.txt").map((line) => line.slice(0, 24).trim()),
    ]);
    const frauds = rows("truth/fraud.csv").slice(1);
    expect(frauds.length).toBeGreaterThan(3);
    expect(frauds.filter((line) => !known.has(line.split(",")[1] ?? "")).length).toBeLessThanOrEqual(1);
  });

  test("about three rows in a thousand are damaged", () => {
    const all = filesUnder(join(home, "deliveries")).reduce(
      (sum, file) => sum + readFileSync(join(home, "deliveries", file), "latin1").split("\n").length,
      0,
    );
    const spoilt = [...damaged.values()].reduce((sum, lines) => sum + lines.size, 0);
    expect(spoilt / all).toBeGreaterThan(0.001);
    expect(spoilt / all).toBeLessThan(0.006);
  });
});

describe("relations", () => {
  const ties = () => whole("deliveries/core/party_relations.csv", ";");

  test("tell of spouses, employers, directors and owners, among parties that core banking knows", () => {
    const delivered = ["deliveries/core/parties.csv", "deliveries/core-late/parties.csv"].flatMap((path) => whole(path, ";"));
    const known = new Set(delivered.map((row) => row.party_id));
    const kinds = new Set(ties().map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["director", "employer", "key_contact", "shareholder", "spouse"]);
    expect(ties().filter(({ party_id, other_id }) => !known.has(party_id) || !known.has(other_id))).toEqual([]);
    expect(new Set(ties().map(({ party_id, kind, other_id }) => `${party_id} ${kind} ${other_id}`)).size).toBe(ties().length);
  });

  test("give nobody more of a company than there is, and companies to companies", () => {
    const shares = ties().filter(({ kind }) => kind === "shareholder");
    for (const [company, rows] of Map.groupBy(shares, ({ other_id }) => other_id))
      expect(
        rows.reduce((sum, { share }) => sum + Number.parseInt(share ?? "", 10), 0),
        company,
      ).toBeLessThanOrEqual(100);
    const owned = new Set(shares.map(({ other_id }) => other_id));
    expect(shares.filter(({ party_id }) => owned.has(party_id)).length).toBeGreaterThan(3);
  });
});

describe("mappings", () => {
  test("the import opens every delivery: it understands the mapping, finds all columns, and leaves no file out", async () => {
    for (const { folder, mappingPath } of bank.deliveries) {
      const files = filesUnder(folder).map((name) => ({ name, path: join(folder, name) }));
      const { plan } = await openDelivery(readFileSync(mappingPath, "utf-8"), files);
      expect(plan.filesLeftOut).toEqual([]);
      expect(plan.files).toHaveLength(files.length);
    }
  });

  test("fixed-width columns touch each other and end where the lines end", () => {
    const cards = parseMapping(readFileSync(join(import.meta.dirname, "mappings", "cards.yaml"), "utf-8"));
    for (const { file, columns = [] } of cards.files) {
      let next = 1;
      for (const column of columns) {
        const { start = 0, length = 0 } = typeof column === "string" ? {} : column;
        expect(start).toBe(next);
        next += length;
      }
      expect(rows(`deliveries/cards/${file}`)[0]).toHaveLength(next - 1);
    }
  });
});

test("memory does not grow with the number of customers", async () => {
  const used: number[] = [];
  const onProgress = () => used.push(process.memoryUsage().heapUsed / 2 ** 20);
  await generateDemoBank({ ...options, customers: 12_000, transactionsPerCustomer: 3, folder: join(scratch, "large"), onProgress });
  const half = used.length >> 1;
  expect(Math.max(...used.slice(half))).toBeLessThan(Math.max(...used.slice(0, half)) + 60);
}, 120_000);

test("no message can reach a stranger and no card number is in the files", () => {
  const mails = rows("deliveries/core/parties.csv").flatMap((line) => line.match(/[^;]+@[^;]+/g) ?? []);
  expect(mails.length).toBeGreaterThan(100);
  expect(mails.filter((mail) => !mail.endsWith(".example"))).toEqual([]);
  const cards = rows("deliveries/cards/card_cards.txt").map((line) => line.slice(16, 34));
  expect(cards.some((text) => /\d{13}/.test(text.replace(/^H\d{9}/, "")))).toBe(false);
});

test("staff belong to branches and portfolios of the bank, and one of each role is introduced", () => {
  const staff = demoStaff(options);
  const branches = new Set(["BANK", ...whole("deliveries/core/branches.csv", ";").map((row) => row.branch)]);
  const portfolios = new Set(whole("deliveries/core/portfolios.csv", ";").map((row) => row.portfolio));
  for (const { unitCode, portfolioCodes } of staff) {
    expect(branches.has(unitCode)).toBe(true);
    expect(portfolioCodes.filter((code) => !portfolios.has(code))).toEqual([]);
  }
  const owned = staff.flatMap(({ portfolioCodes }) => portfolioCodes);
  expect(new Set(owned).size).toBe(owned.length);
  const shown = new Set(staff.filter(({ introduced }) => introduced).flatMap(({ roleIds }) => roleIds));
  expect([...shown].sort()).toEqual([
    "administrator",
    "analyst",
    "auditor",
    "branch_manager",
    "compliance_officer",
    "data_scientist",
    "data_steward",
    "finance_manager",
    "fraud_analyst",
    "marketing_manager",
    "privacy_officer",
    "relationship_manager",
    "risk_officer",
  ]);
});
