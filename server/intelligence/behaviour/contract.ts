import { z } from "zod";
import { CustomerParams } from "../../customers/overview/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";

/** Whole months looked back, and months looked ahead. */
export const MONTHS_BACK = 24;
export const MONTHS_AHEAD = 3;

/** How the customer pays and is served; in the order they are shown. */
export const channels = ["card", "digital", "transfer", "automatic", "cash", "branch"] as const;
export const Channel = z.enum(channels);
/** What the money goes to. */
export const uses = ["housing", "daily", "leisure", "travel", "saving", "insurance", "fee", "loan", "remittance"] as const;
export const Use = z.enum(uses);
/** Measures of a month, counts first: what can be seen to change. */
export const counts = ["out_count", "in_count", ...channels.map((name) => `${name}_count` as const)] as const;
export const sums = ["in_minor", "out_minor", "balance_minor", ...uses.map((name) => `${name}_minor` as const)] as const;
export const MonthMeasure = z.enum([...counts, ...sums]);
export type MonthMeasure = z.infer<typeof MonthMeasure>;

const Month = z.iso.date();

/** A month's average: of the last three months, and of up to twelve before them; null where fewer than six are known. Counts, or minor units. */
const Pair = z.object({ recent: z.number(), before: z.number().nullable() });
export type Pair = z.infer<typeof Pair>;

/** `low` to `high` holds four of five such months. */
export const Forecast = z.object({
  months: z.array(z.object({ expected: z.number(), low: z.number(), high: z.number() })).length(MONTHS_AHEAD),
  /** By how much the same method missed the last three months on average, told them beforehand; null: too few months to try. */
  missed: z.number().nullable(),
});
export type Forecast = z.infer<typeof Forecast>;

export const readBehaviour = endpoint({
  name: "readBehaviour",
  tag: "intelligence",
  method: "GET",
  path: "/api/customers/:customerId/behaviour",
  summary: "What a customer does, month by month, by channel and use, against their own past, and what is likely to come next",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({
    currency: z.string(),
    /** The last month counted; null while nothing is. */
    month: Month.nullable(),
    months: z
      .array(z.object({ month: Month, inMinor: MinorUnits, outMinor: MinorUnits, bookings: z.int(), balanceMinor: MinorUnits }))
      .max(MONTHS_BACK),
    channels: z.array(Pair.extend({ channel: Channel })).max(channels.length),
    uses: z.array(Pair.extend({ use: Use })).max(uses.length),
    /** What stands out from the months before, the least likely by chance first. */
    changes: z.array(z.object({ measure: MonthMeasure, recent: z.number(), before: z.number() })).max(counts.length + sums.length),
    /** null: the customer objects to profiling. */
    ahead: z
      .object({
        balance: Forecast.nullable(),
        moneyIn: Forecast.nullable(),
        moneyOut: Forecast.nullable(),
        bookings: Forecast.nullable(),
        /** From the models in force, 0 to 1; null: no model, or no score. */
        leaves: z.number().nullable(),
        responds: z.number().nullable(),
        nextProduct: z.object({ product: z.string(), chance: z.number().nullable() }).nullable(),
      })
      .nullable(),
  }),
  errors: ["not_found"],
});
