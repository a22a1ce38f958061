import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

export const destinationKinds = ["sealer", "file", "syslog", "timestamp"] as const;

export const Destination = z.object({
  kind: z.enum(destinationKinds),
  /** The path or address as configured; for the sealer, "sealer". */
  name: z.string(),
  /** The last seal that arrived there. */
  sealNo: z.string(),
  /** When it did; for the sealer, when it last looked. */
  doneAt: Instant.nullable(),
  /** Why the last try failed. */
  problem: z.string().nullable(),
  late: z.boolean(),
});
export type Destination = z.infer<typeof Destination>;

export const SealLine = z.object({ no: z.string(), sealedAt: Instant, rows: z.int(), hash: z.string(), firstAt: Instant, lastAt: Instant });

export const faultKinds = [
  "row_changed",
  "row_removed",
  "row_inserted",
  "row_moved",
  "seal_changed",
  "seal_missing",
  "seal_not_signed",
  "timestamp_wrong",
  "file_damaged",
] as const;

export const Fault = z.object({ kind: z.enum(faultKinds), seal: z.string().nullable(), row: z.string().nullable(), text: z.string() });

export const SealCheck = z.object({
  checkId: z.uuid(),
  orderedByName: z.string(),
  orderedAt: Instant,
  finishedAt: Instant.nullable(),
  seals: z.int(),
  rows: z.int(),
  /** null until it is finished. */
  faultCount: z.int().nullable(),
  faults: z.array(Fault).max(100),
  problem: z.string().nullable(),
});
export type SealCheck = z.infer<typeof SealCheck>;

export const SealState = z.object({
  seals: z.array(SealLine).max(20),
  tail: z.object({ rows: z.int(), oldestAt: Instant.nullable() }),
  destinations: z.array(Destination).max(10),
  checks: z.array(SealCheck).max(10),
  /** Public halves of the keys that signed, the newest first. */
  keys: z.array(z.object({ keyId: z.string(), since: Instant, pem: z.string() })).max(20),
  stamp: z.object({ sealNo: z.string(), stampedAt: Instant, verified: z.boolean() }).nullable(),
});
export type SealState = z.infer<typeof SealState>;

export const readSealState = endpoint({
  name: "readSealState",
  tag: "audit",
  method: "GET",
  path: "/api/audit/seals",
  summary: "The last seals of the trail, where they went, what no seal covers yet, and the last verifications",
  access: "audit:read",
  answer: SealState,
});

export const orderSealCheck = endpoint({
  name: "orderSealCheck",
  tag: "audit",
  method: "POST",
  path: "/api/audit/checks",
  summary: "Have every seal and every row under it verified; the answer stands in the state of the seals",
  access: "audit:read",
  body: z.strictObject({}),
  answer: z.object({ checkId: z.uuid() }),
  idempotent: true,
  errors: ["in_progress"],
});
