import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "values";

/** Branch and portfolio are not among them: they decide who sees a customer, and are the sources' to say. */
export const pinnable = [
  "full_name", "given_name", "family_name", "latin_name", "sex", "born_on", "nationality", "language", "occupation", "industry", "legal_form",
  "segment", "marital_status", "customer_since", "deceased_on", "phone", "email", "city", "country",
] as const; // biome-ignore format: one list
export const Pinnable = z.enum(pinnable);
export type Pinnable = z.infer<typeof Pinnable>;

const VALUE_CHARACTERS_MAX = 300;
const Reason = z.string().trim().min(3).max(500);
const Value = z.string().trim().min(1).max(VALUE_CHARACTERS_MAX);
const CustomerParams = z.strictObject({ customerId: z.uuid() });

export const pinValue = endpoint({
  name: "pinValue",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/pins",
  summary: "Let one value count until it is unpinned: a competing one or a typed one. It hangs on the record it was seen on",
  access: "value:pin",
  params: CustomerParams,
  body: z.strictObject({ attribute: Pinnable, partyId: z.uuid(), value: Value, reason: Reason }),
  answer: z.object({ pinId: z.uuid() }),
  errors: ["not_found", "invalid_input"],
});

export const unpinValue = endpoint({
  name: "unpinValue",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/pins/:pinId/unpin",
  summary: "Let the rules choose again",
  access: "value:pin",
  params: CustomerParams.extend({ pinId: z.uuid() }),
  answer: z.object({ pinId: z.uuid() }),
  errors: ["not_found", "invalid_state"],
});

export const disputeValue = endpoint({
  name: "disputeValue",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/disputes",
  summary: "Doubt a value that the customer has, for a steward to look at",
  access: "value:dispute",
  params: CustomerParams,
  body: z.strictObject({ attribute: z.string().min(1).max(40), partyId: z.uuid(), value: Value, reason: Reason }),
  answer: z.object({ disputeId: z.uuid() }),
  errors: ["not_found", "invalid_state"],
});

export const DisputeState = z.enum(["open", "settled", "rejected"]);
export const Dispute = z.object({
  disputeId: z.uuid(),
  customerId: z.uuid(),
  customerNo: z.string(),
  customerName: z.string(),
  partyId: z.uuid(),
  attribute: z.string(),
  value: z.string(),
  reason: z.string(),
  state: DisputeState,
  disputedByName: z.string().nullable(),
  disputedAt: Instant,
  answer: z.string().nullable(),
  answeredByName: z.string().nullable(),
  answeredAt: Instant.nullable(),
  version: z.int(),
});
export type Dispute = z.infer<typeof Dispute>;

export const DISPUTES_MAX = 100;
export const listDisputes = endpoint({
  name: "listDisputes",
  tag,
  method: "GET",
  path: "/api/value-disputes",
  summary: "Disputed values of customers the caller sees, newest first",
  access: "value:pin",
  query: z.strictObject({
    state: DisputeState.default("open"),
    limit: z.coerce.number().int().min(1).max(DISPUTES_MAX).default(50),
    after: z.uuid().optional(),
  }),
  answer: z.object({ disputes: z.array(Dispute).max(DISPUTES_MAX), next: z.uuid().nullable() }),
});

export const answerDispute = endpoint({
  name: "answerDispute",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/disputes/:disputeId/answer",
  summary: "Settle or reject a dispute, with an answer",
  access: "value:pin",
  params: CustomerParams.extend({ disputeId: z.uuid() }),
  body: z.strictObject({ outcome: z.enum(["settled", "rejected"]), answer: Reason, version: z.int() }),
  answer: z.object({ disputeId: z.uuid() }),
  errors: ["not_found", "conflict"],
});
