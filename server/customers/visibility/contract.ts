import { z } from "zod";
import { RoleId } from "../../governance/access/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

/** Why: through the whole bank, through a unit, or through a portfolio; by a role held at a unit; perhaps in somebody's stead. */
export const Reason = z.object({
  kind: z.enum(["bank", "unit", "portfolio", "glass"]),
  /** null: the glass was broken, for an hour at most; no role is behind it. */
  roleId: RoleId.nullable(),
  roleName: z.string().nullable(),
  heldAt: z.string().nullable(),
  portfolioName: z.string().nullable(),
  deputyFor: z.string().nullable(),
});
export type Reason = z.infer<typeof Reason>;

export const VIEWERS_MAX = 500;
export const COUNTS_MAX = 500;

export const explainCustomer = endpoint({
  name: "explainCustomer",
  tag: "visibility",
  method: "GET",
  path: "/api/visibility/customers",
  summary: "Who can see a customer today, and why; the customer is asked for by number or id and not shown",
  access: "access:explain",
  personalQuery: ["customer"],
  query: z.strictObject({ customer: z.string().trim().min(1).max(60) }),
  answer: z.object({
    customerId: z.uuid(),
    branchName: z.string().nullable(),
    portfolioName: z.string().nullable(),
    sealed: z.boolean(),
    /** All of them, of whom at most 500 are listed. */
    count: z.int(),
    people: z
      .array(z.object({ userId: z.uuid(), displayName: z.string(), homeUnitName: z.string(), reasons: z.array(Reason).max(100) }))
      .max(VIEWERS_MAX),
  }),
  errors: ["not_found"],
});

export const explainPerson = endpoint({
  name: "explainPerson",
  tag: "visibility",
  method: "GET",
  path: "/api/visibility/people/:userId",
  summary: "How many customers a person sees today, by unit and reason",
  access: "access:explain",
  params: z.strictObject({ userId: z.uuid() }),
  answer: z.object({
    /** Nobody counted twice. */
    count: z.int(),
    parts: z.array(Reason.extend({ unitName: z.string().nullable(), count: z.int() })).max(COUNTS_MAX),
  }),
  errors: ["not_found"],
});
