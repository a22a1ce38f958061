import { z } from "zod";

const Rate = z.number().min(-0.5).max(2);
const Share = z.number().min(0).max(1);
const Minor = z.int().min(0).max(1e12);
const Currency = z.string().regex(/^[A-Z]{3}$/);

/** Kinds of holding that can earn or cost something by themselves; a standing order costs only what its payments cost. */
export const profitProducts = [
  "current_account",
  "savings_account",
  "term_deposit",
  "loan",
  "mortgage",
  "credit_line",
  "card",
  "investment",
  "insurance",
] as const;
export const ProfitProduct = z.enum(profitProducts);
export type ProfitProduct = z.infer<typeof ProfitProduct>;

const perProduct = <T extends z.ZodType>(value: T) => z.partialRecord(ProfitProduct, value);

const TierStep = z.strictObject({
  name: z.string().regex(/^[a-z][a-z_]{1,29}$/),
  /** Profit of twelve months. */
  valueMinor: z.int().min(0).max(1e15),
  /** Balances on both sides of the books, and investments. */
  volumeMinor: z.int().min(0).max(1e15),
});

export const TierRules = z
  .strictObject({
    /** Best first; the last one asks for nothing. */
    tiers: z.array(TierStep).min(2).max(8),
    /** Share below a threshold that is still forgiven: 0.1 = a tier is kept down to 90 % of what it asks for. */
    tolerance: z.number().min(0).max(0.9),
    /** Month ends in a row below the tolerance before the customer falls. */
    fallAfter: z.int().min(1).max(24),
    /** No fall earlier than so many months after the tier began. */
    monthsMin: z.int().min(0).max(60),
    /** The best tier for who is in arrears. */
    reputationCap: z.string(),
    /** Months a tier granted on appeal lasts. */
    appealMonths: z.int().min(1).max(36),
  })
  .refine(({ tiers }) => new Set(tiers.map(({ name }) => name)).size === tiers.length, { path: ["tiers"], message: "names must differ" })
  .refine(({ tiers }) => tiers.at(-1)?.valueMinor === 0, { path: ["tiers"], message: "the last tier asks for nothing" })
  .refine(
    ({ tiers }) =>
      tiers.every(({ valueMinor, volumeMinor }, at) => {
        const above = tiers[at - 1];
        return above === undefined || (valueMinor < above.valueMinor && volumeMinor <= above.volumeMinor);
      }),
    { path: ["tiers"], message: "thresholds must fall" },
  )
  .refine(({ tiers, reputationCap }) => tiers.some(({ name }) => name === reputationCap), {
    path: ["reputationCap"],
    message: "no such tier",
  });
export type TierRules = z.infer<typeof TierRules>;

/**
 * What a bank decides for the calculation of profit, as one version of data. Rates are per year (0.05 = 5 %), amounts minor units of `currency`.
 * Whoever changes a figure makes a new version; a profit names the version it was computed under.
 */
export const ProfitParameters = z
  .strictObject({
    /** In which all profits are told. */
    currency: Currency,
    /** What one whole unit of a currency is worth in whole units of `currency`. */
    exchangeRates: z.record(Currency, z.number().positive().max(1e6)),
    /** Transfer prices by currency and term in months, terms rising; between two terms by the straight line, outside as the nearest. */
    transferRates: z.record(
      Currency,
      z
        .array(z.strictObject({ months: z.int().min(0).max(600), rate: Rate }))
        .min(1)
        .max(60)
        .refine((points) => points.every(({ months }, at) => at === 0 || months > (points[at - 1]?.months ?? 0)), {
          message: "terms must rise",
        }),
    ),
    /** Term in months taken for a product whose contract names none: how long the money stays. */
    terms: perProduct(z.int().min(0).max(600)),
    /** Margin over the transfer price where a holding names no rate of its own. */
    lendingMargins: perProduct(Rate),
    /** Of card purchases. */
    interchangeRate: Share,
    /** Of payments that change currency. */
    exchangeMarginRate: Share,
    /** Of investments kept, per year. */
    custodyRate: Share,
    /** What a product brings each month it is kept, whatever its balance. */
    commissionsMinor: perProduct(Minor),
    /** Cost of one transaction by the channel it came through; `other` for any channel not named. */
    unitCostsMinor: z
      .record(z.string().min(1).max(60), Minor)
      .refine((costs) => costs["other"] !== undefined, { message: "other is missing" }),
    /** Cost of keeping one holding for a month. */
    keepingCostsMinor: perProduct(Minor),
    /** Within twelve months and share of the exposure lost then, where no model says better. */
    losses: perProduct(z.strictObject({ defaultProbability: Share, lossGivenDefault: Share })),
    /** Chance of default of a holding in arrears. */
    arrearsProbability: Share,
    /** Share of an undrawn limit that counts as exposure. */
    undrawnShare: Share,
    riskWeights: perProduct(z.number().min(0).max(12.5)),
    /** Return that capital has to earn, per year. */
    hurdleRate: Rate,
    /** Capital held for each unit of risk-weighted exposure. */
    capitalRatio: Share,
    /** What winning a holding of a product cost; spread evenly over `acquisitionMonths`. */
    acquisitionCostsMinor: perProduct(Minor),
    acquisitionMonths: z.int().min(1).max(120),
    /** Cost of equity, per year: discounts lifetime values. */
    discountRate: z.number().min(0).max(1),
    /** Months a lifetime value looks ahead. */
    horizonMonths: z.int().min(12).max(120),
    tierRules: TierRules,
  })
  .refine(({ currency, exchangeRates }) => exchangeRates[currency] === 1, {
    path: ["exchangeRates"],
    message: "the own currency is worth 1",
  })
  .refine(({ exchangeRates, transferRates }) => Object.keys(exchangeRates).every((code) => transferRates[code] !== undefined), {
    path: ["transferRates"],
    message: "each currency needs transfer rates",
  });
export type ProfitParameters = z.infer<typeof ProfitParameters>;
