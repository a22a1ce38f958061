import { z } from "zod";

/** Customers of one batch told of one by one; above that the batch is told of once. */
export const NAMED_MAX = 50;

/**
 * Golden values of a customer changed, a customer came to be, or ceased to be (joined to another, or its load taken back). `attributes` are columns of
 * the golden record, never values; all of them where it is empty. customerId null: `count` customers at once, which a load touched; whoever needs to
 * know which reads those refreshed since it last looked.
 */
export const CustomerChanged = z.object({
  customerId: z.uuid().nullable(),
  change: z.enum(["created", "changed", "removed"]),
  attributes: z.array(z.string()).max(60),
  count: z.int(),
});
export type CustomerChanged = z.infer<typeof CustomerChanged>;
