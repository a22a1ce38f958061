import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { LatestApproval } from "../approvals/contract.ts";
import type { Permission } from "../permissions/contract.ts";

const tag = "keys";

/**
 * What a program may be trusted with. Named one by one: a permission that is added to the product is not for programs until it stands here.
 * `scim` is no permission: it lets a directory provision people and nothing else.
 */
export const keyScopes = [
  "customer:read",
  "customer:export",
  "organisation:read",
  "load:read",
  "load:run",
  "quarantine:read",
  "identity:read",
  "quality:read",
  "consent:record",
  "segment:read",
  "profit:read",
  "credit:read",
  "fraud:read",
  "fraud:screen",
  "model:read",
  "report:read",
  "audit:read",
  "scim",
] as const satisfies readonly (Permission | "scim")[];
export const KeyScope = z.enum(keyScopes);
export type KeyScope = z.infer<typeof KeyScope>;

export const keyStates = ["waiting", "active", "expired", "refused", "revoked"] as const;

export const ApiKey = z.object({
  keyId: z.uuid(),
  /** The first characters, to tell which one it is. */
  prefix: z.string(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  purpose: z.string(),
  scopes: z.array(KeyScope).max(keyScopes.length),
  ipRanges: z.array(z.string()).max(20),
  rowsPerDay: z.int(),
  rowsToday: z.int(),
  state: z.enum(keyStates),
  createdAt: Instant,
  expiresAt: Instant,
  endedByName: z.string().nullable(),
  /** Where the request to approve it stands, and who decided. */
  approval: LatestApproval.nullable(),
  lastUsedAt: Instant.nullable(),
  lastIp: z.string().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const KEYS_MAX = 500;

export const listKeys = endpoint({
  name: "listKeys",
  tag,
  method: "GET",
  path: "/api/keys",
  summary: "One's own keys; with key:manage everybody's, those that wait first",
  access: "signed_in",
  answer: z.object({
    keys: z.array(ApiKey).max(KEYS_MAX),
    /** Scopes the caller may ask for: those of their own rights that programs may have. */
    scopes: z.array(KeyScope).max(keyScopes.length),
  }),
});

/** IPv4 or IPv6, a range as address/bits. */
export const IpRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
export const KEY_DAYS_MAX = 365;

export const askForKey = endpoint({
  name: "askForKey",
  tag,
  method: "POST",
  path: "/api/keys",
  summary:
    "Make a key for a program that works in one's own name; shown once, and in force when somebody else approves it (approvals, key.approved)",
  access: "signed_in",
  from: "browser",
  body: z.strictObject({
    purpose: z.string().trim().min(10).max(400),
    scopes: z.array(KeyScope).min(1).max(keyScopes.length),
    ipRanges: z.array(IpRange).min(1).max(20),
    days: z.int().min(1).max(KEY_DAYS_MAX),
    rowsPerDay: z.int().min(0).max(100_000_000),
  }),
  answer: z.object({ keyId: z.uuid(), key: z.string() }),
  errors: ["invalid_input", "step_up_needed"],
});

const KeyParams = z.strictObject({ keyId: z.uuid() });

export const revokeKey = endpoint({
  name: "revokeKey",
  tag,
  method: "DELETE",
  path: "/api/keys/:keyId",
  summary: "End one's own key, or (key:manage) anybody's, on every server at once; one that waits too",
  access: "signed_in",
  from: "browser",
  params: KeyParams,
  answerKind: "none",
  errors: ["not_found"],
});
