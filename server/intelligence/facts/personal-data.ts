import type { DataMap } from "../../platform/data-map/index.ts";
import { buckets } from "./buckets.ts";
import { catalogue } from "./catalogue/index.ts";

const keysOf = (groups: readonly string[], within: boolean) =>
  catalogue
    .filter(({ group }) => groups.includes(group) === within)
    .map(({ key }) => key)
    .join(" ");
const aboutPerson = ["person", "relations", "value", "scores", "offers"];

export const factData = {
  "customers.changed_customer": {
    subject: "customer_id",
    purpose: "operation",
    retention: "short_lived",
    technical: "change_id customer_id",
  },
  "customers.changed_days": {
    subject: "party_id",
    purpose: "operation",
    retention: "short_lived",
    technical: "change_id party_id first_on last_on",
  },
  "intelligence.exchange_rate": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "currency valid_from rate source recorded_at",
    staff: "recorded_by",
  },
  "intelligence.party_month": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "transactions",
    technical: "party_id month_no",
    financial: `currency ${Object.keys(buckets).join(" ")}`,
  },
  "intelligence.holding_month": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "transactions",
    technical: "party_id holding_id month_no",
    financial: "end_minor low_minor",
  },
  "intelligence.late_month": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "transactions",
    technical: "party_id month_no known_no",
  },
  "intelligence.customer_fact": {
    subject: "customer_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "customer_id branch_id portfolio_id as_of compartments block_no",
    profile: keysOf(aboutPerson, true),
    financial: keysOf(aboutPerson, false),
  },
  // The same of two thousand at a time; written anew without who is gone.
  "intelligence.fact_block": {
    subject: null,
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "block_no customer_id branch_id as_of",
    profile: keysOf(aboutPerson, true),
    financial: keysOf(aboutPerson, false),
  },
  "intelligence.stale_block": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "block_no",
  },
  "intelligence.refresh_run": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "run_id started_at finished_at of_all customers steps_done as_of",
  },
  "intelligence.refresh_customer": {
    subject: "customer_id",
    purpose: "operation",
    retention: "short_lived",
    technical: "run_id customer_id booked_since",
  },
} as const satisfies DataMap;
