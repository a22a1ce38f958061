import type { DataMap } from "../../platform/data-map/index.ts";

const models = { subject: null, purpose: "operation", retention: "kept" } as const;

export const scoreData = {
  "intelligence.customer_score": {
    subject: "customer_id",
    purpose: "customer_relationship",
    retention: "relationship",
    technical: "customer_id model_id as_of version scored_at",
    profile: "item chance band reasons",
  },
  "intelligence.model": { ...models, none: "model_id champion_version challenger_version learners champion_learners changed_at" },
  "intelligence.model_version": {
    ...models,
    none: "model_id version learner seed code_version report calibration histograms model_text checksum trained_at state",
    staff: "trained_by",
  },
  "intelligence.model_deployment": {
    ...models,
    none: "deployment_id model_id place version deployed_at is_rollback",
    staff: "deployed_by reason",
  },
  "intelligence.model_training": {
    ...models,
    none: "training_id model_id learner state step leased_until ordered_at ended_at version failure",
    staff: "ordered_by",
  },
  "intelligence.model_watch": { ...models, none: "model_id version watched_on as_of rows level report" },
} as const satisfies DataMap;
