import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { asciiDigits, digitsOnly, fold, queryTerms } from "../../platform/text/index.ts";
import { indexIdentifiers } from "../identifiers/index.ts";
import type { CustomerSummary } from "./contract.ts";
import { isTooShort, type MatchedBy, nameQuery, numberQueries, rank, wholeWordsQuery } from "./rules.ts";
import { type FoundCustomer, findCustomers } from "./store.ts";

// Enough to rank well, few enough to rank at once.
const CANDIDATES_MAX = 200;

interface Found {
  readonly customer: CustomerSummary;
  readonly matchedBy: MatchedBy | "name";
  readonly own: boolean;
}

/** The best matches in the caller's reach, the caller's own customers first; what was asked (hashed) and who was shown is audited. Fails with not_allowed, unavailable (a number is asked for, and the keys are not to be had). */
export async function searchCustomers(
  tx: Tx,
  caller: Caller,
  text: string,
  rows: number,
): Promise<{ found: Found[]; more: boolean; tooShort: boolean }> {
  permit(caller, "customer:read");
  const folded = fold(text);
  if (isTooShort(folded)) return { found: [], more: false, tooShort: true };
  const candidates = await candidatesFor(tx, text, rows);
  const wordsWanted = folded.split(" ").filter((word) => word !== "");
  const ranked = [...candidates.values()]
    .map((found) => ({ found, score: rank({ ...rankInput(found), wordsWanted }) }))
    .sort((a, b) => b.score - a.score || (a.found.customer.customerNo < b.found.customer.customerNo ? -1 : 1));
  const shown = ranked.slice(0, rows).map(({ found }) => found);
  await record(tx, {
    caller,
    action: "customer.searched",
    fieldClasses: ["name", "contact"],
    subjectKind: "customer",
    subjectIds: shown.map(({ customer }) => customer.customerId),
    query: folded,
  });
  return { found: shown, more: ranked.length > rows, tooShort: false };
}

async function candidatesFor(tx: Tx, text: string, rows: number): Promise<Map<string, Found>> {
  const candidates = new Map<string, Found>();
  const add = (matchedBy: Found["matchedBy"], found: readonly FoundCustomer[]) => {
    for (const { own, ...customer } of found) {
      if (!candidates.has(customer.customerId)) candidates.set(customer.customerId, { customer, matchedBy, own });
    }
  };
  const plain = asciiDigits(text);
  const index = /\d/.test(plain) ? await indexIdentifiers(tx) : null;
  const forms = (number: string) => index?.forms(number).map((form) => form.toString("hex")) ?? [];
  for (const { matchedBy, query } of numberQueries(plain, digitsOnly(text), forms))
    add(matchedBy, await findCustomers(tx, query, CANDIDATES_MAX));
  // A number that was found is no name: "C-100001" would also ask for every name that begins with a C.
  if (candidates.size > 0 && /\d/.test(plain)) return candidates;
  const words = queryTerms(text);
  const whole = wholeWordsQuery(words);
  // Beginnings and other spellings rank below, so where the page is full they are not looked for.
  if (whole !== null) add("name", await findCustomers(tx, whole, CANDIDATES_MAX));
  if (candidates.size > rows) return candidates;
  const byName = nameQuery(words);
  if (byName !== null) add("name", await findCustomers(tx, byName, CANDIDATES_MAX));
  return candidates;
}

function rankInput({ customer, matchedBy, own }: Found) {
  const nameWords = fold(`${customer.fullName} ${customer.latinName ?? ""}`).split(" ");
  return { own, exactNumber: matchedBy !== "name", nameWords, weight: Number(customer.assetsMinor + customer.debtsMinor) / 100 };
}
