import { z } from "zod";

const Rate = z.number().min(-0.5).max(2);
const Share = z.number().min(0).max(1);
const Minor = z.number().int().min(0).max(1e12);

/**
 * What a bank decides for the calculation of profit, as one version of data. Rates are per year (0.05 = 5 %), amounts minor units of `currency`.
 * Whoever changes a figure makes a new version; a profit names the version it was computed under.
 */
export const ProfitParameters = z
  .strictObject({
    version: z.int().min(1),
    validFrom: z.iso.date(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** Transfer prices by term in months, terms rising; between two terms by the straight line, outside as the nearest. */
    transferRates: z
      .array(z.strictObject({ months: z.int().min(0).max(600), rate: Rate }))
      .min(1)
      .max(60),
    /** Cost of one activity, by its name: branch_visit, call, atm, digital, statement … */
    unitCostsMinor: z.record(z.string().min(1).max(60), Minor),
    /** Return that capital has to earn, per year. */
    hurdleRate: Rate,
    /** Capital held for each unit of risk-weighted exposure. */
    capitalRatio: Share,
    /** What winning a customer cost is spread evenly over so many months. */
    acquisitionMonths: z.int().min(1).max(120),
    /** Cost of equity, per year: discounts lifetime values. */
    discountRate: z.number().min(0).max(1),
    /** Months a lifetime value looks ahead. */
    horizonMonths: z.int().min(1).max(120),
  })
  .refine(({ transferRates }) => transferRates.every(({ months }, at) => at === 0 || months > (transferRates[at - 1]?.months ?? 0)), {
    path: ["transferRates"],
    message: "terms must rise",
  });
export type ProfitParameters = z.infer<typeof ProfitParameters>;
