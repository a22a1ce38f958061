import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";
import { relationKinds } from "./kinds/contract.ts";

const tag = "relations";

export const RelationKind = z.enum(relationKinds);
/** A share of the capital as a fraction: 0.25 is 25 %. */
export const Share = z.number().gt(0).max(1);
const Day = z.iso.date();

/** A customer as lists and graphs of relations show it. */
export const RelationNode = z.object({
  customerId: z.uuid(),
  customerNo: z.string(),
  kind: z.enum(["person", "organisation"]),
  fullName: z.string(),
  latinName: z.string().nullable(),
  language: z.string().nullable(),
});
export type RelationNode = z.infer<typeof RelationNode>;

/** `other` is `kind` of the customer asked about. */
export const RelationLine = z.object({
  relationId: z.uuid(),
  kind: RelationKind,
  other: RelationNode,
  share: Share.nullable(),
  fromOn: Day.nullable(),
  /** The last day; null while it goes on. */
  toOn: Day.nullable(),
  inForce: z.boolean(),
  /** Names of the systems that say so; none when a person of the bank entered it. */
  sources: z.array(z.string()).max(50),
  enteredByName: z.string().nullable(),
  version: z.int(),
});
export type RelationLine = z.infer<typeof RelationLine>;

/** A role on an account that ties two customers; `other` has `role` on an account of the customer, or the customer on one of `other`'s. */
export const RoleLine = z.object({
  role: z.enum(["joint_owner", "authorised", "guarantor", "beneficiary"]),
  /** other: the other one has the role; own: the customer asked about has it. */
  side: z.enum(["other", "own"]),
  other: RelationNode,
  holdingId: z.uuid(),
  holdingKind: z.string(),
  holdingNumber: z.string().nullable(),
});
export type RoleLine = z.infer<typeof RoleLine>;

/** `from` is `kind` of `to`. Account roles are edges too, under the kind that fits. */
export const RelationEdge = z.object({
  from: z.uuid(),
  to: z.uuid(),
  kind: z.enum([...RelationKind.options, "joint_owner", "authorised", "beneficiary"]),
  share: Share.nullable(),
});
export type RelationEdge = z.infer<typeof RelationEdge>;

export const NODES_MAX = 200;
export const EDGES_MAX = 400;
export const LINES_MAX = 200;
const CustomerParams = z.strictObject({ customerId: z.uuid() });
export const listRelations = endpoint({
  name: "listRelations",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/relations",
  summary: "Who stands how to a customer, ended relations too, with roles on accounts; and those in force as a graph two steps deep",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({
    relations: z.array(RelationLine).max(LINES_MAX),
    roles: z.array(RoleLine).max(LINES_MAX),
    nodes: z.array(RelationNode).max(NODES_MAX),
    edges: z.array(RelationEdge).max(EDGES_MAX),
    /** The graph goes on beyond what is shown. */
    more: z.boolean(),
  }),
  errors: ["not_found"],
});

export const addRelation = endpoint({
  name: "addRelation",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/relations",
  summary: "Say that another customer is `kind` of this one. Refused when direct shares in a company would add up to more than the whole",
  access: "relation:write",
  params: CustomerParams,
  body: z.strictObject({
    otherCustomerId: z.uuid(),
    kind: RelationKind,
    share: Share.optional(),
    fromOn: Day.optional(),
    toOn: Day.optional(),
  }),
  answer: z.object({ relationId: z.uuid() }),
  errors: ["not_found", "invalid_state", "conflict"],
  idempotent: true,
});

const RelationParams = z.strictObject({ relationId: z.uuid() });
export const correctRelation = endpoint({
  name: "correctRelation",
  tag,
  method: "PATCH",
  path: "/api/relations/:relationId",
  summary: "Correct share and dates of a relation that a person entered; a last day ends it. What a source says is corrected in the source",
  access: "relation:write",
  params: RelationParams,
  body: z.strictObject({
    version: z.int(),
    share: Share.nullable().optional(),
    fromOn: Day.nullable().optional(),
    toOn: Day.nullable().optional(),
  }),
  answer: z.object({ version: z.int() }),
  errors: ["not_found", "conflict", "invalid_state"],
});

export const withdrawRelation = endpoint({
  name: "withdrawRelation",
  tag,
  method: "POST",
  path: "/api/relations/:relationId/withdrawal",
  summary: "Take back a relation that was entered by mistake: it is no longer shown, and kept as what was believed",
  access: "relation:write",
  params: RelationParams,
  body: z.strictObject({ version: z.int() }),
  answer: z.object({ version: z.int() }),
  errors: ["not_found", "conflict", "invalid_state"],
});

// ---------------------------------------------------------------- ownership

export const OwnershipPath = z.object({ share: z.number(), customerIds: z.array(z.uuid()).max(32) });
export const UltimateOwner = z.object({
  customerId: z.uuid(),
  /** Effective share, over all paths and cycles. */
  share: z.number().min(0).max(1),
  /** From the company asked about up to the owner, the weightiest first; what cycles add is in the share only. */
  paths: z.array(OwnershipPath).max(20),
});
export type UltimateOwner = z.infer<typeof UltimateOwner>;
export const readOwnership = endpoint({
  name: "readOwnership",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/ownership",
  summary: "Who owns an organisation in the end, with the chains that lead there, and what it owns itself",
  access: "customer:read",
  params: CustomerParams,
  query: z.strictObject({ threshold: z.coerce.number().gt(0).max(1).default(0.25) }),
  answer: z.object({
    threshold: z.number(),
    /** At or above the threshold, the greatest first. An organisation is one whose own owners are not known. */
    owners: z.array(UltimateOwner).max(NODES_MAX),
    /** What leads to owners below the threshold, and what no known owner holds. */
    belowThreshold: z.number().min(0).max(1),
    unknown: z.number().min(0).max(1),
    /** Companies that own each other and nobody else owns. */
    circular: z.number().min(0).max(1),
    /** Somewhere in the chains direct shares add up to more than the whole; they were scaled to it. */
    overstated: z.boolean(),
    declared: z.array(z.object({ customerId: z.uuid(), share: Share.nullable() })).max(LINES_MAX),
    /** What it owns, in the order of the tree; share is direct and null where only the group is known, effective is through all chains. */
    structure: z
      .array(
        z.object({
          customerId: z.uuid(),
          ownerId: z.uuid(),
          depth: z.int().min(1),
          share: Share.nullable(),
          effective: z.number().min(0).max(1),
        }),
      )
      .max(NODES_MAX),
    nodes: z.array(RelationNode).max(NODES_MAX),
    more: z.boolean(),
  }),
  errors: ["not_found", "invalid_state"],
});

// ---------------------------------------------------------------- circles

export const CircleKind = z.enum(["household", "company_group"]);
export type CircleKind = z.infer<typeof CircleKind>;
export const MemberRole = z.enum(["head", "adult", "child", "dependant", "parent_company", "subsidiary", "member"]);
export type MemberRole = z.infer<typeof MemberRole>;
export const CircleMember = z.object({
  memberId: z.uuid(),
  customer: RelationNode,
  role: MemberRole,
  fromOn: Day.nullable(),
  toOn: Day.nullable(),
  version: z.int(),
});
export const CIRCLES_MAX = 20;
export const CIRCLE_MEMBERS_MAX = 200;
export const Circle = z.object({
  circleId: z.uuid(),
  kind: CircleKind,
  /** null: named after its members. */
  name: z.string().nullable(),
  version: z.int(),
  members: z.array(CircleMember).max(CIRCLE_MEMBERS_MAX),
  /** Over the holdings that present members own; what two of them own together counts once. */
  totals: z.array(z.object({ currency: z.string(), assetsMinor: MinorUnits, debtsMinor: MinorUnits, holdings: z.int() })).max(50),
  holdings: z.int(),
});
export type Circle = z.infer<typeof Circle>;
export const listCircles = endpoint({
  name: "listCircles",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/circles",
  summary: "The households and company groups of a customer with members and totals, as far as the caller sees the members",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({ circles: z.array(Circle).max(CIRCLES_MAX) }),
  errors: ["not_found"],
});

const CircleName = z.string().trim().min(1).max(200);
const CircleParams = z.strictObject({ circleId: z.uuid() });
export const createCircle = endpoint({
  name: "createCircle",
  tag,
  method: "POST",
  path: "/api/circles",
  summary: "Make a household of people or a group of companies",
  access: "relation:write",
  body: z.strictObject({
    kind: CircleKind,
    /** Seen by everyone who sees one of the members. */
    name: CircleName.optional(),
    members: z
      .array(z.strictObject({ customerId: z.uuid(), role: MemberRole.default("member"), fromOn: Day.optional() }))
      .min(1)
      .max(50),
  }),
  answer: z.object({ circleId: z.uuid() }),
  errors: ["not_found", "invalid_state", "conflict"],
  idempotent: true,
});

export const renameCircle = endpoint({
  name: "renameCircle",
  tag,
  method: "PATCH",
  path: "/api/circles/:circleId",
  summary: "Give a circle a name of its own, or none",
  access: "relation:write",
  params: CircleParams,
  body: z.strictObject({ version: z.int(), name: CircleName.nullable() }),
  answer: z.object({ version: z.int() }),
  errors: ["not_found", "conflict"],
});

export const addCircleMember = endpoint({
  name: "addCircleMember",
  tag,
  method: "POST",
  path: "/api/circles/:circleId/members",
  summary: "Take a customer into a circle",
  access: "relation:write",
  params: CircleParams,
  body: z.strictObject({ customerId: z.uuid(), role: MemberRole.default("member"), fromOn: Day.optional() }),
  answer: z.object({ memberId: z.uuid() }),
  errors: ["not_found", "invalid_state", "conflict"],
  idempotent: true,
});

export const correctCircleMember = endpoint({
  name: "correctCircleMember",
  tag,
  method: "PATCH",
  path: "/api/circles/:circleId/members/:memberId",
  summary: "Correct role and dates of a member; a last day ends the membership",
  access: "relation:write",
  params: z.strictObject({ circleId: z.uuid(), memberId: z.uuid() }),
  body: z.strictObject({
    version: z.int(),
    role: MemberRole.optional(),
    fromOn: Day.nullable().optional(),
    toOn: Day.nullable().optional(),
  }),
  answer: z.object({ version: z.int() }),
  errors: ["not_found", "conflict", "invalid_state"],
});

export const dissolveCircle = endpoint({
  name: "dissolveCircle",
  tag,
  method: "POST",
  path: "/api/circles/:circleId/dissolution",
  summary: "End the membership of every member the caller sees, as of today",
  access: "relation:write",
  params: CircleParams,
  body: z.strictObject({ version: z.int() }),
  answer: z.object({ ended: z.int() }),
  errors: ["not_found", "conflict"],
});

// ---------------------------------------------------------------- proposals

export const ProposalReason = z.enum(["same_address", "shared_account", "related", "owns_half", "owned_by_half"]);
export type ProposalReason = z.infer<typeof ProposalReason>;
export const CircleProposal = z.object({
  kind: CircleKind,
  other: RelationNode,
  reasons: z.array(ProposalReason).min(1).max(5),
  /** The circle the other one belongs to already; accepting joins it. */
  circleId: z.uuid().nullable(),
});
export type CircleProposal = z.infer<typeof CircleProposal>;
export const PROPOSALS_MAX = 20;
export const listProposals = endpoint({
  name: "listProposals",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/circle-proposals",
  summary: "Who may share a household or a group with a customer, with reasons; nobody who does already or was said not to",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({ proposals: z.array(CircleProposal).max(PROPOSALS_MAX) }),
  errors: ["not_found"],
});

export const decideProposal = endpoint({
  name: "decideProposal",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/circle-proposals",
  summary: "Accept a proposal: both are of one circle; or dismiss it: it is not made again",
  access: "relation:write",
  params: CustomerParams,
  body: z.strictObject({ kind: CircleKind, otherCustomerId: z.uuid(), decision: z.enum(["accept", "dismiss"]) }),
  answer: z.object({ circleId: z.uuid().nullable() }),
  errors: ["not_found", "invalid_state", "conflict"],
});
