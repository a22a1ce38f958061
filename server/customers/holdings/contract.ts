import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";
import { CustomerParams } from "../overview/contract.ts";

export const TransactionFilter = z.strictObject({
  holdingId: z.uuid().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  direction: z.enum(["in", "out"]).optional(),
  category: z.string().max(60).optional(),
  channel: z.string().max(60).optional(),
  /** Part of the description, the counterparty's name or account. */
  text: z.string().trim().min(1).max(100).optional(),
});
export type TransactionFilter = z.infer<typeof TransactionFilter>;

export const Transaction = z.object({
  transactionId: z.uuid(),
  holdingId: z.uuid(),
  bookedOn: z.iso.date(),
  valueOn: z.iso.date().nullable(),
  /** Credit to the customer is positive. */
  amountMinor: MinorUnits,
  currency: z.string(),
  balanceAfterMinor: MinorUnits.nullable(),
  category: z.string().nullable(),
  channel: z.string().nullable(),
  counterpartyName: z.string().nullable(),
  counterpartyAccount: z.string().nullable(),
  description: z.string().nullable(),
  sourceKey: z.string(),
});
export type Transaction = z.infer<typeof Transaction>;

export const TRANSACTIONS_PAGE_ROWS_MAX = 200;

export const listTransactions = endpoint({
  name: "listTransactions",
  tag: "holdings",
  method: "GET",
  path: "/api/customers/:customerId/transactions",
  summary: "Transactions of a customer's holdings, newest first",
  access: "customer:read",
  params: CustomerParams,
  personalQuery: ["text", "after"],
  query: z.strictObject({
    ...TransactionFilter.shape,
    after: z.string().max(200).optional(),
    rows: z.coerce.number().int().min(1).max(TRANSACTIONS_PAGE_ROWS_MAX).default(50),
  }),
  answer: z.object({ transactions: z.array(Transaction).max(TRANSACTIONS_PAGE_ROWS_MAX), next: z.string().nullable() }),
  errors: ["not_found"],
});

const Facet = z.object({ code: z.string().nullable(), currency: z.string(), count: z.int(), inMinor: MinorUnits, outMinor: MinorUnits });

export const totalTransactions = endpoint({
  name: "totalTransactions",
  tag: "holdings",
  method: "GET",
  path: "/api/customers/:customerId/transactions/totals",
  summary: "Count, money in and money out of the transactions that fit the filter, by currency, category and channel",
  access: "customer:read",
  params: CustomerParams,
  personalQuery: ["text"],
  query: TransactionFilter,
  answer: z.object({
    totals: z.array(Facet).max(50),
    categories: z.array(Facet).max(200),
    channels: z.array(Facet).max(200),
  }),
  errors: ["not_found"],
});

export const BALANCE_POINTS_MAX = 1_500;

export const readBalanceSeries = endpoint({
  name: "readBalanceSeries",
  tag: "holdings",
  method: "GET",
  path: "/api/customers/:customerId/balances",
  summary: "Balance at the end of each day that changed it, by holding; at most 1,500 points, thinned evenly",
  access: "customer:read",
  params: CustomerParams,
  query: z.strictObject({ holdingId: z.uuid().optional(), from: z.iso.date().optional(), to: z.iso.date().optional() }),
  answer: z.object({
    series: z
      .array(
        z.object({
          holdingId: z.uuid(),
          currency: z.string(),
          points: z.array(z.object({ on: z.iso.date(), amountMinor: MinorUnits })).max(BALANCE_POINTS_MAX),
        }),
      )
      .max(100),
  }),
  errors: ["not_found"],
});
