import { z } from "zod";
import { endpoint } from "../../../platform/http/contract.ts";
import { MinorUnits } from "../../../platform/money/contract.ts";
import { ExposureKind } from "../policy/contract.ts";

const tag = "credit";

const Sums = {
  customers: z.int(),
  drawnMinor: MinorUnits,
  defaultMinor: MinorUnits,
  expectedLossMinor: MinorUnits,
};

export const PortfolioPart = z.strictObject({ branchId: z.uuid().optional(), kind: ExposureKind.optional() });
export type PortfolioPart = z.infer<typeof PortfolioPart>;

export const BRANCHES_MAX = 500;

export const readCreditPortfolio = endpoint({
  name: "readCreditPortfolio",
  tag,
  method: "GET",
  path: "/api/credit/portfolio",
  summary:
    "Exposure, distribution of the chance of default, expected loss, migration between bands and concentrations, of the customers the caller sees",
  access: "credit:read",
  query: PortfolioPart,
  answer: z.object({
    currency: z.string(),
    ratedOn: z.iso.date().nullable(),
    total: z.object(Sums),
    /** In the order of the policy, the safest first; `upTo` is its highest chance. */
    bands: z.array(z.object({ band: z.string(), upTo: z.number(), ...Sums })).max(26),
    kinds: z.array(z.object({ kind: ExposureKind, ...Sums })).max(5),
    branches: z.array(z.object({ branchId: z.uuid().nullable(), name: z.string().nullable(), ...Sums })).max(BRANCHES_MAX),
    currencies: z.array(z.object({ code: z.string(), ...Sums })).max(50),
    /** The largest of single customers and groups: what their failing would mean. */
    largest: z
      .array(
        z.object({
          customerId: z.uuid(),
          fullName: z.string(),
          /** Members of the group, as far as seen; 1: on one's own. */
          members: z.int(),
          band: z.string(),
          defaultMinor: MinorUnits,
          expectedLossMinor: MinorUnits,
          share: z.number(),
        }),
      )
      .max(20),
    /** From the band three months ago to that of today: customers. */
    migration: z.object({
      fromMonth: z.iso.date().nullable(),
      moves: z.array(z.object({ from: z.string(), to: z.string(), customers: z.int() })).max(700),
    }),
    /** How good the model is, by time; null: customers are judged by days past due alone. */
    model: z
      .object({
        modelNo: z.int(),
        seenUntil: z.iso.date(),
        rows: z.int(),
        events: z.int(),
        horizonMonths: z.int(),
        /** On later months than those learned from. */
        judgedEvents: z.int(),
        auc: z.number(),
        /** By days past due alone. */
        baselineAuc: z.number(),
        /** The version in the shadow. */
        challenger: z.object({ modelNo: z.int(), auc: z.number() }).nullable(),
      })
      .nullable(),
  }),
});

export const CREDIT_ROWS_MAX = 100;

export const listCreditCustomers = endpoint({
  name: "listCreditCustomers",
  tag,
  method: "GET",
  path: "/api/credit/customers",
  summary: "The customers behind a figure of the portfolio that the caller sees, the largest expected loss first",
  access: "credit:read",
  query: z.strictObject({
    ...PortfolioPart.shape,
    band: z.string().max(4).optional(),
    /** Came from this band three months ago. */
    from: z.string().max(4).optional(),
    currency: z.string().length(3).optional(),
    after: z.string().max(80).optional(),
    rows: z.coerce.number().int().min(1).max(CREDIT_ROWS_MAX).default(50),
  }),
  answer: z.object({
    currency: z.string(),
    customers: z
      .array(
        z.object({
          customerId: z.uuid(),
          fullName: z.string(),
          customerNo: z.string(),
          branchName: z.string().nullable(),
          band: z.string(),
          probability: z.number(),
          daysPastDue: z.int(),
          drawnMinor: MinorUnits,
          defaultMinor: MinorUnits,
          expectedLossMinor: MinorUnits,
          watched: z.boolean(),
        }),
      )
      .max(CREDIT_ROWS_MAX),
    next: z.string().nullable(),
  }),
});
