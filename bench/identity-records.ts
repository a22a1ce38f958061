// Run by bench/identity.ts in a process of its own: writes records of the demo bank as lines of JSON, as a party store would hand them to the matcher, and beside
// them whose they are.
import { closeSync, openSync, writeSync } from "node:fs";
import { lastFullMonth, planBank } from "../db/demo/bank.ts";
import { type Customer, makeCustomer } from "../db/demo/customer.ts";
import { gregorian } from "../db/demo/dates.ts";
import { Random } from "../db/demo/random.ts";
import { embossed, type SourceCode, viewOf } from "../db/demo/sources/party-view.ts";
import type { MatchName, MatchRecord } from "../server/customers/identity/matching/index.ts";
import { normalPhone } from "../server/customers/intake/mapping/phone-number.ts";

/** One record with what is true about it. */
export interface BankRecord {
  readonly record: MatchRecord;
  readonly customer: number;
  readonly language: string;
}

const CUSTOMERS_PER_RECORD = 0.427;
const known: Readonly<Record<SourceCode, number>> = { core: 0.95, cards: 0.5, loans: 0.2, crm: 0.55, wealth: 0.12 };
const STREAM = 77;

/** Records of a bank of five sources: about 2.3 a customer, some twice in one source, couples at one address. The same number and seed give the same records. */
export function* bankRecords(records: number, seed = 1): Generator<BankRecord> {
  const customers = Math.ceil(records * CUSTOMERS_PER_RECORD) + 2;
  const bank = planBank({ customers, seed, until: lastFullMonth(new Date("2026-01-15")) });
  let written = 0;
  for (let index = 0; written < records; index += 1) {
    const random = new Random(seed, index, STREAM);
    const made = makeCustomer(bank, index);
    const customer = index % 2 === 1 && random.chance(0.2) ? livingWith(made, makeCustomer(bank, index - 1)) : made;
    for (const [source, share] of Object.entries(known) as [SourceCode, number][]) {
      const copies = random.chance(share) ? (source === "core" && random.chance(0.02) ? 2 : 1) : 0;
      for (let copy = 0; copy < copies && written < records; copy += 1) {
        written += 1;
        yield { record: recordOf(customer, source, viewOf(bank, customer, source, copy)), customer: index, language: customer.language };
      }
    }
  }
}

function livingWith(one: Customer, other: Customer): Customer {
  return one.kind === "person" && other.kind === "person" ? { ...one, address: other.address, landline: other.landline } : one;
}

function recordOf(customer: Customer, source: SourceCode, view: ReturnType<typeof viewOf>): MatchRecord {
  const { country } = customer.market;
  const hasLatinAddress = source === "loans" && country !== "IR" && country !== "CN";
  const { address } = view;
  return {
    source,
    key: view.key,
    kind: customer.kind,
    names: namesOf(customer, source, view),
    birthDate: view.bornDay === undefined ? "" : gregorian.joined(view.bornDay, "-"),
    ...(customer.kind === "person" && source === "core" ? { sex: customer.name.female ? "F" : "M" } : {}),
    addresses:
      source === "cards"
        ? []
        : [
            {
              line: hasLatinAddress ? address.latinLine : address.line,
              city: hasLatinAddress ? address.latinCity : address.city,
              postalCode: address.postalCode,
            },
          ],
    phones: [view.mobile, source === "core" ? view.landline : ""].map((text) => normalPhone(text, country)).filter((phone) => phone !== ""),
    emails: source === "loans" || view.email === "" ? [] : [view.email],
    identifiers:
      view.identifier === ""
        ? []
        : [{ scheme: customer.identifier.scheme, country: customer.identifier.country, value: view.identifier, verified: view.verified }],
    ...(source === "core" ? { nationality: customer.nationality } : {}),
  };
}

function namesOf(customer: Customer, source: SourceCode, view: ReturnType<typeof viewOf>): MatchName[] {
  const { country } = customer.market;
  switch (source) {
    case "core":
      return view.given === ""
        ? [{ full: view.native }, { full: view.latin }]
        : [{ given: view.given, family: view.family }, { full: view.latin }];
    case "cards":
      return [{ full: embossed(view.latin) }];
    case "loans":
      return [{ full: country === "IR" || country === "CN" ? view.native.replaceAll("\u200c", " ") : view.latin }];
    case "crm":
    case "wealth":
      return [{ full: view.native }];
  }
}

const [, script, file, count, seed] = process.argv;
if (script === import.meta.filename && file !== undefined) {
  const outs = [file, `${file}.customers`].map((name) => openSync(name, "w"));
  let lines: [string[], string[]] = [[], []];
  const flush = () => {
    for (const [place, out] of outs.entries()) writeSync(out, (lines[place] ?? []).join(""));
    lines = [[], []];
  };
  for (const { record, customer } of bankRecords(Number(count), Number(seed ?? 1))) {
    lines[0].push(`${JSON.stringify(record)}\n`);
    lines[1].push(`${customer}\n`);
    if (lines[0].length === 10_000) flush();
  }
  flush();
  for (const out of outs) closeSync(out);
}
