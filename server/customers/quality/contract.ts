import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";

export const dimensions = ["completeness", "validity", "freshness", "conflict"] as const;
export const Dimension = z.enum(dimensions);
export type Dimension = z.infer<typeof Dimension>;

export const qualityFields = [
  "full_name",
  "born_on",
  "sex",
  "nationality",
  "national_id",
  "phone",
  "email",
  "address",
  "language",
  "occupation",
  "industry",
  "legal_form",
] as const;
export const QualityField = z.enum(qualityFields);
export type QualityField = z.infer<typeof QualityField>;

/** `records` that the rule applies to, and those of them that fail. */
const Count = { records: z.int(), failing: z.int() };
/** 0 to 100 by the weights of the rules; null where no rule applied to anything. */
const Score = z.number().nullable();

const DimensionScore = z.object({ dimension: Dimension, score: Score, ...Count });

export const QUALITY_SOURCES_MAX = 100;
export const QUALITY_BRANCHES_MAX = 500;
export const TREND_DAYS_MAX = 400;
export const WORK_ROWS_MAX = 100;
/** Open doubts and quarantined rows are counted up to here. */
export const OPEN_COUNT_MAX = 10_000;

const open = z.array(z.object({ reason: z.string(), count: z.int() })).max(50);

export const readQuality = endpoint({
  name: "readQuality",
  tag: "customers",
  method: "GET",
  path: "/api/quality",
  summary: "Scores of the data by dimension, and figures by field, source and branch, of the branches the caller's roles reach",
  access: "quality:read",
  query: z.strictObject({ sourceId: z.coerce.number().int().min(1).max(32_767).optional(), branchId: z.uuid().optional() }),
  answer: z.object({
    /** Records looked at: what each source says of each customer. */
    records: z.int(),
    score: Score,
    dimensions: z.array(DimensionScore).max(4),
    sources: z.array(z.object({ sourceId: z.int(), code: z.string(), name: z.string(), score: Score })).max(QUALITY_SOURCES_MAX),
    /** One figure a rule and source. */
    figures: z.array(z.object({ dimension: Dimension, field: QualityField, sourceId: z.int(), ...Count })).max(63 * QUALITY_SOURCES_MAX),
    rules: z.array(z.object({ dimension: Dimension, field: QualityField, weight: z.int(), months: z.int().nullable() })).max(63),
    /** The worst first. `branchId` null: customers without a branch. */
    branches: z
      .array(
        z.object({
          branchId: z.uuid().nullable(),
          name: z.string().nullable(),
          records: z.int(),
          score: Score,
          dimensions: z.array(DimensionScore).max(4),
        }),
      )
      .max(QUALITY_BRANCHES_MAX),
    /** Values that so many records share that they cannot be true of all. */
    placeholders: z.array(z.object({ field: QualityField, value: z.string(), records: z.int() })).max(50),
    /** null: not for this caller, or figures of one branch or source were asked for. Counted up to OPEN_COUNT_MAX. */
    doubts: open.nullable(),
    quarantine: open.nullable(),
  }),
});

export const readQualityTrend = endpoint({
  name: "readQualityTrend",
  tag: "customers",
  method: "GET",
  path: "/api/quality/trend",
  summary: "How the scores moved from day to day",
  access: "quality:read",
  query: z.strictObject({
    sourceId: z.coerce.number().int().min(1).max(32_767).optional(),
    branchId: z.uuid().optional(),
    field: QualityField.optional(),
    days: z.coerce.number().int().min(2).max(TREND_DAYS_MAX).default(90),
  }),
  answer: z.object({
    points: z.array(z.object({ day: z.iso.date(), dimension: Dimension, score: Score, ...Count })).max(4 * TREND_DAYS_MAX),
  }),
});

export const QualityWork = z.object({
  customerId: z.uuid(),
  customerNo: z.string(),
  fullName: z.string(),
  latinName: z.string().nullable(),
  language: z.string().nullable(),
  branchName: z.string().nullable(),
  holdingCount: z.int(),
  currency: z.string().nullable(),
  assetsMinor: MinorUnits,
  /** The records that fail, with what they say: an empty list of values where one is missing, never the text of an identifier. */
  records: z
    .array(
      z.object({
        partyId: z.uuid(),
        source: z.string(),
        sourceKey: z.string(),
        values: z.array(z.string()).max(10),
        changedAt: z.iso.datetime().nullable(),
      }),
    )
    .max(20),
});
export type QualityWork = z.infer<typeof QualityWork>;

export const listQualityWork = endpoint({
  name: "listQualityWork",
  tag: "customers",
  method: "GET",
  path: "/api/quality/work",
  summary: "Customers with a record that fails one rule, the largest first; needs customer:read too",
  access: "quality:read",
  query: z.strictObject({
    dimension: Dimension,
    field: QualityField,
    sourceId: z.coerce.number().int().min(1).max(32_767).optional(),
    branchId: z.uuid().optional(),
    /** `next` of the page before. */
    after: z.string().max(100).optional(),
    rows: z.coerce.number().int().min(1).max(WORK_ROWS_MAX).default(50),
  }),
  answer: z.object({ customers: z.array(QualityWork).max(WORK_ROWS_MAX), next: z.string().nullable() }),
});
