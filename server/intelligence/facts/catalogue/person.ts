import { type Fact, ofCustomer } from "../fact.ts";

/** Who the customer is, by the golden record. Of it only what does not change can be told of the past. */
export const person: readonly Fact[] = [
  ofCustomer({ key: "kind", kind: "code", group: "person", codes: ["person", "organisation"], sql: "c.kind" }),
  ofCustomer({ key: "born_on", kind: "years", group: "person", isProtected: true, sql: "c.born_on" }),
  ofCustomer({ key: "customer_since", kind: "years", group: "person", sql: "c.customer_since" }),
  ofCustomer({ key: "sex", kind: "code", group: "person", codes: ["female", "male", "other"], isProtected: true, sql: "c.sex" }),
  ofCustomer({ key: "nationality", kind: "code", group: "person", isProtected: true, sql: "c.nationality::text" }),
  ofCustomer({ key: "language", kind: "code", group: "person", isProtected: true, sql: "c.language" }),
  ofCustomer({ key: "marital_status", kind: "code", group: "person", isProtected: true, hasPast: false, sql: "c.marital_status" }),
  ofCustomer({ key: "country", kind: "code", group: "person", hasPast: false, sql: "c.country::text" }),
  ofCustomer({ key: "segment", kind: "code", group: "person", hasPast: false, sql: "c.segment" }),
  ofCustomer({ key: "industry", kind: "code", group: "person", hasPast: false, sql: "c.industry" }),
  ofCustomer({ key: "record_count", kind: "count", group: "person", hasPast: false, sql: "c.party_count" }),
  ofCustomer({ key: "has_phone", kind: "flag", group: "person", hasPast: false, sql: "c.has_phone" }),
  ofCustomer({ key: "has_email", kind: "flag", group: "person", hasPast: false, sql: "c.has_email" }),
];
