export type { FactRows } from "./block-store.ts";
export { catalogue } from "./catalogue/index.ts";
export { factColumnsSql } from "./columns.ts";
export { factCurrency, factorsOn, saveRates } from "./exchange-rates.ts";
export type { Fact } from "./fact.ts";
export { factRows } from "./fact-rows.ts";
export { countFacts, readAsOf, readLastBookedDay } from "./fact-store.ts";
export {
  type CodeColumn,
  type FactTable,
  type FactTableOrder,
  factOf,
  factTable,
  type NumberColumn,
} from "./fact-table.ts";
export { firstDayOf, lastDayOf, monthNo, monthNoSql } from "./months.ts";
export { type CustomerFacts, type FactValue, factsFor, readFacts, viewFacts } from "./read-facts.ts";
export { refreshBlocks } from "./refresh-blocks.ts";
export { readWindow, refreshFacts, takeFactChanges } from "./refresh-facts.ts";
export { inHalves, type RefreshOrder } from "./refresh-order.ts";
export { type SuppliedRow, supplyFacts, supplyFactsFrom } from "./supply-facts.ts";
