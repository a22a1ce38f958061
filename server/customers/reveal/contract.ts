import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";

export const REVEAL_SECONDS = 60;

export const revealIdentifier = endpoint({
  name: "revealIdentifier",
  tag: "customers",
  method: "POST",
  path: "/api/customers/:customerId/reveal",
  summary: "Show one identifier whole, for a reason; recorded before it is shown, within an hourly quota",
  access: "identifier:reveal",
  params: z.strictObject({ customerId: z.uuid() }),
  body: z.strictObject({
    scheme: z.string().min(1).max(40),
    country: z.string().length(2).nullable(),
    last4: z.string().min(1).max(4),
    reason: z.string().trim().min(10).max(500),
  }),
  /** More than one: identifiers that end alike. To be taken from the screen after `seconds`. */
  answer: z.object({ values: z.array(z.string()).min(1).max(20), seconds: z.int() }),
  errors: ["not_found", "limit_reached", "step_up_needed"],
});
