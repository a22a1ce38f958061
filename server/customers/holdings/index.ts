export { countTransactions, listTransactions, readTransactionPage } from "./list-transactions.ts";
