import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint, reference } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";

const tag = "identity";

/** How a party came to its customer: alone at first, by a strong key, by the matcher, by a person; or parted from one. */
export const linkDecisions = ["first", "same_source_key", "national_id", "registration", "matched", "steward", "separated"] as const;
export const LinkDecision = z.enum(linkDecisions);

/** Why a person should look at a pair. split: the weak link that holds a cluster together. */
export const doubtReasons = ["between thresholds", "weak", "conflict", "split", "by hand"] as const;
export const DoubtReason = z.enum(doubtReasons);
export const PairDecision = z.enum(["same", "apart", "later"]);

/** One record of one source, as a steward needs to know it. */
export const Side = z.object({
  partyId: z.uuid(),
  customerId: z.uuid(),
  customerNo: z.string(),
  kind: z.enum(["person", "organisation"]),
  fullName: z.string(),
  bornOn: z.iso.date().nullable(),
  city: z.string().nullable(),
  sourceName: z.string(),
  sourceKey: z.string(),
  changedAt: Instant,
});
export type Side = z.infer<typeof Side>;

/** Bits are log2 of the odds that two records are one, prior included: 0 is even, 7 is better than 99 %. */
export const DoubtfulPair = z.object({
  a: Side,
  b: Side,
  bits: z.number(),
  probability: z.number().min(0).max(1),
  doubt: DoubtReason,
  since: Instant,
  decision: PairDecision.nullable(),
  /** Holdings of both customers together: what stands to be joined or parted. */
  holdings: z.int(),
  version: z.int(),
});
export type DoubtfulPair = z.infer<typeof DoubtfulPair>;

export const DOUBTS_MAX = 100;
export const listDoubts = endpoint({
  name: "listDoubts",
  tag,
  method: "GET",
  path: "/api/identity/doubts",
  summary:
    "Pairs that a person should look at, the greatest risk first: what both customers hold times how uncertain it is; contradictions and weak clusters count double",
  access: "identity:decide",
  query: z.strictObject({
    reason: DoubtReason.optional(),
    /** Also those put off until later. */
    later: z.stringbool().default(false),
    limit: z.coerce.number().int().min(1).max(DOUBTS_MAX).default(50),
    after: z.string().max(200).optional(),
  }),
  answer: z.object({
    pairs: z.array(DoubtfulPair).max(DOUBTS_MAX),
    next: z.string().nullable(),
    /** All that are open, by reason; bounded at 10,000. */
    open: z.partialRecord(DoubtReason, z.int()),
  }),
  errors: ["invalid_input"],
});

/** One field in the waterfall: from the prior, each adds or takes away. rarityBits is the part that comes of how common the value is. */
export const EvidenceStep = z.object({
  column: z.string(),
  level: z.string().nullable(),
  bits: z.number(),
  rarityBits: z.number(),
  a: z.string(),
  b: z.string(),
});
export const ClusterEdge = z.object({ a: z.uuid(), b: z.uuid(), bits: z.number(), decision: PairDecision.nullable() });
export const CombinedSide = z.object({
  customerId: z.uuid(),
  customerNo: z.string(),
  fullName: z.string(),
  records: z.int(),
  holdings: z.int(),
  assetsMinor: MinorUnits,
  debtsMinor: MinorUnits,
  currency: z.string().nullable(),
});

const PairParams = z.strictObject({ a: z.uuid(), b: z.uuid() });
export const MEMBERS_MAX = 60;
export const explainPair = endpoint({
  name: "explainPair",
  tag,
  method: "GET",
  path: "/api/identity/pairs/:a/:b",
  summary: "Why two records count as one or not: the weight of each field, the clusters they stand in, and what joining would combine",
  access: "identity:decide",
  params: PairParams,
  answer: z.object({
    a: Side,
    b: Side,
    modelNo: z.int(),
    priorBits: z.number(),
    steps: z.array(EvidenceStep).max(40),
    bits: z.number(),
    probability: z.number(),
    /** Verified identifiers of one kind differ: never one, whatever the sum. */
    conflict: z.boolean(),
    /** Only names speak for the two: they stay below joining, whatever the fields add up to. */
    nameOnly: z.boolean(),
    joinBits: z.number(),
    doubtBits: z.number(),
    doubt: DoubtReason.nullable(),
    decision: z.object({ decision: PairDecision, byName: z.string(), at: Instant, reason: z.string().nullable() }).nullable(),
    version: z.int().nullable(),
    members: z.array(Side).max(MEMBERS_MAX),
    edges: z.array(ClusterEdge).max(500),
    combined: z.array(CombinedSide).max(2),
  }),
  errors: ["not_found", "invalid_state"],
});

export const DECISIONS_MAX = 200;
export const decidePairs = endpoint({
  name: "decidePairs",
  tag,
  method: "POST",
  path: "/api/identity/decisions",
  summary:
    "Say of pairs that they are the same, stay apart, or wait. Customers are joined or parted at once; every decision stays, and can be changed",
  access: "identity:decide",
  body: z.strictObject({
    pairs: z
      .array(z.strictObject({ a: z.uuid(), b: z.uuid(), version: z.int().nullable() }))
      .min(1)
      .max(DECISIONS_MAX),
    /** open: as if nobody had decided. */
    decision: z.enum([...PairDecision.options, "open"]),
    reason: z.string().trim().min(1).max(500).optional(),
  }),
  answer: z.object({
    decided: z.int(),
    moved: z.int(),
    customerIds: z.array(z.uuid()).max(1000),
    /** The pairs with the version they have now. */
    pairs: z.array(z.object({ a: z.uuid(), b: z.uuid(), version: z.int() })).max(DECISIONS_MAX),
  }),
  errors: ["not_found", "conflict", "invalid_state"],
});

const CustomerParams = z.strictObject({ customerId: z.uuid() });
export const Reason = z.string().trim().min(3).max(500);
export const joinCustomers = endpoint({
  name: "joinCustomers",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/join",
  summary: "Join another customer to this one by hand. Refused when verified identifiers differ. Can be undone at any time",
  access: "identity:decide",
  params: CustomerParams,
  body: z.strictObject({ otherCustomerId: z.uuid(), reason: Reason }),
  answer: z.object({ customerId: z.uuid(), moved: z.int() }),
  errors: ["not_found", "conflict", "invalid_state"],
});

export const separateRecords = endpoint({
  name: "separateRecords",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/separate",
  summary: "Take records out of a customer: they become who they were, and are never joined to the rest again unless a person says so",
  access: "identity:decide",
  params: CustomerParams,
  body: z.strictObject({ partyIds: z.array(z.uuid()).min(1).max(MEMBERS_MAX), reason: Reason }),
  answer: z.object({ customerIds: z.array(z.uuid()).max(1000), moved: z.int() }),
  errors: ["not_found", "conflict", "invalid_state"],
});

export const LinkEvent = z.object({
  partyId: z.uuid(),
  sourceName: z.string(),
  sourceKey: z.string(),
  customerId: z.uuid(),
  customerNo: z.string().nullable(),
  decision: LinkDecision,
  evidence: z.record(z.string(), z.unknown()),
  byName: z.string().nullable(),
  at: Instant,
  undoneAt: Instant.nullable(),
  undoneByName: z.string().nullable(),
});
export const readIdentity = endpoint({
  name: "readIdentity",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/identity",
  summary: "The records a customer is made of, what links them, who decided it and when, and customers who may be the same",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({
    members: z.array(Side).max(MEMBERS_MAX),
    edges: z.array(ClusterEdge).max(500),
    history: z.array(LinkEvent).max(500),
    /** Only those the caller may see. */
    mayBeSame: z.array(z.object({ side: Side, withPartyId: z.uuid(), bits: z.number(), probability: z.number() })).max(20),
  }),
  errors: ["not_found"],
});

/** A model and what it was learned from. */
export const MatchingQuality = z.object({
  modelNo: z.int().nullable(),
  learnedAt: Instant.nullable(),
  learnedByName: z.string().nullable(),
  parties: z.int(),
  customers: z.int(),
  pairsCompared: z.int(),
  joinBits: z.number(),
  doubtBits: z.number(),
  /** Pairs by whole bits of evidence, from the threshold of doubt on. */
  distribution: z.array(z.object({ bits: z.int(), pairs: z.int() })).max(400),
  decisions: z.object({ same: z.int(), apart: z.int(), later: z.int() }),
  open: z.partialRecord(DoubtReason, z.int()),
  blocks: z
    .array(
      z.object({
        keyClass: z.string(),
        keys: z.int(),
        refinedBlocks: z.int(),
        droppedBlocks: z.int(),
        droppedRecords: z.int(),
        droppedPairs: z.int(),
      }),
    )
    .max(40),
  columns: z
    .array(
      z.object({
        kind: z.enum(["person", "organisation"]),
        column: z.string(),
        levels: z.array(z.object({ level: z.string(), bits: z.number(), same: z.number(), strangers: z.number() })).max(12),
      }),
    )
    .max(60),
  models: z
    .array(z.object({ modelNo: z.int(), state: z.enum(["draft", "active", "retired"]), createdAt: Instant, byName: z.string().nullable() }))
    .max(100),
});
export type MatchingQuality = z.infer<typeof MatchingQuality>;
export const readMatchingQuality = endpoint({
  name: "readMatchingQuality",
  tag,
  method: "GET",
  path: "/api/identity/quality",
  summary: "How good the matching is: pairs compared, decisions by confidence, what bounds left out, and what each field weighs",
  access: "identity:read",
  answer: MatchingQuality,
});

/** What another threshold would do, estimated from the evidence of the pairs that stand: nothing is changed. */
export const previewThreshold = endpoint({
  name: "previewThreshold",
  tag,
  method: "GET",
  path: "/api/identity/thresholds/preview",
  summary: "What would change if the threshold moved: pairs joined and doubtful, estimated precision and recall, beside what is in force",
  access: "identity:read",
  query: z.strictObject({ joinBits: z.coerce.number().min(-20).max(60), doubtBits: z.coerce.number().min(-20).max(60).optional() }),
  answer: z.object({
    now: z.object({ joinedPairs: z.int(), doubtfulPairs: z.int(), precision: z.number().nullable(), recall: z.number().nullable() }),
    proposed: z.object({ joinedPairs: z.int(), doubtfulPairs: z.int(), precision: z.number().nullable(), recall: z.number().nullable() }),
  }),
});

export const learnMatching = endpoint({
  name: "learnMatching",
  tag,
  method: "POST",
  path: "/api/identity/learn",
  summary: "Learn a new model from everything the bank knows, with people's decisions as teachers, and match everybody anew; runs as a job",
  access: "identity:learn",
  body: z.strictObject({}),
  answer: z.object({ started: z.boolean() }),
  errors: ["in_progress"],
});

export const moveThresholds = endpoint({
  name: "moveThresholds",
  tag,
  method: "POST",
  path: "/api/identity/thresholds",
  summary: "Put other thresholds into force, as a model of their own, and match everybody anew under them; runs as a job",
  access: "identity:learn",
  body: z
    .strictObject({ joinBits: z.number().min(-20).max(60), doubtBits: z.number().min(-20).max(60) })
    .refine(({ joinBits, doubtBits }) => doubtBits <= joinBits, "doubt begins below joining"),
  answer: z.object({ started: z.boolean() }),
  errors: ["in_progress", "invalid_state"],
});

/** A record as it is being typed. */
export const TypedRecord = z.strictObject({
  kind: z.enum(["person", "organisation"]),
  fullName: z.string().trim().max(200).default(""),
  givenName: z.string().trim().max(100).optional(),
  familyName: z.string().trim().max(100).optional(),
  bornOn: z.iso.date().optional(),
  phones: z.array(z.string().max(40)).max(4).default([]),
  emails: z.array(z.string().max(200)).max(4).default([]),
  identifiers: z
    .array(z.strictObject({ scheme: z.string().max(40), country: z.string().length(2).optional(), value: reference(z.string().max(60)) }))
    .max(4)
    .default([]),
  line: z.string().max(200).optional(),
  city: z.string().max(100).optional(),
  postalCode: z.string().max(20).optional(),
});
export const findDuplicates = endpoint({
  name: "findDuplicates",
  tag,
  method: "POST",
  path: "/api/identity/duplicates",
  summary: "Customers who may be the one being typed, in any script, the surest first, with reasons. Only those the caller may see",
  access: "customer:read",
  body: TypedRecord,
  answer: z.object({
    candidates: z
      .array(
        z.object({
          side: Side,
          bits: z.number(),
          probability: z.number(),
          reasons: z.array(z.object({ column: z.string(), level: z.string() })).max(12),
        }),
      )
      .max(10),
  }),
});
