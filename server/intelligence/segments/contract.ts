import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "segments";

// ---------------------------------------------------------------- conditions

export const ops = [
  "at_least",
  "at_most",
  "between",
  "equals",
  "within_days",
  "not_within_days",
  "any_of",
  "none_of",
  "yes",
  "no",
  "is_empty",
  "is_not_empty",
] as const;

/**
 * A fact, `branch` or `member` (of other segments), an operator that the fact's kind has, and values: amounts in minor units, shares in percent, days,
 * codes, ids. Which fields there are for the caller says listFacts; any other is refused.
 */
export const SegmentCondition = z.strictObject({
  field: z.string().regex(/^[a-z][a-z0-9_]{1,60}$/),
  op: z.enum(ops),
  values: z.array(z.string().min(1).max(100)).max(50),
});
export type SegmentCondition = z.infer<typeof SegmentCondition>;

export const CONDITIONS_MAX = 30;

/** All or any of conditions and groups, or not; at most three levels deep. */
export type SegmentFilter = { match: "all" | "any"; not?: boolean | undefined; of: (SegmentCondition | SegmentFilter)[] };
const group = <Part extends z.ZodType>(part: Part) =>
  z.strictObject({ match: z.enum(["all", "any"]), not: z.boolean().optional(), of: z.array(part).max(CONDITIONS_MAX) });
export const SegmentFilter = group(z.union([SegmentCondition, group(z.union([SegmentCondition, group(SegmentCondition)]))]));

// ---------------------------------------------------------------- what is shown

export const SegmentCustomer = z.object({
  customerId: z.uuid(),
  customerNo: z.string(),
  fullName: z.string(),
  kind: z.enum(["person", "organisation"]),
  branchName: z.string().nullable(),
});

/** One measure in bands: how many of the segment and of all customers the caller sees are in each. `from` null: unknown; otherwise the lower bound of the band, or its code. */
export const MakeupBand = z.object({ from: z.string().nullable(), segment: z.int(), all: z.int() });
export const MakeupMeasure = z.object({ key: z.string(), bands: z.array(MakeupBand).max(12) });
export type MakeupMeasure = z.infer<typeof MakeupMeasure>;

export const SAMPLE_ROWS = 10;

export const Preview = z.object({
  count: z.int(),
  /** All customers the caller sees of whom there are facts, without those who objected to profiling. */
  all: z.int(),
  sample: z.array(SegmentCustomer).max(SAMPLE_ROWS),
  makeup: z.array(MakeupMeasure).max(8),
});

export const SegmentSummary = z.object({
  segmentId: z.uuid(),
  name: z.string(),
  note: z.string().nullable(),
  ownerName: z.string().nullable(),
  own: z.boolean(),
  shared: z.boolean(),
  kind: z.enum(["rules", "cluster"]),
  version: z.int(),
  /** Of the customers the caller sees; null before it was computed. */
  members: z.int().nullable(),
  computedAt: z.iso.datetime({ offset: true }).nullable(),
  changedAt: z.iso.datetime({ offset: true }),
});
export type SegmentSummary = z.infer<typeof SegmentSummary>;

export const ClusterTrait = z.object({ key: z.string(), z: z.number() });

export const SegmentDetail = SegmentSummary.extend({
  filter: SegmentFilter.nullable(),
  traits: z.array(ClusterTrait).max(12),
});

/** A segment has other conditions than before, or was put away. */
export const SegmentChanged = z.object({ segmentId: z.uuid() });

export const SEGMENTS_MAX = 200;
export const MEMBERS_PAGE_ROWS = 100;

const params = z.strictObject({ segmentId: z.uuid() });
const name = z.string().trim().min(1).max(100);
const note = z.string().trim().min(1).max(1000).nullable();

export const previewSegment = endpoint({
  name: "previewSegment",
  tag,
  method: "POST",
  path: "/api/segments/preview",
  summary: "How many customers fit the conditions, some of them, and what they are like against all",
  access: "segment:read",
  body: z.strictObject({ filter: SegmentFilter }),
  answer: Preview,
});

export const listSegments = endpoint({
  name: "listSegments",
  tag,
  method: "GET",
  path: "/api/segments",
  summary: "The caller's own segments and those others share",
  access: "segment:read",
  answer: z.object({ segments: z.array(SegmentSummary).max(SEGMENTS_MAX) }),
});

export const createSegment = endpoint({
  name: "createSegment",
  tag,
  method: "POST",
  path: "/api/segments",
  summary: "Keeps a segment and computes who is in it",
  access: "segment:write",
  body: z.strictObject({ name, note, shared: z.boolean(), filter: SegmentFilter }),
  answer: z.object({ segmentId: z.uuid() }),
  errors: ["limit_reached"],
  idempotent: true,
});

export const readSegment = endpoint({
  name: "readSegment",
  tag,
  method: "GET",
  path: "/api/segments/:segmentId",
  summary: "One segment with its conditions",
  access: "segment:read",
  params,
  answer: SegmentDetail,
  errors: ["not_found"],
});

export const changeSegment = endpoint({
  name: "changeSegment",
  tag,
  method: "PUT",
  path: "/api/segments/:segmentId",
  summary: "A new version of an own segment; filter null leaves the conditions as they are",
  access: "segment:write",
  params,
  body: z.strictObject({ version: z.int().min(1), name, note, shared: z.boolean(), filter: SegmentFilter.nullable() }),
  answer: z.object({ version: z.int() }),
  errors: ["not_found", "conflict"],
});

export const archiveSegment = endpoint({
  name: "archiveSegment",
  tag,
  method: "DELETE",
  path: "/api/segments/:segmentId",
  summary: "Puts an own segment away",
  access: "segment:write",
  params,
  answerKind: "none",
  errors: ["not_found"],
});

export const listMembers = endpoint({
  name: "listSegmentMembers",
  tag,
  method: "GET",
  path: "/api/segments/:segmentId/members",
  summary: "Who is in it, as far as the caller sees them",
  access: "segment:read",
  params,
  query: z.strictObject({ after: z.uuid().optional() }),
  answer: z.object({
    members: z.array(SegmentCustomer.extend({ joinedOn: z.iso.date() })).max(MEMBERS_PAGE_ROWS),
    next: z.uuid().nullable(),
  }),
  errors: ["not_found"],
});

export const HISTORY_DAYS_MAX = 400;
export const MOVES_ROWS_MAX = 50;

export const readHistory = endpoint({
  name: "readSegmentHistory",
  tag,
  method: "GET",
  path: "/api/segments/:segmentId/history",
  summary:
    "How the segment changed: members by day (for who reaches the whole bank), who came and went lately, drift of its make-up, versions",
  access: "segment:read",
  params,
  answer: z.object({
    days: z
      .array(
        z.object({
          day: z.iso.date(),
          version: z.int(),
          members: z.int(),
          joined: z.int(),
          gone: z.int(),
          /** Population stability index of the make-up against the first day shown: below 0.1 stable, above 0.25 another group. */
          drift: z.number(),
        }),
      )
      .max(HISTORY_DAYS_MAX),
    moves: z.array(SegmentCustomer.extend({ movedOn: z.iso.date(), joined: z.boolean() })).max(MOVES_ROWS_MAX),
    versions: z
      .array(
        z.object({ version: z.int(), name: z.string(), changedAt: z.iso.datetime({ offset: true }), changedByName: z.string().nullable() }),
      )
      .max(100),
  }),
  errors: ["not_found"],
});

export const compareSegments = endpoint({
  name: "compareSegments",
  tag,
  method: "GET",
  path: "/api/segments/compare",
  summary: "How two segments overlap, and in which facts they differ most; of the customers the caller sees",
  access: "segment:read",
  query: z.strictObject({ first: z.uuid(), second: z.uuid() }),
  answer: z.object({
    first: z.int(),
    second: z.int(),
    both: z.int(),
    differences: z
      .array(
        z.object({
          key: z.string(),
          first: z.number().nullable(),
          second: z.number().nullable(),
          /** Difference of the means in standard deviations of both together. */
          effect: z.number(),
        }),
      )
      .max(12),
  }),
  errors: ["not_found"],
});

export const exportMembers = endpoint({
  name: "exportSegmentMembers",
  tag,
  method: "POST",
  path: "/api/segments/:segmentId/export",
  summary: "The members as a file; counts in the budget of rows, and is refused whole when that is spent",
  access: "customer:export",
  params,
  body: z.strictObject({ format: z.enum(["csv", "xlsx"]) }),
  answerKind: "file",
  errors: ["not_found", "limit_reached", "step_up_needed", "too_large"],
});

export const readChoices = endpoint({
  name: "readSegmentChoices",
  tag,
  method: "GET",
  path: "/api/segments/choices",
  summary: "Codes that occur in the facts, and branches, of the customers the caller sees",
  access: "segment:read",
  answer: z.object({
    codes: z.record(z.string(), z.array(z.string()).max(200)),
    branches: z.array(z.object({ unitId: z.uuid(), name: z.string() })).max(2_000),
  }),
});

// ---------------------------------------------------------------- clusters

export const ClusterAnswer = z.object({
  runId: z.uuid(),
  orderedAt: z.iso.datetime({ offset: true }),
  /** null while it is looked for. */
  finishedAt: z.iso.datetime({ offset: true }).nullable(),
  failed: z.boolean(),
  customers: z.int(),
  /** Mean silhouette, -1 to 1. */
  silhouette: z.number(),
  /** Mean adjusted Rand index against redrawn samples, 1 the same; below 0.8 a hint only. */
  stability: z.number(),
  clusters: z.array(z.object({ share: z.number(), customers: z.int(), traits: z.array(ClusterTrait).max(12) })).max(8),
});

export const readClusters = endpoint({
  name: "readClusters",
  tag,
  method: "GET",
  path: "/api/segments/clusters",
  summary: "The newest groups of like customers, for who reaches the whole bank; run null: none was looked for",
  access: "segment:read",
  answer: z.object({ run: ClusterAnswer.nullable() }),
});

export const orderClusters = endpoint({
  name: "orderClusters",
  tag,
  method: "POST",
  path: "/api/segments/clusters",
  summary: "Has groups of like customers looked for; one at a time",
  access: "segment:write",
  body: z.strictObject({}),
  answer: z.object({ runId: z.uuid() }),
  errors: ["in_progress"],
  idempotent: true,
});

export const keepCluster = endpoint({
  name: "keepCluster",
  tag,
  method: "POST",
  path: "/api/segments/clusters/:runId/keep",
  summary: "Keeps one cluster as a segment under a name; everybody near its centre is in it from then on",
  access: "segment:write",
  params: z.strictObject({ runId: z.uuid() }),
  body: z.strictObject({ place: z.int().min(0).max(7), name, shared: z.boolean() }),
  answer: z.object({ segmentId: z.uuid() }),
  errors: ["not_found", "limit_reached"],
  idempotent: true,
});
