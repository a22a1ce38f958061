import type { TableCell, TableRow } from "../../platform/files/index.ts";
import { minorToDecimal } from "../../platform/money/index.ts";
import type { CustomerSummary } from "../directory/contract.ts";
import type { Transaction } from "../holdings/contract.ts";

type Columns<Row> = readonly (readonly [name: string, cell: (row: Row) => TableCell])[];

/** A closed list: what is masked on the screen is no column, and a new field of the list is none until it is written here. */
const customerColumns: Columns<CustomerSummary> = [
  ["customer_no", (row) => row.customerNo],
  ["kind", (row) => row.kind],
  ["full_name", (row) => row.fullName],
  ["latin_name", (row) => row.latinName],
  ["segment", (row) => row.segment],
  ["branch", (row) => row.branch?.code ?? null],
  ["portfolio", (row) => row.portfolio?.code ?? null],
  ["born_on", (row) => row.bornOn],
  ["language", (row) => row.language],
  ["city", (row) => row.city],
  ["country", (row) => row.country],
  ["phone", (row) => row.phone],
  ["email", (row) => row.email],
  ["customer_since", (row) => row.customerSince],
  ["holdings", (row) => ({ decimal: String(row.holdingCount) })],
  ["currency", (row) => row.currency],
  ["assets", (row) => (row.currency === null ? null : { decimal: minorToDecimal(row.assetsMinor, row.currency) })],
  ["debts", (row) => (row.currency === null ? null : { decimal: minorToDecimal(row.debtsMinor, row.currency) })],
  ["last_transaction_on", (row) => row.lastTransactionOn],
  ["in_arrears", (row) => (row.inArrears ? "yes" : "no")],
];

const transactionColumns: Columns<Transaction> = [
  ["booked_on", (row) => row.bookedOn],
  ["value_on", (row) => row.valueOn],
  ["amount", (row) => ({ decimal: minorToDecimal(row.amountMinor, row.currency) })],
  ["currency", (row) => row.currency],
  ["balance_after", (row) => (row.balanceAfterMinor === null ? null : { decimal: minorToDecimal(row.balanceAfterMinor, row.currency) })],
  ["category", (row) => row.category],
  ["channel", (row) => row.channel],
  ["counterparty_name", (row) => row.counterpartyName],
  ["counterparty_account", (row) => row.counterpartyAccount],
  ["description", (row) => row.description],
  ["source_key", (row) => row.sourceKey],
];

const header = <Row>(columns: Columns<Row>): string[] => [...columns.map(([name]) => name), "export"];
const toRow = <Row>(columns: Columns<Row>, row: Row, mark: string): TableRow => [...columns.map(([, cell]) => cell(row)), mark];

export const customerHeader = header(customerColumns);
export const customerRow = (row: CustomerSummary, mark: string): TableRow => toRow(customerColumns, row, mark);
export const transactionHeader = header(transactionColumns);
export const transactionRow = (row: Transaction, mark: string): TableRow => toRow(transactionColumns, row, mark);
