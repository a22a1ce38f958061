import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";

/**
 * What a figure is, and so how it is kept, compared and shown. `money`: minor units of the bank's reporting currency. `share`: 0 to 1. `days`: a past
 * date, read as the days since then; `ahead`: a coming date, read as the days until then; `years`: a past date, read as full years.
 */
export const FactKind = z.enum(["count", "money", "share", "number", "days", "ahead", "years", "code", "flag"]);
export type FactKind = z.infer<typeof FactKind>;

export const FactGroup = z.enum([
  "person",
  "activity",
  "channels",
  "spending",
  "income",
  "balances",
  "holdings",
  "relations",
  "value",
  "scores",
  "risk",
  "fraud",
  "offers",
]);
export type FactGroup = z.infer<typeof FactGroup>;

/** A measure there is of customers; its words are `segments:facts.<key>` and, with a window, `segments:window`. */
export const FactInfo = z.object({
  key: z.string(),
  kind: FactKind,
  group: FactGroup,
  /** Whole months looked back; null where there is no window. */
  months: z.int().nullable(),
  /** A closed list of codes, with words `segments:codes.<key>.<code>`; null: no codes, or the bank's own. */
  codes: z.array(z.string()).nullable(),
});
export type FactInfo = z.infer<typeof FactInfo>;

export const FACTS_MAX = 400;

export const listFacts = endpoint({
  name: "listFacts",
  tag: "intelligence",
  method: "GET",
  path: "/api/facts",
  summary: "The measures of customers that the caller may see, the currency money is in, and the day they are counted to",
  access: "segment:read",
  answer: z.object({ facts: z.array(FactInfo).max(FACTS_MAX), currency: z.string(), asOf: z.iso.date().nullable() }),
});
