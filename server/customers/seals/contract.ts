import { z } from "zod";
import { Reason } from "../../governance/walls/contract.ts";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "confidential customers";

export const SEALS_PAGE_ROWS = 100;

/** All seals that were put on one customer by one act. Who keeps the seals need not see the customer: the name is there only for who does. */
export const Seal = z.object({
  sealId: z.uuid(),
  compartmentId: z.int(),
  customerNo: z.string(),
  customerId: z.uuid().nullable(),
  customerName: z.string().nullable(),
  reason: z.string(),
  sealedByName: z.string(),
  sealedAt: Instant,
  liftedByName: z.string().nullable(),
  liftedAt: Instant.nullable(),
  liftReason: z.string().nullable(),
});
export type Seal = z.infer<typeof Seal>;

export const listSeals = endpoint({
  name: "listSeals",
  tag,
  method: "GET",
  path: "/api/seals",
  summary: "Seals of a compartment, newest first, 100 a page",
  access: "seal:manage",
  query: z.strictObject({ compartmentId: z.coerce.number().int().min(1).max(32_767), after: z.uuid().optional() }),
  answer: z.object({ seals: z.array(Seal).max(SEALS_PAGE_ROWS), next: z.uuid().nullable() }),
});

export const sealCustomer = endpoint({
  name: "sealCustomer",
  tag,
  method: "POST",
  path: "/api/seals",
  summary: "Put a customer, by exact number, into a compartment: for everybody without clearance it does not exist from now on",
  access: "seal:manage",
  body: z.strictObject({
    customerNo: z.string().trim().min(1).max(40),
    compartmentId: z.int().min(1).max(32_767),
    reason: Reason,
  }),
  answer: z.object({ sealId: z.uuid() }),
  errors: ["not_found", "invalid_state"],
});

export const liftSeal = endpoint({
  name: "liftSeal",
  tag,
  method: "POST",
  path: "/api/seals/:sealId/lift",
  summary: "Take a customer out of a compartment",
  access: "seal:manage",
  params: z.strictObject({ sealId: z.uuid() }),
  body: z.strictObject({ reason: Reason }),
  answerKind: "none",
  errors: ["not_found"],
});
