export { findDuplicates, findSurelySame } from "./find-duplicates.ts";
export { orderMatching } from "./jobs.ts";
export { joinCustomers, separateRecords } from "./join-and-separate.ts";
export { joinByStrongKeys } from "./join-by-strong-keys.ts";
export type { JoinOrder } from "./join-order.ts";
export { type Learned, type LearnOrder, learnAndMatch } from "./learn-and-match.ts";
export { type MatchOrder, matchAfterLoad, matchAgain } from "./match-after-load.ts";
export { countJoins, type Joins, listChangedParties } from "./match-store.ts";
export { identityWorkTables } from "./store.ts";
