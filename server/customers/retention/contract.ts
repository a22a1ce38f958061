import { z } from "zod";
import { Outcome } from "../../governance/approvals/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "privacy";

export const RetentionRule = z.object({
  name: z.string(),
  /** null: without end. */
  months: z.int().nullable(),
  fromEvent: z.enum(["relationship_end", "booking", "expiry", "withdrawal", "recorded", "created", "never"]),
  /** A law orders it: it outlasts a wish to be erased. */
  legal: z.boolean(),
  reason: z.string(),
  version: z.int(),
});
export type RetentionRule = z.infer<typeof RetentionRule>;

/** What is over its term today in one table, and not held; `rows` is at most 1,000,000. */
export const Overdue = z.object({ rule: z.string(), table: z.string(), before: z.iso.date(), rows: z.int() });
export type Overdue = z.infer<typeof Overdue>;

export const RULES_MAX = 100;

export const listRetentionRules = endpoint({
  name: "listRetentionRules",
  tag,
  method: "GET",
  path: "/api/retention/rules",
  summary: "How long each kind of data is kept, from when, and why",
  access: "privacy:manage",
  answer: z.object({ rules: z.array(RetentionRule).max(RULES_MAX) }),
});

export const RuleChange = z.strictObject({
  months: z.int().min(0).max(1200).nullable(),
  reason: z.string().trim().min(3).max(400),
  version: z.int().min(1),
});
export type RuleChange = z.infer<typeof RuleChange>;

export const changeRetentionRule = endpoint({
  name: "changeRetentionRule",
  tag,
  method: "PUT",
  path: "/api/retention/rules/:name",
  summary: "Ask to change a term; somebody else approves",
  access: "privacy:manage",
  params: z.strictObject({ name: z.string().regex(/^[a-z_]{3,40}$/) }),
  body: RuleChange,
  answer: Outcome,
  errors: ["not_found", "conflict", "invalid_state"],
});

export const previewRetention = endpoint({
  name: "previewRetention",
  tag,
  method: "GET",
  path: "/api/retention/preview",
  summary: "What a run would delete today, counted and not touched",
  access: "privacy:manage",
  answer: z.object({ overdue: z.array(Overdue).max(50), customers: z.int() }),
});

export const runRetention = endpoint({
  name: "runRetention",
  tag,
  method: "POST",
  path: "/api/retention/runs",
  summary: "Delete what is over its term, in batches, in the background",
  access: "privacy:manage",
  answerKind: "none",
  errors: ["step_up_needed"],
});
