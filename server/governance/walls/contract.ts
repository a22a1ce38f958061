import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "confidential customers";

export const CompartmentKind = z.enum(["vip", "staff", "wall"]);

/** Why somebody may see, or may no longer: read by an examiner years later. */
export const Reason = z.string().trim().min(10).max(500);

export const MEMBERS_MAX = 500;
export const COMPARTMENTS_MAX = 200;

export const Clearance = z.object({
  clearanceId: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  reason: z.string(),
  givenByName: z.string(),
  givenAt: Instant,
  endedByName: z.string().nullable(),
  endedAt: Instant.nullable(),
});

export const Compartment = z.object({
  compartmentId: z.int(),
  kind: CompartmentKind,
  code: z.string(),
  name: z.string(),
  conflictSet: z.string().nullable(),
  openedAt: Instant,
  /** Seals in force. */
  seals: z.int(),
  /** In force first, then those that ended, newest first. */
  clearances: z.array(Clearance).max(MEMBERS_MAX),
});
export type Compartment = z.infer<typeof Compartment>;

export const listCompartments = endpoint({
  name: "listCompartments",
  tag,
  method: "GET",
  path: "/api/compartments",
  summary: "Compartments of customers who exist only for some, and who has and had clearance",
  access: "seal:manage",
  answer: z.object({ compartments: z.array(Compartment).max(COMPARTMENTS_MAX) }),
});

export const openWall = endpoint({
  name: "openWall",
  tag,
  method: "POST",
  path: "/api/compartments",
  summary: "Put up a Chinese wall; of walls with one conflict, nobody gets clearance for two",
  access: "seal:manage",
  body: z.strictObject({
    code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,29}$/),
    name: z.string().trim().min(1).max(100),
    conflictSet: z.string().trim().min(1).max(60).optional(),
  }),
  answer: z.object({ compartmentId: z.int() }),
  errors: ["conflict"],
});

export const giveClearance = endpoint({
  name: "giveClearance",
  tag,
  method: "POST",
  path: "/api/compartments/:compartmentId/clearances",
  summary: "Let a colleague see what lies in a compartment; nobody does it for oneself",
  access: "seal:manage",
  params: z.strictObject({ compartmentId: z.coerce.number().int().min(1).max(32_767) }),
  body: z.strictObject({ personId: z.uuid(), reason: Reason }),
  answer: z.object({ clearanceId: z.uuid() }),
  errors: ["not_found", "conflict", "invalid_state"],
});

export const endClearance = endpoint({
  name: "endClearance",
  tag,
  method: "POST",
  path: "/api/clearances/:clearanceId/end",
  summary: "The colleague no longer sees what lies in the compartment, from now on",
  access: "seal:manage",
  params: z.strictObject({ clearanceId: z.uuid() }),
  answerKind: "none",
  errors: ["not_found", "invalid_state"],
});
