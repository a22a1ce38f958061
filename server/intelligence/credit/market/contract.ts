import { z } from "zod";
import { CustomerParams } from "../../../customers/overview/contract.ts";
import { endpoint } from "../../../platform/http/contract.ts";
import { MinorUnits } from "../../../platform/money/contract.ts";

const tag = "credit";

/** `code` names it; `name` is the bank's own word for a scenario. */
export const ShockResult = z.object({
  code: z.string(),
  kind: z.enum(["rate", "currency", "scenario"]),
  name: z.string().nullable(),
  /** All rates, as a fraction; 0 for currencies alone. */
  rate: z.number(),
  currencies: z.record(z.string(), z.number()),
  /** What the customers gain, or lose below zero. */
  gainMinor: MinorUnits,
  /** More interest in a year, or less. */
  yearlyInterestMinor: MinorUnits,
  /** Gain over assets less debts; null where nothing is left. */
  shareOfNet: z.number().nullable(),
});

const CurrencyPosition = z.object({
  currency: z.string(),
  isIncome: z.boolean(),
  assetsMinor: MinorUnits,
  debtsMinor: MinorUnits,
  /** Years by which the worth moves against rates: modified duration of assets and debts together; null where they cancel out. */
  durationYears: z.number().nullable(),
});

const SHOCKS_MAX = 40;
export const CURRENCIES_MAX = 50;

export const readMarketRisk = endpoint({
  name: "readMarketRisk",
  tag,
  method: "GET",
  path: "/api/credit/market",
  summary:
    "What shocks of rates and currencies would do to the customers the caller sees: together, by currency, and whom they would hurt most",
  access: "credit:read",
  query: z.strictObject({ shock: z.string().max(40).optional(), branchId: z.uuid().optional() }),
  answer: z.object({
    currency: z.string(),
    customers: z.int(),
    netMinor: MinorUnits,
    shocks: z.array(ShockResult).max(SHOCKS_MAX),
    currencies: z
      .array(
        z.object({ currency: z.string(), customers: z.int(), assetsMinor: MinorUnits, debtsMinor: MinorUnits, foreignMinor: MinorUnits }),
      )
      .max(CURRENCIES_MAX),
    /** The shock whose victims are listed. */
    chosen: z.string(),
    worst: z
      .array(
        z.object({
          customerId: z.uuid(),
          fullName: z.string(),
          customerNo: z.string(),
          netMinor: MinorUnits,
          gainMinor: MinorUnits,
          shareOfNet: z.number().nullable(),
          foreignShare: z.number().nullable(),
        }),
      )
      .max(50),
  }),
  errors: ["invalid_input"],
});

export const readCustomerMarketRisk = endpoint({
  name: "readCustomerMarketRisk",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/market-risk",
  summary: "What shocks of rates and currencies would do to what a customer has and owes",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({
    currency: z.string(),
    netMinor: MinorUnits,
    positions: z.array(CurrencyPosition).max(CURRENCIES_MAX),
    shocks: z.array(ShockResult).max(SHOCKS_MAX),
  }),
  errors: ["not_found"],
});
