import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Db } from "../../platform/db/index.ts";
import type { FileAnswer } from "../../platform/http/index.ts";
import type { CustomerSort, Filter } from "../directory/contract.ts";
import { countExactly, readPage } from "../directory/index.ts";
import type { TransactionFilter } from "../holdings/contract.ts";
import { countTransactions, readTransactionPage } from "../holdings/index.ts";
import { customerHeader, customerRow, transactionHeader, transactionRow } from "./columns.ts";
import type { ExportFormat } from "./contract.ts";
import { openExport } from "./open-export.ts";

const PAGE_ROWS = 500;

export interface CustomersWanted {
  readonly format: ExportFormat;
  readonly filter?: Filter | undefined;
  readonly sort: CustomerSort;
  readonly direction: "ascending" | "descending";
}

/** Fails as openExport does. */
export function exportCustomers(db: Db, caller: Caller, clock: Clock, { format, ...query }: CustomersWanted): Promise<FileAnswer> {
  return openExport<string>(db, caller, clock, {
    what: "customers",
    action: "customer.exported",
    format,
    header: customerHeader,
    query,
    count: (tx, max) => countExactly(tx, clock, query.filter, max),
    page: async (tx, after, mark) => {
      const { customers, next } = await readPage(tx, clock, { ...query, after, rows: PAGE_ROWS });
      return { rows: customers.map((customer) => customerRow(customer, mark)), next: next ?? undefined };
    },
  });
}

/** Fails as openExport does. */
export function exportTransactions(
  db: Db,
  caller: Caller,
  clock: Clock,
  customerId: string,
  { format, filter = {} }: { format: ExportFormat; filter?: TransactionFilter | undefined },
): Promise<FileAnswer> {
  return openExport<string>(db, caller, clock, {
    what: "transactions",
    action: "transaction.exported",
    format,
    header: transactionHeader,
    query: filter,
    subjectIds: [customerId],
    count: (tx) => countTransactions(tx, customerId, filter),
    page: async (tx, after, mark) => {
      const { transactions, next } = await readTransactionPage(tx, customerId, { ...filter, after, rows: PAGE_ROWS });
      return { rows: transactions.map((transaction) => transactionRow(transaction, mark)), next: next ?? undefined };
    },
  });
}
