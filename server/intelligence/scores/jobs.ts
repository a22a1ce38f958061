import { type Consumer, consumer } from "../../platform/events/index.ts";
import { type JobWork, jobWork, sendWhereServed } from "../../platform/jobs/index.ts";
import type { ModelPlan } from "./model-plan.ts";
import { runTraining } from "./registry/train-model.ts";
import { trainingJob } from "./registry/training-job.ts";
import { versionDeployed } from "./registry/version-deployed.ts";
import { scoreAnew } from "./scoring/score-anew.ts";
import { scoringJob } from "./scoring/scoring-job.ts";

/** Everybody is scored anew by what serves now. */
export const scoreConsumers: Consumer[] = [
  consumer("score_anew", versionDeployed, (tx, { payload }) => sendWhereServed(tx, scoringJob, payload, { singletonKey: payload.modelId })),
];

/** `plans`: every purpose that models are trained for (main/models.ts). */
export function scoreJobs(plans: readonly ModelPlan[]): JobWork[] {
  return [
    jobWork(trainingJob, async ({ db, caller, clock, signal, data }) => {
      await runTraining({ db, caller, clock, signal, plans }, data.trainingId);
    }),
    jobWork(scoringJob, async ({ db, caller, clock, signal, data }) => {
      await scoreAnew({ db, caller, clock, signal, customerIds: null }, plans, data.modelId);
    }),
  ];
}
