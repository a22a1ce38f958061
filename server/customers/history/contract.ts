import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { LinkDecision } from "../identity/contract.ts";

/** A day (its end, in UTC) or a moment. */
const Day = z.union([z.iso.date(), z.iso.datetime()]);

const PastValue = z.object({
  value: z.string(),
  partyId: z.uuid(),
  sourceName: z.string(),
  changedAt: Instant,
  trust: z.int(),
  pinned: z.boolean(),
});

export const CustomerAsOf = z.object({
  /** What was believed at this moment is shown. */
  knownAt: Instant,
  /** About this moment; null: whatever was believed to be so at knownAt. */
  validAt: Instant.nullable(),
  customer: z.object({
    customerId: z.uuid(),
    customerNo: z.string(),
    kind: z.enum(["person", "organisation"]),
    /** null: nothing was known of it. */
    fullName: z.string().nullable(),
  }),
  /** Values of each attribute, the one that counts first, by today's survivorship rules. */
  attributes: z
    .array(
      z.object({
        attribute: z.string(),
        values: z.array(PastValue).max(50),
        decidedBy: z.enum(["pinned", "trusted", "recent", "complete", "tie"]).nullable(),
      }),
    )
    .max(40),
  contactPoints: z
    .array(
      z.object({
        kind: z.enum(["phone", "email", "address", "messaging"]),
        purpose: z.string().nullable(),
        value: z.string(),
        normalised: z.string().nullable(),
        sources: z.array(z.string()).max(50),
        changedAt: Instant,
      }),
    )
    .max(200),
  identifiers: z
    .array(
      z.object({
        scheme: z.string(),
        country: z.string().nullable(),
        last4: z.string(),
        verified: z.boolean(),
        expiresOn: z.iso.date().nullable(),
        sources: z.array(z.string()).max(50),
      }),
    )
    .max(100),
  records: z
    .array(
      z.object({
        partyId: z.uuid(),
        sourceName: z.string(),
        sourceKey: z.string(),
        fullName: z.string(),
        decision: LinkDecision,
        decidedAt: Instant,
      }),
    )
    .max(200),
});
export type CustomerAsOf = z.infer<typeof CustomerAsOf>;

export const viewCustomerAsOf = endpoint({
  name: "viewCustomerAsOf",
  tag: "customers",
  method: "GET",
  path: "/api/customers/:customerId/as-of",
  summary: "A customer as it was known on a day, as it stood on a day, or both; values chosen by today's survivorship rules",
  access: "customer:read",
  params: z.strictObject({ customerId: z.uuid() }),
  query: z.strictObject({ knownOn: Day.optional(), validOn: Day.optional() }),
  answer: CustomerAsOf,
  errors: ["not_found"],
});
