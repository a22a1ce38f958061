import { z } from "zod";
import { LatestApproval, Outcome } from "../../governance/approvals/contract.ts";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "models";

export const modelIdForm = /^[a-z][a-z_]{2,39}$/;
export const ModelId = z.string().regex(modelIdForm);
export const learners = ["trees", "scorecard"] as const;
export const LearnerKind = z.enum(learners);
export type LearnerKind = z.infer<typeof LearnerKind>;

/** `live` is the champion, `shadow` the challenger; both are approved. `refused`: nothing waits any more that could approve it. */
export const versionStates = ["trained", "approved", "refused", "live", "shadow", "retired"] as const;
export const VersionState = z.enum(versionStates);
export type VersionState = z.infer<typeof VersionState>;

export const levels = ["stable", "watch", "act"] as const;
export const WatchLevel = z.enum(levels);
export type WatchLevel = z.infer<typeof WatchLevel>;

export const bands = ["low", "medium", "high"] as const;
export const Band = z.enum(bands);
export type Band = z.infer<typeof Band>;

export const VERSIONS_MAX = 50;
export const FEATURES_MAX = 500;
export const REASONS_MAX = 4;
export const SCORE_MONTHS_MAX = 36;

const Span = z.object({ from: z.iso.date(), to: z.iso.date(), rows: z.int(), events: z.int() });
const Share = z.number();

/** What is known of how a version was made and how good it is. All measures are of days later than those learned from. */
export const ModelReport = z.object({
  learner: LearnerKind,
  options: z.record(z.string(), z.unknown()),
  data: z.object({
    asOfs: z.array(z.iso.date()).max(120),
    horizonMonths: z.int(),
    rows: z.int(),
    events: z.int(),
    customers: z.int(),
    hash: z.string(),
  }),
  features: z.array(z.object({ name: z.string(), kind: z.enum(["number", "category"]), missingShare: Share })).max(FEATURES_MAX),
  warnings: z
    .array(
      z.object({ code: z.enum(["empty", "constant", "drifts", "infinite", "leak"]), column: z.string(), figure: z.number().optional() }),
    )
    .max(FEATURES_MAX),
  split: z.object({ learn: Span, tune: Span, judge: Span }),
  measures: z.object({
    auc: z.number(),
    averagePrecision: z.number(),
    ks: z.number(),
    liftAt10: z.number(),
    logLoss: z.number(),
    brier: z.number(),
    eventRate: Share,
  }),
  baseline: z.object({ auc: z.number(), averagePrecision: z.number(), liftAt10: z.number() }),
  extra: z.record(z.string(), z.number().nullable()),
  byTime: z
    .array(z.object({ asOf: z.iso.date(), rows: z.int(), events: z.int(), auc: z.number().nullable(), liftAt10: z.number().nullable() }))
    .max(120),
  calibration: z.object({
    slope: z.number(),
    intercept: z.number(),
    expectedError: z.number(),
    bins: z.array(z.object({ rows: z.int(), meanChance: Share, eventRate: Share })).max(10),
  }),
  groups: z
    .array(
      z.object({
        by: z.string(),
        group: z.string(),
        rows: z.int(),
        events: z.int(),
        auc: z.number().nullable(),
        meanChance: Share,
        eventRate: Share,
        ratio: z.number(),
        isAdverse: z.boolean(),
      }),
    )
    .max(300),
  importance: z.array(z.object({ feature: z.string(), gain: Share, permutation: z.number().nullable() })).max(FEATURES_MAX),
  bands: z.object({ raised: Share, high: Share }),
  seconds: z.number(),
});
export type ModelReport = z.infer<typeof ModelReport>;

/** How a version does: population stability against its training, and what came of its scores where that is known. */
export const ModelWatch = z.object({
  version: z.int(),
  watchedOn: z.iso.date(),
  asOf: z.iso.date(),
  rows: z.int(),
  level: WatchLevel,
  scorePsi: z.number(),
  /** The most shifted first. */
  columns: z.array(z.object({ name: z.string(), psi: z.number(), level: WatchLevel })).max(20),
  flaggedShare: Share,
  /** Of the newest day whose outcome is known; null before. */
  matured: z
    .object({ asOf: z.iso.date(), rows: z.int(), events: z.int(), auc: z.number(), meanChance: Share, eventRate: Share })
    .nullable(),
});
export type ModelWatch = z.infer<typeof ModelWatch>;

export const ModelVersionSummary = z.object({
  version: z.int(),
  state: VersionState,
  learner: LearnerKind,
  trainedAt: Instant,
  trainedByName: z.string(),
  /** Where the request to approve it stands, and who decided; null: nobody asked. */
  approval: LatestApproval.nullable(),
  checksum: z.string(),
  /** The text kept still fits its checksum. An altered version neither scores nor is approved. */
  isIntact: z.boolean(),
  isOwn: z.boolean(),
  auc: z.number(),
  baselineAuc: z.number(),
  liftAt10: z.number(),
  judgedTo: z.iso.date(),
});
export type ModelVersionSummary = z.infer<typeof ModelVersionSummary>;

export const ModelTraining = z.object({
  trainingId: z.uuid(),
  learner: LearnerKind,
  state: z.enum(["waiting", "running", "done", "failed"]),
  /** What it is doing; the steps in their order: gathering, looking, learning, judging, finishing, keeping. */
  step: z.string().nullable(),
  orderedAt: Instant,
  orderedByName: z.string(),
  endedAt: Instant.nullable(),
  version: z.int().nullable(),
  /** `reason` is a word for the text; `figures` what stands in it. */
  failure: z.object({ reason: z.string(), figures: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
});
export type ModelTraining = z.infer<typeof ModelTraining>;

export const ModelSummary = z.object({
  modelId: ModelId,
  /** What may be trained, the usual one first; and what may be put in force: who must be told points is judged by points. */
  learners: z.array(LearnerKind).max(2),
  championLearners: z.array(LearnerKind).max(2),
  champion: ModelVersionSummary.nullable(),
  challenger: ModelVersionSummary.nullable(),
  versions: z.int(),
  /** Versions that wait for somebody to decide. */
  waiting: z.int(),
  watch: ModelWatch.nullable(),
  training: ModelTraining.nullable(),
});
export type ModelSummary = z.infer<typeof ModelSummary>;

export const listModels = endpoint({
  name: "listModels",
  tag,
  method: "GET",
  path: "/api/models",
  summary: "Every model: what serves, how good it is by time, how it does today",
  access: "model:read",
  answer: z.object({ models: z.array(ModelSummary).max(50) }),
});

export const readModel = endpoint({
  name: "readModel",
  tag,
  method: "GET",
  path: "/api/models/:modelId",
  summary: "One model with its versions, trainings, deployments and watch",
  access: "model:read",
  params: z.strictObject({ modelId: ModelId }),
  answer: z.object({
    model: ModelSummary,
    versions: z.array(ModelVersionSummary).max(VERSIONS_MAX),
    trainings: z.array(ModelTraining).max(10),
    deployments: z
      .array(
        z.object({
          place: z.enum(["champion", "challenger"]),
          version: z.int().nullable(),
          reason: z.string(),
          deployedByName: z.string(),
          deployedAt: Instant,
          isRollback: z.boolean(),
        }),
      )
      .max(50),
    /** Of champion and challenger, the newest last. */
    watches: z.array(ModelWatch).max(200),
  }),
  errors: ["not_found"],
});

const versionParams = z.strictObject({ modelId: ModelId, version: z.coerce.number().int().min(1).max(100_000) });

export const readModelVersion = endpoint({
  name: "readModelVersion",
  tag,
  method: "GET",
  path: "/api/models/:modelId/versions/:version",
  summary: "How one version was made, and how good it is",
  access: "model:read",
  params: versionParams,
  answer: z.object({ summary: ModelVersionSummary, seed: z.int(), codeVersion: z.string(), report: ModelReport }),
  errors: ["not_found"],
});

export const trainModel = endpoint({
  name: "trainModel",
  tag,
  method: "POST",
  path: "/api/models/:modelId/trainings",
  summary: "Order a training; one at a time of each model",
  access: "model:train",
  params: z.strictObject({ modelId: ModelId }),
  body: z.strictObject({ learner: LearnerKind.default("trees") }),
  answer: z.object({ trainingId: z.uuid() }),
  errors: ["not_found", "in_progress", "invalid_state", "unavailable"],
});

export const deployVersion = endpoint({
  name: "deployVersion",
  tag,
  method: "POST",
  path: "/api/models/:modelId/deployment",
  summary:
    "Put an approved version in the champion's or the challenger's place, clear the challenger's, or go back to a former champion; asks where the bank wants approval",
  access: "model:read",
  params: z.strictObject({ modelId: ModelId }),
  body: z.strictObject({
    place: z.enum(["champion", "challenger"]),
    version: z.int().min(1).nullable(),
    reason: z.string().trim().min(3).max(500),
    rollBack: z.boolean().default(false),
  }),
  answer: Outcome,
  errors: ["not_found", "invalid_state", "conflict", "step_up_needed"],
});

/**
 * What pushed a score: the fact, how strongly (log-odds of the event, above 0 towards it), what the customer has there, and whether that is less or more
 * than customers usually have; `is` for codes.
 */
export const ScoreReason = z.object({
  fact: z.string(),
  push: z.number(),
  value: z.union([z.number(), z.string(), z.null()]),
  side: z.enum(["low", "high", "missing", "is"]),
});
export type ScoreReason = z.infer<typeof ScoreReason>;

export const CustomerScore = z.object({
  modelId: ModelId,
  item: z.string(),
  asOf: z.iso.date(),
  version: z.int(),
  chance: Share,
  band: Band,
  reasons: z.array(ScoreReason).max(REASONS_MAX),
  scoredAt: Instant,
});
export type CustomerScore = z.infer<typeof CustomerScore>;

/** What a reader must know of a score to trust it rightly. */
export const ScoreHonesty = z.object({
  modelId: ModelId,
  version: z.int(),
  auc: z.number(),
  baselineAuc: z.number(),
  liftAt10: z.number(),
  eventRate: Share,
  horizonMonths: z.int(),
  judgedFrom: z.iso.date(),
  judgedTo: z.iso.date(),
  /** Of the customers who left: how many had been flagged before, and how many days before on the median. */
  warnedShare: Share.nullable(),
  daysAhead: z.number().nullable(),
  level: WatchLevel.nullable(),
});
export type ScoreHonesty = z.infer<typeof ScoreHonesty>;

export const readCustomerScores = endpoint({
  name: "readCustomerScores",
  tag: "customers",
  method: "GET",
  path: "/api/customers/:customerId/scores",
  summary: "What models say of a customer: chances, reasons, their course, and how good the models are",
  access: "customer:read",
  params: z.strictObject({ customerId: z.uuid() }),
  answer: z.object({
    /** The customer objects to profiling, or it is not allowed: there are no scores. */
    isProfiled: z.boolean(),
    scores: z.array(CustomerScore).max(50),
    history: z.array(z.object({ modelId: ModelId, asOf: z.iso.date(), chance: Share, band: Band })).max(2 * SCORE_MONTHS_MAX),
    honesty: z.array(ScoreHonesty).max(20),
    /** Of the money in the reasons. */
    currency: z.string(),
  }),
  errors: ["not_found"],
});
