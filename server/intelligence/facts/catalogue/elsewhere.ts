import { type Fact, ofMonths, total } from "../fact.ts";

/** Money the customer sends to an account in the own name at another bank: what of the wallet lies elsewhere. */
export const elsewhere: readonly Fact[] = [
  ofMonths({ key: "own_elsewhere_count", kind: "count", group: "spending", months: 6, sql: total("own_elsewhere_count", 6) }),
  ofMonths({ key: "own_elsewhere_minor", kind: "money", group: "spending", months: 6, sql: total("own_elsewhere_minor", 6) }),
];
