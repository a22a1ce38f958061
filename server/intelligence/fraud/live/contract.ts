import { z } from "zod";
import { endpoint, reference } from "../../../platform/http/contract.ts";
import { MinorUnits } from "../../../platform/money/contract.ts";
import { RuleAction } from "../contract.ts";

const Name = z.string().trim().min(1).max(140);
const Code = z.string().trim().min(1).max(60);

export const verdicts = ["approve", "review", "decline"] as const;
export const Verdict = z.enum(verdicts);
export type Verdict = z.infer<typeof Verdict>;

/** A payment that waits to be let through. `source` and `paymentId` are those under which it will come with the source's files: so it is known again. */
export const PaymentToDecide = z.strictObject({
  source: Code,
  paymentId: reference(z.string().min(1).max(200)),
  /** The account or card, by its key at the source. */
  account: reference(z.string().min(1).max(200)),
  /** With the offset of where it happens: night is the customer's night. */
  at: z.iso.datetime({ offset: true }),
  amountMinor: MinorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  payee: z
    .strictObject({ account: reference(z.string().trim().min(1).max(140)).optional(), name: Name.optional() })
    .refine(({ account, name }) => account !== undefined || name !== undefined),
  channel: Code.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  category: Code.optional(),
});
export type PaymentToDecide = z.output<typeof PaymentToDecide>;

export const PaymentDecision = z.object({
  paymentId: z.string(),
  verdict: Verdict,
  /** The strictest action asked for; null: none. */
  action: RuleAction.nullable(),
  /** Of fraud, 0 to 1. */
  probability: z.number(),
  /** Names of the rules that fired, strictest first, and the features that spoke most for fraud; at most five of each. */
  rules: z.array(z.string()).max(5),
  reasons: z.array(z.string()).max(5),
  /** The rules it was decided under. */
  setNo: z.int(),
});
export type PaymentDecision = z.infer<typeof PaymentDecision>;

export const decidePayment = endpoint({
  name: "decidePayment",
  tag: "fraud",
  method: "POST",
  path: "/api/fraud/decisions",
  summary: "Decide on a payment before it is let through; the same payment is answered the same",
  access: "fraud:screen",
  pace: "machine",
  body: PaymentToDecide,
  answer: PaymentDecision,
  errors: ["unavailable", "invalid_state"],
});
