import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";
import { CustomerSummary } from "../directory/contract.ts";
import { holdingKinds } from "../holdings/kinds/contract.ts";
import { LinkDecision } from "../identity/contract.ts";

const SourceName = z.object({ sourceId: z.int(), code: z.string(), name: z.string() });

/** The moment, the person and the reason of a pin stand beside the record it hangs on. */
const Pin = z.object({ pinId: z.uuid(), reason: z.string(), pinnedByName: z.string().nullable() });

/** One value of one party for an attribute, in the order the rule ranks them: place 1 is the golden value. A pinned value beats all others. */
export const CompetingValue = z.object({
  value: z.string(),
  partyId: z.uuid(),
  source: SourceName,
  changedAt: Instant,
  trust: z.int(),
  place: z.int(),
  pin: Pin.nullable(),
});

const OpenDispute = z.object({
  disputeId: z.uuid(),
  attribute: z.string(),
  value: z.string(),
  reason: z.string(),
  disputedByName: z.string().nullable(),
  disputedAt: Instant,
  version: z.int(),
});

const RuleTest = z.enum(["pinned", "trusted", "recent", "complete"]);

export const Attribute = z.object({
  attribute: z.string(),
  values: z.array(CompetingValue).max(50),
  /** The order of tests that decides, and the one that did: null when only one value, or only equal ones, compete. */
  strategy: z.array(RuleTest).max(4),
  decidedBy: z.enum([...RuleTest.options, "tie"]).nullable(),
});
export type Attribute = z.infer<typeof Attribute>;

export const ContactPoint = z.object({
  kind: z.enum(["phone", "email", "address", "messaging"]),
  purpose: z.string().nullable(),
  value: z.string(),
  normalised: z.string().nullable(),
  parts: z.record(z.string(), z.string().nullable()).nullable(),
  sources: z.array(SourceName).max(50),
  changedAt: Instant,
});

export const Identifier = z.object({
  scheme: z.string(),
  country: z.string().nullable(),
  last4: z.string(),
  verified: z.boolean(),
  expiresOn: z.iso.date().nullable(),
  sources: z.array(SourceName).max(50),
});

export const Holding = z.object({
  holdingId: z.uuid(),
  kind: z.enum(holdingKinds),
  class: z.enum(["asset", "debt", "service"]),
  role: z.string(),
  number: z.string().nullable(),
  productName: z.string().nullable(),
  currency: z.string(),
  status: z.string(),
  openedOn: z.iso.date().nullable(),
  maturesOn: z.iso.date().nullable(),
  closedOn: z.iso.date().nullable(),
  /** Principal, limit or amount of the order. */
  amountMinor: MinorUnits.nullable(),
  /** A year, as a fraction: 0.045 is 4.5 %. */
  rate: z.string().nullable(),
  balanceMinor: MinorUnits.nullable(),
  balanceOn: z.iso.date().nullable(),
  attachedTo: z.uuid().nullable(),
  source: SourceName,
  changedAt: Instant,
});

/** A record of a source that belongs to this customer, and why it does. */
export const LinkedRecord = z.object({
  partyId: z.uuid(),
  source: SourceName,
  sourceKey: z.string(),
  fullName: z.string(),
  changedAt: Instant,
  loadId: z.uuid().nullable(),
  lineNo: z.number().int().nullable(),
  decision: LinkDecision,
  evidence: z.record(z.string(), z.unknown()),
  decidedAt: Instant,
});

export const CustomerView = z.object({
  customer: CustomerSummary.extend({
    givenName: z.string().nullable(),
    familyName: z.string().nullable(),
    sex: z.enum(["female", "male", "other"]).nullable(),
    nationality: z.string().nullable(),
    occupation: z.string().nullable(),
    industry: z.string().nullable(),
    legalForm: z.string().nullable(),
    maritalStatus: z.string().nullable(),
    deceasedOn: z.iso.date().nullable(),
    refreshedAt: Instant,
    version: z.int(),
  }),
  attributes: z.array(Attribute).max(40),
  /** Values somebody doubts, newest first; open ones only. */
  disputes: z.array(OpenDispute).max(100),
  contactPoints: z.array(ContactPoint).max(200),
  identifiers: z.array(Identifier).max(100),
  holdings: z.array(Holding).max(500),
  records: z.array(LinkedRecord).max(200),
  totals: z.array(z.object({ currency: z.string(), assetsMinor: MinorUnits, debtsMinor: MinorUnits, holdings: z.int() })).max(50),
});
export type CustomerView = z.infer<typeof CustomerView>;

export const CustomerParams = z.strictObject({ customerId: z.uuid() });

export const viewCustomer = endpoint({
  name: "viewCustomer",
  tag: "customers",
  method: "GET",
  path: "/api/customers/:customerId",
  summary: "The 360 degree view of one customer, with the origin of every value",
  access: "customer:read",
  params: CustomerParams,
  answer: CustomerView,
  errors: ["not_found"],
});

export const readSourceRecord = endpoint({
  name: "readSourceRecord",
  tag: "customers",
  method: "GET",
  path: "/api/customers/:customerId/records/:partyId",
  summary: "One linked record as its source delivered it, column by column",
  access: "customer:read",
  params: z.strictObject({ customerId: z.uuid(), partyId: z.uuid() }),
  answer: z.object({ columns: z.array(z.object({ name: z.string(), value: z.string().nullable() })).max(500) }),
  errors: ["not_found"],
});
