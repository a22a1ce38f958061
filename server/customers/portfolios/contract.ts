import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";

/** Up to so many customers are added up; beyond that there are no figures, only the list's estimate. */
export const STANDING_CUSTOMERS_MAX = 20_000;
export const STANDING_PORTFOLIOS_MAX = 50;
/** Days without a transaction after which a customer counts as quiet; days back within which one counts as new; days ahead of a maturity. */
export const standingDays = { quiet: 90, newcomer: 365, maturing: 30 } as const;
export const MATURING_ROWS_MAX = 20;

/** What customers have and owe, each counted in the currency of most of its holdings. */
export const CurrencyTotal = z.object({ currency: z.string(), customers: z.int(), assetsMinor: MinorUnits, debtsMinor: MinorUnits });

export const PortfolioStanding = z.object({
  /** null: customers that are in no portfolio. */
  portfolioId: z.uuid().nullable(),
  name: z.string().nullable(),
  ownerName: z.string().nullable(),
  customers: z.int(),
  inArrears: z.int(),
  quiet: z.int(),
  totals: z.array(CurrencyTotal).max(50),
});

export const Standing = z.object({
  scope: z.enum(["own", "reach"]),
  /** false: more customers than are added up; every figure below is empty. */
  complete: z.boolean(),
  customers: z.int(),
  inArrears: z.int(),
  quiet: z.int(),
  newcomers: z.int(),
  totals: z.array(CurrencyTotal).max(50),
  /** Customers who have a holding of the kind that is not closed. */
  kinds: z.array(z.object({ kind: z.string(), customers: z.int() })).max(50),
  /** The largest by customers first. */
  portfolios: z.array(PortfolioStanding).max(STANDING_PORTFOLIOS_MAX),
});
export type Standing = z.infer<typeof Standing>;

export const readStanding = endpoint({
  name: "readStanding",
  tag: "customers",
  method: "GET",
  path: "/api/portfolios/standing",
  summary: "Figures of the caller's own portfolios, or of all the caller's roles reach when there is none",
  access: "customer:read",
  answer: Standing,
});

export const Maturing = z.object({
  customerId: z.uuid(),
  customerNo: z.string(),
  fullName: z.string(),
  latinName: z.string().nullable(),
  language: z.string().nullable(),
  holdingId: z.uuid(),
  kind: z.string(),
  productName: z.string().nullable(),
  currency: z.string(),
  amountMinor: MinorUnits.nullable(),
  maturesOn: z.iso.date(),
});
export type Maturing = z.infer<typeof Maturing>;

export const listMaturing = endpoint({
  name: "listMaturing",
  tag: "customers",
  method: "GET",
  path: "/api/portfolios/maturing",
  summary: "Deposits and investments of the caller's own portfolios that mature within 30 days, the soonest first",
  access: "customer:read",
  answer: z.object({ holdings: z.array(Maturing).max(MATURING_ROWS_MAX) }),
});
