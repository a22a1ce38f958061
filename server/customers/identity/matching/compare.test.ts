import { expect, test } from "vitest";
import { compareBirths } from "./compare-births.ts";
import { defaultModel, explainPair, type MatchName, type MatchRecord, probabilityOf } from "./index.ts";
import { organisationForm } from "./organisation-name.ts";
import { personForms } from "./person-name.ts";
import { dayNumber, emailOf, identifierValue, phoneDigits } from "./plain-values.ts";
import { streetOf } from "./street.ts";

const model = defaultModel();

function levels(a: Partial<MatchRecord>, b: Partial<MatchRecord>): Record<string, string | null> {
  const record = (given: Partial<MatchRecord>, key: string): MatchRecord => ({ source: "s", key, kind: "person", ...given });
  return Object.fromEntries(explainPair(model, record(a, "1"), record(b, "2")).steps.map(({ column, level }) => [column, level]));
}

const named = (...names: (MatchName | string)[]): Partial<MatchRecord> => ({
  names: names.map((name) => (typeof name === "string" ? { full: name } : name)),
});
const nameLevels = (a: Partial<MatchRecord>, b: Partial<MatchRecord>) => {
  const { given, family } = levels(a, b);
  return [given, family];
};

test("a name is the same in any order, with parts left out, and with particles", () => {
  expect(nameLevels(named({ given: "Robert", family: "Allen" }), named({ given: "Allen", family: "Robert" }))).toEqual(["exact", "exact"]);
  expect(nameLevels(named("García López, María"), named("María García"))).toEqual(["exact", "exact"]);
  expect(nameLevels(named("محمد بن سعيد آل مكتوم"), named("محمد سعيد المكتوم"))).toEqual(["exact", "exact"]);
  expect(nameLevels(named("J. Smith"), named("John Smith"))).toEqual(["initial", "exact"]);
});

test("a name is known across scripts", () => {
  expect(nameLevels(named("سهیلا احمدی"), named("Soheila Ahmadi"))).toEqual(["sound", "sound"]);
  expect(nameLevels(named("عبد الرحمن الراجحي"), named("Abdulrahman Al Rajhi"))).toEqual(["sound", "sound"]);
  expect(nameLevels(named("欧阳俊杰"), named("Junjie Ouyang"))).toEqual(["exact", "exact"]);
  expect(nameLevels(named({ given: "俊傑", family: "周" }), named("周俊杰"))).toEqual(["exact", "exact"]);
});

test("different people are different in every script", () => {
  expect(nameLevels(named("محمد زيدان"), named("Khalid Haddad"))).toEqual(["different", "different"]);
  expect(nameLevels(named("Sara Green"), named("Peter Green"))).toEqual(["different", "exact"]);
});

test("a birth date forgives one slip, not two", () => {
  expect(compareBirths(19710403, 19710304)).toBe(2); // day and month changed places
  expect(compareBirths(19710624, 19710625)).toBe(2);
  expect(compareBirths(19710624, 19170624)).toBe(2);
  expect(compareBirths(19710624, 19860624)).toBe(3);
  expect(compareBirths(19710630, 19710702)).toBe(4);
  expect(compareBirths(19710000, 19710624)).toBe(5);
  expect(compareBirths(19710624, 19800113)).toBe(6);
  expect(compareBirths(0, 19800113)).toBe(0);
});

test("what stands for nothing is nothing", () => {
  expect(dayNumber("1900-01-01")).toBe(0);
  expect(phoneDigits("000000000")).toBe("");
  expect(identifierValue("000000")).toBe("");
  expect(emailOf("none@example.com")).toBeNull();
  expect(levels(named("unknown"), named("N/A"))).not.toHaveProperty("given", "exact");
  expect(levels(named("غير معروف"), named("غير معروف"))).not.toHaveProperty("family", "exact");
});

test("companies are compared without their legal forms, which are compared apart", () => {
  expect(organisationForm("Caspian Stores Co., Ltd.")).toEqual({ words: ["caspian", "stores"], legalForm: "limited" });
  expect(organisationForm("Hostelería Norte, S.A.")).toEqual({ words: ["hosteleria", "norte"], legalForm: "shares" });
  expect(organisationForm("瑞丰百货有限公司")).toEqual({ words: ["瑞丰百货"], legalForm: "limited" });
  const company = (full: string): Partial<MatchRecord> => ({ kind: "organisation", names: [{ full }] });
  expect(levels(company("Ashford Retail PLC"), company("Ashford Retail Limited"))).toMatchObject({
    organisation: "exact",
    "legal form": "different",
  });
  expect(levels(company("Kingsway Farms Ltd"), company("Ashford Retail Ltd"))).toMatchObject({ organisation: "different" });
});

test("numbers in names tell apart what is called alike; a number on one side only says nothing", () => {
  const company = (full: string): Partial<MatchRecord> => ({ kind: "organisation", names: [{ full }] });
  expect(levels(company("Harbour Growth Fund 1"), company("Harbour Growth Fund 2"))).toMatchObject({ organisation: "different" });
  expect(levels(company("Harbour Growth Fund 2"), company("Fund 2 Harbour Growth"))).toMatchObject({ organisation: "exact" });
  expect(levels(company("Harbour Growth Fund 1"), company("Harbour Growth Fund")).organisation).not.toBe("different");
  expect(nameLevels(named("Harbour Client 01"), named("Harbour Client 02"))).not.toContain("far");
  expect(nameLevels(named("Harbour Client 01"), named("Harbour Client 02"))).toContain("different");
});

test("an address is its words, its number and its place, wherever they stand", () => {
  expect(streetOf({ line: "12 Wallaby Place", city: "Cleveland", postalCode: "02119" })).toEqual({
    words: ["wallaby"],
    number: "12",
    city: "cleveland",
    postalCode: "02119",
  });
  const at = (line: string, postalCode: string, city: string): Partial<MatchRecord> => ({ addresses: [{ line, postalCode, city }] });
  expect(levels(at("12 Wallaby Place", "2119", "Cleveland"), at("Wallaby pl. 12", "2119", "Clevelnd"))).toMatchObject({
    address: "same",
    place: "postcode and city",
  });
  expect(levels(at("12 Wallaby Place", "2119", "Cleveland"), at("14 Wallaby Place", "2119", "Cleveland"))).toMatchObject({
    address: "street",
  });
});

test("contacts: a slip is near, a number without its country is the number", () => {
  expect(levels({ phones: ["+971501234567"] }, { phones: ["0501234567"] })).toMatchObject({ phone: "exact" });
  expect(levels({ phones: ["+971501234567"] }, { phones: ["+971501234576"] })).toMatchObject({ phone: "close" });
  expect(levels({ emails: ["r.allen+bank@smith.net"] }, { emails: ["R.Allen@home.org"] })).toMatchObject({ email: "local part" });
  const id = (value: string): Partial<MatchRecord> => ({ identifiers: [{ scheme: "passport", country: "GB", value }] });
  expect(levels(id("A1234567"), id("A1234576"))).toMatchObject({ identifier: "close" });
});

test("an explanation adds up: prior and every step make the sum", () => {
  const robert: MatchRecord = {
    source: "a",
    key: "1",
    kind: "person",
    names: [{ full: "Robert Allen" }],
    birthDate: "1971-06-24",
    emails: ["r@x.org"],
  };
  const explained = explainPair(model, robert, { ...robert, source: "b", names: [{ full: "Rob Alen" }] });
  const sum = explained.steps.reduce((bits, step) => bits + step.bits + step.rarityBits, explained.priorBits);
  expect(explained.bits).toBeCloseTo(sum, 9);
  expect(explained.probability).toBe(probabilityOf(explained.bits));
  expect(explained.steps.find(({ column }) => column === "given")).toMatchObject({ a: "robert", b: "rob", level: "far" });
});

test("spellings are kept once, at most four", () => {
  const forms = personForms([
    { full: "Ana Gil" },
    { full: "ANA GIL" },
    { full: "A Gil" },
    { full: "Ana G" },
    { full: "Anna Gil" },
    { full: "An Gil" },
  ]);
  expect(forms).toHaveLength(4);
});
